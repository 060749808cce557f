#include "diaodu/report/reason.h"

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/lag.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using solve::Answer;
using solve::Reason;

std::string resource_line(const Plan& plan, const Reason& reason, Language language) {
  const std::string resource{quoted(plan, reason.resource, language)};
  const std::string until = show(plan, reason.date);
  if (reason.tasks.empty()) return say(words::why_resource, language, {resource, until});
  return say(words::why_resource_by, language,
             {resource, until, names_of(plan, reason.tasks, language, 2)});
}

std::string plain_line(const Plan& plan, const Reason& reason, TaskId task, Language language) {
  switch (reason.kind) {
    case Reason::Kind::plan_start:
      return say(words::why_plan_start, language);
    case Reason::Kind::data_date:
      return say(words::why_data_date, language);
    case Reason::Kind::link:
      return link_line(plan, reason.link, task, language);
    case Reason::Kind::resource:
      return resource_line(plan, reason, language);
    case Reason::Kind::calendar:
      return say(words::why_calendar, language, {show(plan, reason.date)});
    case Reason::Kind::start_date:
      return say(words::why_start_date, language, {show(plan, reason.date)});
    case Reason::Kind::finish_date:
      return say(words::why_finish_date, language, {show(plan, reason.date)});
    case Reason::Kind::mandatory:
      return say(words::why_mandatory, language, {show(plan, reason.date)});
    case Reason::Kind::as_late_as_possible:
      return say(words::why_as_late, language);
    case Reason::Kind::record:
      return say(words::why_record, language);
    case Reason::Kind::children:
      return reason.by ? say(words::why_children, language, {quoted(plan, reason.by, language)})
                       : say(words::why_children_none, language);
    case Reason::Kind::choice:
      return say(words::why_choice, language);
    case Reason::Kind::baseline:
      return say(words::why_baseline, language);
    case Reason::Kind::left_out:
      return say(words::why_left_out, language);
  }
  return {};
}

/// Differs from `plain_line` where ids, or dates that stand beside, make it shorter.
std::string brief_line(const Plan& plan, const Reason& reason, TaskId task, Language language) {
  switch (reason.kind) {
    case Reason::Kind::link:
      return link_line(plan, reason.link, task, language, Naming::by_id);
    case Reason::Kind::data_date:
      return say(words::why_data_date_brief, language);
    case Reason::Kind::start_date:
    case Reason::Kind::finish_date:
      return say(words::why_date_brief, language);
    case Reason::Kind::mandatory:
      return say(words::why_mandatory_brief, language);
    case Reason::Kind::children:
      if (!reason.by) return say(words::why_children_none, language);
      return say(words::why_children, language, {plan.tasks[reason.by].id.str()});
    case Reason::Kind::resource: {
      const std::string resource{display_name(plan.resources[reason.resource], language)};
      if (reason.tasks.empty()) return say(words::why_resource_away, language, {resource});
      std::vector<std::string> ids;
      for (const TaskId user : reason.tasks) ids.push_back(plan.tasks[user].id.str());
      return say(words::why_resource_brief, language, {resource, joined(ids, language, 3)});
    }
    default:
      return plain_line(plan, reason, task, language);
  }
}

}  // namespace

std::string why_brief(const Plan& plan, const Answer& answer, TaskId task, Language language) {
  if (!answer.has_schedule) return {};
  return brief_line(plan, answer.reasons[task], task, language);
}

std::string why_line(const Plan& plan, const Answer& answer, TaskId task, Language language) {
  if (!answer.has_schedule) return {};
  const Reason& reason = answer.reasons[task];
  std::string line = plain_line(plan, reason, task, language);
  const bool waits = reason.waits_for_calendar && reason.kind != Reason::Kind::calendar;
  return waits ? say(words::then_calendar, language, {line}) : line;
}

TaskId held_by(const Answer& answer, TaskId task) {
  if (!answer.has_schedule) return {};
  const Reason& reason = answer.reasons[task];
  switch (reason.kind) {
    case Reason::Kind::link:
    case Reason::Kind::children:
      return reason.by;
    case Reason::Kind::resource: {
      TaskId last;
      const auto& placements = answer.schedule.placements;
      for (const TaskId user : reason.tasks) {
        if (!last || placements[user].finish > placements[last].finish) last = user;
      }
      return last;
    }
    default:
      return {};
  }
}

std::vector<TaskId> chain_back(const Answer& answer, TaskId task) {
  std::vector<TaskId> chain;
  Table<TaskId, char> is_seen(answer.reasons.size(), 0);
  for (TaskId at = task; at && !is_seen[at]; at = held_by(answer, at)) {
    chain.push_back(at);
    is_seen[at] = 1;
    if (!answer.has_schedule) break;
  }
  return chain;
}

}  // namespace diaodu::report
