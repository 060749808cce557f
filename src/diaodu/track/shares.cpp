#include "diaodu/track/shares.h"

#include <cmath>

#include "diaodu/plan/tree.h"

namespace diaodu::track {
namespace {

/// What a share can be counted in.
struct Sum {
  Money budget;
  Money earned;
  std::int64_t minutes = 0;
  std::int64_t minutes_done = 0;
  std::int64_t count = 0;
  std::int64_t count_done = 0;
  bool is_all = true;

  Share share() const {
    if (is_all && count > 0) return {1, 1};
    if (budget > Money{}) return {earned.count(), budget.count()};
    if (minutes > 0) return {minutes_done, minutes};
    return {count_done, std::max<std::int64_t>(1, count)};
  }
};

}  // namespace

Table<TaskId, Share> shares_at(const Plan& plan, const Schedule& schedule, const Budget& budget,
                               const Earnings& earnings, Instant when) {
  Table<TaskId, Share> shares(plan.tasks.size());
  Table<TaskId, Sum> below(plan.tasks.size());
  for (const TaskId id : children_first(plan)) {
    const Task& task = plan.tasks[id];
    const bool is_summary = task.kind == TaskKind::summary;
    const Share share = is_summary ? below[id].share() : earnings.share(id, when);
    shares[id] = share;
    if (!task.parent) continue;
    Sum own = is_summary ? below[id] : Sum{};
    for (const CostLine& line : budget.of(id)) {
      own.budget += line.cost;
      own.earned += part_of(line.cost, share);
    }
    const bool is_there = schedule.placements[id].is_scheduled || !share.is_nothing();
    if (!is_summary && is_there) {
      own.minutes = task.duration.count();
      own.minutes_done = share.is_all()
                             ? own.minutes
                             : std::llround(share.as_number() * static_cast<double>(own.minutes));
      own.count = 1;
      own.count_done = share.is_all() ? 1 : 0;
      own.is_all = share.is_all();
    }
    Sum& above = below[task.parent];
    above.budget += own.budget;
    above.earned += own.earned;
    above.minutes += own.minutes;
    above.minutes_done += own.minutes_done;
    above.count += own.count;
    above.count_done += own.count_done;
    above.is_all = above.is_all && own.is_all;
  }
  return shares;
}

}  // namespace diaodu::track
