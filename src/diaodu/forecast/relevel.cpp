#include "diaodu/forecast/relevel.h"

#include <algorithm>
#include <utility>

#include "diaodu/solve/held_by.h"
#include "diaodu/solve/on_clock.h"
#include "diaodu/solve/tail.h"

namespace diaodu::forecast {

using solve::Node;

struct Releveller::Scratch::State {
  solve::Model model;  // of its own: early dates and the horizon follow the trial
  solve::Generator generator{model};
  solve::HeldBy held_by{model, generator};
  solve::Network network;  // with the trial's work, on the model's axis
  std::unique_ptr<WeatherDays::Season> season;
  std::vector<char> is_visited;
  std::vector<std::pair<Node, bool>> to_visit;  // by its finish, or by its start alone

  explicit State(const solve::Model& made)
      : model(made), network(model.network), is_visited(model.size(), 0) {}

  /// Lets everything count on the season's calendars.
  void begin_seasons(const WeatherDays& weather) {
    season = std::make_unique<WeatherDays::Season>(weather, network);
    const WorkingTimes& times = season->times();
    model.network.times = network.times = &times;
    generator.set_times(times);
    for (solve::Renewable& each : model.renewables) {
      each.lines = {};  // they are those of the planned calendars
      if (each.presence == nullptr) continue;
      const CalendarId own = network.plan->resources[each.id].calendar;
      each.presence = &times.calendar(times.number_of(own));
    }
  }
};

Releveller::Scratch::Scratch() = default;
Releveller::Scratch::Scratch(Scratch&&) noexcept = default;
Releveller::Scratch& Releveller::Scratch::operator=(Scratch&&) noexcept = default;
Releveller::Scratch::~Scratch() = default;

Releveller::Releveller(const solve::ScheduleNetwork& net, const Schedule& schedule,
                       const WeatherDays* weather)
    : net_(net), weather_(weather), made_(solve::schedule_model(net, schedule)) {
  const solve::Model& model = made_.model;
  for (const WorkTime work : model.network.work) planned_ += work;
  for (const solve::Arc& arc : model.network.arcs) {
    if (model.is_history[arc.to] != 0 && model.is_history[arc.from] == 0)
      has_open_work_before_history_ = true;
  }
}

Releveller::~Releveller() = default;

/// False if the trial finds no schedule.
bool Releveller::generate(const FlowEngine::Block& block, std::size_t lane, std::uint64_t number,
                          Scratch::State& state) const {
  const solve::Network& network = made_.model.network;
  WorkTime all;
  for (Node node = 0; node < network.size(); ++node) {
    WorkTime work = network.work[node];
    if (network.role[node] == solve::Network::Role::task)
      work = WorkTime{block.work[std::size_t{node} * kLanes + lane]};
    all += work;
    state.generator.set_work(node, work);
    state.network.work[node] = work;
  }
  constexpr int kPatience = 10;  // as `solve` has with the planned work
  const WorkTime more = std::max(WorkTime{}, all - planned_);
  state.model.give_up_at = made_.model.give_up_at + Elapsed{more.count() * kPatience};
  if (weather_ == nullptr) return generate_once(state) < kNever;
  if (!state.season) state.begin_seasons(*weather_);
  const Instant give_up_at = state.model.give_up_at;
  return weather_->settle(number, *state.season, [&] {
    // Until then days may be lost, and each week differs.
    const Instant until = state.season->times().replaced_until();
    state.model.settled_from = std::max(made_.model.settled_from, until);
    state.model.give_up_at = std::max(give_up_at, until + Elapsed{kMinutesPerWeek * 100});
    return generate_once(state);
  });
}

/// The finish; kNever if there is none.
Instant Releveller::generate_once(Scratch::State& state) const {
  if (has_open_work_before_history_) {
    state.model.early = solve::forward_pass(state.network, state.model.floor).path;
  }
  if (!state.generator.forward(made_.genes).is_of_schedule()) return kNever;
  Instant last = kEver;
  for (Node node = 0; node < made_.model.size();
       ++node) {  // a calendar may end before the work does
    if (made_.model.is_history[node] == 0) last = std::max(last, state.generator.finish(node));
  }
  return std::min(last, kNever);
}

void Releveller::run(const FlowEngine& engine, std::span<const Node> ends, FlowEngine::Block& block,
                     std::uint64_t first, std::size_t lanes, std::uint64_t wanted,
                     Scratch& scratch) const {
  if (!scratch.state_) scratch.state_ = std::make_unique<Scratch::State>(made_.model);
  solve::Generator& generator = scratch.state_->generator;
  const auto num_nodes = static_cast<Node>(made_.model.size());
  scratch.bits_.assign(num_nodes, 0);
  for (std::size_t lane = 0; lane < lanes; ++lane) {
    if ((wanted >> lane & 1) == 0) continue;
    const bool is_found = generate(block, lane, first + lane, *scratch.state_);
    for (Node node = 0; node < num_nodes; ++node) {
      const std::size_t at = std::size_t{node} * kLanes + lane;
      block.start[at] = is_found ? engine.minute_on_axis(generator.start(node)) : kBeyond;
      block.finish[at] = is_found ? engine.minute_on_axis(generator.finish(node)) : kBeyond;
    }
    if (is_found) mark_critical(ends, lane, scratch);
  }
}

void Releveller::mark_critical(std::span<const Node> ends, std::size_t lane,
                               Scratch& scratch) const {
  Scratch::State& state = *scratch.state_;
  solve::Generator& generator = state.generator;
  std::fill(state.is_visited.begin(), state.is_visited.end(), 0);
  Instant last = kEver;
  for (const Node node : ends) last = std::max(last, generator.finish(node));
  for (const Node node : ends) {
    if (generator.finish(node) == last) state.to_visit.push_back({node, true});
  }
  while (!state.to_visit.empty()) {
    const auto [node, is_by_finish] = state.to_visit.back();
    state.to_visit.pop_back();
    if (is_by_finish) scratch.bits_[node] |= std::uint64_t{1} << lane;
    if (std::exchange(state.is_visited[node], 1) != 0) continue;
    if (made_.model.is_history[node] != 0 || solve::is_pinned(state.network.window(node))) continue;
    const solve::Generator::Hindrance hindrance = generator.hindrance(node);
    if (hindrance.alone.start >= generator.start(node)) {
      const solve::Driver driver = state.held_by.driver(node, hindrance.hold);
      if (driver < 0) continue;
      const solve::Arc& arc = state.network.arcs[static_cast<std::size_t>(driver)];
      state.to_visit.push_back({arc.from, arc.leaves_start == 0});
    } else if (hindrance.blocked && !hindrance.is_free) {
      const Plan& plan = *state.network.plan;
      if (!is_renewable(plan.resources[hindrance.blocked->resource].kind)) continue;
      const auto holders = state.held_by.holders(node, *hindrance.blocked);
      if (!holders.empty()) state.to_visit.push_back({holders.back(), true});
    }
  }
}

Releveller::Dates Releveller::dates(const FlowEngine::Block& block, std::size_t lane,
                                    std::uint64_t number, Plan& plan) const {
  Scratch::State state(made_.model);
  const bool is_found = generate(block, lane, number, state);
  if (state.season) weather_->put(*state.season, plan);
  if (!is_found) return {};
  solve::Network network = net_.network;
  network.work = state.network.work;
  Dates dates{.path = solve::on_clock(network, state.model, state.generator),
              .assignments = state.generator.assignments()};
  dates.path.finish = net_.network.plan->start;
  for (Node node = 0; node < network.size(); ++node) {
    if (made_.model.is_history[node] == 0)
      dates.path.finish = std::max(dates.path.finish, dates.path.earliest_finish[node]);
  }
  return dates;
}

std::vector<TaskId> Releveller::order() const {
  const solve::Network& network = made_.model.network;
  std::vector<TaskId> tasks;
  for (const Node node : made_.genes.order) {
    if (network.role[node] == solve::Network::Role::task) tasks.push_back(network.task[node]);
  }
  return tasks;
}

}  // namespace diaodu::forecast
