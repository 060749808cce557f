#include "diaodu/check/certify.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "diaodu/check/at_once.h"
#include "diaodu/check/falls_into.h"
#include "diaodu/check/possible_dates.h"
#include "diaodu/check/usage.h"

namespace diaodu::check {
namespace {

class Certifier {
 public:
  Certifier(const Plan& plan, const BoundClaim& claim)
      : plan_(plan),
        claim_(claim),
        times_(plan),
        states_(plan, times_),
        dates_(plan, times_, states_) {}

  bool is_proven() {
    dates_.find_earliest();
    if (dates_.is_beyond_time()) return false;
    if (claim_.kind == BoundClaim::Kind::critical_path) return dates_.finish() >= claim_.finish;
    if (claim_.during.is_empty()) return false;
    const bool is_packing = claim_.kind == BoundClaim::Kind::packing;
    if (is_packing ? !is_well_formed() : !is_of_renewable()) return false;
    dates_.find_latest(claim_.finish - Elapsed{1});
    const std::set<TaskId> tasks(claim_.tasks.begin(), claim_.tasks.end());  // each counts once
    if (!std::all_of(tasks.begin(), tasks.end(), [this](TaskId task) { return must_lie(task); }))
      return false;
    if (is_packing) return is_too_much();
    return is_overloaded(tasks);
  }

 private:
  bool is_of_renewable() const {
    return claim_.resource && is_renewable(plan_.resources[claim_.resource].kind);
  }

  /// Of a packing: each task stands there once and has not begun, and no sum is beyond all measure.
  bool is_well_formed() const {
    constexpr std::int64_t kMost = std::int64_t{1} << 24;
    constexpr std::size_t kMostTasks = 1 << 14;
    const std::set<TaskId> once(claim_.tasks.begin(), claim_.tasks.end());
    return claim_.weights.size() == claim_.tasks.size() && once.size() == claim_.tasks.size() &&
           once.size() <= kMostTasks && claim_.limit > 0 && claim_.limit <= kMost &&
           std::all_of(claim_.weights.begin(), claim_.weights.end(),
                       [](std::int64_t weight) { return weight > 0 && weight <= kMost; }) &&
           std::all_of(once.begin(), once.end(), [this](TaskId task) {
             return states_[task].stage == TaskState::Stage::not_started;
           });
  }

  /// Of a packing: by weight, in the minutes in which any of the tasks can be at work.
  bool is_too_much() const {
    __extension__ using Wide = __int128;
    Wide work = 0;
    for (std::size_t i = 0; i < claim_.tasks.size(); ++i) {
      std::optional<WorkTime> least;
      for (const PossibleDates::Way& way : dates_.ways(claim_.tasks[i]))
        least = least ? std::min(*least, way.work) : way.work;
      work += Wide{claim_.weights[i]} * least.value_or(WorkTime{}).count();
    }
    const auto worked = working_minutes({claim_.tasks.begin(), claim_.tasks.end()});
    if (!worked) return false;
    Wide room = 0;
    for (const Interval& each : *worked) room += Wide{claim_.limit} * each.length().count();
    return work > room && AtOnce(plan_, states_, dates_, claim_.tasks, *worked)
                              .weigh_at_most(claim_.weights, claim_.limit);
  }

  /// Of a load: do the tasks need more than there is, in the minutes that count?
  bool is_overloaded(const std::set<TaskId>& tasks) const {
    const std::set<TaskId> named(claim_.hours_of.begin(), claim_.hours_of.end());
    const auto minutes = working_minutes(named.empty() ? tasks : named);
    if (!minutes) return false;
    std::optional<FallsInto> counted;
    if (!named.empty()) counted.emplace(*minutes, claim_.during);
    const std::optional<Effort> most = room(*minutes);
    const std::optional<Effort> least = work(tasks, counted ? &*counted : nullptr);
    return most && least && *least > *most;
  }

  /// Must all that remains of it be done, and inside `during`?
  bool must_lie(TaskId task) const {
    const Task& row = plan_.tasks[task];
    return row.kind != TaskKind::summary && !row.is_optional &&
           states_[task].stage != TaskState::Stage::completed &&
           dates_.earliest_start(task) >= claim_.during.from &&
           dates_.latest_finish(task) <= claim_.during.to;
  }

  /// What the tasks need of the resource in the minutes that count (nullptr: in all), each in the way that needs
  /// least; nothing where that is not worth finding out.
  std::optional<Effort> work(const std::set<TaskId>& tasks, FallsInto* counted) const {
    std::vector<Demand> demands;
    for (const Demand& demand : plan_.demands) {
      if (demand.resource == claim_.resource && tasks.contains(demand.task))
        demands.push_back(demand);
    }
    std::stable_sort(demands.begin(), demands.end(),
                     [](const Demand& a, const Demand& b) { return a.task < b.task; });
    Effort sum;
    for (std::size_t first = 0, next = 0; first < demands.size(); first = next) {
      while (next < demands.size() && demands[next].task == demands[first].task) ++next;
      std::optional<Effort> least;
      for (const PossibleDates::Way& way : dates_.ways(demands[first].task)) {
        Amount amount;
        for (std::size_t i = first; i < next; ++i) {
          if (!demands[i].mode || demands[i].mode == way.mode) amount += demands[i].amount;
        }
        const auto minutes = counted != nullptr ? counted->at_least(*way.calendar, way.work)
                                                : std::optional(way.work);
        if (!minutes) return {};
        const Effort effort = amount * *minutes;
        least = least ? std::min(*least, effort) : effort;
      }
      sum += least.value_or(Effort{});
    }
    return sum;
  }

  /// What the resource can do in these minutes of `during`; nothing where that is without limit.
  std::optional<Effort> room(const std::vector<Interval>& worked) const {
    std::vector<Availability> rows;
    std::copy_if(plan_.availability.begin(), plan_.availability.end(), std::back_inserter(rows),
                 [this](const Availability& row) { return row.resource == claim_.resource; });
    const std::vector<CapacityChange> steps =
        capacity_steps(plan_, claim_.resource, std::move(rows));
    Effort sum;
    std::size_t at = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const Instant from = std::max(claim_.during.from, steps[i].from);
      const Instant to =
          i + 1 < steps.size() ? std::min(claim_.during.to, steps[i + 1].from) : claim_.during.to;
      if (to <= from) continue;
      if (steps[i].capacity >= kUnlimited) return {};
      while (at < worked.size() && worked[at].to <= from) ++at;
      for (std::size_t j = at; j < worked.size() && worked[j].from < to; ++j) {
        const Elapsed length = std::min(to, worked[j].to) - std::max(from, worked[j].from);
        sum += steps[i].capacity * WorkTime{length.count()};
      }
    }
    return sum;
  }

  /// The minutes of `during` in which somebody on these tasks may be at work, as intervals in order.
  std::optional<std::vector<Interval>> working_minutes(const std::set<TaskId>& tasks) const {
    std::set<const Calendar*> calendars;
    for (const TaskId task : tasks) {
      for (const PossibleDates::Way& way : dates_.ways(task)) calendars.insert(way.calendar);
    }
    for (const Calendar* calendar : calendars) {
      if (calendar->is_always()) return std::vector<Interval>{claim_.during};
    }
    constexpr std::int64_t kMostIntervals = 4'000'000;
    std::int64_t sum = 0;
    for (const Calendar* calendar : calendars) sum += calendar->most_intervals(claim_.during);
    if (sum > kMostIntervals) return {};
    std::vector<Interval> all;
    for (const Calendar* calendar : calendars) {
      const std::vector<Interval> own = calendar->intervals(claim_.during);
      all.insert(all.end(), own.begin(), own.end());
    }
    std::sort(all.begin(), all.end(),
              [](const Interval& a, const Interval& b) { return a.from < b.from; });
    std::vector<Interval> merged;
    for (const Interval& each : all) {
      if (merged.empty() || merged.back().to < each.from) {
        merged.push_back(each);
      } else {
        merged.back().to = std::max(merged.back().to, each.to);
      }
    }
    return merged;
  }

  const Plan& plan_;
  const BoundClaim& claim_;
  WorkingTimes times_;
  TaskStates states_;
  PossibleDates dates_;
};

}  // namespace

BoundVerdict certify(const Plan& plan, const BoundClaim& claim) {
  return Certifier(plan, claim).is_proven() ? BoundVerdict::verified : BoundVerdict::not_verified;
}

}  // namespace diaodu::check
