#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/track/record.h"

namespace diaodu::bench {

/// How an indicator is published, by the conventions of Chinese statistics.
enum class Publication : std::uint8_t {
  retail,  ///< level and to date, growth to date on a comparable base; January and February together
  industry,    ///< growth alone, monthly and to date; January and February together
  investment,  ///< growth to date alone; January and February together
  trade,       ///< level monthly, January too, and growth to date
  stock,       ///< what stands at the month's end, and its growth
  index,       ///< a mean of months
  quarter,     ///< level and growth to date, by quarters
};

/// What drives an indicator; the truth that a forecast does not see.
struct Process {
  Publication publication = Publication::retail;
  double start = 100;         ///< a month's level at the beginning
  double growth = 0.05;       ///< a year, on average
  double persistence = 0.95;  ///< of the growth, a month
  double drift = 0.004;       ///< deviation of the growth's monthly shock, a year's growth
  double loading = 0.5;       ///< of that shock, the share that all indicators have in common
  double noise = 0.02;        ///< deviation of a month
  double season = 0.15;       ///< amplitude
};

/// An indicator's months: what was and, from the last published one on, what might be.
class Course {
 public:
  /// `months` of history, drawn by `seed` and `number`; `common` are the shocks of all, one a month.
  Course(const Process& process, std::uint64_t seed, std::uint64_t number, std::size_t months,
         std::span<const double> common);

  std::span<const double> levels() const { return levels_; }
  /// The months after: one of many futures, `common` those of the same future.
  std::vector<double> future(std::uint64_t seed, std::uint64_t number, std::uint64_t future,
                             std::size_t months, std::span<const double> common) const;

 private:
  struct State {
    double level = 0;   ///< logarithm
    double growth = 0;  ///< a year
  };
  double step(State& state, std::size_t month, double own, double common, double noise) const;

  Process process_;
  std::vector<double> season_;
  State state_;
  std::vector<double> levels_;
};

/// Standard normal numbers of a stream, as many as asked.
std::vector<double> normals(std::uint64_t seed, std::uint64_t variable, std::uint64_t first,
                            std::size_t count);

/// What statisticians publish of a course from `first_year` on, months before `published_months`: a first figure,
/// and a revised one two months later.  Bases are revised once a year.
void publish(std::vector<track::Observation>& observations, const std::string& name,
             const Process& process, std::span<const double> levels, int first_year,
             std::uint64_t seed, std::uint64_t number);

/// The year's value, by how it is measured: the last twelve months and the twelve before.
double value_of_year(const Process& process, Target::Measure measure,
                     std::span<const double> levels);

}  // namespace diaodu::bench
