#include "diaodu/solve/compile_lines.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <vector>

#include "diaodu/solve/measure.h"

namespace diaodu::solve {
namespace {

using Time = Problem::Time;

/// Beyond so many sets of users of one resource nothing is proven in the time people wait.
constexpr std::size_t kMostSets = 64;

class Resources {
 public:
  Resources(const Model& model, Problem& problem) : model_(model), problem_(problem) {}

  bool add() {
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
      constexpr std::int64_t kMostUnits = std::int64_t{1} << 30;  // of a number of 32 bits
      if (use.sum / use.measure > kMostUnits || !add_lines(use)) return false;
    }
    problem_.first_demand.push_back(0);
    for (const auto& of_task : demands_) {
      problem_.demands.insert(problem_.demands.end(), of_task.begin(), of_task.end());
      problem_.first_demand.push_back(static_cast<std::uint32_t>(problem_.demands.size()));
    }
    return true;
  }

 private:
  struct Use {
    std::uint32_t number = 0;        // of the renewable
    std::vector<std::int64_t> need;  // of each node
    std::int64_t measure = 1;
    std::int64_t sum = 0;
  };

  bool add_lines(const Use& use) {
    std::vector<std::uint32_t> users;  // hours
    for (Node node = 0; node < model_.size(); ++node) {
      if (use.need[node] > 0) users.push_back(hours_of(node));
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
    return std::binary_search(users.begin(), users.end(), hours_of(node));
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
      const Time from =
          steps[i].from <= model_.floor ? 0 : own.work(problem_.from_axis(steps[i].from));
      const Time until = to >= kNever ? Problem::kNoLimit : own.work(problem_.from_axis(to));
      if (from < until) problem_.blocks.push_back({resource, from, until, missing});
    }
    for (Node node = 0; node < model_.size(); ++node) {
      if (use.need[node] == 0 || !is_user(node, users)) continue;
      demands_[node].push_back({resource, static_cast<std::int32_t>(use.need[node] / use.measure)});
    }
  }

  /// Numbers in the problem.
  std::uint32_t hours_of(Node node) const {
    return problem_.is_plain() ? 0 : problem_.hours_of_task[node];
  }
  std::uint32_t add_hours(const std::vector<Hours::Rest>& rests) {
    problem_.hours.push_back(std::make_shared<const Hours>(rests));
    return static_cast<std::uint32_t>(problem_.hours.size()) - 1;
  }
  const Hours& hours(std::uint32_t number) const {
    static const Hours kAlways;
    return problem_.is_plain() ? kAlways : *problem_.hours[number];
  }

  const Model& model_;
  Problem& problem_;
  std::vector<std::vector<Problem::Demand>> demands_;
};

}  // namespace

bool add_resources(const Model& model, Problem& problem) { return Resources(model, problem).add(); }

}  // namespace diaodu::solve
