#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/forecast/correlation.h"
#include "diaodu/forecast/quantile.h"
#include "diaodu/forecast/stream.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/schedule.h"
#include "diaodu/plan/working_times.h"
#include "diaodu/solve/network.h"

namespace diaodu::forecast {

/// The calendars of each trial: those of the plan less the working days that the weather takes.
///
/// In each month of each year a number of working days is drawn, rounded to whole days and never more than the
/// month has; then which of its days they are, all equally likely.  A day that is lost is no working day of that
/// calendar, so work, lags and people pause; what combines several calendars rests when any of them does.  Days that
/// have begun by the data date stay as they were.  Months are independent of each other, and so are calendars.
///
/// What is drawn depends on the seed, the calendar's id, the year and month, and the trial alone; so a trial has the
/// same days on any thread, and those of June do not change with those of May.
class WeatherDays {
 public:
  /// One trial at a time: calendars, and what made them.
  class Season {
   public:
    /// `network` must outlive it; its times keep `WeatherDays::calendars` apart.
    Season(const WeatherDays& weather, const solve::Network& network);
    Season(const Season&) = delete;
    Season& operator=(const Season&) = delete;

    /// The network's, by the same numbers.
    const WorkingTimes& times() const { return times_; }

   private:
    friend class WeatherDays;
    struct Remade {
      std::uint32_t number = 0;           // in the times
      const Calendar* planned = nullptr;  // without weather
      std::vector<std::size_t> parts;     // of `WeatherDays::calendars`
      Calendar calendar;
    };
    WorkingTimes times_;
    std::vector<Remade> remade_;
    std::vector<std::vector<std::uint32_t>> lost_;  // days, by number, of each calendar
    std::vector<Interval> rests_;
    std::vector<std::uint32_t> urn_;
  };

  /// Draws numbers of days from `source`, and which days from the stream of `seed`.  `planned_finish` says how far
  /// trials reach; those that go on for more than some fifty years beyond have no dates.
  WeatherDays(const Plan& plan, Source source, std::uint64_t seed, Instant planned_finish);

  /// From which days may be lost that what remains of the plan would feel.
  const std::vector<CalendarId>& calendars() const { return calendars_; }
  bool is_any() const { return !months_.empty(); }

  /// Makes the trial's calendars as far as it takes: `run` finds the trial's finish with the season's times (`kNever`
  /// where there is none).  False if there are no dates.
  template <class Run>
  bool settle(std::uint64_t trial, Season& season, Run&& run) const {
    for (Instant until = first_horizon_;; until = next_horizon(until)) {
      draw(trial, until, season);
      const Instant finish = run();
      if (finish <= until) return true;
      if (finish >= kNever || until >= last_horizon_ || is_hopeless(until, season)) return false;
    }
  }

  /// Gives the plan, a copy of the one that this was made of, the calendars of the season.
  void put(const Season& season, Plan& plan) const;

 private:
  struct Month {
    std::size_t calendar = 0;  // of `calendars_`
    Instant from;              // of its first working day
    std::uint64_t variable = 0;
    std::uint64_t choice = 0;  // variables of which days, from this one on
    std::optional<std::size_t> quantile;
    double certain = 0;
    std::uint32_t first_day = 0;
    std::uint32_t num_days = 0;
  };
  struct Day {
    Date date;
    Interval during;
    bool is_to_come = true;
  };

  void add_month(const Weather& row, std::size_t calendar, std::optional<std::size_t> quantile,
                 int year);
  void draw(std::uint64_t trial, Instant until, Season& season) const;
  std::uint32_t num_lost(const Month& month, std::uint64_t trial) const;
  void lose_days(const Month& month, std::uint64_t trial, Season& season) const;
  Instant next_horizon(Instant horizon) const;
  bool is_hopeless(Instant until, const Season& season) const;

  const Plan& plan_;
  Source source_;
  Stream stream_;
  Instant begin_;  // nothing before is lost
  Instant first_horizon_;
  Instant last_horizon_;
  std::vector<CalendarId> calendars_;
  std::vector<Quantile> quantiles_;
  std::vector<Month> months_;  // in the order of time
  std::vector<Day> days_;
};

/// nullptr if no day that matters may be lost.
std::unique_ptr<WeatherDays> weather_of(const Plan& plan, Source source, std::uint64_t seed,
                                        Instant planned_finish);

}  // namespace diaodu::forecast
