#include "city.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <numeric>

#include "diaodu/core/civil.h"
#include "diaodu/forecast/normal.h"
#include "diaodu/forecast/stream.h"

namespace diaodu::bench {
namespace {

using forecast::Stream;
using forecast::Uniform;
using forecast::variable_number;
using track::Measure;

constexpr std::size_t kYear = 12;
constexpr double kFirstError = 0.003;    // of a first figure
constexpr double kBaseRevision = 0.004;  // a year

std::uint64_t variable_of(char kind, std::uint64_t number) {
  return variable_number(kind, std::to_string(number));
}

/// Day 18 of the month after.
Instant day_of(int year, int month) {
  const bool wraps = month == 12;
  const Date date = Date::from(wraps ? year + 1 : year, wraps ? 1 : month + 1, 18);
  return Instant{(date.days * 24 + 2) * 60};  // 10 o'clock in China
}

double rounded(double value, double unit) { return std::round(value / unit) * unit; }

bool joins_january(Publication publication) {
  return publication == Publication::retail || publication == Publication::industry ||
         publication == Publication::investment;
}

double sum(std::span<const double> levels, std::size_t from, std::size_t count) {
  return std::accumulate(levels.begin() + static_cast<std::ptrdiff_t>(from),
                         levels.begin() + static_cast<std::ptrdiff_t>(from + count), 0.0);
}

class Publisher {
 public:
  Publisher(std::vector<track::Observation>& observations, const std::string& name,
            const Process& process, std::span<const double> levels, int first_year,
            std::uint64_t seed, std::uint64_t number)
      : observations_(observations),
        name_(name),
        process_(process),
        levels_(levels),
        first_year_(first_year),
        errors_(normals(seed, variable_of('e', number), 0, levels.size())),
        bases_(normals(seed, variable_of('b', number), 0, levels.size() / kYear + 2)) {}

  void run() {
    for (std::size_t month = 0; month < levels_.size(); ++month) {
      const bool is_january = month % kYear == 0;
      if (is_january && joins_january(process_.publication)) continue;
      if (process_.publication == Publication::quarter && month % 3 != 2) continue;
      tell(month);
    }
  }

 private:
  /// The scale of a year's levels: bases were revised up to then.
  double scale(std::size_t month) const {
    double product = 1;
    for (std::size_t year = 1; year <= month / kYear; ++year)
      product *= std::exp(kBaseRevision * bases_[year]);
    return product;
  }

  /// Both publications of a number, which is exact in the second.
  void say(std::size_t month, int first, Measure measure, double exact, bool is_growth) {
    const int year = first_year_ + static_cast<int>(month / kYear);
    const int last = static_cast<int>(month % kYear) + 1;
    const double error = kFirstError * errors_[month];
    const double early = is_growth ? exact + 100 * error : exact * std::exp(error);
    const double unit = is_growth ? 0.1 : 0.01;
    const std::size_t later = month + 2;
    const auto add = [&](double value, std::size_t at) {
      observations_.push_back(
          {name_,
           {year, first, last},
           measure,
           rounded(value, unit),
           day_of(first_year_ + static_cast<int>(at / kYear), static_cast<int>(at % kYear) + 1),
           ""});
    };
    add(early, month);
    if (later < levels_.size() && rounded(early, unit) != rounded(exact, unit)) add(exact, later);
  }

  double growth(std::size_t from, std::size_t count) const {
    return 100 * (sum(levels_, from, count) / sum(levels_, from - kYear, count) - 1);
  }

  void tell(std::size_t month) {
    const std::size_t in_year = month % kYear;
    const std::size_t january = month - in_year;
    const bool is_joined = in_year == 1 && joins_january(process_.publication);
    const int first = is_joined ? 1 : static_cast<int>(in_year) + 1;
    const std::size_t months = is_joined ? 2 : 1;
    const bool has_year = month >= kYear;
    const double to_date = sum(levels_, january, in_year + 1) * scale(month);
    switch (process_.publication) {
      case Publication::retail:
      case Publication::trade:
        say(month, first, Measure::level, sum(levels_, month + 1 - months, months) * scale(month),
            false);
        if (has_year) say(month, 1, Measure::growth_to_date, growth(january, in_year + 1), true);
        break;
      case Publication::industry:
        if (!has_year) break;
        if (!is_joined) say(month, first, Measure::growth, growth(month, 1), true);
        say(month, 1, Measure::growth_to_date, growth(january, in_year + 1), true);
        break;
      case Publication::investment:
        if (has_year) say(month, 1, Measure::growth_to_date, growth(january, in_year + 1), true);
        break;
      case Publication::stock:
        say(month, first, Measure::level, levels_[month] * scale(month), false);
        if (has_year) say(month, first, Measure::growth, growth(month, 1), true);
        break;
      case Publication::index:
        say(month, first, Measure::level, levels_[month], false);
        break;
      case Publication::quarter:
        say(month, 1, Measure::level_to_date, to_date, false);
        if (has_year) say(month, 1, Measure::growth_to_date, growth(january, in_year + 1), true);
        break;
    }
  }

  std::vector<track::Observation>& observations_;
  const std::string& name_;
  const Process& process_;
  std::span<const double> levels_;
  int first_year_;
  std::vector<double> errors_;
  std::vector<double> bases_;
};

}  // namespace

std::vector<double> normals(std::uint64_t seed, std::uint64_t variable, std::uint64_t first,
                            std::size_t count) {
  std::vector<Uniform> uniforms(count);
  Stream(seed).uniforms(variable, first, uniforms);
  std::vector<double> scores;
  for (const Uniform uniform : uniforms) {
    scores.push_back(forecast::normal_quantile(forecast::unit_of(uniform)));
  }
  return scores;
}

Course::Course(const Process& process, std::uint64_t seed, std::uint64_t number, std::size_t months,
               std::span<const double> common)
    : process_(process) {
  const std::vector<double> phases = normals(seed, variable_of('p', number), 0, kYear);
  for (std::size_t month = 0; month < kYear; ++month) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(month) / kYear;
    season_.push_back(process.season * (std::sin(angle + phases[0]) + 0.3 * phases[month]));
  }
  state_ = {std::log(process.start), process.growth};
  const auto own = normals(seed, variable_of('o', number), 0, months);
  const auto noise = normals(seed, variable_of('n', number), 0, months);
  for (std::size_t month = 0; month < months; ++month) {
    levels_.push_back(step(state_, month, own[month], common[month], noise[month]));
  }
}

double Course::step(State& state, std::size_t month, double own, double common,
                    double noise) const {
  const double shock =
      process_.loading * common + std::sqrt(1 - process_.loading * process_.loading) * own;
  state.growth = process_.growth + process_.persistence * (state.growth - process_.growth) +
                 process_.drift * shock;
  state.level += state.growth / kYear;
  return std::exp(state.level + season_[month % kYear] + process_.noise * noise);
}

std::vector<double> Course::future(std::uint64_t seed, std::uint64_t number, std::uint64_t future,
                                   std::size_t months, std::span<const double> common) const {
  State state = state_;
  const auto own = normals(seed, variable_of('O', number), future * kYear, months);
  const auto noise = normals(seed, variable_of('N', number), future * kYear, months);
  std::vector<double> levels;
  for (std::size_t i = 0; i < months; ++i) {
    levels.push_back(step(state, levels_.size() + i, own[i], common[i], noise[i]));
  }
  return levels;
}

void publish(std::vector<track::Observation>& observations, const std::string& name,
             const Process& process, std::span<const double> levels, int first_year,
             std::uint64_t seed, std::uint64_t number) {
  Publisher(observations, name, process, levels, first_year, seed, number).run();
}

double value_of_year(const Process& process, Target::Measure measure,
                     std::span<const double> levels) {
  const auto whole = [&](std::size_t years_before) {
    const std::size_t from = levels.size() - (years_before + 1) * kYear;
    if (process.publication == Publication::stock) return levels[from + kYear - 1];
    const double all = sum(levels, from, kYear);
    return process.publication == Publication::index ? all / kYear : all;
  };
  return measure == Target::Measure::level ? whole(0) : 100 * (whole(0) / whole(1) - 1);
}

}  // namespace diaodu::bench
