#include "diaodu/solve/least_work.h"

#include <algorithm>
#include <bit>

namespace diaodu::solve {

std::int64_t rounded_down(std::int64_t number, int bits) {
  const int excess = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(number))) - bits;
  return excess <= 0 ? number : (number >> excess) << excess;
}

LeastWork::LeastWork(std::span<const Interval> worked, std::span<const Interval> open,
                     std::int64_t& looks_left)
    : looks_left_(looks_left) {
  knots_.push_back({0, 0});
  const auto add = [this](Elapsed length, bool is_inside) {
    if (length <= Elapsed{}) return;
    Knot next = knots_.back();
    next.work += length.count();
    if (is_inside) next.inside += length.count();
    // On a straight line with the two before, it replaces the last.
    const bool has_two = knots_.size() >= 2;
    const Knot before = has_two ? knots_[knots_.size() - 2] : Knot{};
    const Knot last = knots_.back();
    const bool was_inside = last.inside > before.inside;
    if (has_two && was_inside == is_inside) {
      knots_.back() = next;
    } else {
      knots_.push_back(next);
    }
  };
  std::size_t at = 0;
  for (const Interval& each : worked) {
    Instant from = each.from;
    while (at < open.size() && open[at].to <= from) ++at;
    for (std::size_t i = at; i < open.size() && open[i].from < each.to; ++i) {
      add(open[i].from - from, false);
      const Instant to = std::min(each.to, open[i].to);
      add(to - std::max(from, open[i].from), true);
      from = to;
    }
    add(each.to - from, false);
  }
}

WorkTime LeastWork::of(WorkTime run) {
  const Knot& all = knots_.back();
  if (all.inside == all.work) return WorkTime{std::min(run.count(), all.inside)};
  constexpr int kBits = 10;
  const std::int64_t rounded = rounded_down(run.count(), kBits);
  const auto [known, is_new] = known_.try_emplace(rounded, 0);
  if (is_new && looks_left_ > 0) {
    looks_left_ -= static_cast<std::int64_t>(knots_.size());
    known->second = least(rounded);
  }
  return WorkTime{known->second};
}

double LeastWork::mean_share() const {
  return static_cast<double>(knots_.back().inside) /
         static_cast<double>(std::max<std::int64_t>(1, knots_.back().work));
}

std::int64_t LeastWork::least(std::int64_t run) const {
  if (run == 0) return 0;
  const std::int64_t last = knots_.back().work - run;  // where a run begins at the latest
  if (last <= 0) return knots_.back().inside;
  // `head` is the piece in which the run begins, `tail` that in which it ends.
  std::size_t head = 0;
  std::size_t tail = 0;
  const auto inside = [this](std::size_t piece, std::int64_t work) {
    const Knot& knot = knots_[piece];
    const bool grows = piece + 1 < knots_.size() && knots_[piece + 1].inside > knot.inside;
    return knot.inside + (grows ? work - knot.work : 0);
  };
  std::int64_t least = run;
  for (std::int64_t begin = 0; begin < last;) {
    while (knots_[head + 1].work <= begin) ++head;
    while (knots_[tail + 1].work <= begin + run) ++tail;
    least = std::min(least, inside(tail, begin + run) - inside(head, begin));
    begin = std::min(knots_[head + 1].work, knots_[tail + 1].work - run);
  }
  while (knots_[head + 1].work <= last) ++head;
  return std::min(least, knots_.back().inside - inside(head, last));
}

}  // namespace diaodu::solve
