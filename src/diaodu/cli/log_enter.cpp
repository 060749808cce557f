#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "diaodu/cli/console.h"
#include "diaodu/cli/log.h"
#include "diaodu/cli/session.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/fact_columns.h"
#include "diaodu/formats/read_facts.h"
#include "diaodu/formats/schedule_file.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/table_writer.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/record_table.h"
#include "diaodu/report/words.h"
#include "diaodu/track/budget.h"
#include "diaodu/track/hash.h"
#include "diaodu/track/import.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

int lacks(const Options& options, const std::string& action, const Words& what) {
  return fail(options, kWrongUsage,
              report::say(words::log_needs, options.language,
                          {action, std::string(what.in(options.language))}));
}

std::string author_of(const Options& options) {
  if (!options.author.empty()) return options.author;
  for (const char* name : {"USER", "LOGNAME"}) {
    const char* const value = std::getenv(name);
    if (value != nullptr && *value != '\0') return value;
  }
  return {};
}

/// What `--recorded` says, or now.  A day of today counts to its end; one of tomorrow is a finding.
std::optional<Instant> recorded_of(const Options& options, const Plan& plan, Findings& findings) {
  if (options.recorded.empty()) return present();
  const auto asked = instant_of(plan, options.recorded);
  if (!asked) {
    findings.add(found::bad_date, {.file = "--recorded"}, {options.recorded});
  } else if (*asked > present() + Elapsed{kMinutesPerDay}) {
    findings.add(found::fact_of_the_future, {.file = "--recorded"});
    return {};
  }
  return asked;
}

/// What an action made of the record.
struct Outcome {
  bool is_done = false;
  track::Head head;
  track::Import import;
};

int tell(const Options& options, const Plan& plan, const Findings& findings,
         const Outcome& outcome) {
  const Language language = options.language;
  const std::size_t num_events = outcome.import.events.size();
  const int status = findings.has_errors() ? kPlanIsWrong : kDone;
  if (options.json) {
    report::JsonWriter json;
    json.begin_object().key("path").text(formats::shown(record_path(options)));
    json.key("entered").number(outcome.is_done ? num_events : 0);
    json.key("new").number(num_events);
    json.key("corrections").number(outcome.import.num_corrections);
    json.key("known").number(outcome.import.num_known);
    json.key("entries").number(outcome.head.sequence);
    json.key("head").text(track::hexadecimal(outcome.head.hash));
    report::write_findings_json(json, findings, language);
    std::cout << json.end_object().take();
    return status;
  }
  print_findings(findings, language);
  if (status != kDone) return status;
  if (num_events == 0 && outcome.import.num_known > 0) {
    std::cout << report::say(words::log_nothing_new, language,
                             {std::to_string(outcome.import.num_known)})
              << "\n";
    return status;
  }
  if (!outcome.is_done && num_events > 0) {
    std::cout << report::record_table(plan, outcome.import.events, language, width_of_output(),
                                      has_colour());
  }
  const std::string sequence = std::to_string(outcome.head.sequence);
  const std::string many = std::to_string(num_events);
  const std::string what =
      outcome.is_done
          ? report::say(num_events == 1 ? words::log_one_entered : words::log_entered, language,
                        {many, sequence})
          : report::say(num_events == 1 ? words::log_would_enter_one : words::log_would_enter,
                        language, {many});
  const bool is_plain = outcome.import.num_known == 0 && outcome.import.num_corrections == 0;
  std::cout << (is_plain ? what
                         : report::say(words::log_of_import, language,
                                       {what, std::to_string(outcome.import.num_corrections),
                                        std::to_string(outcome.import.num_known)}))
            << "\n";
  return status;
}

/// Says so where the record is ahead of an event.
void judge_order(const track::Head& head, const std::vector<track::Event>& events,
                 formats::ReadPlan& read) {
  const bool is_behind =
      std::any_of(events.begin(), events.end(),
                  [&head](const track::Event& event) { return event.recorded < head.recorded; });
  if (is_behind) read.findings.add(found::recorded_later, {}, {show_end(read.plan, head.recorded)});
}

/// Enters the events, or with `--dry-run` only says so.
int enter(const Options& options, formats::ReadPlan& read,
          const std::vector<track::Event>& events) {
  Outcome outcome;
  outcome.import.events = events;
  outcome.import.num_corrections = static_cast<std::size_t>(std::count_if(
      events.begin(), events.end(), [](const track::Event& event) { return event.replaces > 0; }));
  if (options.dry_run && std::filesystem::exists(record_path(options))) {
    const track::Ledger ledger = track::Ledger::open(record_path(options));
    judge_order(ledger.head(), events, read);
    outcome.head = ledger.head();
  } else if (!options.dry_run && !read.findings.has_errors()) {
    track::Ledger ledger = track::Ledger::open_or_create(record_path(options));
    judge_order(ledger.head(), events, read);
    outcome.head = ledger.append(events);
    outcome.is_done = true;
  }
  return tell(options, read.plan, read.findings, outcome);
}

/// `progress task=dig percent=60` as the table that it would be in a file.
struct OneRow {
  std::string file;
  std::string text;
};
std::optional<OneRow> one_row(const std::vector<std::string>& words, const std::string& today) {
  using formats::FactTable;
  static constexpr std::pair<std::string_view, FactTable> kTables[] = {
      {"progress", FactTable::progress},
      {"cost", FactTable::costs},
      {"observation", FactTable::observations},
      {"note", FactTable::notes},
      {"decision", FactTable::notes}};
  if (words.empty()) return {};
  const auto* const named =
      std::find_if(std::begin(kTables), std::end(kTables),
                   [&words](const auto& each) { return each.first == words.front(); });
  if (named == std::end(kTables)) return {};
  const FactTable table = named->second;
  std::vector<std::string_view> given;  // the names by which the table knows its columns
  std::string header;
  std::string row;
  const auto add = [&](const std::string& name, const std::string& value) {
    const formats::FactColumn* const column = formats::find_fact_column(table, name);
    if (column != nullptr) given.push_back(column->name);
    header += (header.empty() ? "" : ",") + formats::csv_cell(name);
    row += (row.empty() ? "" : ",") + formats::csv_cell(value);
  };
  const auto add_unless_given = [&](const std::string& name, const std::string& value) {
    if (std::find(given.begin(), given.end(), name) == given.end()) add(name, value);
  };
  for (auto word = words.begin() + 1; word != words.end(); ++word) {
    const std::size_t equals = word->find('=');
    if (equals == std::string::npos || equals == 0) return {};
    add(word->substr(0, equals), word->substr(equals + 1));
  }
  if (header.empty()) return {};
  add_unless_given(table == FactTable::observations ? "published" : "date", today);
  if (words.front() == "decision") add_unless_given("kind", "decision");
  const std::string_view names = formats::names_of(table);
  return OneRow{std::string(names.substr(0, names.find('|'))) + ".csv", header + "\n" + row + "\n"};
}

/// A plan in one way, whatever its form: settings and tables as CSV, each headed by its English name.
struct PlanContent {
  std::string text;
  std::string what;  // its tables and how many rows each has
};
PlanContent content_of(const Plan& plan) {
  PlanContent content;
  const auto add = [&content](const formats::WrittenTable& table) {
    content.text += formats::sheet_name(table.kind, Language::english);
    content.text += '\n';
    for (const auto& column : table.columns) content.text += formats::csv_cell(column.name) + ',';
    content.text += '\n';
    for (std::size_t row = 0; row < table.num_rows; ++row) {
      for (const auto& column : table.columns)
        content.text += formats::csv_cell(column.cell(row)) + ',';
      content.text += '\n';
    }
  };
  for (const auto& table : formats::tables_of(formats::settings_of(plan))) add(table);
  for (const auto& table : formats::tables_of(plan)) {
    add(table);
    if (!content.what.empty()) content.what += ", ";
    content.what += formats::sheet_name(table.kind, Language::english);
    content.what += ' ' + std::to_string(table.num_rows);
  }
  return content;
}

/// What the plan was when its last change was entered; nothing where none was.
std::string last_plan_hash(const std::filesystem::path& path) {
  std::string hash;
  if (!std::filesystem::exists(path)) return hash;
  track::Ledger::open(path).read([&hash](track::Entry&& entry) {
    if (const auto* change = std::get_if<track::PlanChange>(&entry.fact)) hash = change->hash;
    return true;
  });
  return hash;
}

}  // namespace

int log_add(const Options& options, const std::vector<std::string>& words) {
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto recorded = recorded_of(options, read.plan, read.findings);
  // A day that was asked for is itself the day of the fact, where that is not said.
  const std::string today = options.recorded.empty()
                                ? to_string(read.plan.zone.to_local(present()).date())
                                : options.recorded;
  const auto row = one_row(words, today);
  if (!row) return lacks(options, "add", words::log_a_fact);
  if (read.findings.has_errors() || !recorded) return enter(options, read, {});
  const formats::FactSource source{author_of(options), options.reason, *recorded, present()};
  formats::ReadFacts facts = formats::read_facts(row->text, row->file, read.plan, source);
  // The row was in no file, so its place says nothing.
  for (Finding finding : facts.findings.kept()) {
    finding.where = {};
    read.findings.add(std::move(finding));
  }
  for (track::Event& event : facts.events) {
    if (event.reason == row->file + ":2") event.reason.clear();
    event.replaces = static_cast<std::uint64_t>(options.replaces);
  }
  return enter(options, read, facts.events);
}

int log_import(const Options& options, const std::vector<std::string>& words) {
  if (words.empty()) return lacks(options, "import", words::log_a_file);
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto recorded = recorded_of(options, read.plan, read.findings);
  std::vector<track::Event> events;
  for (const std::string& file : words) {
    if (read.findings.has_errors() && !recorded) break;
    const formats::FactSource source{author_of(options), options.reason,
                                     recorded.value_or(present()), present()};
    formats::ReadFacts facts = formats::read_facts(path_of(file), read.plan, source);
    read.findings.append(facts.findings);
    std::move(facts.events.begin(), facts.events.end(), std::back_inserter(events));
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const auto& a, const auto& b) { return a.recorded < b.recorded; });
  Outcome outcome;
  if (!read.findings.has_errors()) {
    const std::filesystem::path path = record_path(options);
    if (!options.dry_run) {
      track::Ledger ledger = track::Ledger::open_or_create(path);
      outcome.head = ledger.append([&] {
        outcome.import = track::prepare_import(ledger, events);
        judge_order(ledger.head(), outcome.import.events, read);
        return outcome.import.events;
      });
      outcome.is_done = true;
    } else if (std::filesystem::exists(path)) {
      const track::Ledger ledger = track::Ledger::open(path);
      outcome.import = track::prepare_import(ledger, events);
      outcome.head = ledger.head();
      judge_order(outcome.head, outcome.import.events, read);
    } else {
      outcome.import.events = events;
    }
  }
  return tell(options, read.plan, read.findings, outcome);
}

int log_baseline(const Options& options, const std::vector<std::string>& words) {
  if (words.size() != 1) return lacks(options, "baseline", words::log_a_name);
  formats::ReadPlan read = read_with_record(options.arguments.front(), options);
  const auto recorded = recorded_of(options, read.plan, read.findings);
  if (read.findings.has_errors() || !recorded) return enter(options, read, {});
  Schedule schedule;
  if (options.schedule.empty()) {
    const solve::Answer answer = solve_with_progress(read, options, {});
    read.findings.append(answer.findings);
    if (!answer.has_schedule) {
      return fail(options, kPlanIsWrong, report::say(words::log_no_schedule, options.language));
    }
    schedule = answer.schedule;
  } else {
    schedule = formats::read_schedule(path_of(options.schedule), read.plan, read.findings);
  }
  if (read.findings.has_errors()) return enter(options, read, {});
  track::Event event;
  event.fact = track::take_baseline(read.plan, schedule, words.front(), *recorded);
  event.author = author_of(options);
  event.reason = options.reason;
  event.recorded = *recorded;
  event.replaces = static_cast<std::uint64_t>(options.replaces);
  return enter(options, read, {event});
}

int log_plan(const Options& options) {
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto recorded = recorded_of(options, read.plan, read.findings);
  if (read.findings.has_errors() || !recorded) return enter(options, read, {});
  PlanContent content = content_of(read.plan);
  const std::string hash = track::hexadecimal(track::hash_of(content.text));
  if (hash == last_plan_hash(record_path(options))) {
    Outcome outcome;
    outcome.import.num_known = 1;
    outcome.head = track::Ledger::open(record_path(options)).head();
    return tell(options, read.plan, read.findings, outcome);
  }
  track::Event event;
  event.fact = track::PlanChange{*recorded, hash, std::move(content.what)};
  event.author = author_of(options);
  event.reason = options.reason;
  event.recorded = *recorded;
  return enter(options, read, {event});
}

int log_withdraw(const Options& options, const std::vector<std::string>& words) {
  std::uint64_t entry = 0;
  const std::string word = words.size() == 1 ? words.front() : "";
  const auto [stopped, error] = std::from_chars(word.data(), word.data() + word.size(), entry);
  if (error != std::errc{} || stopped != word.data() + word.size() || entry == 0)
    return lacks(options, "withdraw", words::log_an_entry);
  formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  const auto recorded = recorded_of(options, read.plan, read.findings);
  if (read.findings.has_errors() || !recorded) return enter(options, read, {});
  track::Event event;
  event.fact = track::Withdrawal{*recorded};
  event.author = author_of(options);
  event.reason = options.reason;
  event.recorded = *recorded;
  event.replaces = entry;
  return enter(options, read, {event});
}

}  // namespace diaodu::cli
