#include "diaodu/report/difference.h"

#include <algorithm>
#include <cstdlib>

#include "diaodu/plan/show.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/report/plan_pair.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/words.h"
#include "diaodu/track/budget.h"

namespace diaodu::report {
namespace {

using Change = Difference::Change;

/// What follows for the tasks of both plans.
class Consequences {
 public:
  Consequences(const PlanPair& plans, const solve::Answer& before, const solve::Answer& after,
               Differences& found)
      : plans_(plans), before_(before), after_(after), found_(found), times_(plans.after) {}

  void run() {
    if (!before_.has_schedule || !after_.has_schedule) return;
    found_.finish =
        Differences::Finish{before_.finish, after_.finish,
                            times_.of_project().work_between(before_.finish, after_.finish)};
    const track::TaskCosts costs_before(plans_.before, before_.schedule);
    const track::TaskCosts costs_after(plans_.after, after_.schedule);
    Money sum_before;
    Money sum_after;
    for (const TaskId task : plans_.before.tasks.ids()) sum_before += costs_before.total(task);
    for (const TaskId task : plans_.after.tasks.ids()) sum_after += costs_after.total(task);
    found_.cost = {sum_before, sum_after};
    for (const TaskId old : plans_.before.tasks.ids()) {
      const TaskId task = plans_.later(plans_.before.tasks[old].id);
      if (!task) continue;
      compare_dates(old, task);
      if (plans_.after.tasks[task].kind != TaskKind::summary) compare_floats(old, task);
      compare_costs(task, costs_before.total(old), costs_after.total(task));
    }
  }

 private:
  Difference begin(DifferenceGroup group, TaskId task, const char* field,
                   const Words& label) const {
    return {.group = group,
            .change = Change::changed,
            .table = "schedule",
            .key = plans_.after.tasks[task].id.str(),
            .subject = quoted(plans_.after, task, plans_.language),
            .field = field,
            .label = say(label, plans_.language),
            .before = {},
            .after = {},
            .by = {},
            .task = task};
  }

  void compare_dates(TaskId old, TaskId task) {
    const Placement& before = before_.schedule.placements[old];
    const Placement& after = after_.schedule.placements[task];
    const bool is_summary = plans_.after.tasks[task].kind == TaskKind::summary;
    const Calendar& calendar = is_summary ? times_.of_project() : times_.of(task, after.mode);
    const auto add = [&](const char* field, const Words& label, Instant was, Instant is) {
      if (was == is && before.is_scheduled == after.is_scheduled) return;
      if (!before.is_scheduled && !after.is_scheduled) return;
      Difference difference = begin(DifferenceGroup::dates, task, field, label);
      if (before.is_scheduled) difference.before = show(plans_.before, was);
      if (after.is_scheduled) difference.after = show(plans_.after, is);
      if (before.is_scheduled && after.is_scheduled) difference.by = calendar.work_between(was, is);
      found_.all.push_back(std::move(difference));
    };
    add("start", words::start, before.start, after.start);
    add("finish", words::finish_column, before.finish, after.finish);
  }

  void compare_floats(TaskId old, TaskId task) {
    const solve::TaskDates& before = before_.dates[old];
    const solve::TaskDates& after = after_.dates[task];
    if (before.is_critical != after.is_critical) {
      Difference difference =
          begin(DifferenceGroup::critical, task, "critical",
                after.is_critical ? words::diff_is_critical : words::diff_no_longer_critical);
      difference.before = say(before.is_critical ? words::yes : words::no, plans_.language);
      difference.after = say(after.is_critical ? words::yes : words::no, plans_.language);
      found_.all.push_back(std::move(difference));
    }
    const bool has_float = before.has_float && after.has_float;
    if (!has_float || before.total_float == after.total_float) return;
    Difference difference = begin(DifferenceGroup::floats, task, "total_float", words::diff_float);
    difference.before = signed_days(plans_.before, before.total_float, old, plans_.language);
    difference.after = signed_days(plans_.after, after.total_float, task, plans_.language);
    difference.by = after.total_float - before.total_float;
    found_.all.push_back(std::move(difference));
  }

  void compare_costs(TaskId task, Money before, Money after) {
    if (before == after) return;
    Difference difference =
        begin(DifferenceGroup::cost, task, "total_cost", words::diff_total_cost);
    difference.before = money_words(before);
    difference.after = money_words(after);
    found_.all.push_back(std::move(difference));
  }

  const PlanPair& plans_;
  const solve::Answer& before_;
  const solve::Answer& after_;
  Differences& found_;
  WorkingTimes times_;
};

void sort(std::vector<Difference>& all) {
  const auto size = [](const Difference& each) {
    return each.by ? std::abs(each.by->count()) : std::int64_t{0};
  };
  std::stable_sort(all.begin(), all.end(), [&](const Difference& a, const Difference& b) {
    return std::pair(a.group, -size(a)) < std::pair(b.group, -size(b));
  });
}

}  // namespace

std::vector<Difference> stated_differences(const Plan& before, const Plan& after,
                                           Language language) {
  std::vector<Difference> found = compare_tables(PlanPair(before, after, language));
  sort(found);
  return found;
}

Differences differences(const Plan& before, const solve::Answer& answer_before, const Plan& after,
                        const solve::Answer& answer_after, Language language) {
  const PlanPair plans(before, after, language);
  Differences found;
  found.all = compare_tables(plans);
  Consequences(plans, answer_before, answer_after, found).run();
  sort(found.all);
  return found;
}

}  // namespace diaodu::report
