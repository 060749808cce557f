#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "diaodu/formats/columns.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

/// The sections of docs/formats.md by heading, without the marks: `tasks`, `[plan]`.
std::map<std::string, std::string> sections() {
  std::ifstream file(std::filesystem::path(DIAODU_SOURCE_DIR) / "docs/formats.md");
  EXPECT_TRUE(file.is_open());
  std::map<std::string, std::string> text_of;
  std::string heading;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ") || line.starts_with("### ")) {
      heading.clear();
      for (const char c : line.substr(line.find(' ') + 1)) {
        if (c != '`') heading += c;
      }
    }
    text_of[heading] += line + '\n';
  }
  return text_of;
}

bool has_row(const std::string& section, std::string_view name) {
  return section.find("\n| `" + std::string(name) + '`') != std::string::npos;
}

/// `a, b … c` as its words.
std::vector<std::string> words_of(std::string list) {
  for (std::size_t at = 0; (at = list.find(" … ", at)) != std::string::npos;) {
    list.replace(at, std::string(" … ").size(), ", ");
  }
  std::vector<std::string> words;
  std::istringstream in(list);
  for (std::string word; std::getline(in, word, ',');) {
    word.erase(0, word.find_first_not_of(' '));
    words.push_back(word);
  }
  return words;
}

/// What the reader says it would have taken, when it is given something that nobody knows.
std::vector<std::string> known_instead(const std::string& toml, const std::vector<Sheet>& sheets,
                                       const FindingKind& kind) {
  Findings findings;
  std::vector<Setting> settings = read_toml(toml, "plan.toml", findings);
  const ReadPlan read = make_plan(std::move(settings), sheets, std::move(findings));
  for (const Finding& finding : read.findings.kept()) {
    if (finding.kind == &kind) return words_of(finding.arguments.at(1).en);
  }
  ADD_FAILURE() << "no such finding in " << toml;
  return {};
}

std::vector<std::string> known_keys(const std::string& section) {
  return known_instead("[" + section + "]\nnonsense = 1\n", {}, found::unknown_key);
}

std::vector<std::string> known_choices(const std::string& table, const std::string& csv) {
  Findings findings;
  std::vector<Sheet> sheets;
  sheets.push_back(read_csv(csv, table + ".csv", table, findings));
  return known_instead("[plan]\nstart = 2026-01-05\n", sheets, found::bad_choice);
}

TEST(Documentation, formats_tells_of_every_column) {
  const auto text_of = sections();
  for (const Column& column : all_columns()) {
    const auto section = text_of.find(std::string(table_name(column.table)));
    ASSERT_NE(section, text_of.end()) << table_name(column.table);
    EXPECT_TRUE(has_row(section->second, column.name))
        << "docs/formats.md, " << table_name(column.table) << ": no row for " << column.name;
  }
}

TEST(Documentation, formats_names_every_sheet_in_chinese) {
  const std::string workbook = sections().at("A workbook");
  for (const Column& column : all_columns()) {
    const std::string name(sheet_name(column.table, Language::chinese));
    EXPECT_NE(workbook.find('`' + name + '`'), std::string::npos) << name;
  }
}

TEST(Documentation, formats_tells_of_every_key_of_plan_toml) {
  const auto text_of = sections();
  for (const std::string section : {"plan", "options", "risk", "dispatch", "quality"}) {
    for (const std::string& key : known_keys(section)) {
      EXPECT_TRUE(has_row(text_of.at("[" + section + "]"), key)) << section << ": " << key;
    }
  }
  for (const std::string& key : known_keys("calendars.site")) {
    EXPECT_NE(text_of.at("[calendars.<id>]").find('`' + key + '`'), std::string::npos) << key;
  }
}

TEST(Documentation, formats_tells_of_every_word_that_a_cell_may_hold) {
  const auto text_of = sections();
  const auto expect_all = [&](const std::string& table, const std::string& csv) {
    for (const std::string& word : known_choices(table, csv)) {
      std::string upper;  // link types are written FS
      for (const char c : word)
        upper += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
      const std::string& section = text_of.at(table);
      EXPECT_TRUE(section.find('`' + word + '`') != std::string::npos ||
                  section.find('`' + upper + '`') != std::string::npos)
          << table << ": " << word;
    }
  };
  expect_all("tasks", "id,kind\nA,nonsense\n");
  expect_all("tasks", "id,duration,constraint\nA,1d,nonsense\n");
  expect_all("resources", "id,kind\nR,nonsense\n");
  for (const char* column : {"direction", "measure", "accrual", "roll_up", "rule"}) {
    expect_all("targets", "id," + std::string(column) + "\nT,nonsense\n");
  }
  expect_all("uncertainty", "of,likely\nnonsense,1d\n");
  expect_all("uncertainty", "shape,likely\nnonsense,1d\n");
  expect_all("weather", "calendar,month,shape\ncn,6,nonsense\n");
  expect_all("team_rules", "kind\nnonsense\n");
}

}  // namespace
}  // namespace diaodu::formats
