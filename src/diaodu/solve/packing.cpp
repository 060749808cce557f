#include "diaodu/solve/packing.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>

namespace diaodu::solve {
namespace {

constexpr std::size_t kMostTasks = 1000;
constexpr std::int64_t kMostNodes = 3'000'000;
constexpr std::int64_t kMostSteps = 1'000'000'000;
constexpr std::int32_t kMostRoom = 500;
constexpr double kTolerance = 1e-7;

bool can_be_packed(const Model& model, Node node) {
  const Network& network = model.network;
  const Task& task = network.plan->tasks[network.task[node]];
  if (network.role[node] != Network::Role::task || model.is_history[node] != 0 ||
      model.is_fixed_first[node] != 0 || task.is_optional || task.is_hammock())
    return false;
  const auto ways = model.ways_of(node);
  return !ways.empty() && std::all_of(ways.begin(), ways.end(), [&](const Way& way) {
    return way.calendar == ways.front().calendar && way.work > WorkTime{};
  });
}

WorkTime least_work(const Model& model, Node node) {
  const auto ways = model.ways_of(node);
  return std::min_element(ways.begin(), ways.end(),
                          [](const Way& a, const Way& b) { return a.work < b.work; })
      ->work;
}

/// Of each resource, in the way that takes least of it.
std::map<std::uint32_t, Amount> least_amounts(const Model& model, Node node) {
  std::map<std::uint32_t, Amount> least;
  bool is_first = true;
  for (const Way& way : model.ways_of(node)) {
    std::map<std::uint32_t, Amount> amounts;
    for (const Need& need : model.needs_of(way)) amounts[need.resource] += need.amount;
    if (is_first) least = amounts;
    for (auto& [resource, amount] : least) amount = std::min(amount, amounts[resource]);
    is_first = false;
  }
  return least;
}

/// The most there ever is; nothing where it cannot be short.
std::optional<Amount> most_of(const Renewable& renewable) {
  Amount most;
  for (const CapacityStep& step : renewable.capacity) most = std::max(most, step.amount);
  return most > Amount{} && most < kUnlimited ? std::optional(most) : std::nullopt;
}

/// Weight times work, over the limit.
double length_of(const Packing& packing) {
  double sum = 0;
  for (const Packing::Load& load : packing.loads)
    sum += static_cast<double>(load.weight) * static_cast<double>(load.work.count());
  return sum / static_cast<double>(packing.limit);
}

/// Fekete and Schepers' u(k): shares that are whole (k + 1)-ths stay, others are rounded down to (k + 1)-ths, which
/// then count as k-ths.  Of `capacity` * k.
std::int64_t rounded(Amount amount, Amount capacity, std::int64_t k) {
  const std::int64_t parts = (k + 1) * amount.count();
  const bool is_whole = parts % capacity.count() == 0;
  return is_whole ? amount.count() * k : parts / capacity.count() * capacity.count();
}

Packing rounded(const PackedTasks& tasks, const PackedTasks::Resource& resource, std::int64_t k) {
  Packing packing{.calendar = tasks.calendar, .limit = resource.capacity.count() * k};
  std::int64_t measure = packing.limit;
  for (const auto& [task, amount] : resource.uses) {
    const std::int64_t weight = rounded(amount, resource.capacity, k);
    if (weight == 0) continue;
    packing.loads.push_back({tasks.nodes[task], weight, tasks.work[task]});
    measure = std::gcd(measure, weight);
  }
  for (Packing::Load& load : packing.loads) load.weight /= measure;
  packing.limit /= measure;
  return packing;
}

/// How long the resource's work takes by these weights.
template <class Weight>
double length_by(const PackedTasks& tasks, const PackedTasks::Resource& resource, Weight&& weight) {
  double sum = 0;
  for (const auto& [task, amount] : resource.uses)
    sum += weight(amount) * static_cast<double>(tasks.work[task].count());
  return sum / static_cast<double>(resource.capacity.count());
}

}  // namespace

PackedTasks::PackedTasks(const Model& model) {
  std::map<std::uint32_t, WorkTime> work_on;
  for (Node node = 0; node < model.size(); ++node) {
    if (can_be_packed(model, node))
      work_on[model.ways_of(node).front().calendar] += least_work(model, node);
  }
  if (work_on.empty()) return;
  calendar = std::max_element(work_on.begin(), work_on.end(), [](const auto& a, const auto& b) {
               return a.second < b.second;
             })->first;
  std::vector<std::int32_t> place(model.renewables.size(), -1);
  for (std::size_t resource = 0; resource < model.renewables.size(); ++resource) {
    const std::optional<Amount> most = most_of(model.renewables[resource]);
    if (!most) continue;
    place[resource] = static_cast<std::int32_t>(resources.size());
    resources.push_back({*most, {}});
  }
  for (Node node = 0; node < model.size(); ++node) {
    if (!can_be_packed(model, node) || model.ways_of(node).front().calendar != calendar) continue;
    const std::map<std::uint32_t, Amount> amounts = least_amounts(model, node);
    const auto resource_of = [&](std::uint32_t number) -> Resource* {
      return place[number] < 0 ? nullptr : &resources[static_cast<std::size_t>(place[number])];
    };
    const bool fits = std::all_of(amounts.begin(), amounts.end(), [&](const auto& each) {
      const Resource* resource = resource_of(each.first);
      return resource == nullptr || each.second <= resource->capacity;
    });
    if (!fits) continue;
    for (const auto& [number, amount] : amounts) {
      Resource* resource = resource_of(number);
      if (resource != nullptr && amount > Amount{})
        resource->uses.push_back({static_cast<std::uint32_t>(nodes.size()), amount});
    }
    nodes.push_back(node);
    work.push_back(least_work(model, node));
  }
}

std::vector<Packing> packings_of_resources(const PackedTasks& tasks) {
  constexpr std::int64_t kMostParts = 12;
  constexpr std::int64_t kMostLimit = std::int64_t{1} << 24;
  std::vector<Packing> packings;
  for (const PackedTasks::Resource& resource : tasks.resources) {
    double longest = length_by(tasks, resource,
                               [](Amount amount) { return static_cast<double>(amount.count()); });
    std::int64_t best = 0;
    for (std::int64_t k = 1; k <= kMostParts; ++k) {
      const double length = length_by(tasks, resource, [&](Amount amount) {
        return static_cast<double>(rounded(amount, resource.capacity, k)) / static_cast<double>(k);
      });
      if (length <= longest + kTolerance) continue;
      longest = length;
      best = k;
    }
    if (best == 0) continue;
    Packing packing = rounded(tasks, resource, best);
    if (packing.limit <= kMostLimit) packings.push_back(std::move(packing));
  }
  return packings;
}

Packer::Packer(const Model& model, const PackedTasks& tasks, std::span<const Packing> known)
    : tasks_(tasks) {
  if (tasks.nodes.size() > kMostTasks) {
    is_done_ = true;
    return;
  }
  collect_bins();
  if (bins_.capacity.empty()) {
    is_done_ = true;
    return;
  }
  keep_apart(model);
  program_ = std::make_unique<Program>();
  std::int64_t measure = 0;
  for (const WorkTime work : tasks.work) measure = std::gcd(measure, work.count());
  for (const WorkTime work : tasks.work) {
    work_.push_back(static_cast<double>(work.count() / measure));
    program_->add_row(work_.back(), Program::kNoLimit);
  }
  for (std::uint32_t item = 0; item < work_.size(); ++item) add_set({item});
  for (const Packing& packing : known) begin_with(packing);
}

/// The longest of what is known is where the best weights are looked for first.
void Packer::begin_with(const Packing& packing) {
  std::vector<double> weight(work_.size(), 0);
  for (const Packing::Load& load : packing.loads) {
    const auto item = std::lower_bound(tasks_.nodes.begin(), tasks_.nodes.end(), load.node);
    weight[static_cast<std::size_t>(item - tasks_.nodes.begin())] =
        static_cast<double>(load.weight) / static_cast<double>(packing.limit);
  }
  if (length(weight) <= bound_) return;
  inner_ = std::move(weight);
  bound_ = length(inner_);
  published_ = bound_;
}

/// Amounts in the largest whole unit; where that would be too many, in a larger one, rounded down.
void Packer::collect_bins() {
  bins_.size.resize(tasks_.nodes.size());
  for (const PackedTasks::Resource& resource : tasks_.resources) {
    const std::int64_t capacity = resource.capacity.count();
    std::int64_t measure = capacity;
    Amount sum;
    for (const PackedTasks::Use& use : resource.uses) {
      measure = std::gcd(measure, use.amount.count());
      sum += use.amount;
    }
    if (sum <= resource.capacity) continue;
    measure = std::max(measure, capacity / kMostRoom);
    bins_.capacity.push_back(static_cast<std::int32_t>(capacity / measure));
    for (auto& sizes : bins_.size) sizes.push_back(0);
    for (const PackedTasks::Use& use : resource.uses)
      bins_.size[use.task].back() = static_cast<std::int32_t>(use.amount.count() / measure);
  }
}

/// Which tasks links keep apart: those that must be finished before a node starts, and before it finishes, follow from
/// those of the nodes before it.
void Packer::keep_apart(const Model& model) {
  const Network& network = model.relaxed;
  const std::size_t size = tasks_.nodes.size();
  std::vector<std::int32_t> item_of(network.size(), -1);
  for (std::size_t i = 0; i < size; ++i) item_of[tasks_.nodes[i]] = static_cast<std::int32_t>(i);
  using Items = std::vector<char>;
  std::vector<Items> before_start(network.size(), Items(size, 0));
  std::vector<Items> before_finish(network.size(), Items(size, 0));
  const auto is_sure = [&](Node node) {
    return network.role[node] != Network::Role::task ||
           (model.is_history[node] == 0 && model.is_fixed_first[node] == 0 &&
            !network.plan->tasks[network.task[node]].is_optional);
  };
  // A link to a finish is kept by one just before a rest: on other calendars that is too soon.
  const auto is_kept_to_the_minute = [&](const Arc& arc) {
    return !arc.link || (arc.arrives_start && network.plan->links[arc.link].lag.amount >= 0);
  };
  for (Node node = 0; node < network.size(); ++node) {
    for (const Arc& arc : network.arcs_into(node)) {
      const bool counts = !arc.is_at_most && arc.from < node && arc.lag >= 0 && is_sure(arc.from) &&
                          is_sure(node) && is_kept_to_the_minute(arc);
      if (!counts) continue;
      const Items& from = arc.leaves_start ? before_start[arc.from] : before_finish[arc.from];
      Items& to = arc.arrives_start ? before_start[node] : before_finish[node];
      std::transform(from.begin(), from.end(), to.begin(), to.begin(),
                     [](char a, char b) { return static_cast<char>(a | b); });
    }
    std::transform(before_start[node].begin(), before_start[node].end(),
                   before_finish[node].begin(), before_finish[node].begin(),
                   [](char a, char b) { return static_cast<char>(a | b); });
    if (item_of[node] >= 0) before_finish[node][static_cast<std::size_t>(item_of[node])] = 1;
  }
  bins_.is_apart.assign(size, Items(size, 0));
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t other = 0; other < size; ++other) {
      if (before_start[tasks_.nodes[i]][other] == 0) continue;
      bins_.is_apart[i][other] = 1;
      bins_.is_apart[other][i] = 1;
    }
  }
}

/// What else fits in goes in.
void Packer::fill(std::vector<std::uint32_t>& items) const {
  std::vector<std::int32_t> left = bins_.capacity;
  std::vector<char> is_in(work_.size(), 0);
  const auto take = [&](std::uint32_t item) {
    for (std::size_t kind = 0; kind < left.size(); ++kind) left[kind] -= bins_.size[item][kind];
    is_in[item] = 1;
  };
  for (const std::uint32_t item : items) take(item);
  const std::uint32_t first = items.front();
  for (std::uint32_t i = 1; i < work_.size(); ++i) {
    const auto item = static_cast<std::uint32_t>((first + i) % work_.size());
    bool fits = is_in[item] == 0;
    for (std::size_t kind = 0; fits && kind < left.size(); ++kind)
      fits = bins_.size[item][kind] <= left[kind];
    for (std::size_t other = 0; fits && other < items.size(); ++other)
      fits = bins_.is_apart[item][items[other]] == 0;
    if (!fits) continue;
    take(item);
    items.push_back(item);
  }
}

void Packer::add_set(std::vector<std::uint32_t> items) {
  fill(items);
  std::vector<Program::Entry> entries;
  for (const std::uint32_t item : items) entries.push_back({item, 1});
  program_->set_cost(program_->add_column(entries, Program::kNoLimit, false), 1);
}

double Packer::length(const std::vector<double>& weight) const {
  return std::inner_product(weight.begin(), weight.end(), work_.begin(), 0.0);
}

bool Packer::run(std::int64_t steps) {
  const std::int64_t until = steps_ + steps;
  bool is_better = false;
  while (!is_done_ && steps_ < until) {
    is_better = improve() || is_better;
    is_done_ = is_done_ || steps_ > kMostSteps;
  }
  return is_better;
}

/// One more set, or the end.  True: `best` has changed.
bool Packer::improve() {
  constexpr double kInner = 0.7;
  constexpr double kWorthTelling = 1.002;
  const Program::Outcome outcome = program_->minimize();
  steps_ += static_cast<std::int64_t>(work_.size()) * 20;
  if (!outcome.is_solved) {
    is_done_ = true;
    return false;
  }
  prices_ = outcome.prices;
  for (double& price : prices_) price = std::max(0.0, price);
  bool has_set = false;
  for (const double share : {kInner, 0.0}) {
    if (share > 0 && inner_.empty()) continue;
    std::vector<double> weight = prices_;
    if (share > 0) {
      for (std::size_t i = 0; i < weight.size(); ++i)
        weight[i] = share * inner_[i] + (1 - share) * prices_[i];
    }
    if (!weigh(weight)) {
      is_done_ = true;
      break;
    }
    double value = 0;
    for (const std::uint32_t item : found_) value += prices_[item];
    if (value <= 1 + kTolerance) continue;
    add_set(found_);
    has_set = true;
    break;
  }
  // No set weighs more than 1 by the prices: they are the best weights, and fractions of small numbers.
  if (!has_set && !is_done_) {
    is_done_ = true;
    return publish(prices_);
  }
  const bool is_worth_telling =
      is_done_ ? bound_ > published_ : bound_ > published_ * kWorthTelling;
  return !inner_.empty() && is_worth_telling && publish(inner_);
}

/// Into `found_`: the heaviest set.  False if that takes too long.
bool Packer::weigh(const std::vector<double>& weight) {
  HeaviestSet<double> heaviest(bins_);
  heaviest.search(weight, 0, kMostNodes);
  steps_ += heaviest.nodes();
  if (!heaviest.is_finished()) return false;
  found_ = heaviest.set();
  const double own = length(weight) / heaviest.best();
  if (own <= bound_) return true;
  bound_ = own;
  inner_ = weight;
  for (double& each : inner_) each /= heaviest.best();
  return true;
}

/// In whole numbers: limit and length are then exact.
bool Packer::publish(const std::vector<double>& weight) {
  constexpr std::int64_t kWhole = 720'720;  // a multiple of 1, 2 ... 16
  std::vector<std::int64_t> whole;
  for (const double each : weight)
    whole.push_back(std::llround(each * static_cast<double>(kWhole)));
  HeaviestSet<std::int64_t> heaviest(bins_);
  heaviest.search(whole, kWhole, kMostNodes);
  steps_ += heaviest.nodes();
  if (!heaviest.is_finished()) return false;
  Packing packing{.calendar = tasks_.calendar, .limit = heaviest.best()};
  for (std::size_t i = 0; i < whole.size(); ++i) {
    if (whole[i] > 0) packing.loads.push_back({tasks_.nodes[i], whole[i], tasks_.work[i]});
  }
  published_ = length(weight);
  if (best_ && length_of(packing) <= length_of(*best_)) return false;
  best_ = std::move(packing);
  return true;
}

}  // namespace diaodu::solve
