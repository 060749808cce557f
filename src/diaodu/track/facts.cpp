#include "diaodu/track/facts.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/track/budget.h"

namespace diaodu::track {
namespace {

constexpr int kWhole = 100 * 100;  // hundredths of a percent

template <class IdType, class Rows>
std::unordered_map<std::string_view, IdType> by_name(const Rows& rows) {
  std::unordered_map<std::string_view, IdType> ids;
  for (const IdType id : rows.ids()) ids.insert({rows[id].id, id});
  return ids;
}

template <class Rows>
std::vector<const typename Rows::value_type*> in_order(const Rows& rows, Instant as_of) {
  std::vector<const typename Rows::value_type*> sorted;
  for (const auto& row : rows) {
    if (row.when <= as_of) sorted.push_back(&row);
  }
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const auto* a, const auto* b) { return a->when < b->when; });
  return sorted;
}

class Reader {
 public:
  Reader(const Plan& plan, Instant as_of)
      : plan_(plan),
        as_of_(as_of),
        tasks_(by_name<TaskId>(plan.tasks)),
        resources_(by_name<ResourceId>(plan.resources)) {
    facts_.tasks = Table<TaskId, TaskFacts>(plan.tasks.size());
    for (const Step& step : plan.steps) steps_[step.task.index()].insert({step.id, step.weight});
  }

  Facts read(const Record& record) {
    for (const TaskFact* fact : in_order(record.tasks, as_of_)) read(*fact);
    for (const CostFact* fact : in_order(record.costs, as_of_)) read(*fact);
    for (const TaskId task : plan_.tasks.ids()) {
      const TaskFacts& of = facts_.tasks[task];
      if (of.actual_start || of.actual_finish) continue;
      const bool is_begun = std::any_of(of.reports.begin(), of.reports.end(), [](const auto& each) {
        return each.percent.value_or(0) > 0 || each.physical_percent.value_or(0) > 0 ||
               each.weight_done > 0;
      });
      if (is_begun) report(found::record_without_start, {plan_.tasks[task].id.str()});
    }
    return std::move(facts_);
  }

 private:
  void report(const FindingKind& kind, std::vector<Argument> arguments) {
    facts_.findings.add(kind, {}, std::move(arguments));
  }

  TaskId find(const std::string& task, Instant when) {
    const auto found = tasks_.find(task);
    if (found != tasks_.end()) return found->second;
    report(found::record_unknown_task, {task, show(plan_, when)});
    return {};
  }

  /// Nothing, with a finding, where it is no share.
  std::optional<int> percent(const TaskFact& fact, const std::optional<int>& said) {
    if (!said || (*said >= 0 && *said <= kWhole)) return said;
    report(found::record_bad_percent,
           {fact.task, decimal_string(*said, 2), show(plan_, fact.when)});
    return {};
  }
  /// Nothing, with a finding, where it lies after the status date.
  std::optional<Instant> actual(const TaskFact& fact, const std::optional<Instant>& said) {
    if (!said || *said <= as_of_) return said;
    report(found::record_of_the_future, {fact.task, show(plan_, *said), show(plan_, as_of_)});
    return {};
  }

  void read(const TaskFact& fact) {
    const TaskId task = find(fact.task, fact.when);
    if (!task || plan_.tasks[task].kind == TaskKind::summary) return;
    TaskFacts& known = facts_.tasks[task];
    if (const auto start = actual(fact, fact.actual_start)) known.actual_start = start;
    if (const auto finish = actual(fact, fact.actual_finish)) known.actual_finish = finish;
    if (known.actual_start && known.actual_finish && *known.actual_finish < *known.actual_start) {
      report(found::record_finish_before_start,
             {fact.task, show(plan_, *known.actual_finish), show(plan_, *known.actual_start)});
      known.actual_finish.reset();
    }
    TaskFacts::Report next = known.reports.empty() ? TaskFacts::Report{} : known.reports.back();
    next.when = fact.when;
    const auto done = percent(fact, fact.percent);
    const bool is_remaining_sound = !fact.remaining || *fact.remaining >= WorkTime{};
    if (!is_remaining_sound)
      report(found::record_negative_remaining, {fact.task, show(plan_, fact.when)});
    const bool says_remaining = fact.remaining && is_remaining_sound;
    if (done || says_remaining) {
      next.percent = done;
      next.remaining = says_remaining ? fact.remaining : std::nullopt;
    }
    if (const auto made = percent(fact, fact.physical_percent)) next.physical_percent = made;
    for (const std::string& step : fact.steps_done) next.weight_done += weight(task, fact, step);
    if (!known.reports.empty() && known.reports.back().when == fact.when) {
      known.reports.back() = next;
    } else {
      known.reports.push_back(next);
    }
  }

  /// Of a step that was not done before.
  std::int64_t weight(TaskId task, const TaskFact& fact, const std::string& step) {
    const auto steps = steps_.find(task.index());
    const auto found = steps == steps_.end() ? StepWeights::const_iterator{}
                                             : steps->second.find(std::string_view(step));
    if (steps == steps_.end() || found == steps->second.end()) {
      report(found::record_unknown_step, {fact.task, step, show(plan_, fact.when)});
      return 0;
    }
    return done_.insert({task, found->first}).second ? found->second : 0;
  }

  void read(const CostFact& fact) {
    const TaskId task = find(fact.task, fact.when);
    if (!task) return;
    Spending spending{.task = task, .when = fact.when, .amount = fact.amount};
    spending.ends_day = !fact.begins_day;
    if (!fact.resource.empty()) {
      const auto found = resources_.find(fact.resource);
      if (found == resources_.end()) {
        report(found::record_unknown_resource, {fact.task, fact.resource, show(plan_, fact.when)});
        return;
      }
      spending.resource = found->second;
    }
    if (fact.amount > kMostMoney - all_spent_ || fact.amount < -kMostMoney) {
      report(found::too_much_money, {fact.task, to_string(fact.amount)});
      return;
    }
    Money& so_far = spent_[task.index()];
    if (so_far + fact.amount < Money{}) {
      report(found::record_refund_exceeds,
             {fact.task, to_string(-fact.amount), to_string(so_far), show(plan_, fact.when)});
      return;
    }
    so_far += fact.amount;
    all_spent_ += fact.amount;
    facts_.costs.push_back(spending);
  }

  using StepWeights = std::unordered_map<std::string_view, std::int64_t>;

  const Plan& plan_;
  Instant as_of_;
  std::unordered_map<std::string_view, TaskId> tasks_;
  std::unordered_map<std::string_view, ResourceId> resources_;
  std::unordered_map<std::size_t, StepWeights> steps_;  // by task
  std::set<std::pair<TaskId, std::string_view>> done_;
  std::unordered_map<std::size_t, Money> spent_;  // by task
  Money all_spent_;
  Facts facts_;
};

}  // namespace

Facts read_facts(const Plan& plan, const Record& record, Instant as_of) {
  return Reader(plan, as_of).read(record);
}

Record record_in(const Plan& plan) {
  Record record;
  const Instant when = plan.data_date.value_or(plan.start);
  for (const Progress& row : plan.progress) {
    record.tasks.push_back({.task = plan.tasks[row.task].id.str(),
                            .when = when,
                            .actual_start = row.actual_start,
                            .actual_finish = row.actual_finish,
                            .remaining = row.remaining,
                            .percent = row.percent,
                            .physical_percent = row.physical_percent,
                            .steps_done = {}});
  }
  for (const Step& step : plan.steps) {
    if (!step.is_done) continue;
    TaskFact fact{.task = plan.tasks[step.task].id.str(), .when = when};
    fact.steps_done = {step.id.str()};
    record.tasks.push_back(std::move(fact));
  }
  for (const Spending& spent : plan.costs) {
    record.costs.push_back(
        {.task = plan.tasks[spent.task].id.str(),
         .resource = spent.resource ? plan.resources[spent.resource].id.str() : std::string(),
         .when = spent.when,
         .amount = spent.amount,
         .begins_day = true});
  }
  std::stable_sort(record.costs.begin(), record.costs.end(),
                   [](const CostFact& a, const CostFact& b) { return a.when < b.when; });
  return record;
}

std::vector<Progress> progress_of(const Facts& facts) {
  std::vector<Progress> rows;
  for (const TaskId task : facts.tasks.ids()) {
    const TaskFacts& known = facts.tasks[task];
    if (!known.actual_start && !known.actual_finish && known.reports.empty()) continue;
    Progress row{.task = task,
                 .actual_start = known.actual_start,
                 .actual_finish = known.actual_finish,
                 .remaining = {},
                 .percent = {},
                 .physical_percent = {}};
    if (!known.reports.empty()) {
      row.remaining = known.reports.back().remaining;
      row.percent = known.reports.back().percent;
      row.physical_percent = known.reports.back().physical_percent;
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace diaodu::track
