#include <algorithm>
#include <cassert>
#include <map>
#include <numeric>

#include "diaodu/solve/generate.h"
#include "diaodu/solve/problem.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;
using Stage = TaskState::Stage;

constexpr Elapsed kWeek{7 * kMinutesPerDay};
/// Beyond so many rests in all, or sets of users of one resource, nothing is proven in the time people wait.
constexpr std::size_t kMostRests = 200'000;
constexpr std::size_t kMostSets = 64;

/// The greatest common measure of all numbers seen.
class Measure {
 public:
  void add(std::int64_t number) { measure_ = std::gcd(measure_, number); }
  std::int64_t value() const { return std::max<std::int64_t>(1, measure_); }

 private:
  std::int64_t measure_ = 0;
};

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
    find_holds();
    if (!is_around_the_clock() && (!find_end() || !find_rests())) return {};
    if (!measure_time()) return {};
    add_hours();
    for (Node node = 0; node < model_.size(); ++node) add_task(node);
    for (const Arc& arc : network_.arcs) {
      if (is_between_movable(arc)) add_arc(arc);
    }
    if (!add_resources()) return {};
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

  /// What is pinned stands where it is pinned; what is under way goes on first of all.
  bool find_fixed() {
    fixed_.assign(model_.size(), kNever);
    is_fixed_.assign(model_.size(), 0);
    bool has_started = false;
    for (Node node = 0; node < model_.size(); ++node) {
      if (model_.is_history[node] != 0 || model_.is_fixed_first[node] == 0) continue;
      if (is_pinned(network_.window(node))) {
        fixed_[node] = pinned_span(network_, node, network_.window(node)).start;
      } else if (!goes_on_at_once(node)) {
        continue;
      } else {
        has_started = true;
      }
      is_fixed_[node] = 1;
    }
    if (has_started) {
      if (model_.has_knots) return false;  // largest lags may still move it
      Genes genes;
      genes.way.assign(model_.size(), 0);
      for (Node node = 0; node < model_.size(); ++node) genes.order.push_back(node);
      Generator generator(model_);
      generator.forward(genes);
      for (Node node = 0; node < model_.size(); ++node) {
        if (is_fixed_[node] != 0 && fixed_[node] == kNever) fixed_[node] = generator.start(node);
      }
    }
    for (Node node = 0; node < model_.size(); ++node) {
      if (is_fixed_[node] != 0 && (fixed_[node] < model_.floor || fixed_[node] >= kNever))
        return false;
    }
    return true;
  }

  /// Nothing that is still to come goes before it (`Generator::is_ready`).
  bool goes_on_at_once(Node node) const {
    const auto arcs = network_.arcs_into(node);
    return std::all_of(arcs.begin(), arcs.end(), [&](const Arc& arc) {
      return is_fixed_[arc.from] != 0 || model_.is_history[arc.from] != 0 || arc.is_at_most != 0 ||
             arc.from >= node;
    });
  }

  bool is_movable(Node node) const { return model_.is_history[node] == 0 && is_fixed_[node] == 0; }

  /// What happened speaks through `find_holds`, and what is fixed listens to nobody.
  bool is_between_movable(const Arc& arc) const {
    if (!is_movable(arc.to) || model_.is_history[arc.from] != 0) return false;
    if (arc.arrives_start != 0 && ignores_links(network_, state_of(network_, arc.to))) return false;
    return arc.leaves_start == 0 || stage(arc.from) == Stage::not_started;
  }

  /// What has happened, and the node's own dates.
  void find_holds() {
    for (Node node = 0; node < model_.size(); ++node) {
      Hold& hold = holds_.emplace_back();
      if (!is_movable(node)) continue;
      hold_by_window(network_.window(node), hold);
      for (std::uint32_t i = network_.first_in[node]; i < network_.first_in[node + 1]; ++i) {
        const Arc& arc = network_.arcs[i];
        if (is_between_movable(arc)) continue;
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
      if (is_fixed_[node] != 0) last = std::max(last, fixed_[node]);
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
      return arc.is_at_most != 0 && arc.arrives_start == 0 && is_between_movable(arc) &&
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
        const Time by = time_of(window.start_by);
        not_after(duration > 0 ? own.work(by) : own.work(by + 1) - 1);
      }
      if (!is_open(window.start_within)) not_after(own.work(time_of(window.start_within) + 1) - 1);
      if (!is_open(window.finish_by)) {
        const Time by = time_of(window.finish_by);
        not_after(duration > 0 ? own.work(by) - duration : own.work(by + 1) - 1);
      }
    }
    if (is_fixed_[node] != 0) {
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

  // --- resources

  struct Use {
    std::uint32_t number = 0;        // of the renewable
    std::vector<std::int64_t> need;  // of each node
    std::int64_t measure = 1;
    std::int64_t sum = 0;
  };

  bool add_resources() {
    demands_.resize(model_.size());
    for (std::uint32_t number = 0; number < model_.renewables.size(); ++number) {
      const auto& steps = model_.renewables[number].capacity;
      if (std::any_of(steps.begin(), steps.end(),
                      [](const CapacityStep& step) { return step.amount >= kUnlimited; })) {
        continue;
      }
      Use use{.number = number, .need = std::vector<std::int64_t>(model_.size(), 0)};
      Measure measure;
      for (Node node = 0; node < model_.size(); ++node) {
        for (const Need& each : model_.needs_of(model_.ways_of(node).front())) {
          if (each.resource == number) use.need[node] += each.amount.count();
        }
        measure.add(use.need[node]);
        use.sum += use.need[node];
      }
      if (use.sum == 0) continue;
      use.measure = measure.value();
      if (!add_lines(use)) return false;
    }
    problem_.first_demand.push_back(0);
    for (const auto& of_task : demands_) {
      problem_.demands.insert(problem_.demands.end(), of_task.begin(), of_task.end());
      problem_.first_demand.push_back(static_cast<std::uint32_t>(problem_.demands.size()));
    }
    return true;
  }

  bool add_lines(const Use& use) {
    std::vector<std::uint32_t> users;  // hours
    for (Node node = 0; node < model_.size(); ++node) {
      if (use.need[node] > 0) users.push_back(hours_number(calendar_[node]));
    }
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    if (users.size() == 1) {
      add_resource(use, users.front(), users);
      return true;
    }
    if (users.size() > kMostSets) return false;
    std::vector<const Hours*> of_users;
    for (const std::uint32_t user : users) of_users.push_back(&hours(user));
    const auto lines = lines_of(of_users, problem_.horizon);
    if (lines.size() > kMostSets) return false;
    for (const auto& [set, rests] : lines) {
      std::vector<std::uint32_t> at_work;
      for (std::size_t i = 0; i < users.size(); ++i) {
        if ((set >> i & 1) != 0) at_work.push_back(users[i]);
      }
      if (can_run_short(use, at_work)) add_resource(use, add_hours(rests), at_work);
    }
    return true;
  }

  bool is_user(Node node, const std::vector<std::uint32_t>& users) const {
    return std::binary_search(users.begin(), users.end(), hours_number(calendar_[node]));
  }

  bool can_run_short(const Use& use, const std::vector<std::uint32_t>& users) const {
    std::int64_t sum = 0;
    for (Node node = 0; node < model_.size(); ++node)
      sum += is_user(node, users) ? use.need[node] : 0;
    const auto& steps = model_.renewables[use.number].capacity;
    return std::any_of(steps.begin(), steps.end(),
                       [sum](const CapacityStep& step) { return step.amount.count() < sum; });
  }

  void add_resource(const Use& use, std::uint32_t line, const std::vector<std::uint32_t>& users) {
    const auto& steps = model_.renewables[use.number].capacity;
    const auto in_measure = [&](Amount amount) {  // more than all together is never short
      return static_cast<std::int32_t>(std::clamp<std::int64_t>(amount.count(), 0, use.sum) /
                                       use.measure);
    };
    const auto resource = static_cast<std::uint32_t>(problem_.capacity.size());
    std::int32_t most = 0;
    for (const CapacityStep& step : steps) most = std::max(most, in_measure(step.amount));
    problem_.capacity.push_back(most);
    problem_.renewable.push_back(use.number);
    problem_.measure.push_back(use.measure);
    if (!problem_.is_plain()) problem_.line_of_resource.push_back(line);
    const Hours& own = hours(line);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::int32_t missing = most - in_measure(steps[i].amount);
      const Instant to = i + 1 < steps.size() ? steps[i + 1].from : kNever;
      if (missing == 0 || to <= model_.floor) continue;
      const Time from = steps[i].from <= model_.floor ? 0 : own.work(time_of(steps[i].from));
      const Time until = to >= kNever ? Problem::kNoLimit : own.work(time_of(to));
      if (from < until) problem_.blocks.push_back({resource, from, until, missing});
    }
    for (Node node = 0; node < model_.size(); ++node) {
      if (use.need[node] == 0 || !is_user(node, users)) continue;
      demands_[node].push_back({resource, static_cast<std::int32_t>(use.need[node] / use.measure)});
    }
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
  std::vector<Instant> fixed_;           // where each node stands that cannot be moved
  std::vector<char> is_fixed_;
  std::vector<Hold> holds_;
  std::vector<std::vector<Problem::Demand>> demands_;
};

}  // namespace

std::optional<Problem> make_problem(const Model& model, std::optional<Instant> until) {
  if (model.size() == 0 || has_choices(model)) return {};
  return Compiler(model, until).compile();
}

}  // namespace diaodu::solve
