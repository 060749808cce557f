#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "diaodu/cli/session.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/track/apply_record.h"
#include "diaodu/track/facts.h"
#include "diaodu/track/replay.h"

namespace diaodu::cli {

Instant present() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Instant{std::chrono::floor<std::chrono::minutes>(now).count()};
}

std::optional<Instant> instant_of(const Plan& plan, const std::string& written) {
  const auto date = formats::parse_date(written);
  if (!date) return {};
  LocalTime time = date->time;
  if (!date->has_clock) time.minutes += kMinutesPerDay;
  return plan.zone.to_instant(time);
}

namespace {

/// The facts of both in one order; where two are of one time, those of `later` come last and count.
void append(track::Record& record, track::Record later) {
  const auto join = [](auto& list, auto& more, auto when) {
    list.insert(list.end(), std::make_move_iterator(more.begin()),
                std::make_move_iterator(more.end()));
    std::stable_sort(list.begin(), list.end(),
                     [when](const auto& a, const auto& b) { return a.*when < b.*when; });
  };
  join(record.tasks, later.tasks, &track::TaskFact::when);
  join(record.costs, later.costs, &track::CostFact::when);
  join(record.observations, later.observations, &track::Observation::published);
  join(record.baselines, later.baselines, &track::Baseline::taken);
  join(record.changes, later.changes, &track::PlanChange::when);
  join(record.remarks, later.remarks, &track::Remark::when);
}

}  // namespace

RecordedPlan read_recorded(const std::string& plan, const Options& options) {
  RecordedPlan recorded{formats::read_plan(path_of(plan)), {}, present()};
  formats::ReadPlan& read = recorded.read;
  if (read.findings.has_errors()) return recorded;
  recorded.record = track::record_in(read.plan);
  if (options.without_record) return recorded;
  if (!options.as_of.empty()) {
    const auto asked = instant_of(read.plan, options.as_of);
    if (!asked) {
      read.findings.add(found::bad_date, {.file = "--as-of"}, {options.as_of});
      return recorded;
    }
    recorded.as_of = *asked;
  }
  const std::filesystem::path path = track::record_of(place_of_plan(plan));
  const std::string file = formats::shown(path.filename());
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) {
    if (options.as_of.empty()) return recorded;
    read.findings.add(found::no_record, {.file = file});
    track::apply_record(read.plan, {}, recorded.as_of, file, read.findings);
    recorded.record = track::record_in(read.plan);
    return recorded;
  }
  // Entries that are dated by the day count to its end, which may lie ahead of the clock.
  const Instant until = options.as_of.empty() ? kNever : recorded.as_of;
  const track::Ledger ledger = track::Ledger::open(path);
  track::Record record = track::replay(ledger, until);
  // A figure is known from the day on which it was published, whenever it was entered.
  if (until != kNever) {
    record.observations = track::replay(ledger, kNever).observations;
    std::erase_if(record.observations,
                  [until](const track::Observation& each) { return each.published > until; });
  }
  const bool was_known = !read.plan.data_date || *read.plan.data_date <= until;
  if (!was_known) recorded.record = {};  // the plan's own rows are of a later date
  const track::Applied applied = track::apply_record(read.plan, record, until, file, read.findings);
  read.findings.add(found::record_used, {.file = file},
                    {show_end(read.plan, recorded.as_of), std::to_string(applied.num_tasks),
                     std::to_string(record.observations.size())});
  append(recorded.record, std::move(record));
  return recorded;
}

formats::ReadPlan read_with_record(const std::string& plan, const Options& options) {
  return read_recorded(plan, options).read;
}

void tell_of_record(const Findings& findings, Language language) {
  for (const Finding& finding : findings.kept()) {
    if (finding.kind == &found::record_used || finding.kind == &found::no_record)
      std::cerr << to_string(finding, language) << "\n";
  }
}

}  // namespace diaodu::cli
