#include "diaodu/solve/solve.h"

#include <algorithm>
#include <cassert>
#include <optional>

#include "diaodu/check/certify.h"
#include "diaodu/check/objective.h"
#include "diaodu/check/schedule_check.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/bound.h"
#include "diaodu/solve/float_paths.h"
#include "diaodu/solve/hammocks.h"
#include "diaodu/solve/level.h"
#include "diaodu/solve/limits.h"
#include "diaodu/solve/objectives.h"
#include "diaodu/solve/on_clock.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/reasons.h"
#include "diaodu/solve/resource_order.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

class Solver {
 public:
  Solver(const Plan& plan, const Sources& sources, const Request& request)
      : plan_(plan),
        sources_(sources),
        request_(request),
        budget_(request.limits),
        times_(plan),
        states_(plan, times_),
        network_(make_network(plan, times_, states_)) {
    answer_.start = plan.start;
    answer_.finish = plan.start;
    answer_.seed = request.seed;
    answer_.is_levelled = request.with_resources;
    choose_objectives();
    answer_.dates = Table<TaskId, TaskDates>(plan.tasks.size());
    answer_.reasons = Table<TaskId, Reason>(plan.tasks.size());
    answer_.schedule.placements = Table<TaskId, Placement>(plan.tasks.size());
  }

  Answer run() {
    if (request_.proof != nullptr) answer_.proof_log.kind = ProofOutcome::Kind::links_alone;
    if (find_critical_path()) {
      const bool needs_search = !plan_.demands.empty() || answer_.wants(Objective::stability);
      const bool has_work = network_.size() > 0;  // summaries alone: nothing to place
      if (request_.with_resources && needs_search && has_work) {
        level_resources();
      } else {
        use_critical_path();
      }
      conclude();
      let_witness_certify();
    }
    answer_.steps = budget_.steps();
    answer_.seconds = budget_.seconds();
    answer_.was_cancelled = request_.limits.cancel != nullptr &&
                            request_.limits.cancel->load(std::memory_order_relaxed);
    return std::move(answer_);
  }

 private:
  void choose_objectives() {
    answer_.objectives =
        request_.objectives.empty() ? plan_.options.objectives : request_.objectives;
    answer_.baseline = request_.baseline;
    if (answer_.baseline.empty()) {
      if (std::erase(answer_.objectives, Objective::stability) > 0)
        answer_.findings.add(found::no_baseline, sources_.at(TableKind::plan, 0, "objective"));
    } else if (!answer_.wants(Objective::stability)) {
      answer_.objectives.push_back(Objective::stability);
    }
    if (answer_.objectives.empty()) answer_.objectives.push_back(Objective::finish);
  }

  /// False if no dates can keep the links.
  bool find_critical_path() {
    ForwardPass pass = forward_pass(network_);
    path_ = std::move(pass.path);
    if (pass.circle) {
      report_circle(network_, *pass.circle, sources_, answer_.findings);
    } else if (!report_beyond_time(network_, path_, sources_, answer_.findings)) {
      backward_pass(network_, path_);
      answer_.bound = {.finish = path_.finish};
      return true;
    }
    answer_.status = Status::infeasible;
    answer_.bound.finish = plan_.start;
    return false;
  }

  void place_node(Node node, Instant start, Instant finish) {
    if (plan_.tasks[network_.task[node]].is_hammock()) {  // not before all others
      answer_.schedule.placements[network_.task[node]].is_scheduled = false;
      return;
    }
    const TaskState state = state_of(network_, node);
    Placement& placed = answer_.schedule.placements[network_.task[node]];
    placed = {.start = start, .finish = finish, .resumes = start};
    if (state.stage == Stage::started) placed.start = *state.actual_start;
    if (state.stage == Stage::completed) {
      placed = {.start = *state.actual_start,
                .finish = *state.actual_finish,
                .resumes = *state.actual_start};
    }
    placed.mode = network_.mode[node];
  }

  /// Links alone.
  void use_critical_path() {
    CriticalPath placed = path_;
    place_as_late_as_possible(network_, placed);
    for (Node node = 0; node < network_.size(); ++node) {
      if (network_.role[node] == Network::Role::task) {
        place_node(node, placed.earliest_start[node], placed.earliest_finish[node]);
      }
    }
    roll_up(answer_.schedule, plan_);
    answer_.finish = finish(answer_.schedule, plan_);
    answer_.bound.finish = std::min(answer_.finish, path_.finish);
    answer_.has_schedule = true;
    answer_.values = check::objective_values(plan_, answer_.schedule, answer_.baseline);
    // Nothing that links delay can end or be late any less: only stability could be better elsewhere.
    answer_.bounds = {.finish = answer_.bound.finish, .tardiness = answer_.values.tardiness};
    answer_.status = keeps_windows(network_, placed) ? proven_or_feasible() : Status::infeasible;
    answer_.reasons = reasons(network_, placed);
    answer_.log.push_back({.seconds = budget_.seconds(),
                           .steps = budget_.steps(),
                           .finish = answer_.finish,
                           .bound = answer_.bound.finish,
                           .tardiness = answer_.values.tardiness,
                           .stability = answer_.values.stability});
    take_dates(network_, placed);
  }

  void level_resources() {
    Model model = make_model(network_);
    set_objectives(model, answer_.objectives, answer_.baseline);
    const LevelRequest level_request{.seed = request_.seed,
                                     .threads = request_.threads,
                                     .cancel = request_.limits.cancel,
                                     .on_progress = request_.on_progress,
                                     .proof = request_.proof};
    Levelling levelling = level(model, level_request, budget_);
    if (request_.proof != nullptr) tell_of_proof(model);
    if (levelling.is_infeasible && !levelling.is_found()) {
      judge_broken(model);
      answer_.status = Status::infeasible;
      tell_clash(model, levelling);
      return;
    }
    answer_.bound = std::move(levelling.bound);
    answer_.log = std::move(levelling.log);
    answer_.seconds_to_best = levelling.seconds_to_best;

    Generator generator(model);
    if (!levelling.is_found()) {
      generator.forward(levelling.genes);
      report_stuck(model, generator);
      return;
    }
    generator.forward(levelling.genes);
    generator.delay_late_ones();
    realise(model, generator);
    if (model.has_choice_of_ways) {  // the critical path of the modes that were chosen
      path_ = forward_pass(network_).path;
      backward_pass(network_, path_);
    }
    answer_.has_schedule = true;
    answer_.reasons = reasons(model, generator, answer_.schedule.placements);
    value(model, generator, levelling);
    answer_.status = levelling.cost.broken == 0 ? proven_or_feasible() : Status::feasible;
    if (levelling.cost.broken > 0) judge_broken(model);
    if (levelling.is_infeasible) {  // the schedule is the one that breaks least
      answer_.status = Status::infeasible;
      tell_clash(model, levelling);
    }

    // Floats in the order in which the schedule hands its resources on.
    Table<TaskId, ModeId> modes(plan_.tasks.size());
    for (TaskId task : plan_.tasks.ids()) modes[task] = answer_.schedule.placements[task].mode;
    const auto orders = resource_order(model, generator, levelling.genes);
    const Network ordered = make_network(plan_, times_, states_, modes, orders);
    CriticalPath placed;
    placed.earliest_start.resize(ordered.size());
    placed.earliest_finish.resize(ordered.size());
    placed.driver.assign(ordered.size(), kByPlanStart);
    for (Node node = 0; node < ordered.size(); ++node) {
      const Placement& at = answer_.schedule.placements[ordered.task[node]];
      const bool is_end = ordered.role[node] == Network::Role::end;
      const bool is_gate = ordered.role[node] == Network::Role::gate;
      placed.earliest_start[node] = is_end ? at.finish : at.resumes;
      placed.earliest_finish[node] = is_gate ? at.start : at.finish;
    }
    placed.finish = answer_.finish;
    backward_pass(ordered, placed);
    take_dates(ordered, placed);
  }

  /// Optimal where each objective, in its turn, is at its bound.
  Status proven_or_feasible() const {
    const bool is_proven =
        std::all_of(answer_.objectives.begin(), answer_.objectives.end(),
                    [this](Objective objective) { return answer_.is_proven(objective); });
    return is_proven ? Status::optimal : Status::feasible;
  }

  /// What the schedule comes to, by the witness, and what it can come to at best.
  void value(const Model& model, const Generator& generator, const Levelling& levelling) {
    answer_.values = check::objective_values(plan_, answer_.schedule, answer_.baseline);
    const auto bound = [&](Objective objective) {
      return levelling.bounds[model.wanted.rank(objective)];
    };
    answer_.bounds.finish =
        std::max(answer_.bound.finish, model.axis.from_axis(Instant{bound(Objective::finish)}));
    answer_.bounds.tardiness = WorkTime{std::max<std::int64_t>(0, bound(Objective::tardiness))};
    answer_.bounds.stability = WorkTime{std::max<std::int64_t>(0, bound(Objective::stability))};
    const Cost cost = generator.cost();
    const auto searched = [&](Objective objective) {
      return WorkTime{cost.values[model.wanted.rank(objective)]};
    };
    // Where a summary is late by another calendar than the axis, a milestone's night may still make it later.
    const bool is_exact = std::none_of(
        model.wanted.dues.begin(), model.wanted.dues.end(),
        [&model](const Due& due) { return is_late_by_another_calendar(model, due.node); });
    const WorkTime late = searched(Objective::tardiness);
    const bool is_as_late =
        is_exact ? late == answer_.values.tardiness : late <= answer_.values.tardiness;
    const bool is_as_near = !answer_.wants(Objective::stability) ||
                            searched(Objective::stability) == answer_.values.stability;
    is_value_doubted_ = !is_as_late || !is_as_near;
  }

  void tell_of_proof(const Model& model) {
    using Kind = ProofOutcome::Kind;
    const ProofLog& log = *request_.proof;
    ProofOutcome& told = answer_.proof_log;
    if (!log.is_begun()) {
      told.kind = is_too_large_to_prove(model) ? Kind::size : Kind::form;
      return;
    }
    const auto problem = make_problem(model);
    told = {.kind = log.is_cut() ? Kind::cut : Kind::written,
            .finish = model.axis.from_axis(problem->to_axis(log.bound())),
            .is_infeasible = log.is_infeasible(),
            .bytes = log.bytes()};
  }

  /// The schedule on the clock, from where the generator has it on the model's axis.
  void realise(const Model& model, const Generator& generator) {
    for (Node node = 0; node < network_.size(); ++node) {
      if (generator.network().mode[node]) set_mode(network_, node, generator.network().mode[node]);
    }
    const CriticalPath placed = on_clock(network_, model, generator);
    for (Node node = 0; node < network_.size(); ++node) {
      if (network_.role[node] != Network::Role::task) continue;
      place_node(node, placed.earliest_start[node], placed.earliest_finish[node]);
    }
    answer_.schedule.assignments = generator.assignments();
    roll_up(answer_.schedule, plan_);
    answer_.finish = finish(answer_.schedule, plan_);
  }

  /// Nothing was found that keeps every limit: because there is nothing?
  void judge_broken(const Model& model) {
    answer_.status = Status::unknown;
    if (const auto proof = overload(model)) {
      answer_.status = Status::infeasible;
      const Instant finish = answer_.bound.finish;
      answer_.bound = *proof;
      answer_.bound.finish = finish;
      return;
    }
    if (!keeps_windows(model.relaxed, model.early)) answer_.status = Status::infeasible;
  }

  /// True if no early date lies beyond what the node's window allows.
  static bool keeps_windows(const Network& network, const CriticalPath& path) {
    for (Node node = 0; node < network.size(); ++node) {
      if (network.window_of[node] < 0 || state_of(network, node).stage == Stage::completed)
        continue;
      const Window& window = network.window(node);
      if (path.earliest_finish[node] > window.finish_by) return false;
      if (path.earliest_start[node] > latest_start_allowed(network, node)) return false;
    }
    return true;
  }

  void report_stuck(const Model& model, const Generator& generator) {
    answer_.status = Status::unknown;
    if (generator.stuck() == kNoNode) {
      answer_.findings.add(found::no_schedule_found, {});
      return;
    }
    tell_never_free(model.network.task[generator.stuck()], generator.blocking());
  }

  void tell_never_free(TaskId task, ResourceId resource) {
    const auto name = [&](Language language) {
      return std::string(display_name(plan_.tasks[task], language));
    };
    const auto resource_name = [&](Language language) {
      return resource ? std::string(display_name(plan_.resources[resource], language))
                      : std::string("?");
    };
    answer_.findings.add(found::never_free, sources_.at(TableKind::tasks, task.index(), "id"),
                         {{name(Language::english), name(Language::chinese)},
                          {resource_name(Language::english), resource_name(Language::chinese)}});
  }

  /// Early dates by links alone; late ones and floats from `placed`.  Primavera calls early what wants to be as late
  /// as possible only when it has been delayed.
  void take_dates(const Network& network, const CriticalPath& placed) {
    std::optional<CriticalPath> delayed;
    if (plan_.options.late_dates == Options::LateDates::wanted)
      place_as_late_as_possible(network_, delayed.emplace(path_));
    const CriticalPath& first = delayed ? *delayed : path_;
    for (TaskId task : plan_.tasks.ids()) {
      const Node node = network.node_of[task];
      const bool is_task = node != kNoNode && network.role[node] == Network::Role::task &&
                           !plan_.tasks[task].is_hammock();
      if (!is_task) continue;
      TaskDates& dates = answer_.dates[task];
      if (state_of(network, node).stage == Stage::completed) {
        const Placement& at = answer_.schedule.placements[task];
        dates = {.earliest_start = at.start,
                 .earliest_finish = at.finish,
                 .latest_start = at.start,
                 .latest_finish = at.finish,
                 .has_float = false};
        continue;
      }
      const Node early = network_.node_of[task];
      dates.earliest_start = first.earliest_start[early];
      dates.earliest_finish = first.earliest_finish[early];
      dates.latest_start = placed.latest_start[node];
      dates.latest_finish = placed.latest_finish[node];
      dates.total_float = total_float(network, placed, node);
      dates.free_float = free_float(network, placed, node);
      dates.is_critical = dates.total_float <= plan_.options.critical_float;
    }
    for (TaskId task : children_first(plan_)) roll_up_dates(task);
    place_hammocks(network_, answer_);
  }

  /// A summary spans its children's dates and is as critical as the most critical of them.
  void roll_up_dates(TaskId task) {
    const TaskId parent = plan_.tasks[task].parent;
    if (!parent || plan_.tasks[task].is_hammock()) return;
    const TaskDates& child = answer_.dates[task];
    TaskDates& summary = answer_.dates[parent];
    if (!is_begun_[parent]) {
      is_begun_[parent] = true;
      summary = child;
      return;
    }
    summary.earliest_start = std::min(summary.earliest_start, child.earliest_start);
    summary.earliest_finish = std::max(summary.earliest_finish, child.earliest_finish);
    summary.latest_start = std::min(summary.latest_start, child.latest_start);
    summary.latest_finish = std::max(summary.latest_finish, child.latest_finish);
    if (!child.has_float) return;
    summary.total_float =
        summary.has_float ? std::min(summary.total_float, child.total_float) : child.total_float;
    summary.free_float =
        summary.has_float ? std::min(summary.free_float, child.free_float) : child.free_float;
    summary.has_float = true;
    summary.is_critical = summary.is_critical || child.is_critical;
  }

  void conclude() {
    if (!answer_.has_schedule) return;
    report_broken_links(network_, path_, sources_, answer_.findings);
    report_unannounced_holidays(plan_, answer_.finish, answer_.findings);
    const bool is_broken = report_limits(plan_, times_, answer_, sources_, answer_.findings);
    if (is_broken && answer_.status != Status::infeasible) {
      // Links alone break it: no levelling can mend that.  Otherwise a better schedule might not.
      const bool is_proven = !request_.with_resources || plan_.demands.empty() ||
                             (plan_.must_finish && answer_.bound.finish > *plan_.must_finish);
      answer_.status = is_proven ? Status::infeasible : Status::unknown;
    }
    if (answer_.status == Status::unknown) answer_.findings.add(found::no_schedule_found, {});
    answer_.moves = check::moves(plan_, answer_.schedule, answer_.baseline);
    answer_.critical_chain = critical_chain(plan_, answer_.reasons, answer_.schedule);
    answer_.float_paths = float_paths(network_, path_, request_.num_float_paths);
    if (!answer_.is_levelled && (is_broken || answer_.status != Status::infeasible)) return;
    const bool should_be_legal =
        answer_.status == Status::optimal || answer_.status == Status::feasible;
    judge_values();
    let_witness_judge(should_be_legal, is_broken);
  }

  /// Values that search and witness see differently are nobody's.
  void judge_values() {
    if (!is_value_doubted_) return;
    answer_.findings.add(found::value_rejected, {});
    if (answer_.status == Status::optimal || answer_.status == Status::feasible)
      answer_.status = Status::unknown;
  }

  void tell_clash(const Model& model, const Levelling& levelling) {
    std::vector<TaskId> tasks;
    for (const Node node : levelling.clashing_tasks) {
      const TaskId task = model.network.task[node];
      if (std::find(tasks.begin(), tasks.end(), task) == tasks.end()) tasks.push_back(task);
    }
    constexpr std::size_t kMostTold = 20;  // more than that explain nothing
    if (tasks.empty() || tasks.size() > kMostTold) {
      answer_.findings.add(found::no_schedule_exists, {});
      return;
    }
    std::vector<ResourceId> resources;
    for (const std::uint32_t number : levelling.clashing_resources) {
      const ResourceId resource = model.renewables[number].id;
      if (std::find(resources.begin(), resources.end(), resource) == resources.end())
        resources.push_back(resource);
    }
    if (tasks.size() == 1 && resources.size() == 1)
      return tell_never_free(tasks.front(), resources.front());
    answer_.findings.add(found::tasks_clash,
                         sources_.at(TableKind::tasks, tasks.front().index(), "id"),
                         {list_text(plan_, tasks), list_text(plan_, resources)});
  }

  /// Dates that the plan insists on may need more of a resource than there is, whatever is done with all others.
  bool is_of_plan(const check::Violation& violation) const {
    const auto is_held = [this](TaskId id) {
      return states_[id].stage != TaskState::Stage::not_started ||
             plan_.tasks[id].constraint.is_mandatory();
    };
    return violation.kind == check::Violation::Kind::capacity_exceeded &&
           std::all_of(violation.tasks.begin(), violation.tasks.end(), is_held);
  }

  /// The witness that knows no solver has the last word.  What the findings say already (`has_dates`:
  /// dated limits) is not repeated.
  void let_witness_judge(bool should_be_legal, bool has_dates) {
    const check::Verdict verdict = check::judge(plan_, answer_.schedule);
    if (verdict.is_legal) return;
    const bool is_plans_fault =
        std::all_of(verdict.first.begin(), verdict.first.end(),
                    [this](const check::Violation& each) { return is_of_plan(each); });
    if (should_be_legal) answer_.status = is_plans_fault ? Status::infeasible : Status::unknown;
    const bool is_our_fault = should_be_legal && !is_plans_fault;
    for (const check::Violation& violation : verdict.first) {
      if (has_dates && violation.kind == check::Violation::Kind::outside_window) continue;
      if (!answer_.is_levelled && violation.resource) continue;  // nobody asked about resources
      const TaskId task = violation.tasks.empty() ? violation.task : violation.tasks.front();
      answer_.findings.add(is_our_fault ? found::schedule_rejected : found::rule_broken,
                           task ? sources_.at(TableKind::tasks, task.index(), "id") : Where{},
                           {{check::to_string(violation, plan_, Language::english),
                             check::to_string(violation, plan_, Language::chinese)}});
    }
  }

  /// Bounds that are evident from the plan: the evidence stands or falls without the solver.
  void let_witness_certify() {
    const LowerBound& bound = answer_.bound;
    if (bound.kind == LowerBound::Kind::search) return;
    answer_.bound_verdict = check::certify(plan_, claim_of(bound));
  }

  const Plan& plan_;
  const Sources& sources_;
  const Request& request_;
  Budget budget_;
  WorkingTimes times_;
  TaskStates states_;
  Network network_;
  CriticalPath path_;  // by links alone
  Table<TaskId, char> is_begun_ = Table<TaskId, char>(plan_.tasks.size(), 0);
  bool is_value_doubted_ = false;
  Answer answer_;
};

}  // namespace

Answer solve(const Plan& plan, const Sources& sources, const Request& request) {
  return Solver(plan, sources, request).run();
}

}  // namespace diaodu::solve
