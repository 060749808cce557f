#include "diaodu/dispatch/selection.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace diaodu::dispatch {
namespace {

/// Smaller differences are rounding.
constexpr double kTiny = 1e-6;

bool is_whole_number(double value) { return std::abs(value - std::round(value)) < kTiny; }

}  // namespace

Selection::Selection(const Ways& ways, const Crews& crews, std::vector<std::int64_t> amounts,
                     const MusterOptions& options)
    : crews_(crews), amounts_(std::move(amounts)), options_(options), search_(ways, crews) {
  for (const Crew& crew : crews.crews)
    crew_rows_.push_back(program_.add_row(-Program::kNoLimit, static_cast<double>(crew.units)));
  for (const std::int64_t amount : amounts_)
    limit_rows_.push_back(program_.add_row(-Program::kNoLimit, static_cast<double>(amount)));
  unmet_row_ = program_.add_row(-Program::kNoLimit, Program::kNoLimit);
  missing_row_ = program_.add_row(-Program::kNoLimit, Program::kNoLimit);
  changed_row_ = program_.add_row(-Program::kNoLimit, Program::kNoLimit);
  for (const Want& want : crews.wants) {
    const auto count = static_cast<double>(want.count);
    want_rows_.push_back(program_.add_row(count, Program::kNoLimit));
    const std::vector<Program::Entry> comes_not = {{want_rows_.back(), 1}, {unmet_row_, 1}};
    unmet_columns_.push_back(program_.add_column(comes_not, Program::kNoLimit, false));
    std::vector<std::size_t>& steps = step_rows_.emplace_back();
    for (const Step& step : want.steps) {
      steps.push_back(program_.add_row(static_cast<double>(step.count), Program::kNoLimit));
      const std::vector<Program::Entry> is_late = {{steps.back(), 1}, {missing_row_, 1}};
      missing_columns_.push_back(program_.add_column(is_late, Program::kNoLimit, false));
    }
  }
  for (const std::size_t row : {unmet_row_, missing_row_, changed_row_}) {
    const std::vector<Program::Entry> exceeds = {{row, -1}};
    excess_columns_.push_back(program_.add_column(exceeds, 0, false));
  }
  told_.resize(crews.crews.size());
  for (std::size_t i = 0; i < crews.crews.size(); ++i) {
    const Crew& crew = crews.crews[i];
    for (const ToldPart& part : crew.told) {
      // Whoever was told to stay elsewhere is told something else, wherever that is.
      if (part.stays) {
        told_[i].push_back({.arcs = {}, .count = part.count});
        continue;
      }
      changed_anyway_ += crew.units * part.count;
      std::vector<std::uint32_t> arcs = arcs_of(ways, crew.start, *part.party);
      if (!arcs.empty()) told_[i].push_back({.arcs = std::move(arcs), .count = part.count});
    }
    for (const ToldWay& way : told_[i]) {
      if (!way.arcs.empty()) add(make_way(ways, i, crew.start, way.arcs));
    }
  }
}

/// What a unit on that way adds to the people whose orders change, beyond `changed_anyway_`.
std::int64_t Selection::changed_by(const CrewWay& way) const {
  std::int64_t changed = 0;
  for (const ToldWay& told : told_[way.crew]) {
    if (told.arcs.empty()) {
      changed += way.legs > 0 ? told.count : 0;
    } else if (told.arcs == way.arcs) {
      changed -= told.count;
    }
  }
  return changed;
}

bool Selection::is_told(const CrewWay& way) const {
  return std::any_of(told_[way.crew].begin(), told_[way.crew].end(),
                     [&way](const ToldWay& told) { return told.arcs == way.arcs; });
}

void Selection::add(CrewWay way) {
  if (!known_.emplace(way.crew, way.arcs).second) return;
  const Crew& crew = crews_.crews[way.crew];
  std::map<std::size_t, double> factors;
  factors[crew_rows_[way.crew]] += 1;
  for (const std::uint32_t limit : way.limits)
    factors[limit_rows_[limit]] += static_cast<double>(crew.size);
  for (std::size_t i = 0; i < crews_.wants.size(); ++i) {
    const Want& want = crews_.wants[i];
    if (want.place != way.place) continue;
    for (const auto& [role, count] : crew.make_up) {
      if (role != want.role) continue;
      factors[want_rows_[i]] += static_cast<double>(count);
      for (std::size_t step = 0; step < want.steps.size(); ++step) {
        if (way.ready <= want.steps[step].by)
          factors[step_rows_[i][step]] += static_cast<double>(count);
      }
    }
  }
  ways_of_crews_.push_back(std::move(way));
  const auto changed = static_cast<double>(changed_by(ways_of_crews_.back()));
  if (changed != 0) factors[changed_row_] += changed;
  std::vector<Program::Entry> entries;
  for (const auto& [row, factor] : factors) entries.push_back({row, factor});
  column_of_.push_back(program_.add_column(entries, static_cast<double>(crew.units), true));
  surplus_column_.push_back(kNoColumn);
  if (!is_told(ways_of_crews_.back())) return;
  std::erase_if(entries, [this](const Program::Entry& entry) {
    const auto is_row = [&entry](const std::vector<std::size_t>& rows) {
      return std::find(rows.begin(), rows.end(), entry.row) != rows.end();
    };
    return is_row(want_rows_) || std::any_of(step_rows_.begin(), step_rows_.end(), is_row);
  });
  surplus_column_.back() = program_.add_column(entries, 0, true);
}

void Selection::set_goal(Goal goal, const GoalLimits& limits) {
  for (const std::size_t column : unmet_columns_)
    program_.set_cost(column, goal == Goal::unmet ? 1 : 0);
  for (const std::size_t column : missing_columns_)
    program_.set_cost(column, goal == Goal::missing ? 1 : 0);
  for (const std::size_t column : excess_columns_) {
    program_.set_cost(column, goal == Goal::in_time ? 1 : 0);
    program_.set_high(column, goal == Goal::in_time ? Program::kNoLimit : 0);
  }
  const auto limit = [this](std::size_t row, const std::optional<std::int64_t>& most,
                            std::int64_t offset) {
    program_.set_row_limits(row, -Program::kNoLimit,
                            most ? static_cast<double>(*most - offset) : Program::kNoLimit);
  };
  limit(unmet_row_, limits.unmet, 0);
  limit(missing_row_, limits.missing, 0);
  limit(changed_row_, limits.changed, changed_anyway_);
  for (std::size_t way = 0; way < ways_of_crews_.size(); ++way) {
    const CrewWay& each = ways_of_crews_[way];
    const Crew& crew = crews_.crews[each.crew];
    double cost = 0;
    if (goal == Goal::changed) cost = static_cast<double>(changed_by(each));
    if (goal == Goal::cost) cost = static_cast<double>(crew.size * (each.cost + each.legs));
    program_.set_cost(column_of_[way], cost);
    const bool is_in_time = each.ready <= limits.last;
    program_.set_high(column_of_[way], is_in_time ? static_cast<double>(crew.units) : 0);
    if (surplus_column_[way] == kNoColumn) continue;
    // Who is no longer needed may come as late as they were told.
    program_.set_cost(surplus_column_[way], cost);
    program_.set_high(surplus_column_[way], is_in_time ? 0 : static_cast<double>(crew.units));
  }
}

void Selection::read_prices(Goal goal, const Program::Outcome& outcome) {
  prices_.limits.clear();
  prices_.wants.clear();
  prices_.steps.clear();
  crew_prices_.clear();
  prices_.cost = goal == Goal::cost ? 1 : 0;
  for (const std::size_t row : limit_rows_)
    prices_.limits.push_back(std::max(-outcome.prices[row], 0.0));
  for (const std::size_t row : crew_rows_) crew_prices_.push_back(-outcome.prices[row]);
  for (std::size_t i = 0; i < want_rows_.size(); ++i) {
    prices_.wants.push_back(outcome.prices[want_rows_[i]]);
    std::vector<double>& steps = prices_.steps.emplace_back();
    for (const std::size_t row : step_rows_[i]) steps.push_back(outcome.prices[row]);
  }
  changed_price_ = (goal == Goal::changed ? 1 : 0) - outcome.prices[changed_row_];
}

/// Of a unit on any way that leads away and that it was not told.
double Selection::change_price(std::size_t crew) const {
  std::int64_t told_to_stay = 0;
  for (const ToldWay& told : told_[crew]) told_to_stay += told.arcs.empty() ? told.count : 0;
  return changed_price_ * static_cast<double>(told_to_stay);
}

bool Selection::add_better_ways(Goal goal, const GoalLimits& limits) {
  bool is_any = false;
  still_possible_ = 0;
  // Crews that start together share one search.
  std::map<std::uint32_t, std::vector<std::size_t>> crews_at;
  for (std::size_t i = 0; i < crews_.crews.size(); ++i)
    crews_at[crews_.crews[i].start].push_back(i);
  for (const auto& [start, crews] : crews_at) {
    if (start == Ways::Arc::kNone) continue;
    search_.seek(start, prices_, amounts_, 1);
    for (const std::size_t crew : crews) {
      const double own = own_price(crew);
      auto offers = search_.offers(crew, prices_, limits.last);
      for (WaySearch::Offer& offer : offers) {
        if (!search_.is_at_start(offer, start)) offer.reduced_cost += change_price(crew);
      }
      // The best few: more would only make the program larger.
      constexpr std::size_t kMostAtOnce = 12;
      std::sort(offers.begin(), offers.end(), [](const auto& a, const auto& b) {
        return std::pair(a.reduced_cost, a.node) < std::pair(b.reduced_cost, b.node);
      });
      if (offers.size() > kMostAtOnce) offers.resize(kMostAtOnce);
      if (!offers.empty() && offers.front().reduced_cost + own < 0) {
        still_possible_ +=
            (offers.front().reduced_cost + own) * static_cast<double>(crews_.crews[crew].units);
      }
      for (const WaySearch::Offer& offer : offers) {
        const double reduced = offer.reduced_cost + own;
        if (reduced > -kTiny * (1 + std::abs(own))) continue;
        CrewWay way = search_.way_to(offer, start);
        if (known_.contains({way.crew, way.arcs})) continue;
        add(std::move(way));
        is_any = true;
      }
    }
  }
  if (is_any) set_goal(goal, limits);
  return is_any;
}

Program::Outcome Selection::relax(Goal goal, const GoalLimits& limits) {
  set_goal(goal, limits);
  double lower = -Program::kNoLimit;
  for (;;) {
    Program::Outcome outcome = program_.minimize();
    ++num_programs_;
    if (!outcome.is_solved) return outcome;
    read_prices(goal, outcome);
    if (!add_better_ways(goal, limits)) return outcome;
    // No unit of a crew can gain more than its best new way does (Lasdon 1970).  Of so many ways, the
    // last hundredths of the cost would take most of the time.
    lower = std::max(lower, outcome.value + still_possible_);
    constexpr double kNear = 0.03;
    constexpr std::size_t kManyWays = 20'000;
    if (goal == Goal::cost && ways_of_crews_.size() > kManyWays &&
        outcome.value - lower <= kNear * std::abs(outcome.value)) {
      outcome.amounts.resize(program_.num_columns(), 0);
      outcome.value = lower;
      return outcome;
    }
  }
}

MusterValue Selection::value_of(const std::vector<std::int64_t>& amounts) const {
  MusterValue value;
  value.changed = changed_anyway_;
  std::map<std::size_t, std::vector<std::size_t>> ways_to;  // by place
  for (std::size_t way = 0; way < amounts.size(); ++way) {
    if (amounts[way] == 0) continue;
    const CrewWay& each = ways_of_crews_[way];
    ways_to[each.place.index()].push_back(way);
    value.cost += Money{each.cost} * (crews_.crews[each.crew].size * amounts[way]);
    value.changed += changed_by(each) * amounts[way];
  }
  for (const Want& want : crews_.wants) {
    std::vector<std::pair<Instant, std::int64_t>> arrivals;
    for (const std::size_t way : ways_to[want.place.index()]) {
      for (const auto& [role, count] : crews_.crews[ways_of_crews_[way].crew].make_up) {
        if (role == want.role)
          arrivals.emplace_back(ways_of_crews_[way].ready, count * amounts[way]);
      }
    }
    std::sort(arrivals.begin(), arrivals.end());
    std::int64_t there = 0;
    std::size_t step = 0;
    const auto judge_until = [&](Instant time) {
      for (; step < want.steps.size() && want.steps[step].by < time; ++step)
        value.missing += std::max(want.steps[step].count - there, std::int64_t{0});
    };
    for (const auto& [time, count] : arrivals) {
      judge_until(time);
      if (there < want.count) value.full_strength = std::max(value.full_strength, time);
      there += count;
    }
    judge_until(kNever);
    value.unmet += std::max(want.count - there, std::int64_t{0});
  }
  return value;
}

Choice Selection::choice_of(std::vector<std::int64_t> amounts) const {
  Choice choice;
  choice.value = value_of(amounts);
  for (std::size_t way = 0; way < amounts.size(); ++way)
    choice.legs +=
        amounts[way] * crews_.crews[ways_of_crews_[way].crew].size * ways_of_crews_[way].legs;
  choice.amounts = std::move(amounts);
  return choice;
}

std::int64_t Selection::reached(Goal goal, const GoalLimits& limits, const Choice& choice) const {
  const auto above = [](std::int64_t value, const std::optional<std::int64_t>& limit) {
    return limit ? std::max(value - *limit, std::int64_t{0}) : 0;
  };
  const MusterValue& value = choice.value;
  switch (goal) {
    case Goal::unmet:
      return value.unmet;
    case Goal::missing:
      return value.missing;
    case Goal::changed:
      return value.changed;
    case Goal::in_time:
      return above(value.unmet, limits.unmet) + above(value.missing, limits.missing) +
             above(value.changed, limits.changed);
    case Goal::cost:
      return value.cost.count() + choice.legs;
  }
  return 0;
}

bool Selection::is_within(Goal goal, const GoalLimits& limits, const Choice& choice) const {
  if (choice.value.full_strength > limits.last) return false;
  return goal == Goal::in_time || reached(Goal::in_time, limits, choice) == 0;
}

double Selection::amount_of(const Program::Outcome& outcome, std::size_t way) const {
  const double needed = outcome.amounts[column_of_[way]];
  return surplus_column_[way] == kNoColumn ? needed
                                           : needed + outcome.amounts[surplus_column_[way]];
}

std::vector<std::int64_t> Selection::rounded_down(const Program::Outcome& outcome) const {
  std::vector<std::int64_t> amounts(ways_of_crews_.size(), 0);
  for (std::size_t way = 0; way < amounts.size(); ++way)
    amounts[way] = static_cast<std::int64_t>(std::floor(amount_of(outcome, way) + kTiny));
  return amounts;
}

/// Rounds down, which keeps every limit; then up where there is room; then sends who is left the best
/// way that is still open.
Choice Selection::filled_up(const Program::Outcome& outcome, const GoalLimits& limits) {
  std::vector<std::int64_t> amounts = rounded_down(outcome);
  std::vector<std::int64_t> left = amounts_;
  std::vector<std::int64_t> units;
  for (const Crew& crew : crews_.crews) units.push_back(crew.units);
  std::vector<std::int64_t> wanted;
  std::vector<std::vector<std::int64_t>> wanted_by;
  for (const Want& want : crews_.wants) {
    wanted.push_back(want.count);
    std::vector<std::int64_t>& steps = wanted_by.emplace_back();
    for (const Step& step : want.steps) steps.push_back(step.count);
  }
  const auto take = [&](const CrewWay& way, std::int64_t amount) {
    const Crew& crew = crews_.crews[way.crew];
    units[way.crew] -= amount;
    for (const std::uint32_t limit : way.limits) left[limit] -= amount * crew.size;
    for (std::size_t i = 0; i < crews_.wants.size(); ++i) {
      if (crews_.wants[i].place != way.place) continue;
      for (const auto& [role, count] : crew.make_up) {
        if (role != crews_.wants[i].role) continue;
        wanted[i] -= count * amount;
        for (std::size_t step = 0; step < wanted_by[i].size(); ++step) {
          if (way.ready <= crews_.wants[i].steps[step].by) wanted_by[i][step] -= count * amount;
        }
      }
    }
  };
  const auto fits = [&](const CrewWay& way) {
    std::int64_t most = units[way.crew];
    for (const std::uint32_t limit : way.limits) {
      const auto times = std::count(way.limits.begin(), way.limits.end(), limit);
      most = std::min(most, left[limit] / (crews_.crews[way.crew].size * times));
    }
    return most;
  };
  /// How many more units the place wants, as far as anybody of the crew is wanted there.
  const auto wants = [&](const CrewWay& way) {
    std::int64_t most = 0;
    for (std::size_t i = 0; i < crews_.wants.size(); ++i) {
      if (crews_.wants[i].place != way.place) continue;
      for (const auto& [role, count] : crews_.crews[way.crew].make_up) {
        if (role != crews_.wants[i].role || count == 0) continue;
        std::int64_t open = wanted[i];
        for (std::size_t step = 0; open <= 0 && step < wanted_by[i].size(); ++step) {
          if (way.ready <= crews_.wants[i].steps[step].by) open = wanted_by[i][step];
        }
        most = std::max(most, (open + count - 1) / count);
      }
    }
    return most;
  };
  std::vector<std::pair<double, std::size_t>> parts;
  for (std::size_t way = 0; way < amounts.size(); ++way) {
    if (amounts[way] > 0) take(ways_of_crews_[way], amounts[way]);
    const double part = amount_of(outcome, way) - static_cast<double>(amounts[way]);
    if (part > kTiny) parts.emplace_back(-part, way);
  }
  std::sort(parts.begin(), parts.end());
  for (const auto& [part, way] : parts) {
    if (fits(ways_of_crews_[way]) < 1 || wants(ways_of_crews_[way]) < 1) continue;
    take(ways_of_crews_[way], 1);
    ++amounts[way];
  }
  for (std::size_t crew = 0; crew < crews_.crews.size(); ++crew) {
    const std::uint32_t start = crews_.crews[crew].start;
    while (units[crew] > 0 && start != Ways::Arc::kNone) {
      constexpr double kComes = 1e3;
      WayPrices prices{.limits = std::vector<double>(left.size(), 0), .cost = 1e-9};
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        prices.wants.push_back(wanted[i] > 0 ? kComes : 0);
        std::vector<double>& steps = prices.steps.emplace_back();
        for (const std::int64_t open : wanted_by[i]) steps.push_back(open > 0 ? 1 : 0);
      }
      search_.seek(start, prices, left, crews_.crews[crew].size);
      const auto offers = search_.offers(crew, prices, limits.last);
      const auto best = std::min_element(
          offers.begin(), offers.end(),
          [](const auto& a, const auto& b) { return a.reduced_cost < b.reduced_cost; });
      if (best == offers.end() || best->reduced_cost > -0.5) break;
      CrewWay way = search_.way_to(*best, start);
      const std::int64_t amount = std::min(fits(way), wants(way));
      if (amount <= 0) break;
      take(way, amount);
      const auto same =
          std::find_if(ways_of_crews_.begin(), ways_of_crews_.end(), [&way](const CrewWay& other) {
            return other.crew == way.crew && other.arcs == way.arcs;
          });
      const auto number = static_cast<std::size_t>(same - ways_of_crews_.begin());
      if (same == ways_of_crews_.end()) add(std::move(way));
      amounts.resize(ways_of_crews_.size(), 0);
      amounts[number] += amount;
    }
  }
  return choice_of(std::move(amounts));
}

std::optional<Choice> Selection::whole(const Program::Outcome& outcome) const {
  if (!outcome.is_solved) return {};
  std::vector<std::int64_t> amounts(ways_of_crews_.size(), 0);
  for (std::size_t way = 0; way < amounts.size(); ++way) {
    const double amount = amount_of(outcome, way);
    if (!is_whole_number(amount)) return {};
    amounts[way] = std::llround(amount);
  }
  return choice_of(std::move(amounts));
}

Selection::Result Selection::minimize(Goal goal, const GoalLimits& limits, const Choice* known) {
  Result result;
  if (known != nullptr) result.choice = *known;
  if (goal == Goal::unmet || goal == Goal::missing || goal == Goal::in_time) {
    // Where sending each the best way that is open leaves nothing to wish for, no program is needed.
    Program::Outcome nothing;
    nothing.amounts.assign(program_.num_columns(), 0);
    Choice choice = result.choice && reached(goal, limits, *result.choice) == 0
                        ? *result.choice
                        : filled_up(nothing, limits);
    if (is_within(goal, limits, choice) && reached(goal, limits, choice) == 0) {
      result.choice = std::move(choice);
      result.is_proven = true;
      return result;
    }
  }
  const Program::Outcome relaxed = relax(goal, limits);
  if (!relaxed.is_solved) return result;
  const std::int64_t offset = goal == Goal::changed ? changed_anyway_ : 0;
  result.bound = offset + static_cast<std::int64_t>(std::ceil(
                              relaxed.value - kTiny * (1 + std::abs(relaxed.value) * 1e-3)));
  /// True when nothing better is possible.
  const auto consider = [&](std::optional<Choice> choice) {
    if (choice && is_within(goal, limits, *choice) &&
        (!result.choice ||
         reached(goal, limits, *choice) < reached(goal, limits, *result.choice))) {
      result.choice = std::move(choice);
    }
    result.is_proven = result.choice && reached(goal, limits, *result.choice) <= result.bound;
    return result.is_proven;
  };
  if (consider(std::nullopt) || consider(whole(relaxed))) return result;
  const WayPrices prices = prices_;
  if (consider(filled_up(relaxed, limits))) return result;
  set_goal(goal, limits);
  if (ways_of_crews_.size() > options_.max_columns) return result;
  if (consider(whole(program_.minimize_whole(options_.max_nodes)))) return result;
  // Whatever is better uses no way whose reduced cost is more than what there is to gain.
  const double gain =
      result.choice
          ? static_cast<double>(reached(goal, limits, *result.choice) - offset - 1) - relaxed.value
          : Program::kNoLimit;
  std::vector<CrewWay> listed;
  bool is_complete = true;
  for (std::size_t crew = 0; crew < crews_.crews.size() && is_complete; ++crew) {
    // What a change costs is left out: who stays where they are pays nothing for it.
    const double own = own_price(crew);
    is_complete = search_.list(crew, prices, limits.last, gain - own + kTiny * (1 + std::abs(own)),
                               options_.max_columns, listed);
  }
  if (!is_complete) return result;
  for (CrewWay& way : listed) add(std::move(way));
  set_goal(goal, limits);
  const Program::Outcome outcome = program_.minimize_whole(options_.max_nodes);
  if (!outcome.is_solved) return result;
  const bool is_finished = outcome.bound >= outcome.value - kTiny * (1 + std::abs(outcome.value));
  const std::optional<Choice> best = whole(outcome);
  consider(best);
  // Where a place goes short, one who comes late as they were told may fill it: then nothing is proven.
  if (best && is_finished && is_within(goal, limits, *best)) {
    result.bound = reached(goal, limits, *result.choice);
    result.is_proven = true;
  }
  return result;
}

}  // namespace diaodu::dispatch
