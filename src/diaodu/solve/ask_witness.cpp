#include "diaodu/solve/ask_witness.h"

#include <algorithm>

#include "diaodu/check/certify.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::solve {
namespace {

using Kind = check::Violation::Kind;

/// Tasks that lie where they lie whatever is done with all others, and need what they need.
class Held {
 public:
  Held(const Plan& plan, const TaskStates& states, const Schedule& schedule)
      : plan_(plan), states_(states), schedule_(schedule), has_modes_(plan.tasks.size(), 0) {
    for (const Mode& mode : plan.modes) has_modes_[mode.task] = 1;
  }

  /// Do such tasks alone demand more than there is?
  bool are_too_many(const check::Violation& violation) const {
    if (violation.kind != Kind::capacity_exceeded && violation.kind != Kind::used_up) return false;
    const bool is_stock = violation.kind == Kind::used_up;
    return std::all_of(violation.tasks.begin(), violation.tasks.end(), [&](TaskId id) {
      if (is_stock && states_[id].stage != TaskState::Stage::not_started)
        return true;  // it is gone
      return is_pinned(plan_, id, states_[id]) && !plan_.tasks[id].is_optional &&
             has_modes_[id] == 0 && !was_chosen(violation.resource, id);
    });
  }

 private:
  /// For a skill; somebody else may have it too.
  bool was_chosen(ResourceId person, TaskId id) const {
    const auto& all = schedule_.assignments;
    return std::any_of(all.begin(), all.end(), [&](const Assignment& each) {
      return each.resource == person && plan_.demands[each.demand].task == id;
    });
  }

  const Plan& plan_;
  const TaskStates& states_;
  const Schedule& schedule_;
  Table<TaskId, char> has_modes_;
};

/// Summaries out of which a mandatory date may take a task: what is said of them then is broken, which no search
/// looks at.
class Torn {
 public:
  Torn(const Plan& plan, const TaskStates& states) : plan_(plan), is_torn_(plan.tasks.size(), 0) {
    for (TaskId id : plan.tasks.ids()) {
      if (!is_pinned(plan, id, states[id])) continue;
      for (TaskId at = plan.tasks[id].parent; at && is_torn_[at] == 0; at = plan.tasks[at].parent)
        is_torn_[at] = 1;
    }
  }
  bool explains(const check::Violation& violation) const {
    switch (violation.kind) {
      case Kind::outside_window:
        return is_torn_[violation.task] != 0;
      case Kind::link_too_short:
      case Kind::link_too_long:
        return is_torn_[plan_.links[violation.link].from] != 0 ||
               is_torn_[plan_.links[violation.link].to] != 0;
      default:
        return false;
    }
  }

 private:
  const Plan& plan_;
  Table<TaskId, char> is_torn_;
};

}  // namespace

bool is_impossible(const Plan& plan, const TaskStates& states, const Schedule& schedule) {
  const check::Verdict verdict = check::judge(plan, schedule);
  const Held held(plan, states, schedule);
  return std::any_of(
      verdict.first.begin(), verdict.first.end(),
      [&](const check::Violation& violation) { return held.are_too_many(violation); });
}

void ask_witness(const Plan& plan, const TaskStates& states, const Sources& sources,
                 bool should_be_legal, bool has_dates, Answer& answer) {
  const check::Verdict verdict = check::judge(plan, answer.schedule);
  if (verdict.is_legal) return;
  if (should_be_legal) answer.status = Status::unknown;
  const Torn torn(plan, states);
  for (const check::Violation& violation : verdict.first) {
    if (has_dates &&
        (violation.kind == Kind::outside_window || violation.kind == Kind::ends_too_late))
      continue;
    if (!answer.is_levelled && violation.resource) continue;  // nobody asked about resources
    const TaskId task = violation.tasks.empty() ? violation.task : violation.tasks.front();
    answer.findings.add(should_be_legal && !torn.explains(violation) ? found::schedule_rejected
                                                                     : found::rule_broken,
                        task ? sources.at(TableKind::tasks, task.index(), "id") : Where{},
                        {{check::to_string(violation, plan, Language::english),
                          check::to_string(violation, plan, Language::chinese)}});
  }
}

void certify_bound(const Plan& plan, Answer& answer) {
  const LowerBound& bound = answer.bound;
  if (bound.kind == LowerBound::Kind::search) return;
  answer.bound_verdict = check::certify(plan, claim_of(bound));
}

}  // namespace diaodu::solve
