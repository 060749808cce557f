#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace diaodu::dispatch {

/// How an outbreak goes, from counts of cases by day of onset: for staff, tubes and the laboratory of the days to come.
///
/// Days are numbered from 0.  A serial interval is the time from the onset of a case to that of somebody it infects:
/// `serial[s]` is the share of s days, `serial[0]` mostly 0.  Late reports and days that are not complete yet are the
/// caller's to leave out.

/// A number with its 95 % interval.
struct Estimate {
  double mean = 0;
  double deviation = 0;  ///< standard
  double low = 0;        ///< 2.5 %
  double median = 0;
  double high = 0;  ///< 97.5 %
};

/// A gamma law, moved by a day, in whole days (Cori et al. 2013, web appendix 11); `mean` > 1.
std::vector<double> serial_interval(double mean, double deviation, std::size_t days);

/// How infectious all earlier cases are on each day: sum of serial[s] * cases[t - s].
std::vector<double> infectivity(std::span<const std::int64_t> cases,
                                std::span<const double> serial);

/// How many a case infects on average, if conditions stay as on the days `[from, to)`: Cori et al. 2013, with their
/// prior (a gamma law of mean 5 and deviation 5).  Posterior: gamma of shape 1 + cases, rate 1/5 + infectivity.
Estimate instantaneous_reproduction(std::span<const std::int64_t> cases,
                                    std::span<const double> serial, std::size_t from,
                                    std::size_t to);

/// The first of the last `window` days that tell how many a case infects: after the first cases,
/// whom nobody known has infected (EpiEstim begins on the second day, too).  `cases.size()` where
/// none does.
std::size_t first_telling_day(std::span<const std::int64_t> cases, std::size_t window);

/// How many the cases of each day have infected, each by the chance that they did: Wallinga & Teunis 2004.  Of the last
/// days too little, because whom they infect falls ill later.
std::vector<double> case_reproduction(std::span<const std::int64_t> cases,
                                      std::span<const double> serial);

/// The mean of those of the days `[from, to)`, with the interval of `draws` transmission trees drawn by chance.
Estimate case_reproduction(std::span<const std::int64_t> cases, std::span<const double> serial,
                           std::size_t from, std::size_t to, std::size_t draws = 1000,
                           std::uint64_t seed = 1);

/// Who may have infected a case, by dates alone.
struct LikelyInfector {
  std::size_t infector = 0;
  double probability = 0;
};

/// For each case (its day of onset) the others that may have infected it, likeliest first; empty where nobody is early
/// enough.  A known contact is `contact_factor` times as likely as one who is none, had both fallen ill on the same day.
/// A list in which nobody stands out says just that: dates alone seldom tell chains (Jombart et al. 2014).
std::vector<std::vector<LikelyInfector>> likely_infectors(
    std::span<const std::int64_t> onsets, std::span<const double> serial,
    std::span<const std::pair<std::size_t, std::size_t>> contacts = {}, double contact_factor = 10);

/// Exponential growth on days in a row, by Poisson regression of the counts: the rate a day.  ln 2 / rate is the doubling
/// time.  The interval is Wald's.
struct Growth {
  Estimate rate;
  double level = 0;       ///< cases expected on the first of the days
  bool is_known = false;  ///< false with fewer than two days or no case
};
Growth growth(std::span<const std::int64_t> cases);

/// Cases of one day to come.
struct CasesToCome {
  double mean = 0;
  std::int64_t low = 0;  ///< 2.5 %
  std::int64_t median = 0;
  std::int64_t high = 0;  ///< 97.5 %
};

/// The next `days` days, if infection goes on as in the last `window` days, from `first_telling_day`
/// on: `paths` futures in each of which the reproduction number is drawn from its posterior, and each
/// day's cases from a Poisson law of its number times the infectivity so far.
std::vector<CasesToCome> cases_to_come(std::span<const std::int64_t> cases,
                                       std::span<const double> serial, std::size_t window,
                                       std::size_t days, std::size_t paths = 1000,
                                       std::uint64_t seed = 1);

}  // namespace diaodu::dispatch
