#include "diaodu/forecast/weather.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "diaodu/forecast/distribution.h"
#include "diaodu/plan/progress.h"

namespace diaodu::forecast {
namespace {

using Stage = TaskState::Stage;

constexpr Elapsed kYear{366 * kMinutesPerDay};

std::uint32_t whole_days(double days, std::uint32_t most) {
  return static_cast<std::uint32_t>(
      std::clamp(std::floor(days + 0.5), 0.0, static_cast<double>(most)));
}

/// Some day may be lost.
bool takes_days(const Weather& row) {
  return !is_certain(row.days) || certain_value(row.days) >= 0.5;
}

Instant midnight(const Plan& plan, Date date) {
  return plan.zone.to_instant(LocalTime::at(date, 0));
}

}  // namespace

namespace {

/// The calendars that may lose days which what remains of the plan would feel.
std::vector<CalendarId> felt_calendars(const Plan& plan) {
  std::vector<CalendarId> with_rows;
  for (const Weather& row : plan.weather) {
    if (takes_days(row)) with_rows.push_back(row.calendar);
  }
  std::sort(with_rows.begin(), with_rows.end());
  with_rows.erase(std::unique(with_rows.begin(), with_rows.end()), with_rows.end());
  const WorkingTimes times(plan, with_rows);
  const TaskStates states(plan, times);
  std::vector<CalendarId> felt;
  const auto feel = [&](std::uint32_t number) {
    const auto apart = times.apart(number);
    felt.insert(felt.end(), apart.begin(), apart.end());
  };
  const auto remains = [&](TaskId task) {
    return does_work(plan.tasks[task]) && states[task].stage != Stage::completed;
  };
  for (const TaskId task : plan.tasks.ids()) {
    if (remains(task)) feel(times.number_of(task));
  }
  for (const ModeId mode : plan.modes.ids()) {
    if (remains(plan.modes[mode].task)) feel(times.number_of(mode));
  }
  for (const Link& link : plan.links) {  // lags may count on any of these
    if (link.lag.amount == 0 && !link.has_max_lag) continue;
    feel(times.number_of(link.from));
    feel(times.number_of(link.to));
    feel(times.project());
  }
  for (const Resource& each : plan.resources) {
    if (!each.skills.empty() && each.calendar) feel(times.number_of(each.calendar));
  }
  std::sort(felt.begin(), felt.end());
  felt.erase(std::unique(felt.begin(), felt.end()), felt.end());
  return felt;
}

}  // namespace

WeatherDays::WeatherDays(const Plan& plan, Source source, std::uint64_t seed,
                         Instant planned_finish)
    : plan_(plan),
      source_(std::move(source)),
      stream_(seed),
      begin_(earliest_remaining(plan)),
      calendars_(felt_calendars(plan)) {
  const Elapsed length = std::max(planned_finish - begin_, Elapsed{});
  constexpr std::int64_t kMostYears = 50;
  constexpr std::int64_t kMostDays = 4'000'000;  // a hundred megabytes
  const std::int64_t days_a_year = 31 * static_cast<std::int64_t>(plan.weather.size());
  const std::int64_t years =
      std::clamp<std::int64_t>(kMostDays / std::max<std::int64_t>(days_a_year, 1), 1, kMostYears);
  const Instant end = midnight(plan, Date::from(kLastYear + 1, 1, 1));
  first_horizon_ = std::min(end, std::max(planned_finish, begin_) + std::max(length, kYear));
  last_horizon_ = std::min(end, first_horizon_ + kYear * years);
  Quantile::Shelf shelf;
  const int first_year = year_month_day(plan.zone.to_local(begin_).date()).year;
  const int last_year = year_month_day(plan.zone.to_local(last_horizon_).date()).year;
  for (const Weather& row : plan.weather) {
    const auto calendar = std::find(calendars_.begin(), calendars_.end(), row.calendar);
    if (calendar == calendars_.end() || !takes_days(row)) continue;
    std::optional<std::size_t> quantile;
    if (!is_certain(row.days)) {
      quantile = quantiles_.size();
      quantiles_.emplace_back(Law(row.days), shelf);
    }
    const auto number = static_cast<std::size_t>(calendar - calendars_.begin());
    for (int year = first_year; year <= last_year; ++year) add_month(row, number, quantile, year);
  }
  std::stable_sort(months_.begin(), months_.end(),
                   [](const Month& a, const Month& b) { return a.from < b.from; });
}

void WeatherDays::add_month(const Weather& row, std::size_t calendar,
                            std::optional<std::size_t> quantile, int year) {
  const NamedCalendar& named = plan_.calendars[row.calendar];
  const Date first = Date::from(year, row.month, 1);
  const Date next =
      row.month < 12 ? Date::from(year, row.month + 1, 1) : Date::from(year + 1, 1, 1);
  Month month{.calendar = calendar, .quantile = quantile};
  month.first_day = static_cast<std::uint32_t>(days_.size());
  for (Date date = first; date < next; date = date + 1) {
    const DayShifts& shifts = named.pattern.on(date);
    if (shifts.empty()) continue;
    const Instant opens = plan_.zone.to_instant(LocalTime::at(date, shifts.front().begin));
    days_.push_back({date, {midnight(plan_, date), midnight(plan_, date + 1)}, opens >= begin_});
  }
  month.num_days = static_cast<std::uint32_t>(days_.size()) - month.first_day;
  const bool is_any = month.num_days > 0 && days_.back().is_to_come;
  if (!is_any) {
    days_.resize(month.first_day);
    return;
  }
  month.from = days_[month.first_day].during.from;
  if (!quantile) month.certain = certain_value(row.days);
  const std::string name = named.rule.id + "\n" + std::to_string(year * 100 + row.month);
  month.variable = variable_number('w', name);
  month.choice = variable_number('y', name);
  months_.push_back(month);
}

namespace {

/// The calendars that what remains of the network asks.
std::vector<char> asked_calendars(const solve::Network& network) {
  std::vector<char> is_asked(network.times->size(), 0);
  for (solve::Node node = 0; node < network.size(); ++node) {
    const bool is_task = network.role[node] == solve::Network::Role::task;
    if (is_task && (*network.states)[network.task[node]].stage != Stage::completed)
      is_asked[network.calendar[node]] = 1;
  }
  for (const solve::Arc& arc : network.arcs) is_asked[arc.calendar] = 1;
  for (const Resource& each : network.plan->resources) {
    if (!each.skills.empty() && each.calendar)
      is_asked[network.times->number_of(each.calendar)] = 1;
  }
  return is_asked;
}

}  // namespace

WeatherDays::Season::Season(const WeatherDays& weather, const solve::Network& network)
    : times_(*network.times), lost_(weather.calendars_.size()) {
  const std::vector<char> is_asked = asked_calendars(network);
  for (std::uint32_t number = 0; number < is_asked.size(); ++number) {
    if (is_asked[number] == 0) continue;
    Remade remade{.number = number, .planned = &network.times->calendar(number)};
    for (const CalendarId part : network.times->apart(number)) {
      const auto at = std::find(weather.calendars_.begin(), weather.calendars_.end(), part);
      remade.parts.push_back(static_cast<std::size_t>(at - weather.calendars_.begin()));
    }
    if (!remade.parts.empty()) remade_.push_back(std::move(remade));
  }
  for (const Remade& each : remade_) times_.replace(each.number, each.calendar);
}

void WeatherDays::draw(std::uint64_t trial, Instant until, Season& season) const {
  for (auto& lost : season.lost_) lost.clear();
  for (const Month& month : months_) {
    if (month.from >= until) break;
    lose_days(month, trial, season);
  }
  const auto comes_first = [this](std::uint32_t a, std::uint32_t b) {
    return days_[a].date < days_[b].date;
  };
  for (auto& lost : season.lost_) std::sort(lost.begin(), lost.end(), comes_first);
  for (Season::Remade& remade : season.remade_) {
    season.rests_.clear();
    for (const std::size_t part : remade.parts) {
      for (const std::uint32_t day : season.lost_[part]) season.rests_.push_back(days_[day].during);
    }
    std::sort(season.rests_.begin(), season.rests_.end(),
              [](const Interval& a, const Interval& b) { return a.from < b.from; });
    season.rests_.erase(std::unique(season.rests_.begin(), season.rests_.end()),
                        season.rests_.end());
    remade.calendar = remade.planned->without(season.rests_);
  }
  season.times_.set_replaced_until(until);
}

std::uint32_t WeatherDays::num_lost(const Month& month, std::uint64_t trial) const {
  if (!month.quantile) return whole_days(month.certain, month.num_days);
  Uniform uniform = 0;
  source_(month.variable, trial, {&uniform, 1});
  float days = 0;
  quantiles_[*month.quantile].values({&uniform, 1}, {&days, 1});
  return whole_days(days, month.num_days);
}

/// Draws days without putting them back (Fisher & Yates).
void WeatherDays::lose_days(const Month& month, std::uint64_t trial, Season& season) const {
  const std::uint32_t count = num_lost(month, trial);
  std::vector<std::uint32_t>& urn = season.urn_;
  urn.resize(month.num_days);
  for (std::uint32_t i = 0; i < month.num_days; ++i) urn[i] = month.first_day + i;
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint64_t left = month.num_days - i;
    const std::uint64_t number = stream_.uniform(month.choice + i, trial);
    std::swap(urn[i], urn[i + static_cast<std::uint32_t>(number * left >> 32)]);
    if (days_[urn[i]].is_to_come) season.lost_[month.calendar].push_back(urn[i]);
  }
}

Instant WeatherDays::next_horizon(Instant horizon) const {
  return std::min(last_horizon_, horizon + std::max(horizon - begin_, kYear));
}

/// No work for the last year and more on some calendar that worked before there was weather: it never will.
bool WeatherDays::is_hopeless(Instant until, const Season& season) const {
  const Instant from = std::max(begin_, until - kYear * 2);
  return std::any_of(season.remade_.begin(), season.remade_.end(), [&](const auto& remade) {
    return remade.calendar.work_between(from, until) == WorkTime{} &&
           remade.planned->work_between(from, until) > WorkTime{};
  });
}

void WeatherDays::put(const Season& season, Plan& plan) const {
  std::vector<Interval> rests;
  for (std::size_t i = 0; i < calendars_.size(); ++i) {
    NamedCalendar& named = plan.calendars[calendars_[i]];
    named.pattern = plan_.calendars[calendars_[i]].pattern;
    rests.clear();
    for (const std::uint32_t day : season.lost_[i]) {
      named.pattern.dated[days_[day].date] = {};
      rests.push_back(days_[day].during);
    }
    named.calendar = plan_.calendars[calendars_[i]].calendar.without(rests);
  }
}

std::unique_ptr<WeatherDays> weather_of(const Plan& plan, Source source, std::uint64_t seed,
                                        Instant planned_finish) {
  if (plan.weather.empty()) return nullptr;
  auto weather = std::make_unique<WeatherDays>(plan, std::move(source), seed, planned_finish);
  return weather->is_any() ? std::move(weather) : nullptr;
}

}  // namespace diaodu::forecast
