#include <chrono>
#include <filesystem>
#include <iostream>
#include <optional>
#include <system_error>

#include "diaodu/cli/session.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/track/apply_record.h"
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

formats::ReadPlan read_with_record(const std::string& plan, const Options& options) {
  formats::ReadPlan read = formats::read_plan(path_of(plan));
  if (options.without_record || read.findings.has_errors()) return read;
  Instant as_of = present();
  if (!options.as_of.empty()) {
    const auto asked = instant_of(read.plan, options.as_of);
    if (!asked) {
      read.findings.add(found::bad_date, {.file = "--as-of"}, {options.as_of});
      return read;
    }
    as_of = *asked;
  }
  const std::filesystem::path path = track::record_of(path_of(plan));
  const std::string file = formats::shown(path.filename());
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) {
    if (options.as_of.empty()) return read;
    read.findings.add(found::no_record, {.file = file});
    track::apply_record(read.plan, {}, as_of, file, read.findings);
    return read;
  }
  // Entries that are dated by the day count to its end, which may lie ahead of the clock.
  const Instant until = options.as_of.empty() ? kNever : as_of;
  const track::Record record = track::replay(track::Ledger::open(path), until);
  const track::Applied applied = track::apply_record(read.plan, record, until, file, read.findings);
  read.findings.add(found::record_used, {.file = file},
                    {show_end(read.plan, as_of), std::to_string(applied.num_tasks),
                     std::to_string(record.observations.size())});
  return read;
}

void tell_of_record(const Findings& findings, Language language) {
  for (const Finding& finding : findings.kept()) {
    if (finding.kind == &found::record_used || finding.kind == &found::no_record)
      std::cerr << to_string(finding, language) << "\n";
  }
}

}  // namespace diaodu::cli
