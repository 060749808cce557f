#include "diaodu/solve/hammocks.h"

#include <algorithm>
#include <array>
#include <vector>

#include "diaodu/plan/hammock.h"
#include "diaodu/plan/tree.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

/// Which dates of the other tasks a span is made of.
enum Which : std::size_t { kPlaced, kEarly, kLate, kNumWhich };

struct Ends {
  Instant start;
  Instant finish;
};

/// A span in the making: the first of the starts, the last of the finishes.
struct Reach {
  Instant start = kNever;
  Instant finish = kEver;
  TaskId starts_with;
  bool finish_has_happened = false;

  void begin(Instant at, TaskId by) {
    if (at >= start) return;
    start = at;
    starts_with = by;
  }
  void end(Instant at, bool has_happened) {
    if (at <= finish) return;
    finish = at;
    finish_has_happened = has_happened;
  }
  bool has_start() const { return start < kNever; }
  bool has_finish() const { return finish > kEver; }
};

class Hanger {
 public:
  Hanger(const Network& network, Answer& answer)
      : network_(network),
        plan_(*network.plan),
        answer_(answer),
        now_(earliest_remaining(plan_)),
        links_of_(plan_.tasks.size()),
        is_hung_(plan_.tasks.size(), 0) {}

  void run() {
    const auto is_hammock = [](const Task& task) { return task.is_hammock(); };
    if (std::none_of(plan_.tasks.begin(), plan_.tasks.end(), is_hammock)) return;
    for (LinkId link : plan_.links.ids()) {
      const auto& [from, to] = std::pair{plan_.links[link].from, plan_.links[link].to};
      if (from == to) continue;
      if (plan_.tasks[from].is_hammock()) links_of_[from].push_back(link);
      if (plan_.tasks[to].is_hammock()) links_of_[to].push_back(link);
    }
    for (TaskId task : plan_.tasks.ids()) {
      if (plan_.tasks[task].is_hammock() && !links_of_[task].empty()) hang_after_others(task);
    }
    for (TaskId task : plan_.tasks.ids()) {  // these span the others too
      if (plan_.tasks[task].is_hammock() && links_of_[task].empty()) hang(task);
    }
    roll_up(answer_.schedule, plan_);
  }

 private:
  /// Hammocks that it hangs on come first.
  void hang_after_others(TaskId first) {
    std::vector<TaskId> walk{first};
    while (!walk.empty()) {
      const TaskId task = walk.back();
      if (is_hung_[task] == kDone) {
        walk.pop_back();
        continue;
      }
      const bool is_new = is_hung_[task] == 0;
      is_hung_[task] = kBegun;
      if (is_new) {
        for (LinkId link : links_of_[task]) {
          const TaskId other = other_end(link, task);
          if (plan_.tasks[other].is_hammock() && is_hung_[other] == 0) walk.push_back(other);
        }
        if (walk.back() != task) continue;
      }
      hang(task);
      is_hung_[task] = kDone;
      walk.pop_back();
    }
  }

  TaskId other_end(LinkId link, TaskId task) const {
    return plan_.links[link].from == task ? plan_.links[link].to : plan_.links[link].from;
  }

  void hang(TaskId task) {
    const bool is_linked = std::any_of(links_of_[task].begin(), links_of_[task].end(),
                                       [&](LinkId link) { return is_known(link, task); });
    std::array<Reach, kNumWhich> reach;
    for (std::size_t which = 0; which < kNumWhich; ++which) {
      reach[which] = is_linked ? by_links(task, static_cast<Which>(which))
                               : by_siblings(task, static_cast<Which>(which));
    }
    settle(task, reach);
  }

  /// Not a hammock that waits for this one.
  bool is_known(LinkId link, TaskId task) const {
    const TaskId other = other_end(link, task);
    return !plan_.tasks[other].is_hammock() || is_hung_[other] == kDone;
  }

  Reach by_links(TaskId task, Which which) const {
    Reach reach;
    for (const LinkId id : links_of_[task]) {
      if (!is_known(id, task)) continue;
      const Link& link = plan_.links[id];
      const TaskId other = other_end(id, task);
      if (!answer_.schedule.placements[other].is_scheduled) continue;
      const bool follows = link.to == task;
      const bool is_at_start = follows ? leaves_from_start(link.type) : arrives_at_start(link.type);
      const bool is_own_start =
          follows ? arrives_at_start(link.type) : leaves_from_start(link.type);
      // Of a start that has happened, Primavera reverses nothing, but where a start follows it.
      const bool has_late_start = follows && link.type == LinkType::start_to_start;
      const Ends ends = ends_of(other, which, has_late_start);
      const Instant at = lagged(id, is_at_start ? ends.start : ends.finish, follows);
      const bool has_happened = is_at_start ? has_begun(other) : is_over(other);
      if (is_own_start) {
        reach.begin(at, other);
      } else {
        reach.end(has_happened ? at : network_.times->of(task, {}).previous_working(at),
                  has_happened);
      }
    }
    return reach;
  }

  /// With its lag after the end of what it follows, before the end of what follows it.
  Instant lagged(LinkId id, Instant end, bool follows) const {
    const Arc arc = arc_of(network_, id);
    const Calendar& calendar = network_.times->calendar(arc.calendar);
    const std::int32_t lag = follows ? arc.lag : -arc.lag;
    if (lag == 0) return end;
    return lag > 0 ? calendar.advance(end, WorkTime{lag}) : calendar.retreat(end, WorkTime{-lag});
  }

  /// All that its summary holds besides: of late and early dates only what is not completed.
  Reach by_siblings(TaskId task, Which which) const {
    const TaskId summary = plan_.tasks[task].parent;
    Reach reach;
    for (TaskId each : plan_.tasks.ids()) {
      const Placement& placed = answer_.schedule.placements[each];
      const bool is_meant = does_work(plan_.tasks[each]) ||
                            (plan_.tasks[each].is_hammock() && !links_of_[each].empty());
      if (!is_meant || !placed.is_scheduled || !lies_in(each, summary)) continue;
      if (is_over(each) && which != kPlaced) continue;
      const TaskDates& dates = answer_.dates[each];
      const Ends ends = which == kPlaced  ? Ends{placed.start, placed.finish}
                        : which == kEarly ? Ends{dates.earliest_start, dates.earliest_finish}
                                          : Ends{dates.latest_start, dates.latest_finish};
      reach.begin(ends.start, each);
      reach.end(ends.finish, is_over(each));
    }
    return reach;
  }
  bool lies_in(TaskId task, TaskId summary) const {
    std::size_t steps = 0;
    while (task && task != summary && steps++ <= plan_.tasks.size())
      task = plan_.tasks[task].parent;
    return task == summary;
  }

  Ends ends_of(TaskId task, Which which, bool has_late_start) const {
    const Placement& placed = answer_.schedule.placements[task];
    const TaskDates& dates = answer_.dates[task];
    Ends ends{placed.start, placed.finish};
    if (which == kPlaced || is_over(task)) return ends;
    const bool is_early = which == kEarly;
    ends.finish = is_early ? dates.earliest_finish : dates.latest_finish;
    const bool is_done_starting = has_begun(task) && (is_early || !has_late_start);
    if (!is_done_starting) ends.start = is_early ? dates.earliest_start : dates.latest_start;
    return ends;
  }

  Stage stage(TaskId task) const {
    return does_work(plan_.tasks[task]) ? (*network_.states)[task].stage : Stage::not_started;
  }
  bool has_begun(TaskId task) const { return stage(task) != Stage::not_started; }
  bool is_over(TaskId task) const {
    if (plan_.tasks[task].is_hammock()) return !answer_.dates[task].has_float;
    return stage(task) == Stage::completed;
  }

  void settle(TaskId task, std::array<Reach, kNumWhich> reach) {
    const Calendar& calendar = network_.times->of(task, {});
    Reach& placed = reach[kPlaced];
    if (!placed.has_start()) placed.begin(calendar.next_working(now_), {});
    if (!placed.has_finish()) placed.end(placed.start, false);
    placed.finish = std::max(placed.finish, placed.start);
    const bool is_over = placed.finish_has_happened && placed.finish <= now_;

    TaskDates& dates = answer_.dates[task];
    dates = {};
    Reach& early = reach[kEarly];
    if (!early.has_start()) early.begin(now_, {});
    early.start = calendar.next_working(std::max(early.start, now_));
    if (!early.has_finish()) early.end(early.start, false);
    dates.earliest_start = early.start;
    dates.earliest_finish = std::max(early.finish, early.start);
    Reach& late = reach[kLate];
    if (!late.has_finish())
      late.end(calendar.previous_working(plan_.must_finish.value_or(answer_.finish)), false);
    if (!late.has_start()) late.begin(late.finish, {});
    dates.latest_finish = late.finish;
    dates.latest_start = std::min(calendar.next_working(late.start), late.finish);
    dates.total_float = calendar.work_between(dates.earliest_finish, dates.latest_finish);
    dates.has_float = !is_over;
    if (is_over) {
      dates.earliest_start = dates.latest_start = placed.start;
      dates.earliest_finish = dates.latest_finish = placed.finish;
      dates.total_float = {};
    }

    // What has not begun begins in working time, as all tasks do.
    if (placed.start >= now_)
      placed.start = std::min(calendar.next_working(placed.start), placed.finish);
    answer_.schedule.placements[task] = {
        .start = placed.start,
        .finish = placed.finish,
        .resumes = std::max(placed.start, std::min(now_, placed.finish)),
        .mode = {},
        .is_scheduled = true};
    answer_.reasons[task] = {
        .kind = Reason::Kind::children, .by = placed.starts_with, .date = placed.start};
  }

  static constexpr char kBegun = 1;
  static constexpr char kDone = 2;

  const Network& network_;
  const Plan& plan_;
  Answer& answer_;
  Instant now_;
  Table<TaskId, std::vector<LinkId>> links_of_;  // of hammocks
  Table<TaskId, char> is_hung_;
};

}  // namespace

void place_hammocks(const Network& network, Answer& answer) { Hanger(network, answer).run(); }

}  // namespace diaodu::solve
