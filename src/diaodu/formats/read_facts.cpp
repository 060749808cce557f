#include "diaodu/formats/read_facts.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <deque>
#include <map>
#include <numeric>
#include <optional>
#include <string>
#include <system_error>
#include <tuple>
#include <utility>

#include "diaodu/core/civil.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/fact_sheet.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/work_days.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/peer.h"

namespace diaodu::formats {
namespace {

constexpr std::int64_t kMostMoney = 1'000'000'000'000'000;
constexpr int kWholePercent = 100'00;

/// The names of a plan.
struct Names {
  explicit Names(const Plan& plan) {
    for (TaskId task : plan.tasks.ids()) tasks.add(plan.tasks[task].id, task);
    for (TargetId target : plan.targets.ids()) targets.add(plan.targets[target].id, target);
    for (const Peer& peer : plan.peers) {
      targets.add(peers.emplace_back(recorded_name(plan, peer)), peer.target);
    }
    for (ResourceId resource : plan.resources.ids())
      resources.add(plan.resources[resource].id, resource);
  }
  std::deque<std::string> peers;  // what the map below points to
  NameMap<TaskId> tasks;
  NameMap<TargetId> targets;  // and peers, by the names of their figures
  NameMap<ResourceId> resources;
};

/// Reads the rows of one sheet.
class FactReader {
 public:
  FactReader(const FactSheet& sheet, const Plan& plan, Names& names, const FactSource& source,
             ReadFacts& facts)
      : sheet_(sheet), plan_(plan), names_(names), source_(source), facts_(facts) {}

  void read() {
    for (row_ = 0; row_ < sheet_.num_rows(); ++row_) {
      const std::size_t num_errors = facts_.findings.num_errors();
      track::Event event;
      event.recorded = sheet_.instant(row_, "recorded", plan_, true).value_or(source_.recorded);
      event.author = source_.author;
      event.reason = reason();
      event.fact = fact();
      judge_dates(event);
      if (facts_.findings.num_errors() > num_errors) continue;
      facts_.events.push_back(std::move(event));
      facts_.where.push_back(sheet_.where(row_, ""));
    }
  }

 private:
  track::Fact fact() {
    switch (sheet_.table()) {
      case FactTable::progress:
        return progress();
      case FactTable::costs:
        return cost();
      case FactTable::observations:
        return observation();
      case FactTable::notes:
        break;
    }
    return remark();
  }

  std::string reason() const {
    const std::string_view written = sheet_.text(row_, "reason");
    if (!written.empty()) return std::string(written);
    if (!source_.reason.empty()) return source_.reason;
    const Where where = sheet_.where(row_, "");
    return where.file + ':' + std::to_string(where.line);
  }

  /// The id of a row of the plan; reports what is missing or unknown.
  template <class IdType>
  IdType refer(std::string_view column, NameMap<IdType>& names, const FindingKind& unknown) {
    const std::string_view name = sheet_.text(row_, column);
    if (name.empty()) return {};
    const IdType id = names.find(name);
    if (!id) sheet_.report(unknown, row_, column, {name, did_you_mean(names.nearest(name))});
    return id;
  }

  std::optional<int> percent(std::string_view column) {
    // `50` and `50%` are the same here, where elsewhere the sign divides by a hundred.
    const int places = sheet_.text(row_, column).ends_with('%') ? 4 : 2;
    const auto read = sheet_.number(row_, column, places, 0, kWholePercent);
    return read ? std::optional(static_cast<int>(*read)) : std::nullopt;
  }

  bool is_bare(std::string_view column) const {
    const auto date = parse_date(sheet_.text(row_, column));
    return date && !date->has_clock;
  }

  track::TaskFact progress() {
    track::TaskFact fact;
    fact.task = sheet_.required(row_, "task");
    fact.when = sheet_.required_instant(row_, "date", plan_, true);
    fact.percent = percent("percent");
    fact.physical_percent = percent("physical");
    const TaskId task = refer("task", names_.tasks, found::unknown_task);
    const CalendarId of_task = task ? plan_.tasks[task].calendar : CalendarId{};
    const NamedCalendar& calendar = plan_.calendars[of_task ? of_task : plan_.calendar];
    fact.actual_start = sheet_.instant(row_, "actual_start", plan_, false);
    if (fact.actual_start && is_bare("actual_start"))
      fact.actual_start = opening(calendar.calendar, *fact.actual_start);
    fact.actual_finish = sheet_.instant(row_, "actual_finish", plan_, true);
    if (fact.actual_finish && is_bare("actual_finish"))
      fact.actual_finish = closing(calendar.calendar, *fact.actual_finish);
    fact.remaining = sheet_.work_time(row_, "remaining", calendar);
    std::string_view steps = sheet_.text(row_, "steps");
    constexpr std::array<std::string_view, 4> kSeparators = {";", "；", "|", "、"};
    while (!steps.empty()) {
      const std::string_view step = take_part(steps, kSeparators);
      if (!step.empty()) fact.steps_done.emplace_back(step);
    }
    if (fact.actual_start && fact.actual_finish && *fact.actual_finish < *fact.actual_start)
      sheet_.report(found::finish_before_start, row_, "actual_finish", {fact.task});
    for (const auto& [actual, column] : {std::pair{fact.actual_start, "actual_start"},
                                         std::pair{fact.actual_finish, "actual_finish"}}) {
      if (actual && *actual > fact.when)
        sheet_.report(found::actual_after_status, row_, column, {fact.task});
    }
    const bool says_nothing = !fact.actual_start && !fact.actual_finish && !fact.percent &&
                              !fact.physical_percent && !fact.remaining && fact.steps_done.empty();
    if (says_nothing) sheet_.report(found::fact_says_nothing, row_, "task", {fact.task});
    return fact;
  }

  track::CostFact cost() {
    track::CostFact fact;
    fact.task = sheet_.required(row_, "task");
    refer("task", names_.tasks, found::unknown_task);
    refer("resource", names_.resources, found::unknown_resource);
    fact.resource = sheet_.text(row_, "resource");
    fact.when = sheet_.required_instant(row_, "date", plan_, true);
    sheet_.required(row_, "amount");
    fact.amount = Money{sheet_.number(row_, "amount", 2, -kMostMoney, kMostMoney).value_or(0)};
    return fact;
  }

  track::Observation observation() {
    track::Observation fact;
    fact.target = sheet_.required(row_, "target");
    refer("target", names_.targets, found::unknown_target);
    const std::string_view period = sheet_.required(row_, "period");
    const auto read = period_of(period);
    if (!read && !period.empty()) sheet_.report(found::bad_period, row_, "period", {period});
    fact.period = read.value_or(track::Period{});
    sheet_.required(row_, "measure");
    fact.measure = sheet_.choice(row_, "measure", kMeasures).value_or(track::Measure::level);
    fact.value = value(fact.measure);
    fact.published = sheet_.required_instant(row_, "published", plan_, false);
    // What has not begun has no figures: its year, or its month, is a slip of the pen.
    if (read && fact.published != Instant{}) {
      const LocalTime begins = LocalTime::at(Date::from(read->year, read->first, 1), 0);
      if (plan_.zone.to_instant(begins) > fact.published)
        sheet_.report(found::fact_of_the_future, row_, "period", {});
    }
    fact.source = sheet_.text(row_, "source");
    return fact;
  }

  double value(track::Measure measure) {
    std::string_view written = sheet_.required(row_, "value");
    const bool is_growth =
        measure == track::Measure::growth || measure == track::Measure::growth_to_date;
    if (is_growth && written.ends_with('%')) written.remove_suffix(1);
    const bool parts_thousands = points_part_thousands();
    std::optional<double> number = parts_thousands ? counted(written) : plain_real(written);
    if (!number) number = parts_thousands ? plain_real(written) : counted(written);
    if (number) return *number;
    if (!written.empty()) sheet_.report(found::bad_number, row_, "value", {written});
    return 0;
  }

  /// Where commas are points, the point of 1.234 parts thousands, as that of 1.234,5 does; unless others of the sheet
  /// cannot, and none must.
  bool points_part_thousands() {
    if (!sheet_.has_decimal_comma()) return false;
    if (!points_part_thousands_) {
      bool must = false;
      bool cannot = false;
      for (std::size_t row = 0; row < sheet_.num_rows(); ++row) {
        const std::string_view written = sheet_.text(row, "value");
        const bool has_point = written.find('.') != std::string_view::npos;
        must = must || (has_point && written.find(',') != std::string_view::npos);
        cannot = cannot || (has_point && plain_real(written) && !counted(written));
      }
      points_part_thousands_ = must || !cannot;
    }
    return *points_part_thousands_;
  }

  /// Digits and a point, perhaps with an exponent, as programs write them.
  static std::optional<double> plain_real(std::string_view written) {
    double number = 0;
    const char* const end = written.data() + written.size();
    const auto [stopped, error] = std::from_chars(written.data(), end, number);
    if (error != std::errc{} || stopped != end || !std::isfinite(number)) return {};
    return number;
  }

  /// Commas, 万 and 亿; to as many places as there is room for.
  std::optional<double> counted(std::string_view written) const {
    for (const auto& [places, scale] : {std::pair{6, 1e6}, {2, 1e2}, {0, 1.0}}) {
      if (const auto scaled = parse_number(written, places, sheet_.has_decimal_comma()))
        return static_cast<double>(*scaled) / scale;
    }
    return {};
  }

  track::Remark remark() {
    track::Remark fact;
    fact.when = sheet_.required_instant(row_, "date", plan_, true);
    fact.author = source_.author;
    fact.subject = sheet_.text(row_, "subject");
    fact.text = sheet_.required(row_, "text");
    fact.is_decision = sheet_.choice(row_, "kind", kRemarks).value_or(false);
    return fact;
  }

  /// A bare date is the end of its day, so what became known on that day may have happened then.
  void judge_dates(const track::Event& event) {
    const Elapsed day{kMinutesPerDay};
    if (event.recorded > source_.now + day)
      sheet_.report(found::fact_of_the_future, row_, "recorded", {});
    if (track::effective_of(event.fact) > event.recorded + day) {
      const bool is_published = sheet_.table() == FactTable::observations;
      sheet_.report(found::fact_of_the_future, row_, is_published ? "published" : "date", {});
    }
  }

  const FactSheet& sheet_;
  const Plan& plan_;
  Names& names_;
  const FactSource& source_;
  ReadFacts& facts_;
  std::size_t row_ = 0;
  std::optional<bool> points_part_thousands_;  // once asked
};

/// Of two rows that contradict each other only one can be meant.
void judge_repeated(ReadFacts& facts) {
  std::map<std::tuple<std::string, std::string, std::int64_t>, std::size_t> first;
  for (std::size_t i = 0; i < facts.events.size(); ++i) {
    const track::Fact& fact = facts.events[i].fact;
    std::string what;
    if (const auto* const progress = std::get_if<track::TaskFact>(&fact)) what = progress->task;
    if (const auto* const number = std::get_if<track::Observation>(&fact)) {
      what = number->target + '\n' + show(number->period) + '\n' +
             std::to_string(static_cast<int>(number->measure));
    }
    if (what.empty()) continue;
    const auto [known, is_new] = first.insert(
        {{std::string(track::kind_of(fact)), what, track::effective_of(fact).minutes()}, i});
    if (is_new || facts.events[known->second].recorded < facts.events[i].recorded) {
      known->second = i;  // what became known later corrects
      continue;
    }
    facts.findings.add(found::repeated_fact, facts.where[i],
                       {std::to_string(facts.where[known->second].line)});
  }
}

void sort_by_recorded(ReadFacts& facts) {
  std::vector<std::size_t> order(facts.events.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&facts](std::size_t a, std::size_t b) {
    return facts.events[a].recorded < facts.events[b].recorded;
  });
  ReadFacts sorted;
  for (const std::size_t at : order) {
    sorted.events.push_back(std::move(facts.events[at]));
    sorted.where.push_back(std::move(facts.where[at]));
  }
  facts.events = std::move(sorted.events);
  facts.where = std::move(sorted.where);
}

}  // namespace

ReadFacts read_facts(std::string_view bytes, const std::string& file, const Plan& plan,
                     const FactSource& source) {
  ReadFacts facts;
  Names names(plan);
  const auto take = [&](const Sheet& sheet, FactTable table) {
    const FactSheet fact_sheet(sheet, table, facts.findings);
    if (fact_sheet.is_usable()) FactReader(fact_sheet, plan, names, source, facts).read();
  };
  if (may_be_workbook(bytes)) {
    bool is_any = false;
    Findings of_last;
    for (const FactTable table : kFactTables) {
      std::vector<std::string_view> sheets;
      for (std::string_view rest = names_of(table); !rest.empty();) {
        constexpr std::array<std::string_view, 1> kBar = {"|"};
        sheets.push_back(take_part(rest, kBar));
      }
      of_last = {};
      bool is_there = false;
      read_sheet(bytes, file, sheets, of_last, [&](const Sheet& sheet) {
        is_there = true;
        take(sheet, table);
      });
      if (is_there) facts.findings.append(of_last);
      is_any = is_any || is_there;
    }
    // Either no sheet is one of facts, or there is more wrong with the workbook.
    if (!is_any) facts.findings.append(of_last);
  } else {
    const std::string stem = file.substr(0, file.rfind('.'));
    const Sheet sheet = read_csv(bytes, file, stem, facts.findings);
    if (const auto table = fact_table_of(sheet)) {
      take(sheet, *table);
    } else {
      facts.findings.add(found::no_facts, {.file = file, .line = sheet.header_line});
    }
  }
  sort_by_recorded(facts);
  judge_repeated(facts);
  facts.findings.sort();
  return facts;
}

ReadFacts read_facts(const std::filesystem::path& path, const Plan& plan,
                     const FactSource& source) {
  ReadFacts facts;
  const auto bytes = read_file(path, shown(path), facts.findings);
  return bytes ? read_facts(*bytes, shown(path.filename()), plan, source) : std::move(facts);
}

}  // namespace diaodu::formats
