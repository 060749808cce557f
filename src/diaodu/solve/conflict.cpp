#include <algorithm>
#include <cassert>

#include "diaodu/solve/deduction.h"

// What a conflict teaches: `Deduction::learn`, and the minimisation of the clause (`is_redundant`).

namespace diaodu::solve {
namespace {

constexpr int kDeepest = 12;  // of the search for redundant atoms
constexpr float kUseGrowth = 1.002F;
constexpr float kMostUse = 1e20F;

}  // namespace

/// Where the atom became true.  It holds, but not always.
std::int32_t Deduction::entry_of(Atom atom) const {
  std::int32_t entry = last_[atom.view];
  while (trail_[static_cast<std::size_t>(entry)].before >= atom.value) {
    entry = trail_[static_cast<std::size_t>(entry)].previous;
  }
  return entry;
}

/// The reasons of an atom that may ask for less than was deduced; an arc then asks for less, too.
void Deduction::explain(const Reason& reason, Atom atom, std::vector<Atom>& reasons) const {
  switch (reason.rule) {
    case Rule::decision:
      break;
    case Rule::clause: {
      const Clause& clause = clauses_[reason.first];
      for (std::uint32_t k = 1; k < clause.size; ++k) reasons.push_back(!atoms_[clause.first + k]);
      break;
    }
    case Rule::arc: {
      const Arc& arc = arcs_[reason.first];
      reasons.push_back({arc.from, tail_for(arc, atom.value)});
      if (arc.is_conditional) reasons.push_back(arc.condition);
      break;
    }
    case Rule::atoms:
      reasons.insert(reasons.end(), reasons_.begin() + reason.first,
                     reasons_.begin() + reason.first + reason.count);
      break;
  }
}

void Deduction::add_to_conflict(Atom atom) {
  assert(holds(atom));
  if (holds_always(atom)) return;
  const std::int32_t number = entry_of(atom);
  const auto at = static_cast<std::size_t>(number);
  if (is_seen_[at] != 0) {
    needed_[at] = std::max(needed_[at], atom.value);
    return;
  }
  is_seen_[at] = 1;
  needed_[at] = atom.value;
  to_clear_.push_back(number);
  involved_.push_back(atom);
  if (trail_[at].level == level()) {
    ++num_open_;
  } else {
    seen_below_.push_back(number);
  }
}

bool Deduction::learn() {
  std::size_t top = 0;
  for (const Atom atom : conflict_) {
    if (!holds_always(atom))
      top = std::max<std::size_t>(top, trail_[static_cast<std::size_t>(entry_of(atom))].level);
  }
  if (top == 0) {
    log_refutation();
    return false;
  }
  const std::vector<Atom> conflict = conflict_;
  used_.clear();
  back_to(top);
  is_seen_.resize(std::max(is_seen_.size(), trail_.size()), 0);
  needed_.resize(is_seen_.size());
  involved_.clear();
  learnt_.clear();
  seen_below_.clear();
  num_open_ = 0;
  for (const Atom atom : conflict) add_to_conflict(atom);

  // Back along the trail, undoing it on the way, until one entry of this level carries the conflict.
  Atom pivot;
  std::vector<Atom> reasons;
  while (true) {
    const std::size_t at = trail_.size() - 1;
    if (is_seen_[at] == 0) {
      pop();
      continue;
    }
    const Entry entry = trail_[at];
    pivot = {entry.view, needed_[at]};
    if (num_open_ == 1) break;
    --num_open_;
    is_seen_[at] = 0;
    if (entry.reason.rule == Rule::clause) {
      Clause& clause = clauses_[entry.reason.first];
      clause.use += use_step_;
    }
    reasons.clear();
    explain(entry.reason, pivot, reasons);
    note(static_cast<std::int32_t>(at), entry.reason);
    pop();
    for (const Atom atom : reasons) add_to_conflict(atom);
  }
  is_seen_[trail_.size() - 1] = 0;

  learnt_.push_back(!pivot);
  for (const std::int32_t number : seen_below_) {
    const std::size_t num_used = used_.size();
    if (is_redundant(number, 0)) continue;
    used_.resize(num_used);
    const auto at = static_cast<std::size_t>(number);
    learnt_.push_back(!Atom{trail_[at].view, needed_[at]});
  }
  for (const std::int32_t number : to_clear_) is_seen_[static_cast<std::size_t>(number)] = 0;
  to_clear_.clear();

  // Of two atoms on one view the weaker says it all.
  std::sort(learnt_.begin() + 1, learnt_.end(),
            [](Atom a, Atom b) { return a.view != b.view ? a.view < b.view : a.value < b.value; });
  const auto is_covered = [&](std::size_t i) {
    if (learnt_[i].view == learnt_[0].view) return true;
    return i > 1 && learnt_[i].view == learnt_[i - 1].view;
  };
  std::vector<Atom> unique = {learnt_[0]};
  for (std::size_t i = 1; i < learnt_.size(); ++i) {
    if (!is_covered(i)) unique.push_back(learnt_[i]);
  }
  learnt_ = std::move(unique);

  std::size_t back = 0;
  if (++mark_ == 0 || level_mark_.size() <= level()) level_mark_.assign(2 * level() + 16, 0);
  std::uint32_t levels = 1;
  for (std::size_t i = 1; i < learnt_.size(); ++i) {
    const std::uint32_t of = trail_[static_cast<std::size_t>(entry_of(!learnt_[i]))].level;
    if (level_mark_[of] != mark_) {
      level_mark_[of] = mark_;
      ++levels;
    }
    if (of <= back) continue;
    back = of;
    std::swap(learnt_[1], learnt_[i]);
  }
  learnt_levels_ = levels;
  back_to(back);
  const std::uint32_t logged = log_ != nullptr ? log_learnt() : 0;
  use_step_ *= kUseGrowth;
  if (use_step_ > kMostUse) {
    for (Clause& clause : clauses_) clause.use /= kMostUse;
    use_step_ /= kMostUse;
  }
  if (learnt_.size() == 1) return assign(learnt_[0], {});
  const std::uint32_t clause = store(learnt_, levels);
  if (log_ != nullptr) log_number_.push_back(logged);
  return assign(learnt_[0], {Rule::clause, clause, 0});
}

/// True if what else stands in the clause implies the entry (Sorensson & Biere 2009).
bool Deduction::is_redundant(std::int32_t number, int depth) {
  const auto at = static_cast<std::size_t>(number);
  const Entry& entry = trail_[at];
  if (entry.reason.rule == Rule::decision || depth == kDeepest) return false;
  if (scratch_.size() <= static_cast<std::size_t>(depth)) scratch_.resize(kDeepest + 1);
  auto& reasons = scratch_[static_cast<std::size_t>(depth)];
  reasons.clear();
  explain(entry.reason, {entry.view, needed_[at]}, reasons);
  note(number, entry.reason);
  for (const Atom atom : reasons) {
    if (holds_always(atom)) continue;
    const std::int32_t below = entry_of(atom);
    const auto below_at = static_cast<std::size_t>(below);
    if (is_seen_[below_at] != 0 && needed_[below_at] >= atom.value) continue;
    if (is_seen_[below_at] != 0) return false;  // it asks for more than the clause says
    needed_[below_at] = atom.value;
    if (!is_redundant(below, depth + 1)) return false;
  }
  return true;
}

/// The rule behind a reason; what `imply` was told stands behind its atoms.
Inference Deduction::inference_of(const Reason& reason) const {
  switch (reason.rule) {
    case Rule::decision:
      break;
    case Rule::clause:
      return {.rule = Inference::Rule::clause, .number = log_number_[reason.first]};
    case Rule::arc:
      return {.rule = Inference::Rule::arc, .number = reason.first / 2};
    case Rule::atoms: {
      if (reason.count == 0) break;  // an assumption: the log has it already
      const Atom by = reasons_[reason.first + reason.count];
      return {.rule = (by.view & 1) != 0 ? Inference::Rule::arc : Inference::Rule::timetable,
              .number = by.view / 2,
              .from = by.value};
    }
  }
  return {};
}

void Deduction::note(std::int32_t entry, const Reason& reason) {
  if (log_ != nullptr) used_.push_back({entry, inference_of(reason)});
}

/// The rules in the order of the trail, each once; the one that failed comes last.
std::uint32_t Deduction::log_learnt() {
  std::sort(used_.begin(), used_.end(),
            [](const Used& a, const Used& b) { return a.entry < b.entry; });
  told_.clear();
  std::int32_t last = -1;
  for (const Used& used : used_) {
    if (used.entry != last) told_.push_back(used.by);
    last = used.entry;
  }
  told_.push_back(conflict_by_);
  return log_->learn(learnt_, told_);
}

void Deduction::log_root() {
  told_.clear();
  for (const Entry& entry : trail_) {
    const Inference by = inference_of(entry.reason);
    if (by.rule != Inference::Rule::none) told_.push_back(by);
  }
  if (!told_.empty()) log_->deduce(told_);
}

void Deduction::log_refutation() {
  if (log_ == nullptr) return;
  back_to(0);
  log_root();
  log_->deduce({&conflict_by_, 1});
}

}  // namespace diaodu::solve
