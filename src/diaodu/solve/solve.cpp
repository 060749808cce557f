#include "diaodu/solve/solve.h"

#include <algorithm>

#include "diaodu/check/objective.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/solve/ask_witness.h"
#include "diaodu/solve/bound.h"
#include "diaodu/solve/float_paths.h"
#include "diaodu/solve/level.h"
#include "diaodu/solve/limits.h"
#include "diaodu/solve/objectives.h"
#include "diaodu/solve/on_clock.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/reasons.h"
#include "diaodu/solve/report_clash.h"
#include "diaodu/solve/resource_order.h"
#include "diaodu/solve/tail.h"
#include "diaodu/solve/task_dates.h"

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
      const bool has_work = network_.size() > 0;  // summaries alone: nothing to place
      if (needs_search() && has_work) {
        level_resources();
      } else {
        use_critical_path();
      }
      conclude();
      certify_bound(plan_, answer_);
    }
    tell_of_optional_tasks();
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

  /// Something is to be chosen beside links: who waits for whom, how a task is done, what stays where it was.
  bool needs_search() const {
    return request_.with_resources &&
           (!plan_.demands.empty() || !plan_.modes.empty() || answer_.wants(Objective::stability));
  }

  /// Each task in the quickest of the modes in which it can ever be done.
  Table<TaskId, ModeId> quickest_modes() const {
    Table<TaskId, ModeId> modes(plan_.tasks.size());
    for (Node node = 0; node < network_.size(); ++node)
      modes[network_.task[node]] = network_.mode[node];
    for (ModeId id : plan_.modes.ids()) {
      const Mode& mode = plan_.modes[id];
      ModeId& quickest = modes[mode.task];
      const bool is_open = quickest && states_[mode.task].stage == Stage::not_started;
      if (!is_open || mode.duration >= plan_.modes[quickest].duration) continue;
      const Instant finish =
          times_.of(mode.task, id).advance(earliest_remaining(plan_), mode.duration);
      if (finish < kNever) quickest = id;
    }
    return modes;
  }
  bool has_choice(const Circle& circle) const {
    Table<TaskId, int> num_modes(plan_.tasks.size(), 0);
    for (const Mode& mode : plan_.modes) ++num_modes[mode.task];
    return std::any_of(circle.arcs.begin(), circle.arcs.end(), [&](std::uint32_t arc) {
      const TaskId task = network_.task[network_.arcs[arc].from];
      return states_[task].stage == Stage::not_started && num_modes[task] > 1;
    });
  }
  /// However long its tasks take?
  bool never_opens(const Circle& circle) const {
    return std::all_of(circle.arcs.begin(), circle.arcs.end(), [this](std::uint32_t number) {
      const Arc& arc = network_.arcs[number];
      return arc.is_at_most == 0 && arc.lag >= 0 && arc.arrives_start != 0;
    });
  }

  /// False if no dates can keep the links.
  bool find_critical_path() {
    ForwardPass pass = forward_pass(network_);
    const bool may_be_quicker = pass.circle && has_choice(*pass.circle);
    if (may_be_quicker) {
      network_ = make_network(plan_, times_, states_, quickest_modes());
      pass = forward_pass(network_);
    }
    path_ = std::move(pass.path);
    if (pass.circle && may_be_quicker && !never_opens(*pass.circle)) {
      report_quickest_circle(network_, *pass.circle, sources_, answer_.findings);
      answer_.status = Status::unknown;  // slower modes may fit, of which nobody knows
      answer_.bound.finish = plan_.start;
      return false;
    }
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
    take_dates(network_, path_, network_, placed, answer_);
  }

  void level_resources() {
    Model model = make_model(network_, true);
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
      report_clash(model, levelling, sources_, answer_.findings);
      return;
    }
    answer_.bound = std::move(levelling.bound);
    answer_.log = std::move(levelling.log);
    answer_.seconds_to_best = levelling.seconds_to_best;

    Generator generator(model);
    if (!levelling.is_found()) {
      generator.forward(levelling.genes);
      answer_.status = Status::unknown;
      report_stuck(model, generator, sources_, answer_.findings);
      return;
    }
    generator.forward(levelling.genes);
    generator.delay_late_ones();
    realise(model, generator);
    if (model.has_choice_of_ways) {  // the critical path of the modes that were chosen
      path_ = forward_pass(network_).path;
      backward_pass(network_, path_);
    }
    // Where all lies in the past, it ends before the floor of all bounds.
    const bool is_past = answer_.finish < model.axis.from_axis(model.floor);
    if (is_past) answer_.bound.finish = earliest_end(model);
    // On the clock a milestone of the next morning ends later than the evening that the axis takes for the same.
    const bool is_later = path_.finish > answer_.bound.finish && path_.finish <= answer_.finish;
    if (!is_past && !model.has_choice_of_ways && is_later) answer_.bound = {.finish = path_.finish};
    answer_.has_schedule = true;
    answer_.reasons = reasons(model, generator, answer_.schedule.placements);
    value(model, generator, levelling);
    if (is_past) answer_.bounds.finish = answer_.bound.finish;
    answer_.status = levelling.cost.broken == 0 ? proven_or_feasible() : Status::feasible;
    if (levelling.cost.broken > 0) judge_broken(model);
    if (levelling.is_infeasible) {  // the schedule is the one that breaks least
      answer_.status = Status::infeasible;
      report_clash(model, levelling, sources_, answer_.findings);
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
    take_dates(network_, path_, ordered, placed, answer_);
  }

  /// By early dates, of a plan of which nothing remains after the data date.
  Instant earliest_end(const Model& model) const {
    Instant latest = kEver;
    for (Node node = 0; node < model.size(); ++node) {
      if (network_.role[node] != Network::Role::task) continue;
      const TaskState state = state_of(network_, node);
      latest = std::max(latest, state.actual_finish
                                    ? *state.actual_finish
                                    : model.axis.from_axis(model.early.earliest_finish[node]));
    }
    return latest;
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
    if (!keeps_windows(model.relaxed, model.early) ||
        (answer_.has_schedule && is_impossible(plan_, states_, answer_.schedule)))
      answer_.status = Status::infeasible;
  }

  /// True if no early date lies beyond what the node's window allows.
  static bool keeps_windows(const Network& network, const CriticalPath& path) {
    for (Node node = 0; node < network.size(); ++node) {
      if (network.window_of[node] < 0 || state_of(network, node).stage == Stage::completed)
        continue;
      const Window& window = network.window(node);
      if (path.earliest_finish[node] > window.finish_by) return false;
      if (path.earliest_start[node] > latest_start_allowed(network, node)) return false;
      // Of a pinned node whose ways differ, the relaxed network says less.
      if (is_pinned(network.window(node)) && network.window(node).pinned_by == kNever &&
          broken_by_pin(network, path, node) > Elapsed{})
        return false;
    }
    return true;
  }

  void conclude() {
    if (!answer_.has_schedule) return;
    report_broken_links(network_, path_, sources_, answer_.findings);
    report_unannounced_holidays(plan_, answer_.finish, answer_.findings);
    const bool is_broken =
        report_limits(plan_, times_, states_, answer_, sources_, answer_.findings);
    if (is_broken && answer_.status != Status::infeasible) {
      // Links alone break it: no levelling can mend that.  Otherwise a better schedule might not.
      const bool is_proven =
          !needs_search() || (plan_.must_finish && answer_.bound.finish > *plan_.must_finish);
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
    ask_witness(plan_, states_, sources_, should_be_legal, is_broken, answer_);
  }

  /// Where there is no schedule, there may be one without some of them: none is ever left out.
  void tell_of_optional_tasks() {
    if (answer_.status == Status::optimal || answer_.status == Status::feasible) return;
    int count = 0;
    for (TaskId id : plan_.tasks.ids()) {
      const bool is_open = states_[id].stage == Stage::not_started;
      count += plan_.tasks[id].is_optional && is_open ? 1 : 0;
    }
    if (count > 0) answer_.findings.add(found::optional_tasks_done, {}, {std::to_string(count)});
  }

  /// Values that search and witness see differently are nobody's.
  void judge_values() {
    if (!is_value_doubted_) return;
    answer_.findings.add(found::value_rejected, {});
    if (answer_.status == Status::optimal || answer_.status == Status::feasible)
      answer_.status = Status::unknown;
  }

  const Plan& plan_;
  const Sources& sources_;
  const Request& request_;
  Budget budget_;
  WorkingTimes times_;
  TaskStates states_;
  Network network_;
  CriticalPath path_;  // by links alone
  bool is_value_doubted_ = false;
  Answer answer_;
};

}  // namespace

Answer solve(const Plan& plan, const Sources& sources, const Request& request) {
  return Solver(plan, sources, request).run();
}

}  // namespace diaodu::solve
