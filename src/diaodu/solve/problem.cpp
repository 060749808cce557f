#include "diaodu/solve/problem.h"

#include <algorithm>
#include <numeric>

#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

/// The greatest common measure of all numbers seen.
class Measure {
 public:
  void add(std::int64_t number) { measure_ = std::gcd(measure_, number); }
  std::int64_t value() const { return std::max<std::int64_t>(1, measure_); }

 private:
  std::int64_t measure_ = 0;
};

bool is_around_the_clock(const Model& model) {
  const WorkingTimes& times = *model.network.times;
  if (!model.axis.is_clock()) return true;  // the axis has swallowed the calendar
  const auto is_always = [&](std::uint32_t calendar) {
    return times.calendar(calendar).is_always();
  };
  for (const Way& way : model.ways) {
    if (way.work > WorkTime{} && !is_always(way.calendar)) return false;
  }
  for (Node node = 0; node < model.size(); ++node) {
    if (model.network.role[node] == Network::Role::task && !is_always(model.network.calendar[node]))
      return false;
  }
  return std::all_of(model.network.arcs.begin(), model.network.arcs.end(), [&](const Arc& arc) {
    return (arc.lag == 0 && arc.is_at_most == 0) || is_always(arc.calendar);
  });
}

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

bool is_plain(const Model& model) {
  if (model.has_choice_of_ways || !model.skill_needs.empty() || model.size() == 0) return false;
  const auto is_marked = [](char mark) { return mark != 0; };
  if (std::any_of(model.is_history.begin(), model.is_history.end(), is_marked)) return false;
  if (std::any_of(model.is_fixed_first.begin(), model.is_fixed_first.end(), is_marked))
    return false;
  for (std::size_t stock = 0; stock < model.stocks.size(); ++stock) {
    if (can_run_short(model, stock)) return false;
  }
  return is_around_the_clock(model);
}

std::int64_t gap_of(const Model& model, const Arc& arc) {
  return arc.lag + (arc.leaves_start != 0 ? 0 : model.network.work[arc.from].count()) -
         (arc.arrives_start != 0 ? 0 : model.network.work[arc.to].count());
}

class Compiler {
 public:
  explicit Compiler(const Model& model) : model_(model) {}

  std::optional<Problem> compile() {
    problem_.origin = model_.floor;
    if (!measure_time()) return {};
    add_tasks();
    add_resources();
    lay_out(problem_);
    return std::move(problem_);
  }

 private:
  bool is_open(Instant instant) const { return instant <= kEver || instant >= kNever; }
  std::int64_t since_floor(Instant instant) const { return (instant - model_.floor).count(); }

  /// The largest unit in which all numbers are whole; false where they are too many for comfort.
  bool measure_time() {
    Measure measure;
    std::int64_t longest = 0;
    const auto add = [&](std::int64_t number) {
      measure.add(number);
      longest += std::abs(number);
    };
    for (Node node = 0; node < model_.size(); ++node) {
      add(model_.network.work[node].count());
      const Window& window = model_.network.window(node);
      for (const Instant instant : {window.start_from, window.start_by, window.start_within,
                                    window.finish_from, window.finish_by}) {
        if (!is_open(instant)) add(since_floor(instant));
      }
    }
    for (const Arc& arc : model_.network.arcs) add(gap_of(model_, arc));
    for (const Renewable& renewable : model_.renewables) {
      for (const CapacityStep& step : renewable.capacity) {
        if (!is_open(step.from) && step.from > model_.floor) add(since_floor(step.from));
      }
    }
    problem_.minutes = measure.value();
    return longest / problem_.minutes < Problem::kNoLimit / 4;
  }

  Time in_units(std::int64_t minutes) const {
    return static_cast<Time>(minutes / problem_.minutes);
  }

  void add_tasks() {
    for (Node node = 0; node < model_.size(); ++node) {
      const Time duration = in_units(model_.network.work[node].count());
      problem_.duration.push_back(duration);
      Time earliest = 0;
      Time latest = Problem::kNoLimit;
      const Window& window = model_.network.window(node);
      if (!is_open(window.start_from))
        earliest = std::max(earliest, in_units(since_floor(window.start_from)));
      if (!is_open(window.finish_from)) {
        earliest = std::max(earliest, in_units(since_floor(window.finish_from)) - duration);
      }
      for (const Instant by : {window.start_by, window.start_within}) {
        if (!is_open(by)) latest = std::min(latest, in_units(since_floor(by)));
      }
      if (!is_open(window.finish_by)) {
        latest = std::min(latest, in_units(since_floor(window.finish_by)) - duration);
      }
      problem_.earliest.push_back(earliest);
      problem_.latest.push_back(latest);
      problem_.has_limits = problem_.has_limits || latest != Problem::kNoLimit;
      problem_.along.push_back(node);
    }
    for (const Arc& arc : model_.network.arcs) {
      problem_.precedences.push_back({arc.from, arc.to, in_units(gap_of(model_, arc))});
      problem_.has_circles = problem_.has_circles || arc.from >= arc.to;
    }
  }

  void add_resources() {
    std::vector<std::vector<std::int64_t>> needs(model_.size());  // of the resource in hand
    std::vector<std::vector<Problem::Demand>> demands(model_.size());
    for (std::uint32_t number = 0; number < model_.renewables.size(); ++number) {
      const auto& steps = model_.renewables[number].capacity;
      if (std::any_of(steps.begin(), steps.end(),
                      [](const CapacityStep& step) { return step.amount >= kUnlimited; })) {
        continue;
      }
      std::vector<std::int64_t> need(model_.size(), 0);
      Measure measure;
      std::int64_t sum = 0;
      for (Node node = 0; node < model_.size(); ++node) {
        for (const Need& each : model_.needs_of(model_.ways_of(node).front())) {
          if (each.resource == number) need[node] += each.amount.count();
        }
        measure.add(need[node]);
        sum += need[node];
      }
      if (sum == 0) continue;
      add_resource(number, need, measure.value(), sum, demands);
    }
    problem_.first_demand.push_back(0);
    for (const auto& of_task : demands) {
      problem_.demands.insert(problem_.demands.end(), of_task.begin(), of_task.end());
      problem_.first_demand.push_back(static_cast<std::uint32_t>(problem_.demands.size()));
    }
  }

  void add_resource(std::uint32_t number, const std::vector<std::int64_t>& need,
                    std::int64_t measure, std::int64_t sum,
                    std::vector<std::vector<Problem::Demand>>& demands) {
    const auto& steps = model_.renewables[number].capacity;
    const auto in_measure = [&](Amount amount) {  // more than all together is never short
      return static_cast<std::int32_t>(std::clamp<std::int64_t>(amount.count(), 0, sum) / measure);
    };
    const auto resource = static_cast<std::uint32_t>(problem_.capacity.size());
    std::int32_t most = 0;
    for (const CapacityStep& step : steps) most = std::max(most, in_measure(step.amount));
    problem_.capacity.push_back(most);
    problem_.renewable.push_back(number);
    problem_.measure.push_back(measure);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      const std::int32_t missing = most - in_measure(steps[i].amount);
      const Instant to = i + 1 < steps.size() ? steps[i + 1].from : kNever;
      if (missing == 0 || to <= model_.floor) continue;
      const Time from = steps[i].from <= model_.floor ? 0 : in_units(since_floor(steps[i].from));
      const Time until = to >= kNever ? Problem::kNoLimit : in_units(since_floor(to));
      problem_.blocks.push_back({resource, from, until, missing});
    }
    for (Node node = 0; node < model_.size(); ++node) {
      if (need[node] == 0) continue;
      demands[node].push_back({resource, static_cast<std::int32_t>(need[node] / measure)});
    }
  }

  const Model& model_;
  Problem problem_;
};

/// Relaxes arcs until nothing moves; false if that never ends (Bellman & Ford).
template <class Relax>
bool settle(std::size_t size, Relax&& relax) {
  for (std::size_t sweep = 0; sweep <= size; ++sweep) {
    if (!relax()) return true;
  }
  return false;
}

}  // namespace

void lay_out(Problem& problem) {
  const auto by_end = [&](auto end, std::vector<std::uint32_t>& arcs,
                          std::vector<std::uint32_t>& first) {
    first.assign(problem.size() + 1, 0);
    for (const auto& precedence : problem.precedences) ++first[end(precedence) + 1];
    std::partial_sum(first.begin(), first.end(), first.begin());
    arcs.resize(problem.precedences.size());
    std::vector<std::uint32_t> next = first;
    for (std::uint32_t i = 0; i < arcs.size(); ++i) arcs[next[end(problem.precedences[i])]++] = i;
  };
  by_end([](const Problem::Precedence& arc) { return arc.to; }, problem.in_arcs, problem.first_in);
  by_end([](const Problem::Precedence& arc) { return arc.from; }, problem.out_arcs,
         problem.first_out);
}

std::optional<Problem> make_problem(const Model& model) {
  if (!is_plain(model)) return {};
  return Compiler(model).compile();
}

std::vector<Time> earliest_starts(const Problem& problem) {
  std::vector<Time> start = problem.earliest;
  const bool is_settled = settle(problem.size(), [&] {
    bool moved = false;
    for (const std::uint32_t task : problem.along) {
      for (const std::uint32_t i : problem.into(task)) {
        const auto& arc = problem.precedences[i];
        if (start[arc.from] + arc.gap <= start[task]) continue;
        start[task] = start[arc.from] + arc.gap;
        moved = true;
      }
    }
    return moved && problem.has_circles;
  });
  if (!is_settled) return {};
  for (std::size_t task = 0; task < problem.size(); ++task) {
    if (start[task] > problem.latest[task]) return {};
  }
  return start;
}

std::vector<Time> tails(const Problem& problem) {
  std::vector<Time> tail = problem.duration;
  settle(problem.size(), [&] {
    bool moved = false;
    for (auto task = problem.along.rbegin(); task != problem.along.rend(); ++task) {
      for (const std::uint32_t i : problem.out_of(*task)) {
        const auto& arc = problem.precedences[i];
        if (tail[arc.to] + arc.gap <= tail[*task]) continue;
        tail[*task] = tail[arc.to] + arc.gap;
        moved = true;
      }
    }
    return moved && problem.has_circles;
  });
  return tail;
}

Time horizon_of(const Problem& problem) {
  std::int64_t sum = 0;
  for (const Time duration : problem.duration) sum += duration;
  for (const auto& arc : problem.precedences)
    sum += std::max(0, arc.gap - problem.duration[arc.from]);
  Time last = 0;
  for (const Time earliest : problem.earliest) last = std::max(last, earliest);
  for (const auto& block : problem.blocks) last = std::max(last, block.to);
  return static_cast<Time>(std::min<std::int64_t>(sum + last + 1, Problem::kNoLimit));
}

}  // namespace diaodu::solve
