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
  const std::int64_t shortest = rounded_down(work.count(), kBits);
  const int excess =
      std::max(0, static_cast<int>(std::bit_width(static_cast<std::uint64_t>(shortest))) - kBits);
  return {WorkTime{shortest}, WorkTime{shortest + (std::int64_t{1} << excess) - 1}};
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
  const Elapsed path = std::clamp(model.early.finish - model.floor, kDay, 5'000 * kDay);
  const auto most = static_cast<std::int64_t>(kDaysPerWay * model.ways.size() / (num_pairs + 1));
  return model.floor + std::min(kFarthest * path, most * kDay);
}

/// Would the hours take too long to spell out, or too much room?
bool is_too_much(const Model& model, Interval range) {
  constexpr std::int64_t kMostIntervals = 10'000'000;
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < model.network.times->size(); ++i)
    sum += model.network.times->calendar(i).most_intervals(range);
  for (const Line& line : model.lines) sum += line.open.most_intervals(range);
  return sum > kMostIntervals;
}

}  // namespace

LineFits::LineFits(const Model& model) : num_lines_(model.lines.size()) {
  constexpr std::size_t kMostPairs = 1 << 24;
  if (model.lines.empty()) return;
  std::vector<Kind> kinds;
  std::vector<std::uint32_t> kind_of_way;
  std::map<std::pair<std::uint32_t, std::int64_t>, std::uint32_t> number;
  for (const Way& way : model.ways) {
    const Works works = alike(way.work);
    const auto [known, is_new] = number.try_emplace({way.calendar, works.shortest.count()},
                                                    static_cast<std::uint32_t>(kinds.size()));
    if (is_new) kinds.push_back({way.calendar, works});
    kind_of_way.push_back(known->second);
  }
  if (kinds.size() * num_lines_ > kMostPairs) return;
  // Which kinds are ever asked for on which lines; where all of the work lies on one, nothing need be known.
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::uint32_t>> asked;
  std::vector<char> is_noted(kinds.size() * num_lines_, 0);
  std::size_t num_pairs = 0;
  for (std::size_t i = 0; i < model.ways.size(); ++i) {
    const Way& way = model.ways[i];
    for (const Need& need : model.needs_of(way)) {
      const auto lines = model.lines_of(model.renewables[need.resource]);
      const auto runs = [&](const Line& line) { return line.runs_with(way.calendar); };
      if (std::count_if(lines.begin(), lines.end(), runs) < 2) continue;
      for (const Line& line : lines) {
        const auto at = static_cast<std::uint32_t>(&line - model.lines.data());
        char& mark = is_noted[kind_of_way[i] * num_lines_ + at];
        if (mark != 0 || !runs(line)) continue;
        mark = 1;
        asked[{at, way.calendar}].push_back(kind_of_way[i]);
        ++num_pairs;
      }
    }
  }
  const Interval range{model.floor, end_of_range(model, num_pairs)};
  if (is_too_much(model, range)) return;
  least_.assign(kinds.size() * num_lines_, 0);
  std::int64_t looks_left = 1'000'000'000;
  std::map<std::uint32_t, std::vector<Interval>> worked;
  std::vector<Interval> open;
  std::uint32_t open_line = 0;
  for (const auto& [pair, of_kinds] : asked) {
    const auto& [line, calendar] = pair;
    if (!worked.contains(calendar))
      worked[calendar] = model.network.times->calendar(calendar).intervals(range);
    if (open.empty() || line != open_line) open = model.lines[line].open.intervals(range);
    open_line = line;
    LeastWork least(worked[calendar], open, looks_left);
    for (const std::uint32_t kind : of_kinds) {
      const std::int64_t points = least.of(kinds[kind].works.shortest).count();
      least_[kind * num_lines_ + line] = static_cast<std::int32_t>(
          std::min<std::int64_t>(points, std::numeric_limits<std::int32_t>::max()));
    }
  }
  for (const Kind& kind : kinds)
    last_start_.push_back(
        model.network.times->calendar(kind.calendar).retreat(range.to, kind.works.longest));
  kind_ = std::move(kind_of_way);
}

}  // namespace diaodu::solve
