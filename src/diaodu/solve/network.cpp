#include "diaodu/solve/network.h"

#include <algorithm>
#include <cassert>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"
#include "diaodu/solve/ordering.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

/// Which summaries need a gate before, or an end after, their children.
struct Brackets {
  Table<TaskId, char> gate;
  Table<TaskId, char> end;
};

Brackets find_brackets(const Plan& plan, const std::vector<TaskId>& parents_first) {
  Brackets brackets{Table<TaskId, char>(plan.tasks.size(), 0),
                    Table<TaskId, char>(plan.tasks.size(), 0)};
  for (const Link& link : plan.links) {
    if (!binds(plan, link)) continue;
    if (plan.tasks[link.to].kind == TaskKind::summary) brackets.gate[link.to] = 1;
    if (plan.tasks[link.from].kind == TaskKind::summary) brackets.end[link.from] = 1;
  }
  for (TaskId id : parents_first) {
    const Task& task = plan.tasks[id];
    if (task.kind != TaskKind::summary) continue;
    for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
      if (constraint.kind == ConstraintKind::start_on_or_after) brackets.gate[id] = 1;
      if (constraint.kind == ConstraintKind::finish_on_or_before) brackets.end[id] = 1;
    }
    if (task.deadline != kNever) brackets.end[id] = 1;
    if (task.parent && brackets.gate[task.parent] != 0) brackets.gate[id] = 1;
    if (task.parent && brackets.end[task.parent] != 0) brackets.end[id] = 1;
  }
  return brackets;
}

void apply(const Constraint& constraint, Window& window) {
  const Instant date = constraint.date;
  const auto no_earlier = [date](Instant& bound) { bound = std::max(bound, date); };
  const auto no_later = [date](Instant& bound) { bound = std::min(bound, date); };
  switch (constraint.kind) {
    case ConstraintKind::none:
    case ConstraintKind::as_late_as_possible:
      break;
    case ConstraintKind::start_on_or_after:
      no_earlier(window.start_from);
      break;
    case ConstraintKind::start_on_or_before:
      no_later(window.start_by);
      break;
    case ConstraintKind::start_on:
      no_earlier(window.start_from);
      no_later(window.start_by);
      break;
    case ConstraintKind::finish_on_or_after:
      no_earlier(window.finish_from);
      break;
    case ConstraintKind::finish_on_or_before:
      no_later(window.finish_by);
      break;
    case ConstraintKind::finish_on:
      no_earlier(window.finish_from);
      no_later(window.finish_by);
      break;
    case ConstraintKind::mandatory_start:
      window.pinned_start = date;
      break;
    case ConstraintKind::mandatory_finish:
      window.pinned_finish = date;
      break;
  }
}

Window window_of_task(const Task& task, const TaskState& state, const Options& options) {
  Window window;
  apply(task.constraint, window);
  apply(task.second_constraint, window);
  window.wanted_by = task.deadline;
  if (state.stage == Stage::started) {  // its start is history
    window.start_from = state.resumes.value_or(kEver);
    window.start_by = kNever;
    window.pinned_start = kNever;
    if (options.late_dates == Options::LateDates::wanted) {
      // Primavera lets no date to finish on hold what is under way; one to finish by still bounds late dates.
      window.finish_from = kEver;
      window.pinned_finish = kNever;
    }
  }
  if (options.late_dates == Options::LateDates::wanted) {
    window.late_start = std::exchange(window.start_by, kNever);
    window.late_finish = std::exchange(window.finish_by, kNever);
  }
  return window;
}

struct CalendarLag {
  std::uint32_t calendar;
  std::int32_t lag;
};

/// A lag in minutes, and the calendar that counts them.
CalendarLag lag_of(const Network& network, const Link& link, const Lag& lag) {
  if (lag.amount == 0 && !link.has_max_lag) return {0, 0};
  const Plan& plan = *network.plan;
  const Node from = network.end_of[link.from];
  std::uint32_t work = 0;
  switch (plan.options.lag_calendar) {
    case Options::LagCalendar::predecessor:
      work = from == kNoNode ? network.times->project() : network.calendar[from];
      break;
    case Options::LagCalendar::successor:
      work = network.node_of[link.to] == kNoNode ? network.times->project()
                                                 : network.calendar[network.node_of[link.to]];
      break;
    case Options::LagCalendar::project:
      work = network.times->project();
      break;
    case Options::LagCalendar::around_the_clock:
      break;
  }
  const ModeId mode = from == kNoNode ? ModeId{} : network.mode[from];
  const std::int64_t duration =
      (mode ? plan.modes[mode].duration : plan.tasks[link.from].duration).count();
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();  // beyond all dates
  const auto share =
      static_cast<std::int32_t>(std::clamp(duration * lag.amount / (100 * 100), -kMost, kMost));
  switch (lag.unit) {
    case Lag::Unit::work:
      return {work, lag.amount};
    case Lag::Unit::elapsed:
      return {0, lag.amount};
    case Lag::Unit::percent:
      return {work, share};
    case Lag::Unit::elapsed_percent:
      return {0, share};
  }
  return {0, 0};
}

/// Builds the network with nodes in the order of the tables, then renumbers it.
class Builder {
 public:
  Builder(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
          const Table<TaskId, ModeId>& modes, std::span<const ResourceOrder> orders)
      : plan_(plan), times_(times), states_(states), first_mode_(modes), orders_(orders) {
    network_.plan = &plan;
    network_.times = &times;
    network_.states = &states;
    network_.now = earliest_remaining(plan);
    network_.node_of = Table<TaskId, Node>(plan.tasks.size(), kNoNode);
    network_.end_of = Table<TaskId, Node>(plan.tasks.size(), kNoNode);
    if (first_mode_.size() != plan.tasks.size()) {
      first_mode_ = Table<TaskId, ModeId>(plan.tasks.size());
      for (std::size_t i = plan.modes.size(); i-- > 0;) {
        const ModeId mode{i};
        ModeId& first = first_mode_[plan.modes[mode].task];
        if (!first || is_possible(mode) || !is_possible(first)) first = mode;
      }
    }
  }

  Network build() {
    add_nodes();
    add_links();
    renumber();
    return std::move(network_);
  }

 private:
  Node add_node(TaskId task, Network::Role role, WorkTime work, std::uint32_t calendar) {
    network_.task.push_back(task);
    network_.role.push_back(role);
    network_.work.push_back(work);
    network_.calendar.push_back(calendar);
    network_.mode.push_back(role == Network::Role::task ? first_mode_[task] : ModeId{});
    network_.window_of.push_back(-1);
    return static_cast<Node>(network_.task.size() - 1);
  }
  void set_window(Node node, const Window& window) {
    network_.window_of[node] = static_cast<std::int32_t>(network_.windows.size());
    network_.windows.push_back(window);
  }

  void add_nodes() {
    const bool has_summaries =
        std::any_of(plan_.tasks.begin(), plan_.tasks.end(),
                    [](const Task& task) { return task.kind == TaskKind::summary; });
    const std::vector<TaskId> parents_first =
        has_summaries ? outline(plan_) : std::vector<TaskId>{};
    const Brackets brackets = has_summaries ? find_brackets(plan_, parents_first) : Brackets{};
    if (has_summaries) look_into_summaries();
    network_.task.reserve(plan_.tasks.size());
    network_.role.reserve(plan_.tasks.size());
    network_.work.reserve(plan_.tasks.size());
    network_.calendar.reserve(plan_.tasks.size());
    network_.mode.reserve(plan_.tasks.size());
    network_.window_of.reserve(plan_.tasks.size());
    for (TaskId id : plan_.tasks.ids()) {
      if (plan_.tasks[id].kind == TaskKind::summary) {
        const bool has_work = has_work_[id] != 0;
        add_summary(id, has_work && brackets.gate[id] != 0, has_work && brackets.end[id] != 0);
      } else {
        add_task(id);
      }
    }
    for (TaskId id : parents_first) bracket(id);
  }

  /// Marks the summaries in which there is work, not hammocks alone, and those in which some is not completed.
  void look_into_summaries() {
    has_work_ = Table<TaskId, char>(plan_.tasks.size(), 0);
    remains_ = has_work_;
    const auto mark = [this](Table<TaskId, char>& marks, TaskId id) {
      for (TaskId at = plan_.tasks[id].parent; at && marks[at] == 0; at = plan_.tasks[at].parent)
        marks[at] = 1;
    };
    for (TaskId id : plan_.tasks.ids()) {
      if (!does_work(plan_.tasks[id])) continue;
      mark(has_work_, id);
      if (states_[id].stage != Stage::completed) mark(remains_, id);
    }
  }

  void add_task(TaskId id) {
    const Task& task = plan_.tasks[id];
    const TaskState state = states_[id];
    const ModeId mode = first_mode_[id];
    WorkTime work = mode ? plan_.modes[mode].duration : task.duration;
    if (task.is_hammock()) work = WorkTime{};
    if (state.stage == Stage::started) work = state.remaining;
    if (state.stage == Stage::completed) work = WorkTime{};
    const std::uint32_t calendar = mode ? times_.number_of(mode) : times_.number_of(id);
    const Node node = add_node(id, Network::Role::task, work, calendar);
    network_.node_of[id] = node;
    network_.end_of[id] = node;
    const bool has_window = task.constraint.kind != ConstraintKind::none ||
                            task.second_constraint.kind != ConstraintKind::none ||
                            task.deadline != kNever || state.resumes;
    if (has_window && state.stage != Stage::completed && !task.is_hammock())
      set_window(node, window_of_task(task, state, plan_.options));
  }

  void add_summary(TaskId id, bool has_gate, bool has_end) {
    const Task& task = plan_.tasks[id];
    if (has_gate) {
      const Node gate = add_node(id, Network::Role::gate, WorkTime{}, times_.project());
      network_.node_of[id] = gate;
      Window window;
      for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
        if (constraint.kind == ConstraintKind::start_on_or_after) apply(constraint, window);
      }
      if (window.start_from != kEver) set_window(gate, window);
    }
    if (has_end) {
      const Node end = add_node(id, Network::Role::end, WorkTime{}, times_.project());
      network_.end_of[id] = end;
      Window window;
      for (const Constraint& constraint : {task.constraint, task.second_constraint}) {
        const bool holds =
            constraint.kind == ConstraintKind::finish_on_or_before && remains_[id] != 0;
        if (holds) apply(constraint, window);
      }
      if (plan_.options.late_dates == Options::LateDates::wanted)
        window.late_finish = std::exchange(window.finish_by, kNever);
      window.wanted_by = task.deadline;
      set_window(end, window);
    }
  }

  /// Ties a node between its parent's gate and end.
  void bracket(TaskId id) {
    const TaskId parent = plan_.tasks[id].parent;
    if (!parent || plan_.tasks[id].is_hammock()) return;
    if (network_.node_of[parent] != kNoNode && network_.node_of[id] != kNoNode) {
      network_.arcs.push_back({.from = network_.node_of[parent],
                               .to = network_.node_of[id],
                               .leaves_start = 0,
                               .arrives_start = 1});
    }
    if (network_.end_of[parent] != kNoNode && network_.end_of[id] != kNoNode) {
      network_.arcs.push_back({.from = network_.end_of[id],
                               .to = network_.end_of[parent],
                               .leaves_start = 0,
                               .arrives_start = 1});
    }
  }

  void add_links() {
    network_.arcs.reserve(network_.arcs.size() + plan_.links.size());
    for (LinkId id : plan_.links.ids()) {
      const Link& link = plan_.links[id];
      const Node from = network_.end_of[link.from];
      const Node to = network_.node_of[link.to];
      if (from == kNoNode || to == kNoNode || from == to) continue;  // validate() has said why
      if (!binds(plan_, link)) continue;
      const bool leaves_start = leaves_from_start(link.type);
      const bool arrives_start =
          arrives_at_start(link.type) || plan_.tasks[link.to].kind == TaskKind::summary;
      const auto [calendar, lag] = lag_of(network_, link, link.lag);
      network_.arcs.push_back({.from = from,
                               .to = to,
                               .lag = lag,
                               .calendar = calendar,
                               .leaves_start = leaves_start ? 1U : 0U,
                               .arrives_start = arrives_start ? 1U : 0U,
                               .is_at_most = 0,
                               .link = id});
      // A mandatory date breaks every link into its task, with its largest lag.
      if (!link.has_max_lag || has_happened(link.to, arrives_start) ||
          is_pinned(plan_, link.to, states_[link.to]))
        continue;
      const auto [max_calendar, max_lag] = lag_of(network_, link, link.max_lag);
      if (const auto left = has_happened(link.from, leaves_start)) {
        // History cannot be moved: the largest lag has become a date that its successor has to keep.
        const Calendar& counted = times_.calendar(max_calendar);
        const Instant by = max_lag >= 0 ? counted.advance(*left, WorkTime{max_lag})
                                        : counted.retreat(*left, WorkTime{-max_lag});
        if (network_.window_of[to] < 0) set_window(to, {});
        Window& window = network_.windows[static_cast<std::size_t>(network_.window_of[to])];
        Instant& bound = arrives_start ? window.start_within : window.finish_by;
        bound = std::min(bound, counted.next_working(by));
        continue;
      }
      network_.arcs.push_back({.from = to,
                               .to = from,
                               .lag = -max_lag,
                               .calendar = max_calendar,
                               .leaves_start = arrives_start ? 1U : 0U,
                               .arrives_start = leaves_start ? 1U : 0U,
                               .is_at_most = 1,
                               .link = id});
    }
    for (const ResourceOrder& order : orders_) {
      network_.arcs.push_back(
          {.from = network_.node_of[order.before], .to = network_.node_of[order.after]});
    }
  }

  /// Does the mode's calendar ever work so long?  What is under way goes on in its first mode.
  bool is_possible(ModeId mode) const {
    const Mode& row = plan_.modes[mode];
    const TaskState state = states_[row.task];
    if (state.stage != Stage::not_started) return true;
    const Window window = window_of_task(plan_.tasks[row.task], state, plan_.options);
    const Calendar& calendar = times_.of(row.task, mode);
    if (solve::is_pinned(window))
      return pinned_span(calendar, row.duration, window).finish < kNever;
    const Instant from = std::max(earliest_remaining(plan_), window.start_from);
    return calendar.advance(from, row.duration) < kNever;
  }

  /// When that end of the task happened, if it did.
  std::optional<Instant> has_happened(TaskId task, bool is_start) const {
    const TaskState state = states_[task];
    if (is_start) return state.actual_start;
    return state.actual_finish;
  }

  /// Numbers the nodes along the arcs and lays the arcs out by their heads and tails.
  void renumber() {
    const Ordering ordering = order_along_arcs(network_.size(), network_.arcs);
    network_.knots = ordering.knots;
    const std::vector<Node>& position = ordering.position;

    const auto permute = [&position](auto& column) {
      auto moved = column;
      for (std::size_t i = 0; i < column.size(); ++i) moved[position[i]] = column[i];
      column = std::move(moved);
    };
    permute(network_.task);
    permute(network_.role);
    permute(network_.work);
    permute(network_.calendar);
    permute(network_.mode);
    permute(network_.window_of);
    for (Node& node : network_.node_of) node = node == kNoNode ? kNoNode : position[node];
    for (Node& node : network_.end_of) node = node == kNoNode ? kNoNode : position[node];

    network_.first_in.assign(network_.size() + 1, 0);
    network_.first_out.assign(network_.size() + 1, 0);
    for (Arc& arc : network_.arcs) {
      arc.from = position[arc.from];
      arc.to = position[arc.to];
      ++network_.first_in[arc.to + 1];
      ++network_.first_out[arc.from + 1];
    }
    std::partial_sum(network_.first_in.begin(), network_.first_in.end(), network_.first_in.begin());
    std::partial_sum(network_.first_out.begin(), network_.first_out.end(),
                     network_.first_out.begin());
    std::vector<Arc> sorted(network_.arcs.size());
    std::vector<std::uint32_t> next = network_.first_in;
    for (const Arc& arc : network_.arcs) sorted[next[arc.to]++] = arc;
    network_.arcs = std::move(sorted);
    next = network_.first_out;
    network_.out_arcs.resize(network_.arcs.size());
    for (std::uint32_t arc = 0; arc < network_.arcs.size(); ++arc) {
      network_.out_arcs[next[network_.arcs[arc].from]++] = arc;
    }
  }

  const Plan& plan_;
  const WorkingTimes& times_;
  const TaskStates& states_;
  Table<TaskId, ModeId> first_mode_;
  Table<TaskId, char> has_work_;  // of each summary
  Table<TaskId, char> remains_;   // likewise: and not all of it is completed
  std::span<const ResourceOrder> orders_;
  Network network_;
};

}  // namespace

bool Network::is_milestone(Node node) const {
  return role[node] != Role::task || plan->tasks[task[node]].is_milestone();
}

Network make_network(const Plan& plan, const WorkingTimes& times, const TaskStates& states,
                     const Table<TaskId, ModeId>& modes, std::span<const ResourceOrder> orders) {
  return Builder(plan, times, states, modes, orders).build();
}

Arc arc_of(const Network& network, LinkId id) {
  const Link& link = network.plan->links[id];
  const CalendarLag lag = lag_of(network, link, link.lag);
  return {.from = network.end_of[link.from],
          .to = network.node_of[link.to],
          .lag = lag.lag,
          .calendar = lag.calendar,
          .leaves_start = leaves_from_start(link.type) ? 1U : 0U,
          .arrives_start = arrives_at_start(link.type) ? 1U : 0U,
          .is_at_most = 0,
          .link = id};
}

void set_mode(Network& network, Node node, ModeId mode) {
  if (network.mode[node] == mode) return;
  network.mode[node] = mode;
  network.work[node] = network.plan->modes[mode].duration;
  if (!network.is_on_work_axis) network.calendar[node] = network.times->number_of(mode);
  const auto refresh = [&network](Arc& arc) {
    if (!arc.link) return;
    const Link& link = network.plan->links[arc.link];
    const CalendarLag lag = lag_of(network, link, arc.is_at_most ? link.max_lag : link.lag);
    if (!network.is_on_work_axis) arc.calendar = lag.calendar;
    arc.lag = arc.is_at_most ? -lag.lag : lag.lag;
  };
  for (std::uint32_t i = network.first_in[node]; i < network.first_in[node + 1]; ++i) {
    refresh(network.arcs[i]);
  }
  for (const std::uint32_t i : network.arcs_out_of(node)) refresh(network.arcs[i]);
}

Instant latest(const Arc& arc, Instant head, const WorkingTimes& times) {
  if (head == kNever) return kNever;
  const Calendar& calendar = times.calendar(arc.calendar);
  if (arc.is_at_most) {  // W(tail) <= W(head) - lag
    const Instant tail = arc.lag <= 0 ? calendar.advance(head, WorkTime{-arc.lag})
                                      : calendar.retreat(head, WorkTime{arc.lag});
    return calendar.next_working(tail);
  }
  if (arc.lag == 0) return head;
  if (arc.lag > 0) return calendar.retreat(head, WorkTime{arc.lag});
  // A lead: the last tail from which so much work back is not after `head`.
  const Instant tail = calendar.advance(head, WorkTime{-arc.lag});
  if (tail >= kNever) return kNever;
  return calendar.is_working(head) ? calendar.next_working(tail)
                                   : calendar.retreat(tail, WorkTime{1});
}

}  // namespace diaodu::solve
