#include "diaodu/solve/deduction.h"

#include <algorithm>
#include <cassert>

namespace diaodu::solve {

std::uint32_t Deduction::add_variable(std::int32_t least, std::int32_t most) {
  const auto variable = static_cast<std::uint32_t>(num_variables());
  for (const std::int32_t bound : {least, -most}) {
    lower_.push_back(bound);
    root_.push_back(bound);
    last_.push_back(-1);
    failing_.emplace_back(bound, bound + (most - least));
    arcs_from_.emplace_back();
    arcs_on_.emplace_back();
  }
  return variable;
}

void Deduction::add_arc(View from, View to, std::int32_t gap) {
  add_arcs({from, to, gap, {}, false}, {negative(to), negative(from), gap, {}, false});
}

void Deduction::add_arc(View from, View to, std::int32_t gap, Atom condition) {
  add_arcs({from, to, gap, condition, true}, {negative(to), negative(from), gap, condition, true});
}

void Deduction::add_passage(std::uint32_t from, std::uint32_t to, const Passage& passage) {
  const auto number = static_cast<std::int32_t>(passages_.size());
  passages_.push_back(passage);
  const View there[] = {view_of(from), view_of(to)};
  add_arcs({there[0], there[1], number, {}, false, Shape::passage},
           {negative(there[1]), negative(there[0]), number, {}, false, Shape::passage_back});
}

void Deduction::add_passage(std::uint32_t from, std::uint32_t to, const Passage& passage,
                            Atom condition) {
  const auto number = static_cast<std::int32_t>(passages_.size());
  passages_.push_back(passage);
  const View there[] = {view_of(from), view_of(to)};
  add_arcs({there[0], there[1], number, condition, true, Shape::passage},
           {negative(there[1]), negative(there[0]), number, condition, true, Shape::passage_back});
}

void Deduction::add_arcs(const Arc& there, const Arc& back) {
  for (const Arc* arc : {&there, &back}) {
    const auto number = static_cast<std::uint32_t>(arcs_.size());
    arcs_from_[arc->from].push_back(number);
    if (arc->is_conditional) arcs_on_[arc->condition.view].push_back(number);
    arcs_.push_back(*arc);
  }
}

/// The bound that the arc sets at its head.  Back along a passage f the last start with f(start) <= t has as
/// its negative  1 - (the least start with f(start) >= t + 1).
std::int32_t Deduction::head(const Arc& arc, std::int32_t tail) const {
  if (arc.shape == Shape::sum) return tail + arc.gap;
  const Passage& passage = passages_[static_cast<std::size_t>(arc.gap)];
  return arc.shape == Shape::passage ? passage(tail) : 1 - passage.least_start(1 - tail);
}

/// The least bound at the tail that sets one of `head`.
std::int32_t Deduction::tail_for(const Arc& arc, std::int32_t head) const {
  if (arc.shape == Shape::sum) return head - arc.gap;
  const Passage& passage = passages_[static_cast<std::size_t>(arc.gap)];
  return arc.shape == Shape::passage ? passage.least_start(head) : 1 - passage(1 - head);
}

void Deduction::decide(Atom atom) {
  assert(!holds(atom) && !fails(atom));
  level_begin_.push_back(static_cast<std::uint32_t>(trail_.size()));
  assign(atom, {});
}

bool Deduction::imply(Atom atom, std::span<const Atom> reasons, Inference by) {
  if (holds(atom)) return true;
  if (fails(atom)) {
    conflict_.assign(reasons.begin(), reasons.end());
    conflict_.push_back(!atom);
    conflict_by_ = by;
    return false;
  }
  const auto first = static_cast<std::uint32_t>(reasons_.size());
  reasons_.insert(reasons_.end(), reasons.begin(), reasons.end());
  if (log_ != nullptr)
    reasons_.push_back({2 * by.number + (by.rule == Inference::Rule::arc ? 1U : 0U), by.from});
  return assign(atom, {Rule::atoms, first, static_cast<std::uint32_t>(reasons.size())});
}

bool Deduction::contradict(std::span<const Atom> atoms, Inference by) {
  conflict_.assign(atoms.begin(), atoms.end());
  conflict_by_ = by;
  return false;
}

/// The atom neither holds nor fails, or fails for a reason that then makes the conflict.
bool Deduction::assign(Atom atom, Reason reason) {
  ++steps_;
  if (fails(atom)) {
    conflict_.clear();
    explain(reason, atom, conflict_);
    conflict_.push_back(!atom);
    if (log_ != nullptr) conflict_by_ = inference_of(reason);
    return false;
  }
  trail_.push_back({atom.view, atom.value, lower_[atom.view], last_[atom.view],
                    static_cast<std::uint32_t>(level()), reason});
  last_[atom.view] = static_cast<std::int32_t>(trail_.size()) - 1;
  lower_[atom.view] = atom.value;
  touched_.push_back(atom.view);
  return true;
}

bool Deduction::propagate() {
  while (next_ < trail_.size()) {
    const Entry entry = trail_[next_++];
    if (!propagate_clauses(entry)) return false;
    // A later entry of the same view says more; its turn comes.
    if (lower_[entry.view] == entry.value && !propagate_arcs(entry.view)) return false;
    if (!arcs_on_[entry.view].empty() && !propagate_conditions(entry)) return false;
  }
  if (level() == 0) settle_root();
  return true;
}

bool Deduction::propagate_from_scratch() {
  for (std::uint32_t arc = 0; arc < arcs_.size(); ++arc) {
    if (!propagate_arc(arc)) return false;
  }
  return propagate();
}

/// What holds at level 0 holds for ever and needs no reasons.
void Deduction::settle_root() {
  if (log_ != nullptr) log_root();
  for (const Entry& entry : trail_) {
    root_[entry.view] = lower_[entry.view];
    last_[entry.view] = -1;
  }
  trail_.clear();
  reasons_.clear();
  next_ = 0;
}

bool Deduction::propagate_clauses(const Entry& entry) {
  // An atom that is watched anew meanwhile does not fail yet.
  return failing_[entry.view].visit(entry.before, entry.value,
                                    [this, &entry](std::int32_t value, std::uint32_t list) {
                                      return propagate_watches(list, !Atom{entry.view, value});
                                    });
}

bool Deduction::propagate_watches(std::uint32_t number, Atom failed) {
  const std::size_t size = watches_[number].size();
  std::size_t kept = 0;
  bool is_well = true;
  for (std::size_t i = 0; i < size; ++i) {
    const Watch watch = watches_[number][i];
    watches_[number][kept++] = watch;
    if (!is_well || holds(watch.other)) continue;
    ++steps_;
    const Clause& clause = clauses_[watch.clause];
    Atom* atoms = &atoms_[clause.first];
    if (atoms[0] == failed) std::swap(atoms[0], atoms[1]);
    if (holds(atoms[0])) {
      watches_[number][kept - 1].other = atoms[0];
      continue;
    }
    bool is_moved = false;
    for (std::uint32_t k = 2; k < clause.size && !is_moved; ++k) {
      if (fails(atoms[k])) continue;
      std::swap(atoms[1], atoms[k]);
      this->watch(watch.clause, atoms[1], atoms[0]);
      is_moved = true;
    }
    if (is_moved) {
      --kept;
    } else {
      is_well = assign(atoms[0], {Rule::clause, watch.clause, 0});
    }
  }
  watches_[number].resize(kept);
  return is_well;
}

void Deduction::watch(std::uint32_t clause, Atom atom, Atom other) {
  const Atom failure = !atom;
  std::uint32_t& list = failing_[failure.view].list_of(failure.value);
  if (list == FailingValues::kNone) {
    list = static_cast<std::uint32_t>(watches_.size());
    watches_.emplace_back();
  }
  watches_[list].push_back({clause, other});
}

bool Deduction::propagate_arcs(View view) {
  for (const std::uint32_t arc : arcs_from_[view]) {
    if (!propagate_arc(arc)) return false;
  }
  return true;
}

bool Deduction::propagate_arc(std::uint32_t number) {
  const Arc& arc = arcs_[number];
  const std::int32_t value = head(arc, lower_[arc.from]);
  if (arc.is_conditional && !holds(arc.condition)) {
    if (value + lower_[negative(arc.to)] <= 0 || fails(arc.condition)) return true;
    // Any split of the excess explains; the tail's own bound is as good as another.
    const Atom reasons[] = {{arc.from, lower_[arc.from]}, {negative(arc.to), 1 - value}};
    return imply(!arc.condition, reasons, {.rule = Inference::Rule::arc, .number = number / 2});
  }
  return lower_[arc.to] >= value || assign({arc.to, value}, {Rule::arc, number, 0});
}

bool Deduction::propagate_conditions(const Entry& entry) {
  for (const std::uint32_t number : arcs_on_[entry.view]) {
    const std::int32_t value = arcs_[number].condition.value;
    if (value > entry.before && value <= entry.value && !propagate_arc(number)) return false;
  }
  return true;
}

std::uint32_t Deduction::store(std::span<const Atom> atoms, std::uint32_t levels) {
  const auto number = static_cast<std::uint32_t>(clauses_.size());
  const auto first = static_cast<std::uint32_t>(atoms_.size());
  clauses_.push_back({first, static_cast<std::uint32_t>(atoms.size()), levels, use_step_});
  atoms_.insert(atoms_.end(), atoms.begin(), atoms.end());
  watch(number, atoms_[first], atoms_[first + 1]);
  watch(number, atoms_[first + 1], atoms_[first]);
  return number;
}

bool Deduction::add_clause(std::span<const Atom> atoms, std::uint32_t levels) {
  assert(is_settled() && log_ == nullptr);
  std::vector<Atom> open;
  for (const Atom atom : atoms) {
    if (holds(atom)) return true;
    if (!fails(atom)) open.push_back(atom);
  }
  if (open.empty()) return false;
  if (open.size() == 1) return imply(open[0], {});
  store(open, levels);
  return true;
}

void Deduction::pop() {
  const Entry& entry = trail_.back();
  lower_[entry.view] = entry.before;
  last_[entry.view] = entry.previous;
  if (entry.reason.rule == Rule::atoms) reasons_.resize(entry.reason.first);
  trail_.pop_back();
}

void Deduction::back_to(std::size_t level) {
  if (level >= this->level()) return;
  const std::uint32_t begin = level_begin_[level];
  while (trail_.size() > begin) pop();
  level_begin_.resize(level);
  next_ = trail_.size();
  touched_.clear();
}

void Deduction::forget() {
  assert(is_settled());
  std::vector<float> uses;
  for (const Clause& clause : clauses_) {
    if (clause.levels > 2) uses.push_back(clause.use);
  }
  float least = 0;
  if (!uses.empty()) {
    const auto middle = uses.begin() + static_cast<std::ptrdiff_t>(uses.size() / 2);
    std::nth_element(uses.begin(), middle, uses.end());
    least = *middle;
  }
  const std::vector<Clause> clauses = std::move(clauses_);
  const std::vector<Atom> atoms = std::move(atoms_);
  const std::vector<std::uint32_t> numbers = std::move(log_number_);
  clauses_.clear();
  atoms_.clear();
  log_number_.clear();
  for (FailingValues& of_view : failing_) of_view.clear();
  watches_.clear();
  std::vector<Atom> kept;
  for (const Clause& clause : clauses) {
    const std::size_t logged = static_cast<std::size_t>(&clause - clauses.data());
    if (clause.levels > 2 && clause.use < least) {
      if (log_ != nullptr) log_->forget(numbers[logged]);
      continue;
    }
    kept.clear();
    bool is_true = false;
    for (std::uint32_t k = 0; k < clause.size; ++k) {
      const Atom atom = atoms[clause.first + k];
      is_true = is_true || holds(atom);
      if (!fails(atom)) kept.push_back(atom);
    }
    if (is_true || kept.size() < 2) {  // at level 0 all units have been drawn
      if (log_ != nullptr) log_->forget(numbers[logged]);
      continue;
    }
    const std::uint32_t number = store(kept, clause.levels);
    if (log_ != nullptr) log_number_.push_back(numbers[logged]);
    clauses_[number].use = clause.use;
  }
}

}  // namespace diaodu::solve
