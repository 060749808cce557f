#include "diaodu/dispatch/faults.h"

#include <algorithm>
#include <map>

namespace diaodu::dispatch {

namespace {

using Thing = InputFault::Thing;
using What = InputFault::What;

/// Notes faults of one row after the other; each kind once a row.
class Faults {
 public:
  void look_at(Thing thing, std::size_t row) {
    thing_ = thing;
    row_ = row;
    first_ = all_.size();
  }
  void note(bool is_wrong, What what) {
    const InputFault fault{.thing = thing_, .row = row_, .what = what};
    const auto begin = all_.begin() + static_cast<std::ptrdiff_t>(first_);
    if (is_wrong && std::find(begin, all_.end(), fault) == all_.end()) all_.push_back(fault);
  }
  std::vector<InputFault> take() { return std::move(all_); }

 private:
  std::vector<InputFault> all_;
  Thing thing_ = Thing::problem;
  std::size_t row_ = 0;
  std::size_t first_ = 0;
};

}  // namespace

std::vector<InputFault> faults_of(const TourProblem& problem) {
  Faults faults;
  const TravelTimes& travel = problem.travel;
  faults.look_at(Thing::problem, 0);
  faults.note(travel.ticks.size() != travel.num_places * travel.num_places, What::wrong_size);
  for (const Tick tick : travel.ticks) faults.note(tick < 0, What::negative);
  auto order = problem.order;
  std::sort(order.begin(), order.end());
  faults.note(std::adjacent_find(order.begin(), order.end()) != order.end(), What::not_an_order);

  std::map<std::size_t, int> members;
  for (const Visit& visit : problem.visits) ++members[visit.together];
  for (std::size_t i = 0; i < problem.visits.size(); ++i) {
    const Visit& visit = problem.visits[i];
    faults.look_at(Thing::visit, i);
    faults.note(visit.place >= travel.num_places, What::unknown_place);
    faults.note(visit.duration < 0 || visit.load < 0 || visit.priority < 0 || visit.prize < 0,
                What::negative);
    for (const VisitWindow& window : visit.windows)
      faults.note(window.until <= window.from, What::empty_window);
    faults.note(visit.together != kNobody && members[visit.together] == 1, What::meets_nobody);
    faults.note(visit.published != kNobody && visit.published >= problem.duties.size(),
                What::unknown_duty);
  }
  for (std::size_t i = 0; i < problem.duties.size(); ++i) {
    const Duty& duty = problem.duties[i];
    faults.look_at(Thing::duty, i);
    faults.note(duty.start_place >= travel.num_places || duty.end_place >= travel.num_places,
                What::unknown_place);
    faults.note(duty.capacity < 0, What::negative);
    faults.note(duty.until < duty.from || duty.latest < duty.until, What::empty_window);
    for (const Pause& pause : duty.pauses) {
      faults.note(pause.duration < 0, What::negative);
      faults.note(pause.until <= pause.from, What::empty_window);
    }
  }
  return faults.take();
}

std::vector<InputFault> faults_of(const TeamProblem& problem) {
  Faults faults;
  faults.look_at(Thing::problem, 0);
  faults.note(!problem.sizes.empty() && problem.sizes.size() != problem.num_teams,
              What::wrong_size);
  for (std::size_t i = 0; i < problem.rules.size(); ++i) {
    const TeamRule& rule = problem.rules[i];
    faults.look_at(Thing::rule, i);
    faults.note(rule.count < 0 || rule.weight < 0, What::negative);
    for (const std::size_t person : rule.people)
      faults.note(person >= problem.people.size(), What::unknown_person);
  }
  for (std::size_t i = 0; i < problem.sizes.size(); ++i) {
    faults.look_at(Thing::team, i);
    faults.note(problem.sizes[i].min < 0, What::negative);
    faults.note(problem.sizes[i].max < problem.sizes[i].min, What::min_above_max);
  }
  return faults.take();
}

std::vector<InputFault> faults_of(const Lab& lab, std::span<const TubeArrival> arrivals) {
  Faults faults;
  for (std::size_t i = 0; i < lab.stages.size(); ++i) {
    const LabStage& stage = lab.stages[i];
    faults.look_at(Thing::stage, i);
    faults.note(stage.machines < 0 || stage.duration < 0 || stage.longest_wait < 0 ||
                    stage.between_failures < 0 || stage.repair < 0,
                What::negative);
    faults.note(stage.machines == 0 || stage.batch <= 0, What::does_nothing);
  }
  for (std::size_t i = 0; i < lab.shifts.size(); ++i) {
    const LabShift& shift = lab.shifts[i];
    faults.look_at(Thing::shift, i);
    faults.note(shift.until <= shift.from, What::empty_window);
    faults.note(i > 0 && shift.from < lab.shifts[i - 1].until, What::out_of_order);
    faults.note(shift.machines.size() != lab.stages.size(), What::wrong_size);
    for (const std::int64_t machines : shift.machines) faults.note(machines < 0, What::negative);
  }
  for (std::size_t i = 0; i < arrivals.size(); ++i) {
    const TubeArrival& arrival = arrivals[i];
    faults.look_at(Thing::arrival, i);
    faults.note(i > 0 && arrival.at < arrivals[i - 1].at, What::out_of_order);
    faults.note(arrival.tubes < 0, What::negative);
    faults.note(arrival.people_per_tube <= 0, What::does_nothing);
    faults.note(!(arrival.prevalence >= 0 && arrival.prevalence <= 1), What::not_a_share);
  }
  return faults.take();
}

}  // namespace diaodu::dispatch
