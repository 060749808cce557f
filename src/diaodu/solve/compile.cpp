#include <algorithm>
#include <map>
#include <utility>

#include "diaodu/solve/compile_lines.h"
#include "diaodu/solve/measure.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/tail.h"

// From a `Model` to a `Problem`, and from its starts back to the genes of a schedule.

namespace diaodu::solve {
namespace {

using Time = Problem::Time;
using Stage = TaskState::Stage;

constexpr Elapsed kWeek{7 * kMinutesPerDay};
/// Beyond so many rests in all nothing is proven in the time people wait.
constexpr std::size_t kMostRests = 200'000;

bool is_open(Instant instant) { return instant <= kEver || instant >= kNever; }

bool can_run_short(const Model& model, std::size_t stock) {
  Amount sum;
  bool is_used = false;
  for (const Need& need : model.takes) {
    if (need.resource != stock) continue;
    sum += need.amount;
    is_used = true;
  }
  return is_used && (model.stocks[stock].is_reservoir || !model.stocks[stock].rows.empty() ||
                     sum > model.stocks[stock].amount);
}

bool has_choices(const Model& model) {
  if (model.has_choice_of_ways || !model.skill_needs.empty()) return true;
  for (std::size_t stock = 0; stock < model.stocks.size(); ++stock) {
    if (can_run_short(model, stock)) return true;
  }
  return false;
}

/// The rests of a calendar between `from` and `to`, in minutes since `from`.
std::vector<Interval> rests(const Calendar& calendar, Instant from, Instant to) {
  std::vector<Interval> rests;
  Instant end = from;
  for (const Interval& worked : calendar.intervals({from, to})) {
    if (worked.from > end) rests.push_back({end, worked.from});
    end = worked.to;
  }
  if (end < to) rests.push_back({end, to});
  return rests;
}

class Compiler {
 public:
  Compiler(const Model& model, std::optional<Instant> until)
      : model_(model), network_(model.network), until_(until) {}

  std::optional<Problem> compile() {
    problem_.origin = model_.floor;
    find_calendars();
    if (!find_fixed()) return {};
    find_settled();
    find_holds();
    if (!is_around_the_clock() && (!find_end() || !find_rests())) return {};
    if (!measure_time()) return {};
    add_hours();
    for (Node node = 0; node < model_.size(); ++node) add_task(node);
    for (const Arc& arc : network_.arcs) {
      if (is_of_problem(arc)) add_arc(arc);
    }
    if (!add_resources(model_, problem_)) return {};
    lay_out(problem_);
    return std::move(problem_);
  }

 private:
  std::int64_t since_floor(Instant instant) const { return (instant - model_.floor).count(); }
  Time in_units(std::int64_t minutes) const {
    return static_cast<Time>(minutes / problem_.minutes);
  }
  Time time_of(Instant instant) const { return in_units(since_floor(instant)); }
  WorkTime work(Node node) const { return network_.work[node]; }
  Stage stage(Node node) const { return state_of(network_, node).stage; }

  // --- whose calendar counts

  /// A milestone stays where its predecessors end, on the clock, unless `place` moves it to a morning.
  std::uint32_t calendar_of(Node node) const {
    if (network_.role[node] != Network::Role::task || model_.is_history[node] != 0) return 0;
    if (work(node) > WorkTime{}) return network_.calendar[node];
    const Window& window = network_.window(node);
    if (is_pinned(window)) return 0;
    const bool is_first = network_.arcs_into(node).empty() && is_open(window.finish_from);
    const bool snaps =
        network_.plan->tasks[network_.task[node]].kind == TaskKind::start_milestone || is_first;
    return snaps ? network_.calendar[node] : 0;
  }

  void find_calendars() {
    const WorkingTimes& times = *network_.times;
    const auto number = [&](std::uint32_t calendar) {
      return times.calendar(calendar).is_always() ? 0 : calendar;
    };
    const auto use = [&](std::uint32_t calendar) {
      if (calendar != 0) used_.try_emplace(calendar);
    };
    for (Node node = 0; node < model_.size(); ++node) {
      calendar_.push_back(number(calendar_of(node)));
      use(calendar_.back());
    }
    for (const Arc& arc : network_.arcs) {
      counted_.push_back(arc.lag != 0 || arc.is_at_most != 0 ? number(arc.calendar) : 0);
      use(counted_.back());
    }
  }
  bool is_around_the_clock() const { return used_.empty(); }

  // --- what cannot be moved

  /// False if something is pinned out of reach.
  bool find_fixed() {
    fixed_.assign(model_.size(), kNever);
    for (Node node = 0; node < model_.size(); ++node) {
      if (model_.is_history[node] != 0 || !is_pinned(network_.window(node))) continue;
      fixed_[node] = pinned_span(network_, node, network_.window(node)).start;
      if (fixed_[node] < model_.floor || fixed_[node] >= kNever) return false;
    }
    return true;
  }
  bool is_fixed(Node node) const { return fixed_[node] != kNever; }
  bool is_movable(Node node) const { return model_.is_history[node] == 0 && !is_fixed(node); }

  /// What happened speaks through `find_holds`, and what is fixed listens to nobody; but who follows it may not come
  /// too late.
  bool is_of_problem(const Arc& arc) const {
    if (model_.is_history[arc.from] != 0 || model_.is_history[arc.to] != 0) return false;
    if (is_settled_[arc.from] != 0) return false;
    if (is_fixed(arc.to) && arc.is_at_most == 0) return false;
    if (arc.arrives_start != 0 && ignores_links(network_, state_of(network_, arc.to))) return false;
    return arc.leaves_start == 0 || stage(arc.from) == Stage::not_started;
  }

  /// Ends of summaries that are over: they may lie before the floor, where the problem's time does not go.
  void find_settled() {
    is_settled_.assign(model_.size(), 0);
    for (Node node = 0; node < model_.size(); ++node) {
      const auto arcs = network_.arcs_into(node);
      if (network_.role[node] != Network::Role::end || arcs.empty()) continue;
      is_settled_[node] = std::all_of(arcs.begin(), arcs.end(), [this](const Arc& arc) {
        return model_.is_history[arc.from] != 0 || is_settled_[arc.from] != 0;
      });
    }
  }

  /// What has happened, and the node's own dates.
  void find_holds() {
    for (Node node = 0; node < model_.size(); ++node) {
      Hold& hold = holds_.emplace_back();
      if (!is_movable(node)) continue;
      hold_by_window(network_.window(node), hold);
      for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
        const Arc& arc = network_.arcs[i];
        if (is_of_problem(arc)) continue;
        if (arc.arrives_start != 0 && ignores_links(network_, state_of(network_, node))) continue;
        const Instant head = earliest_head(network_, model_.early, i);
        if (arc.arrives_start != 0) {
          hold.start_from = std::max(hold.start_from, head);
        } else {
          hold.finish_from = std::max(
              hold.finish_from, arc.is_at_most != 0 ? exact_finish(network_, node, head) : head);
        }
      }
    }
  }

  // --- how far time goes, and in which units

  /// If any schedule exists, one ends by `until_`.  Once no calendar, capacity or date changes any more, a week
  /// in which nothing is in progress and no lag runs can be cut out of a schedule, since all weeks are alike;
  /// so no task and no lag is followed by more than a week of nothing.
  bool find_end() {
    if (until_) return true;
    const WorkingTimes& times = *network_.times;
    Instant last = std::max(model_.settled_from, model_.floor);
    for (const Window& window : network_.windows) {
      for (const Instant instant : {window.start_from, window.start_by, window.start_within,
                                    window.finish_from, window.finish_by}) {
        if (!is_open(instant)) last = std::max(last, instant);
      }
    }
    for (Node node = 0; node < model_.size(); ++node) {
      if (is_fixed(node)) last = std::max(last, fixed_[node]);
      for (const Instant instant : {holds_[node].start_from, holds_[node].finish_from}) {
        if (!is_open(instant)) last = std::max(last, instant);
      }
    }
    std::int64_t weeks = 1;
    const auto add = [&](std::int64_t minutes, std::uint32_t calendar) {
      const std::int64_t per_week =
          times.calendar(calendar).work_between(last, last + kWeek).count();
      if (per_week > 0)
        weeks += std::abs(minutes) / per_week + 3;  // else it is over by then, or never
    };
    for (Node node = 0; node < model_.size(); ++node) add(work(node).count(), calendar_[node]);
    for (std::size_t i = 0; i < network_.arcs.size(); ++i) add(network_.arcs[i].lag, counted_[i]);
    constexpr std::int64_t kMostWeeks = 100 * 52;
    if (weeks > kMostWeeks) return false;
    until_ = last + kWeek * weeks;
    return true;
  }

  bool find_rests() {
    std::size_t num_rests = 0;
    for (auto& [number, of_calendar] : used_) {
      of_calendar.rests = rests(network_.times->calendar(number), model_.floor, *until_);
      num_rests += of_calendar.rests.size();
    }
    return num_rests <= kMostRests;
  }

  /// The largest unit in which all numbers are whole; false where they are too many for comfort.  Starts that
  /// are rounded down to whole units keep all that they kept, since every calendar and every date keeps step.
  bool measure_time() {
    Measure measure;
    std::int64_t longest = 0;
    const auto add = [&](std::int64_t number) {
      measure.add(number);
      longest += std::abs(number);
    };
    const auto add_instant = [&](Instant instant) {
      if (!is_open(instant)) add(since_floor(instant));
    };
    for (Node node = 0; node < model_.size(); ++node) {
      add(work(node).count());
      const Window& window = network_.window(node);
      for (const Instant instant : {window.start_from, window.start_by, window.start_within,
                                    window.finish_from, window.finish_by}) {
        add_instant(instant);
      }
      add_instant(holds_[node].start_from);
      add_instant(holds_[node].finish_from);
      add_instant(fixed_[node]);
    }
    for (const Arc& arc : network_.arcs) add(arc.lag);
    for (const Renewable& renewable : model_.renewables) {
      for (const CapacityStep& step : renewable.capacity) {
        if (!is_open(step.from) && step.from > model_.floor) add(since_floor(step.from));
      }
    }
    for (const auto& [number, of_calendar] : used_) {
      for (const Interval& rest : of_calendar.rests) {
        measure.add(since_floor(rest.from));
        measure.add(since_floor(rest.to));
      }
    }
    if (until_ && !is_around_the_clock()) add_instant(*until_);
    if (has_exact_passage()) measure.add(1);
    problem_.minutes = measure.value();
    return longest / problem_.minutes < Problem::kNoLimit / 4;
  }

  /// Where a finish has to reach an instant in its calendar's rest, that takes the first minute after it.
  bool has_exact_passage() const {
    const auto is_exact = [this](const Arc& arc) {
      return arc.is_at_most != 0 && arc.arrives_start == 0 && is_of_problem(arc) &&
             !is_straight(arc);
    };
    return std::any_of(network_.arcs.begin(), network_.arcs.end(), is_exact);
  }

  /// Tail, lag and head count on one calendar.
  bool is_straight(const Arc& arc) const {
    const auto number = static_cast<std::size_t>(&arc - network_.arcs.data());
    const bool is_counted = arc.lag != 0 || arc.is_at_most != 0;
    return calendar_[arc.from] == calendar_[arc.to] &&
           (!is_counted || counted_[number] == calendar_[arc.to]);
  }

  void add_hours() {
    if (is_around_the_clock()) return;
    problem_.horizon = time_of(*until_);
    problem_.hours.push_back(std::make_shared<const Hours>());
    for (auto& [number, of_calendar] : used_) {
      std::vector<Hours::Rest> rests;
      for (const Interval& rest : of_calendar.rests)
        rests.push_back({time_of(rest.from), time_of(rest.to)});
      of_calendar.hours = add_hours(rests);
    }
    for (const std::uint32_t calendar : calendar_)
      problem_.hours_of_task.push_back(hours_number(calendar));
  }
  std::uint32_t add_hours(const std::vector<Hours::Rest>& rests) {
    problem_.hours.push_back(std::make_shared<const Hours>(rests));
    return static_cast<std::uint32_t>(problem_.hours.size()) - 1;
  }
  std::uint32_t hours_number(std::uint32_t calendar) const {
    return calendar == 0 ? 0 : used_.at(calendar).hours;
  }
  const Hours& hours(std::uint32_t number) const {
    static const Hours kAlways;
    return problem_.is_plain() ? kAlways : *problem_.hours[number];
  }
  const Hours& hours_of(Node node) const { return hours(hours_number(calendar_[node])); }

  // --- tasks and arcs

  void add_task(Node node) {
    const Hours& own = hours_of(node);
    const Time duration = model_.is_history[node] != 0 ? 0 : in_units(work(node).count());
    problem_.duration.push_back(duration);
    problem_.along.push_back(node);
    Time earliest = 0;
    Time latest = Problem::kNoLimit;
    const auto not_after = [&](Time time) { latest = std::min(latest, time); };
    if (model_.is_history[node] == 0) {
      const Hold& hold = holds_[node];
      const Window& window = network_.window(node);
      if (!is_open(hold.start_from))
        earliest = std::max(earliest, own.work(time_of(hold.start_from)));
      if (!is_open(hold.finish_from))
        earliest = std::max(earliest, own.work(time_of(hold.finish_from)) - duration);
      if (!is_open(window.start_by)) {
        const Time by = time_of(network_.calendar_of(node).next_working(window.start_by));
        not_after(duration > 0 ? own.work(by) : own.work(by + 1) - 1);
      }
      if (!is_open(window.start_within)) not_after(own.work(time_of(window.start_within) + 1) - 1);
      if (!is_open(window.finish_by)) {
        const Time by = time_of(window.finish_by);
        not_after(duration > 0 ? own.work(by) - duration : own.work(by + 1) - 1);
      }
    }
    if (is_fixed(node)) {
      earliest = own.work(time_of(fixed_[node]));
      not_after(earliest);
    }
    problem_.earliest.push_back(earliest);
    problem_.latest.push_back(latest);
    problem_.has_limits = problem_.has_limits || latest != Problem::kNoLimit;
  }

  void add_arc(const Arc& arc) {
    problem_.has_circles = problem_.has_circles || arc.from >= arc.to;
    const auto number = static_cast<std::size_t>(&arc - network_.arcs.data());
    const bool is_counted = arc.lag != 0 || arc.is_at_most != 0;
    const Time done = arc.leaves_start != 0 ? 0 : problem_.duration[arc.from];
    const Time ahead = arc.arrives_start != 0 ? 0 : problem_.duration[arc.to];
    const Time lag = in_units(arc.lag);
    if (is_straight(arc)) {
      problem_.precedences.push_back({arc.from, arc.to, lag + done - ahead});
      return;
    }
    Passage passage{.tail = &hours_of(arc.from),
                    .done = done,
                    .leaves_rested = done == 0,
                    .head = &hours_of(arc.to),
                    .ahead = ahead,
                    .is_exact = arc.is_at_most != 0 && ahead > 0};
    if (is_counted) {
      passage.lag =
          arc.lag < 0 && arc.is_at_most == 0 ? Passage::Lag::to_last : Passage::Lag::to_first;
      passage.lag_hours = &hours(hours_number(counted_[number]));
      passage.lag_work = lag;
    }
    problem_.precedences.push_back(
        {arc.from, arc.to, 0, static_cast<std::int32_t>(problem_.passages.size())});
    problem_.passages.push_back(passage);
  }

  struct Used {
    std::vector<Interval> rests;
    std::uint32_t hours = 0;  // number in the problem
  };

  const Model& model_;
  const Network& network_;
  std::optional<Instant> until_;
  Problem problem_;
  std::vector<std::uint32_t> calendar_;  // of each node; 0: around the clock
  std::vector<std::uint32_t> counted_;   // the calendar on which each arc's lag counts
  std::map<std::uint32_t, Used> used_;   // by number in `WorkingTimes`
  std::vector<Instant> fixed_;           // where each pinned node stands; else kNever
  std::vector<char> is_settled_;
  std::vector<Hold> holds_;
};

}  // namespace

std::optional<Problem> make_problem(const Model& model, std::optional<Instant> until) {
  if (model.size() == 0 || has_choices(model)) return {};
  return Compiler(model, until).compile();
}

}  // namespace diaodu::solve
