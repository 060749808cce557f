#include "diaodu/solve/line_fits.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>
#include <utility>

#include "diaodu/solve/least_work.h"
#include "diaodu/solve/model.h"

namespace diaodu::solve {
namespace {

/// Of the works that share all but some low bits, the shortest and the longest.
struct Works {
  WorkTime shortest;
  WorkTime longest;
};

Works alike(WorkTime work) {
  constexpr int kBits = 6;
  const auto count = static_cast<std::uint64_t>(work.count());
  const int low = std::max(0, static_cast<int>(std::bit_width(count)) - kBits);
  const auto shortest = static_cast<std::int64_t>((count >> low) << low);
  return {WorkTime{shortest}, WorkTime{shortest + (std::int64_t{1} << low) - 1}};
}

struct Kind {
  std::uint32_t calendar;
  Works works;
};

/// Where schedules will have ended, or so far as `num_pairs` of kinds and lines can be looked through in a time that
/// is small beside what a schedule takes.
Instant end_of_range(const Model& model, std::size_t num_pairs) {
  constexpr std::int64_t kFarthest = 4;  // times the critical path
  constexpr std::size_t kDaysPerWay = 1000;
  constexpr Elapsed kDay{kMinutesPerDay};
  const Elapsed path = std::max(kDay, model.early.finish - model.floor);
  const auto most = static_cast<std::int64_t>(kDaysPerWay * model.ways.size() / (num_pairs + 1));
  return model.floor + std::min({kFarthest * path, most * kDay, 20'000 * kDay});
}

}  // namespace

LineFits::LineFits(const Model& model) : num_lines_(model.lines.size()) {
  if (model.lines.empty()) return;
  std::vector<Kind> kinds;
  std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> number;
  for (const Way& way : model.ways) {
    const Works works = alike(way.work);
    const auto [known, is_new] = number.try_emplace({way.calendar, works.shortest.count()},
                                                    static_cast<std::uint32_t>(kinds.size()));
    if (is_new) kinds.push_back({way.calendar, works});
    kind_.push_back(known->second);
  }
  // Which kinds are ever asked for on which lines; where all of the work lies on one, nothing need be known.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> asked;
  std::vector<char> is_noted(kinds.size() * num_lines_, 0);
  std::size_t num_pairs = 0;
  for (std::size_t i = 0; i < model.ways.size(); ++i) {
    const Way& way = model.ways[i];
    for (const Need& need : model.needs_of(way)) {
      const Slice& lines = model.renewables[need.resource].lines;
      for (std::uint32_t line = lines.first; line < lines.last; ++line) {
        char& mark = is_noted[kind_[i] * num_lines_ + line];
        if (mark != 0 || !model.lines[line].runs_with(way.calendar)) continue;
        mark = 1;
        asked[{way.calendar, line}].push_back(kind_[i]);
        ++num_pairs;
      }
    }
  }
  const Interval range{model.floor, end_of_range(model, num_pairs)};
  least_.assign(kinds.size() * num_lines_, 0);
  std::map<std::uint32_t, std::vector<Interval>> worked;
  std::map<std::uint32_t, std::vector<Interval>> open;
  for (const auto& [pair, of_kinds] : asked) {
    const auto& [calendar, line] = pair;
    if (!worked.contains(calendar))
      worked[calendar] = model.network.times->calendar(calendar).intervals(range);
    if (!open.contains(line)) open[line] = model.lines[line].open.intervals(range);
    LeastWork least(worked[calendar], open[line]);
    for (const std::uint32_t kind : of_kinds) {
      const std::int64_t points = least.of(kinds[kind].works.shortest).count();
      least_[kind * num_lines_ + line] = static_cast<std::int32_t>(
          std::min<std::int64_t>(points, std::numeric_limits<std::int32_t>::max()));
    }
  }
  for (const Kind& kind : kinds)
    last_start_.push_back(
        model.network.times->calendar(kind.calendar).retreat(range.to, kind.works.longest));
}

}  // namespace diaodu::solve
