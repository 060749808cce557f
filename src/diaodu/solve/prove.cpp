#include "diaodu/solve/prove.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace diaodu::solve {
namespace {

constexpr std::int64_t kConflictsPerRestart = 100;
constexpr std::size_t kMorePerForgetting = 500;
constexpr int kMostInVain = 20;
constexpr int kLongestPatience = 64;

/// 1 1 2 1 1 2 4 1 1 2 ...
std::int64_t luby(std::uint64_t number) {
  std::uint64_t size = 1;
  std::uint64_t power = 0;
  while (size < number + 1) {
    ++power;
    size = 2 * size + 1;
  }
  while (size - 1 != number) {
    size = (size - 1) / 2;
    --power;
    number %= size;
  }
  return std::int64_t{1} << power;
}

}  // namespace

Prover::Prover(const Problem& problem, Time horizon, Aim aim, RandomStream random, ProofLog* log)
    : problem_(problem),
      timetables_of_(problem.size()),
      aim_(aim),
      makespan_(horizon + 1),
      log_(log),
      random_(random) {
  const std::vector<Time> earliest = earliest_starts(problem);
  if (earliest.empty() && problem.size() > 0) {
    begin_log(horizon);
    bound_ = makespan_;
    is_done_ = true;
    return;
  }
  add_variables(horizon);
  for (std::uint32_t resource = 0; resource < problem.capacity.size(); ++resource) {
    timetables_.emplace_back(problem, resource);
    for (const std::uint32_t task : timetables_.back().users())
      timetables_of_[task].push_back(resource);
  }
  is_dirty_.assign(timetables_.size(), 1);
  has_moved_.assign(timetables_.size(), 1);
  patience_.resize(timetables_.size());
  add_pairs();
  begin_log(horizon);
  if (!is_done_ && (!deduction_.propagate_from_scratch() || !propagate())) {
    is_done_ = true;
    deduction_.log_refutation();
  }
  bound_ = is_done_ ? makespan_ : deduction_.least(end_);
}

void Prover::add_variables(Time horizon) {
  const std::vector<Time> earliest = earliest_starts(problem_);
  const std::vector<Time> latest = latest_starts(problem_, horizon);
  Time end = 0;
  for (std::size_t task = 0; task < problem_.size(); ++task) {
    if (latest[task] < earliest[task]) is_done_ = true;
    deduction_.add_variable(earliest[task], std::max(latest[task], earliest[task]));
    end = std::max(end, problem_.ends_at(task, earliest[task]));
  }
  end_ = deduction_.add_variable(end, std::max(end, horizon));
  for (const auto& arc : problem_.precedences) {
    if (arc.passage < 0) {
      deduction_.add_arc(view_of(arc.from), view_of(arc.to), arc.gap);
    } else {
      deduction_.add_passage(arc.from, arc.to,
                             problem_.passages[static_cast<std::size_t>(arc.passage)]);
    }
  }
  for (std::uint32_t task = 0; task < problem_.size(); ++task) {
    if (problem_.is_plain() || problem_.hours_of(task).is_always()) {
      deduction_.add_arc(view_of(task), view_of(end_), problem_.duration[task]);
    } else {
      deduction_.add_passage(task, end_, problem_.to_the_end(task));
    }
  }
}

void Prover::begin_log(Time horizon) {
  if (log_ == nullptr) return;
  deduction_.log_to(log_);
  for (const Pair& pair : pairs_) log_->pair(pair.first, pair.second);
  log_->assume(horizon);
}

/// Two tasks that together exceed a capacity come one after the other: a variable says in which order.
void Prover::add_pairs() {
  const std::size_t size = problem_.size();
  std::vector<std::vector<std::int32_t>> demand(problem_.capacity.size(),
                                                std::vector<std::int32_t>(size, 0));
  for (std::uint32_t task = 0; task < size; ++task) {
    for (const auto& each : problem_.demands_of(task)) demand[each.resource][task] = each.amount;
  }
  // Who must follow whom anyway, by the arcs that run upwards.
  std::vector<std::vector<char>> follows(size, std::vector<char>(size, 0));
  for (const std::uint32_t task : problem_.along) {
    for (const std::uint32_t i : problem_.into(task)) {
      const auto& arc = problem_.precedences[i];
      if (arc.passage >= 0 || arc.gap < problem_.duration[arc.from]) continue;
      follows[task][arc.from] = 1;
      for (std::size_t other = 0; other < size; ++other) {
        if (follows[arc.from][other] != 0) follows[task][other] = 1;
      }
    }
  }
  for (std::uint32_t a = 0; a < size; ++a) {
    for (std::uint32_t b = a + 1; b < size; ++b) {
      if (problem_.duration[a] == 0 || problem_.duration[b] == 0) continue;
      if (follows[a][b] != 0 || follows[b][a] != 0) continue;
      bool exceeds = false;
      for (std::size_t resource = 0; resource < demand.size(); ++resource) {
        exceeds =
            exceeds || demand[resource][a] + demand[resource][b] > problem_.capacity[resource];
      }
      if (!exceeds) continue;
      add_pair(a, b);
    }
  }
}

/// On different hours they exclude each other only while both work; so one has to end there before the other
/// begins, if each is long enough to meet the other's hours wherever it lies.
void Prover::add_pair(std::uint32_t a, std::uint32_t b) {
  const bool is_straight =
      problem_.is_plain() || problem_.hours_of_task[a] == problem_.hours_of_task[b];
  if (!is_straight) {
    const Hours& both = hours_of_both(a, b);
    for (const std::uint32_t task : {a, b}) {
      if (problem_.duration[task] <= problem_.hours_of(task).longest_without(both)) return;
    }
  }
  const std::uint32_t order = deduction_.add_variable(0, 1);  // 1: a first
  const Atom a_first{view_of(order), 1};
  const auto add = [&](std::uint32_t first, std::uint32_t second, Atom condition) {
    if (is_straight) {
      deduction_.add_arc(view_of(first), view_of(second), problem_.duration[first], condition);
      return;
    }
    deduction_.add_passage(first, second,
                           {.tail = &problem_.hours_of(first),
                            .done = problem_.duration[first],
                            .lag = Passage::Lag::to_first,
                            .lag_hours = &hours_of_both(first, second),
                            .head = &problem_.hours_of(second)},
                           condition);
  };
  add(a, b, a_first);
  add(b, a, !a_first);
  pairs_.push_back({a, b});
  active_.add(a_first);
}

const Hours& Prover::hours_of_both(std::uint32_t a, std::uint32_t b) {
  const auto key = std::minmax(problem_.hours_of_task[a], problem_.hours_of_task[b]);
  const auto [at, is_new] = hours_of_both_.try_emplace({key.first, key.second});
  if (is_new) at->second = Hours::both(problem_.hours_of(a), problem_.hours_of(b));
  return at->second;
}

bool Prover::is_first_in_hint(const Pair& pair) const {
  return problem_.starts_at(pair.first, hint_[pair.first]) <=
         problem_.starts_at(pair.second, hint_[pair.second]);
}

void Prover::learn(Time makespan, const std::vector<Time>& starts) {
  if (makespan >= makespan_ && !hint_.empty()) return;
  hint_ = starts;
  makespan_ = std::min(makespan_, makespan);
}

bool Prover::propagate() {
  while (true) {
    if (!deduction_.propagate()) return false;
    for (const View view : deduction_.touched()) {
      const std::uint32_t variable = view / 2;
      if (variable >= problem_.size()) continue;
      for (const std::uint32_t resource : timetables_of_[variable]) is_dirty_[resource] = 1;
    }
    deduction_.touched().clear();
    const auto dirty = std::find(is_dirty_.begin(), is_dirty_.end(), 1);
    if (dirty == is_dirty_.end()) return check_energy();
    *dirty = 0;
    has_moved_[static_cast<std::size_t>(dirty - is_dirty_.begin())] = 1;
    Timetable& timetable = timetables_[static_cast<std::size_t>(dirty - is_dirty_.begin())];
    steps_ += static_cast<std::int64_t>(timetable.users().size()) / 4;
    if (!timetable.filter(deduction_)) return false;
  }
}

/// The dearer check, on resources whose profile has moved, as often as it pays.
bool Prover::check_energy() {
  for (std::size_t resource = 0; resource < timetables_.size(); ++resource) {
    if (has_moved_[resource] == 0) continue;
    has_moved_[resource] = 0;
    Patience& patience = patience_[resource];
    if (++patience.skipped < patience.between) continue;
    patience.skipped = 0;
    steps_ += static_cast<std::int64_t>(timetables_[resource].users().size()) / 2;
    if (timetables_[resource].check_energy(deduction_)) {
      if (++patience.in_vain > kMostInVain) {
        patience.in_vain = 0;
        patience.between = std::min(2 * patience.between, kLongestPatience);
      }
      continue;
    }
    patience.in_vain = 0;
    patience.between = std::max(1, patience.between / 2);
    return false;
  }
  return true;
}

void Prover::run(std::int64_t steps, const std::function<bool()>& is_over) {
  const std::int64_t until = this->steps() + steps;
  while (!is_done() && this->steps() < until && !is_over()) {
    if (conflicts_left_ <= 0) {
      back_to(0);
      if (is_in_neighbourhood_) leave_neighbourhood(false);
      conflicts_left_ = kConflictsPerRestart * luby(num_restarts_++);
      if (deduction_.num_learnt() > most_learnt_ && deduction_.is_settled()) {
        deduction_.forget();
        most_learnt_ += kMorePerForgetting;
      }
    }
    if (!propagate()) {
      ++num_conflicts_;
      std::fill(is_dirty_.begin(), is_dirty_.end(), 0);
      std::fill(has_moved_.begin(), has_moved_.end(),
                0);  // their profiles belong to levels that are left
      --conflicts_left_;
      if (!deduction_.learn()) {  // nothing ends by the horizon
        is_done_ = true;
        bound_ = makespan_;
        return;
      }
      if (keeps_lessons_) keep_lesson();
      put_back_open();
      bump();
      continue;
    }
    if (deduction_.level() == 0) {
      if (!begin_anew()) return;
      if (deduction_.level() > 0) continue;
    }
    if (is_in_neighbourhood_ && assume_next()) continue;
    decide();
  }
}

/// At level 0: what has been learnt of the end, and the end to suppose.  False: nothing is left to prove.
bool Prover::begin_anew() {
  const Atom better{negative(view_of(end_)), 1 - makespan_};
  const Atom proven{view_of(end_), proven_elsewhere_};
  const bool is_told = !deduction_.holds(better) || !deduction_.holds(proven);
  if (is_told && log_ != nullptr) log_->assume(makespan_ - 1);
  if ((is_told &&
       (!deduction_.imply(better, {}) || !deduction_.imply(proven, {}) || !propagate())) ||
      !hear_lessons()) {
    is_done_ = true;
    bound_ = makespan_;
    deduction_.log_refutation();
    return false;
  }
  bound_ = std::max(bound_, deduction_.least(end_));
  if (log_ != nullptr) log_->reach(bound_);
  if (is_done()) return false;
  const Atom supposed{negative(view_of(end_)), -bound_};
  if (aim_ == Aim::lowest_end && !deduction_.holds(supposed)) deduction_.decide(supposed);
  if (aim_ == Aim::near_best && !is_in_neighbourhood_ && !hint_.empty()) choose_neighbourhood();
  return true;
}

/// Short ones that span few levels: others cost more than they save.
void Prover::keep_lesson() {
  constexpr std::uint32_t kMostLevels = 10;
  constexpr std::size_t kMostAtoms = 60;
  const std::span<const Atom> atoms = deduction_.learnt();
  if (deduction_.learnt_levels() > kMostLevels || atoms.size() > kMostAtoms) return;
  lessons_.push_back({{atoms.begin(), atoms.end()}, deduction_.learnt_levels()});
}

std::vector<Prover::Lesson> Prover::take_lessons() { return std::exchange(lessons_, {}); }

void Prover::learn(std::span<const Lesson> lessons) {
  unheard_.insert(unheard_.end(), lessons.begin(), lessons.end());
}

/// False: then nothing is left to prove.
bool Prover::hear_lessons() {
  for (const Lesson& lesson : std::exchange(unheard_, {})) {
    if (!deduction_.add_clause(lesson.atoms, lesson.levels) || !propagate()) return false;
  }
  return true;
}

void Prover::decide() {
  if (const auto atom = most_active()) {
    deduction_.decide(*atom);
    return;
  }
  const Atom atom = earliest_task();
  if (atom.view == view_of(end_)) {
    take_schedule();
    return;
  }
  deduction_.decide(atom);
}

/// The unplaced task that can start first starts there; the end's view if all are placed.
Atom Prover::earliest_task() const {
  std::uint32_t first = end_;
  std::pair<Time, Time> window_of_first;
  for (std::uint32_t task = 0; task < problem_.size(); ++task) {
    if (deduction_.least(task) == deduction_.most(task)) continue;
    const std::pair window{problem_.starts_at(task, deduction_.least(task)),
                           problem_.starts_at(task, deduction_.most(task))};
    if (first != end_ && window_of_first <= window) continue;
    first = task;
    window_of_first = window;
  }
  if (first == end_) return {view_of(end_), 0};
  return {negative(view_of(first)), -deduction_.least(first)};
}

void Prover::take_schedule() {
  std::vector<Time> starts(problem_.size());
  Time makespan = 0;
  for (std::uint32_t task = 0; task < problem_.size(); ++task) {
    starts[task] = deduction_.least(task);
    makespan = std::max(makespan, problem_.ends_at(task, starts[task]));
  }
  // Where a better one has come from elsewhere since it last began anew, this is none.
  if (makespan < makespan_) {
    makespan_ = makespan;
    starts_ = std::move(starts);
    hint_ = starts_;
  }
  back_to(0);
  is_in_neighbourhood_ = false;
}

void Prover::bump() {
  for (const Atom atom : deduction_.involved()) {
    if (const auto number = active_.find(atom)) active_.raise(*number);
  }
  for (const Atom atom : deduction_.learnt()) active_.raise(active_.add(atom));
  active_.age();
}

/// The most active atom that is still open, in the sense in which the best schedule has it.
std::optional<Atom> Prover::most_active() {
  while (const auto number = active_.take()) {
    const Atom atom = active_.atom(*number);
    const bool is_settled = deduction_.holds(atom) || deduction_.fails(atom);
    taken_.push_back({*number, deduction_.level() + (is_settled ? 0 : 1)});
    if (is_settled) continue;
    constexpr std::uint64_t kAgainstRuleOneIn = 50;
    const bool is_against_rule = wanders_ && random_.one_in(kAgainstRuleOneIn);
    return should_hold(atom) != is_against_rule ? atom : !atom;
  }
  return {};
}

/// As the best schedule known has it, if that is followed; otherwise early, and the more urgent task first.
bool Prover::should_hold(Atom atom) const {
  const std::uint32_t variable = atom.view / 2;
  if (variable == end_) return false;
  const bool has_guide = follows_best_ && !hint_.empty();
  if (variable < end_) return has_guide && hint_[variable] >= atom.value;
  const Pair& pair = pairs_[variable - end_ - 1];
  if (has_guide) return is_first_in_hint(pair);
  const auto middle = [this](std::uint32_t task) {
    return problem_.starts_at(task, deduction_.least(task)) +
           problem_.starts_at(task, deduction_.most(task));
  };
  return middle(pair.first) <= middle(pair.second);
}

void Prover::back_to(std::size_t level) {
  deduction_.back_to(level);
  put_back_open();
}

/// Atoms that were settled, or decided, at levels that have been left.
void Prover::put_back_open() {
  while (!taken_.empty() && taken_.back().second > deduction_.level()) {
    active_.put_back(taken_.back().first);
    taken_.pop_back();
  }
}

}  // namespace diaodu::solve
