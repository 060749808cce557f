#include "diaodu/check/tour_check.h"

#include <algorithm>
#include <map>

namespace diaodu::check {

namespace {

using TourKind = TourViolation::Kind;

/// Who makes a visit, and when.
struct Made {
  std::size_t duty = kNobody;
  Tick start = 0;
};

bool is_known(const TourProblem& problem, const TourPlan& plan) {
  if (plan.tours.size() != problem.duties.size()) return false;
  for (std::size_t duty = 0; duty < plan.tours.size(); ++duty) {
    for (const TourStep& stop : plan.tours[duty]) {
      const std::size_t count =
          stop.is_pause ? problem.duties[duty].pauses.size() : problem.visits.size();
      if (stop.index >= count) return false;
    }
  }
  return true;
}

bool begins_in_a_window(const Visit& visit, Tick start) {
  if (visit.windows.empty()) return true;
  return std::any_of(visit.windows.begin(), visit.windows.end(), [&](const VisitWindow& window) {
    return window.from <= start && start < window.until;
  });
}

bool makes_visits(const std::vector<TourStep>& tour) {
  return std::any_of(tour.begin(), tour.end(), [](const TourStep& stop) { return !stop.is_pause; });
}

class TourJudge {
 public:
  explicit TourJudge(const TourProblem& problem)
      : problem_(problem), made_(problem.visits.size()) {}

  void judge_tour(std::size_t number, const std::vector<TourStep>& tour) {
    const Duty& duty = problem_.duties[number];
    std::vector<int> taken(duty.pauses.size());
    Tick now = duty.from;
    Tick ready = duty.from;  // since when it could have been on its way
    Tick paused = 0;         // since then
    std::size_t here = duty.start_place;
    std::int64_t load = 0;
    for (const TourStep& stop : tour) {
      if (stop.is_pause) {
        const Pause& pause = duty.pauses[stop.index];
        if (++taken[stop.index] > 1) add(TourKind::visited_twice, number);
        if (stop.start < now) add(TourKind::too_soon, number);
        if (stop.start < pause.from || stop.start >= pause.until)
          add(TourKind::outside_windows, number);
        now = stop.start + pause.duration;
        paused += pause.duration;
        continue;
      }
      const Visit& visit = problem_.visits[stop.index];
      const Tick way = problem_.travel.between(here, visit.place);
      if (made_[stop.index].duty != kNobody) add(TourKind::visited_twice, number, stop.index);
      if (stop.start < std::max(now, ready + paused + way))
        add(TourKind::too_soon, number, stop.index);
      if (!begins_in_a_window(visit, stop.start))
        add(TourKind::outside_windows, number, stop.index);
      if ((visit.skills & ~duty.skills) != 0) add(TourKind::lacks_skill, number, stop.index);
      made_[stop.index] = {.duty = number, .start = stop.start};
      verdict.cost[TourCriterion::travel] += way;
      load += visit.load;
      now = ready = stop.start + visit.duration;
      paused = 0;
      here = visit.place;
    }
    if (!makes_visits(tour)) return;
    const Tick back = problem_.travel.between(here, duty.end_place);
    verdict.cost[TourCriterion::travel] += back;
    const Tick end = std::max(now, ready + paused + back);
    verdict.cost[TourCriterion::overtime] += std::max<Tick>(0, end - duty.until);
    if (end > duty.latest) add(TourKind::ends_too_late, number);
    if (load > duty.capacity) add(TourKind::overloaded, number);
    if (std::count(taken.begin(), taken.end(), 0) > 0) add(TourKind::lacks_pause, number);
  }

  void judge_visits() {
    for (std::size_t i = 0; i < made_.size(); ++i) {
      const Visit& visit = problem_.visits[i];
      if (made_[i].duty == kNobody) {
        verdict.cost[TourCriterion::unserved] += visit.priority;
        verdict.cost[TourCriterion::travel] += visit.prize;
        continue;
      }
      verdict.cost[TourCriterion::lateness] += std::max<Tick>(0, made_[i].start - visit.due);
      const bool is_changed = visit.published != kNobody && visit.published != made_[i].duty;
      verdict.cost[TourCriterion::change] += is_changed ? 1 : 0;
    }
  }

  void judge_groups() {
    std::map<std::size_t, std::vector<std::size_t>> groups;
    for (std::size_t i = 0; i < made_.size(); ++i)
      if (problem_.visits[i].together != kNobody) groups[problem_.visits[i].together].push_back(i);
    for (const auto& [number, members] : groups) {
      for (std::size_t i = 1; i < members.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
          if (!meet(members[i], members[j])) add(TourKind::not_together, kNobody, members[i]);
    }
  }

  void add(TourKind kind, std::size_t duty = kNobody, std::size_t visit = kNobody) {
    verdict.violations.push_back({.kind = kind, .duty = duty, .visit = visit});
  }

  TourVerdict verdict;

 private:
  bool meet(std::size_t a, std::size_t b) const {
    const Made& one = made_[a];
    const Made& other = made_[b];
    if (one.duty == kNobody || other.duty == kNobody) return one.duty == other.duty;
    if (one.start != other.start || one.duty == other.duty) return false;
    const std::size_t team = problem_.duties[one.duty].team;
    return team == kNobody || team != problem_.duties[other.duty].team;
  }

  const TourProblem& problem_;
  std::vector<Made> made_;
};

}  // namespace

TourVerdict judge_tours(const TourProblem& problem, const TourPlan& plan) {
  TourJudge judge(problem);
  if (!is_known(problem, plan)) {
    judge.add(TourKind::no_such_stop);
    return std::move(judge.verdict);
  }
  for (std::size_t duty = 0; duty < plan.tours.size(); ++duty)
    judge.judge_tour(duty, plan.tours[duty]);
  judge.judge_visits();
  judge.judge_groups();
  if (judge.verdict.cost != plan.cost) judge.add(TourKind::wrong_cost);
  return std::move(judge.verdict);
}

}  // namespace diaodu::check
