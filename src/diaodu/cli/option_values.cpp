#include "diaodu/cli/option_values.h"

#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <utility>

#include "diaodu/core/time.h"
#include "diaodu/formats/objectives.h"

namespace diaodu::cli {
namespace {

/// The whole text as a number within its limits.
template <typename Number>
bool read_number(std::string_view text, Number least, Number most, Number& number) {
  Number read{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, read);
  if (error != std::errc() || stopped != end || !(read >= least && read <= most)) return false;
  number = read;
  return true;
}

}  // namespace

bool take_json(Options& options, std::string_view) { return options.json = true; }
bool take_without_resources(Options& options, std::string_view) {
  return options.without_resources = true;
}
bool take_without_risk(Options& options, std::string_view) { return options.without_risk = true; }
bool take_milestones(Options& options, std::string_view) { return options.milestones = true; }
bool take_gantt(Options& options, std::string_view) { return options.gantt = true; }
bool take_pdf(Options& options, std::string_view) { return options.pdf = true; }
bool take_svg(Options& options, std::string_view) { return options.svg = true; }
bool take_brief(Options& options, std::string_view) { return options.brief = true; }
bool take_quality(Options& options, std::string_view) { return options.quality = true; }
bool take_watch(Options& options, std::string_view) { return options.watch = true; }
bool take_output(Options& options, std::string_view value) {
  options.outputs.emplace_back(value);
  return !value.empty();
}
bool take_schedule(Options& options, std::string_view value) {
  options.schedule = value;
  return !value.empty();
}
bool take_baseline(Options& options, std::string_view value) {
  options.baseline = value;
  return !value.empty();
}
bool take_objective(Options& options, std::string_view value) {
  auto objectives = formats::parse_objectives(value);
  if (objectives) options.objectives = std::move(*objectives);
  return objectives.has_value();
}
bool take_proof(Options& options, std::string_view value) {
  options.proof = value;
  return !value.empty();
}
bool take_csv(Options& options, std::string_view value) {
  options.csv = value;
  return !value.empty();
}
bool take_seconds(Options& options, std::string_view value) {
  return read_number(value, 0.0, 1e9, options.seconds.emplace());
}
bool take_steps(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::int64_t{1} << 60;
  return read_number(value, std::int64_t{0}, kMost, options.steps.emplace());
}
bool take_seed(Options& options, std::string_view value) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  return read_number(value, std::uint64_t{0}, kMost, options.seed);
}
bool take_threads(Options& options, std::string_view value) {
  int threads = 1;
  const bool is_read = read_number(value, 1, 256, threads);
  if (is_read) options.threads = threads;
  return is_read;
}
bool take_trials(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = 10'000'000;
  return read_number(value, std::int64_t{1}, kMost, options.trials.emplace());
}
bool take_trial(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return read_number(value, std::int64_t{0}, kMost, options.trial.emplace());
}
bool take_confidence(Options& options, std::string_view value) {
  const bool is_percentage = value.ends_with('%');
  if (is_percentage) value.remove_suffix(1);
  double read = 0;
  if (!read_number(value, 0.0, 100.0, read)) return false;
  if (is_percentage) read /= 100;
  options.confidence = read;
  return read > 0 && read < 1;
}
bool take_until(Options& options, std::string_view value) {
  static constexpr std::pair<std::string_view, double> kUnits[] = {
      {"min", 1}, {"h", 60}, {"d", kMinutesPerDay}};
  for (const auto& [unit, minutes] : kUnits) {
    if (!value.ends_with(unit)) continue;
    constexpr double kMost = 1e6;
    double read = 0;
    if (!read_number(value.substr(0, value.size() - unit.size()), 0.0, kMost, read)) return false;
    options.until = std::llround(read * minutes);
    return *options.until > 0;
  }
  return false;
}
bool take_latin_hypercube(Options& options, std::string_view) {
  return options.latin_hypercube = true;
}
bool take_against(Options& options, std::string_view value) {
  options.against = value;
  return !value.empty();
}
bool take_days(Options& options, std::string_view value) {
  constexpr int kMost = 3660;
  return read_number(value, 0, kMost, options.days);
}
bool take_cancelled(Options& options, std::string_view value) {
  options.cancelled.emplace_back(value);
  return !value.empty();
}
bool take_only(Options& options, std::string_view value) {
  options.only = value;
  return !value.empty();
}
bool take_outline(Options& options, std::string_view value) {
  options.outline = value;
  return !value.empty();
}
bool take_engine(Options& options, std::string_view value) {
  options.engine = value;
  return value == "flow" || value == "relevel";
}
bool take_without_record(Options& options, std::string_view) {
  return options.without_record = true;
}
bool take_dry_run(Options& options, std::string_view) { return options.dry_run = true; }
bool take_replaces(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return read_number(value, std::int64_t{1}, kMost, options.replaces);
}
bool take_language(Options& options, std::string_view value) {
  options.language = value == "zh" ? Language::chinese : Language::english;
  return value == "en" || value == "zh";
}

}  // namespace diaodu::cli
