#include "diaodu/solve/limits.h"

#include <algorithm>
#include <cstdint>

#include "diaodu/core/civil.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/holidays_cn.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

/// `A → B → C`, with the middle left out where it is long.
Argument chain_text(const Plan& plan, const std::vector<TaskId>& chain) {
  constexpr std::size_t kMostNamed = 7;
  const auto in = [&](Language language) {
    std::string text;
    for (std::size_t i = 0; i < chain.size(); ++i) {
      const bool is_long = chain.size() > kMostNamed;
      if (is_long && i == kMostNamed - 2) text += " → …";
      if (is_long && i >= kMostNamed - 2 && i + 1 < chain.size()) continue;
      if (!text.empty()) text += " → ";
      text += display_name(plan.tasks[chain[i]], language);
    }
    return text;
  };
  return {in(Language::english), in(Language::chinese)};
}

Argument name_of(const Plan& plan, TaskId task) {
  return {std::string(display_name(plan.tasks[task], Language::english)),
          std::string(display_name(plan.tasks[task], Language::chinese))};
}

/// The tasks that hold each other where they are.
class Chains {
 public:
  explicit Chains(const Answer& answer) : answer_(answer), walk_of_(answer.reasons.size(), 0) {}

  /// Ends with this one.  A plan may miss a date at every task of a chain of a hundred thousand, so the
  /// way back is no longer than anybody follows it.
  std::vector<TaskId> to(TaskId last) {
    constexpr std::size_t kMostSteps = 1'000;
    std::vector<TaskId> chain;
    ++walk_;
    for (TaskId at = last; at && walk_of_[at] != walk_ && chain.size() < kMostSteps;) {
      walk_of_[at] = walk_;
      chain.push_back(at);
      const Reason& reason = answer_.reasons[at];
      const bool waits = reason.kind == Reason::Kind::resource && !reason.tasks.empty();
      at = waits ? reason.tasks.back() : reason.by;
    }
    std::reverse(chain.begin(), chain.end());
    return chain;
  }

 private:
  const Answer& answer_;
  Table<TaskId, std::uint32_t> walk_of_;  // the last walk that came by
  std::uint32_t walk_ = 0;
};

template <class Id>
Argument list_of(const Plan& plan, const std::vector<Id>& ids) {
  constexpr std::size_t kMostNamed = 8;
  const auto in = [&](Language language) {
    const bool is_english = language == Language::english;
    std::string text;
    for (std::size_t i = 0; i < std::min(ids.size(), kMostNamed); ++i) {
      if (i > 0) text += is_english ? ", " : "、";
      text += quoted(plan, ids[i], language);
    }
    if (ids.size() <= kMostNamed) return text;
    const std::string rest = std::to_string(ids.size() - kMostNamed);
    return text +
           (is_english ? " and " + rest + " more" : "等 " + std::to_string(ids.size()) + " 项");
  };
  return {in(Language::english), in(Language::chinese)};
}

constexpr Words kStart{"start", "开始"};
constexpr Words kFinish{"finish", "完成"};

/// Of a task whose calendars have no minute in common: that is why.
bool report_never_meet(const Network& network, TaskId task, const Sources& sources,
                       Findings& findings) {
  const std::vector<TaskId>& never = network.times->never_workable();
  if (std::find(never.begin(), never.end(), task) == never.end()) return false;
  const Plan& plan = *network.plan;
  std::string calendars;
  for (const CalendarId calendar : network.times->combined(task)) {
    if (!calendars.empty()) calendars += ", ";
    calendars += plan.calendars[calendar].rule.id;
  }
  findings.add(found::calendars_never_meet, sources.at(TableKind::tasks, task.index(), "id"),
               {name_of(plan, task), calendars});
  return true;
}

}  // namespace

Argument list_text(const Plan& plan, const std::vector<TaskId>& tasks) {
  return list_of(plan, tasks);
}
Argument list_text(const Plan& plan, const std::vector<ResourceId>& resources) {
  return list_of(plan, resources);
}

namespace {

void report(const FindingKind& kind, const Network& network, const Circle& circle,
            const Sources& sources, Findings& findings) {
  const Plan& plan = *network.plan;
  std::vector<TaskId> tasks;
  Where where;
  for (const std::uint32_t i : circle.arcs) {
    const Arc& arc = network.arcs[i];
    if (tasks.empty() || tasks.back() != network.task[arc.from])
      tasks.push_back(network.task[arc.from]);
    if (arc.link && where.line == 0) where = sources.at(TableKind::links, arc.link.index(), "from");
  }
  if (tasks.size() > 1 && tasks.front() == tasks.back()) tasks.pop_back();
  if (!tasks.empty()) tasks.push_back(tasks.front());
  findings.add(kind, where, {chain_text(plan, tasks)});
}

}  // namespace

void report_circle(const Network& network, const Circle& circle, const Sources& sources,
                   Findings& findings) {
  report(found::circle_of_links, network, circle, sources, findings);
}
void report_quickest_circle(const Network& network, const Circle& circle, const Sources& sources,
                            Findings& findings) {
  report(found::circle_of_quickest_modes, network, circle, sources, findings);
}

bool report_beyond_time(const Network& network, const CriticalPath& path, const Sources& sources,
                        Findings& findings) {
  if (network.plan->is_abstract) return false;
  constexpr Instant kEnd{Date::from(kLastYear + 1, 1, 1).days * kMinutesPerDay};
  for (Node node = 0; node < network.size(); ++node) {
    if (path.earliest_finish[node] < kEnd) continue;
    const TaskId task = network.task[node];
    if (report_never_meet(network, task, sources, findings)) return true;
    findings.add(found::beyond_time, sources.at(TableKind::tasks, task.index(), "id"),
                 {name_of(*network.plan, task), std::to_string(kLastYear)});
    return true;
  }
  return false;
}

namespace {

/// The last finish of what is not completed: of a task its own, of a summary that of its children; kEver: nothing.
Table<TaskId, Instant> last_finishes(const Plan& plan, const TaskStates& states,
                                     const Schedule& schedule) {
  Table<TaskId, Instant> last(plan.tasks.size(), kEver);
  for (TaskId id : children_first(plan)) {
    const Placement& placed = schedule.placements[id];
    const bool remains = states[id].stage != TaskState::Stage::completed;
    if (does_work(plan.tasks[id]) && placed.is_scheduled && remains) last[id] = placed.finish;
    if (const TaskId parent = plan.tasks[id].parent)
      last[parent] = std::max(last[parent], last[id]);
  }
  return last;
}

}  // namespace

bool report_limits(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
                   const Answer& answer, const Sources& sources, Findings& findings) {
  bool is_broken = false;
  const Table<TaskId, Instant> last = last_finishes(plan, states, answer.schedule);
  const Table<TaskId, Instant> work = last_work(answer.schedule, plan);
  const bool is_wanted = plan.options.late_dates == Options::LateDates::wanted;
  Chains chains(answer);
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    const Placement& placed = answer.schedule.placements[id];
    const bool is_summary = task.kind == TaskKind::summary;
    const bool is_over =
        is_summary ? last[id] == kEver : answer.reasons[id].kind == Reason::Kind::record;
    if (!placed.is_scheduled || task.is_hammock() || is_over) continue;
    const Calendar& calendar = times.of(id, placed.mode);
    const Where where = sources.at(TableKind::tasks, id.index(), "date");
    for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
      const bool at_start = !is_summary && (constraint.kind == ConstraintKind::start_on_or_before ||
                                            constraint.kind == ConstraintKind::start_on);
      const bool at_finish = constraint.kind == ConstraintKind::finish_on_or_before ||
                             (!is_summary && constraint.kind == ConstraintKind::finish_on);
      if (!at_start && !at_finish) continue;
      const Instant date = at_start ? placed.start : is_summary ? last[id] : placed.finish;
      const Instant limit = at_start ? calendar.next_working(constraint.date) : constraint.date;
      const bool has_begun = at_start && states[id].stage != TaskState::Stage::not_started;
      if (date <= limit || has_begun) continue;
      is_broken = is_broken || !is_wanted;
      findings.add(is_wanted ? found::constraint_missed : found::too_late_for_constraint, where,
                   {name_of(plan, id), at_start ? kStart : kFinish,
                    at_start ? show(plan, constraint.date) : show_end(plan, constraint.date),
                    show(plan, date), chain_text(plan, chains.to(id))});
    }
    const Instant finish = is_summary ? work[id] : placed.finish;
    if (task.deadline != kNever && finish > task.deadline) {
      findings.add(found::deadline_missed, sources.at(TableKind::tasks, id.index(), "deadline"),
                   {name_of(plan, id), show(plan, finish), show_end(plan, task.deadline)});
    }
  }
  if (plan.must_finish && answer.finish > *plan.must_finish) {
    is_broken = is_broken || !is_wanted;
    findings.add(is_wanted ? found::wanted_finish_missed : found::must_finish_missed,
                 sources.at(TableKind::plan, 0, "must_finish"),
                 {show_end(plan, *plan.must_finish), show(plan, answer.finish)});
  }
  return is_broken;
}

void report_unannounced_holidays(const Plan& plan, Instant finish, Findings& findings) {
  if (plan.is_abstract ||
      plan.zone.to_local(finish).date() <= Date::from(last_statutory_year_cn(), 12, 31)) {
    return;
  }
  std::vector<char> is_used(plan.calendars.size(), 0);
  const auto use = [&](CalendarId calendar) {
    if (calendar) is_used[calendar.index()] = 1;
  };
  use(plan.calendar);
  for (const Task& task : plan.tasks) use(task.calendar);
  for (const Resource& resource : plan.resources) use(resource.calendar);
  // What a calendar is based on counts too.
  const auto has_holidays = [&plan](CalendarId calendar) {
    std::string_view id = plan.calendars[calendar].rule.id;
    for (std::size_t depth = 0; depth <= plan.calendars.size() && !id.empty(); ++depth) {
      const auto next =
          std::find_if(plan.calendars.begin(), plan.calendars.end(),
                       [id](const NamedCalendar& each) { return each.rule.id == id; });
      if (next == plan.calendars.end()) return false;
      if (next->rule.has_statutory_holidays) return true;
      id = next->rule.base;
    }
    return false;
  };
  for (CalendarId calendar : plan.calendars.ids()) {
    if (is_used[calendar.index()] == 0 || !has_holidays(calendar)) continue;
    findings.add(found::holidays_not_announced, {}, {std::to_string(last_statutory_year_cn())});
    return;
  }
}

void report_broken_links(const Network& network, const CriticalPath& path, const Sources& sources,
                         Findings& findings) {
  const Plan& plan = *network.plan;
  for (Node node = 0; node < network.size(); ++node) {
    if (network.window_of[node] < 0 || !is_pinned(network.window(node))) continue;
    if (state_of(network, node).stage == TaskState::Stage::completed) continue;
    for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
      const Arc& arc = network.arcs[i];
      if (arc.is_at_most != 0) continue;  // of a link that leaves it: not broken by it
      const Instant head = earliest_head(network, path, i);
      const Instant at =
          arc.arrives_start != 0 ? path.earliest_start[node] : path.earliest_finish[node];
      if (head <= at || !arc.link) continue;
      findings.add(found::link_broken_by_mandatory,
                   sources.at(TableKind::links, arc.link.index(), "from"),
                   {name_of(plan, network.task[node]), name_of(plan, network.task[arc.from]),
                    show(plan, head)});
    }
  }
}

}  // namespace diaodu::solve
