#include "diaodu/formats/workbook_parts.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/letters.h"

namespace diaodu::formats {
namespace {

void append_utf8(std::string& text, unsigned letter) {
  if (letter < 0x80) {
    text += static_cast<char>(letter);
  } else if (letter < 0x800) {
    text += static_cast<char>(0xC0 | (letter >> 6));
    text += static_cast<char>(0x80 | (letter & 0x3F));
  } else {
    text += static_cast<char>(0xE0 | (letter >> 12));
    text += static_cast<char>(0x80 | ((letter >> 6) & 0x3F));
    text += static_cast<char>(0x80 | (letter & 0x3F));
  }
}

/// `worksheets/sheet1.xml` as seen from `xl/`, or absolute, without `.` and `..`.
std::string part_path(std::string_view target) {
  std::vector<std::string_view> steps;
  if (!target.starts_with('/')) steps.emplace_back("xl");
  while (!target.empty()) {
    const std::size_t end = std::min(target.find_first_of("/\\"), target.size());
    const std::string_view step = target.substr(0, end);
    target.remove_prefix(std::min(end + 1, target.size()));
    if (step == "..") {
      if (!steps.empty()) steps.pop_back();
    } else if (!step.empty() && step != ".") {
      steps.push_back(step);
    }
  }
  std::string path;
  for (const std::string_view step : steps) {
    if (!path.empty()) path += '/';
    path += step;
  }
  return path;
}

}  // namespace

std::string decoded(std::string_view text) {
  constexpr std::size_t kLength = 7;  // _xHHHH_
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view rest = text.substr(i, kLength);
    unsigned letter = 0;
    if (rest.size() == kLength && rest.starts_with("_x") && rest.back() == '_') {
      const auto [end, error] = std::from_chars(rest.data() + 2, rest.data() + 6, letter, 16);
      const bool is_surrogate = letter >= 0xD800 && letter <= 0xDFFF;
      if (error == std::errc{} && end == rest.data() + 6) {
        append_utf8(plain, is_surrogate || letter == 0 ? 0xFFFD : letter);
        i += kLength - 1;
        continue;
      }
    }
    plain += text[i];
  }
  return plain;
}

void WorkbookIndex::begin(std::string_view element, const XmlAttributes& attributes) {
  if (element == "workbookPr") {
    is_1904 = parse_yes_no(attributes["date1904"]).value_or(false);
  } else if (element == "sheet") {
    constexpr std::size_t kMostSheets = 1'000;
    constexpr std::size_t kMostNameBytes = 400;  // 100 letters, Google's limit; Excel's is 31
    if (sheets.size() == kMostSheets) return;
    const std::string name = decoded(attributes["name"]);
    sheets.push_back({std::string(cut(name, kMostNameBytes)), std::string(attributes["id"])});
  }
}

const Relations::Relation* Relations::find(std::string_view id) const {
  for (const Relation& relation : relations) {
    if (relation.id == id) return &relation;
  }
  return nullptr;
}

std::string Relations::part_of_type(std::string_view type) const {
  for (const Relation& relation : relations) {
    if (relation.type == type) return relation.part;
  }
  return {};
}

void Relations::begin(std::string_view element, const XmlAttributes& attributes) {
  constexpr std::size_t kMostRelations = 10'000;
  if (element != "Relationship" || attributes["TargetMode"] == "External") return;
  if (relations.size() == kMostRelations) return;
  const std::string_view type = attributes["Type"];
  const std::size_t slash = type.rfind('/');
  relations.push_back({std::string(attributes["Id"]),
                       std::string(slash == std::string_view::npos ? type : type.substr(slash + 1)),
                       part_path(attributes["Target"])});
}

NumberKind Styles::of(std::string_view style) const {
  const auto number = whole_number(style);
  if (!number || *number < 0 || static_cast<std::size_t>(*number) >= kinds.size()) {
    return NumberKind::plain;
  }
  return kinds[static_cast<std::size_t>(*number)];
}

std::size_t Styles::indent_of(std::string_view style) const {
  const auto number = whole_number(style);
  if (!number || *number < 0 || static_cast<std::size_t>(*number) >= indents.size()) return 0;
  return indents[static_cast<std::size_t>(*number)];
}

void Styles::begin(std::string_view element, const XmlAttributes& attributes) {
  constexpr int kMostIndent = 250;  // Excel's own limit
  constexpr std::size_t kMostStyles = 100'000;
  if (element == "numFmt") {
    const auto number = whole_number(attributes["numFmtId"]);
    if (number && declared_.size() < kMostStyles) {
      declared_.try_emplace(*number, kind_of_format(attributes["formatCode"]));
    }
  } else if (element == "cellXfs") {
    is_in_cell_styles_ = true;
  } else if (element == "xf" && is_in_cell_styles_ && kinds.size() < kMostStyles) {
    const int number = whole_number(attributes["numFmtId"]).value_or(0);
    const auto own = declared_.find(number);
    kinds.push_back(own != declared_.end() ? own->second : kind_of_built_in(number));
  } else if (element == "alignment" && is_in_cell_styles_ && !kinds.empty()) {
    const int indent = whole_number(attributes["indent"]).value_or(0);
    if (indent <= 0 || indent > kMostIndent) return;
    indents.resize(kinds.size());
    indents.back() = static_cast<std::uint8_t>(indent);
  }
}

void Styles::end(std::string_view element) {
  if (element == "cellXfs") is_in_cell_styles_ = false;
}

void SharedStrings::begin(std::string_view element, const XmlAttributes&) {
  if (element == "si") {
    present_.clear();
  } else if (element == "rPh") {
    is_in_reading_ = true;
  } else if (element == "t") {
    is_in_text_ = !is_in_reading_;
  }
}

void SharedStrings::end(std::string_view element) {
  if (element == "t") {
    is_in_text_ = false;
  } else if (element == "rPh") {
    is_in_reading_ = false;
  } else if (element == "si") {
    is_full = is_full || strings.size() >= kMost;
    if (is_full) return;
    const std::string plain =
        present_.find("_x") == std::string::npos ? std::string() : decoded(present_);
    strings.push_back(letters_.keep(plain.empty() ? present_ : plain));
  }
}

void SharedStrings::text(std::string_view letters) {
  // One byte more than a cell may have: enough for its reader to see that it is too long.
  if (!is_in_text_ || present_.size() > kMostCellBytes) return;
  present_ += letters.substr(0, kMostCellBytes + 1 - present_.size());
}

}  // namespace diaodu::formats
