#pragma once

#include <functional>
#include <string>
#include <vector>

#include "diaodu/forecast/arima.h"
#include "diaodu/forecast/series.h"

namespace diaodu::forecast {

/// A method by its name, and how it makes futures.
struct Method {
  std::string name;
  Forecaster paths;
  /// What it learns of a series once, so that it need not do so again for its beginnings; may be empty.
  std::function<Forecaster(const Series&)> learn;
};

/// Structural whose growth returns to its average, airline, exponential smoothing with a damped trend, Theta, the hand
/// rule.  Not all there are: of several whose growth fades, more than one would pull what grows on average down.
std::vector<Method> standard_methods(const AirlineOptions& airline = {});

/// Defaults are those that did best in the bench's pilot: M3's training parts, their last 18 months held out.
struct CombinationOptions {
  /// How many past origins at the same slot methods are compared at.
  std::size_t max_origins = 8;
  std::size_t trial_count = 200;  ///< paths of a method in such a comparison
  /// How fast a worse score loses weight: weights go as score^-sharpness.
  double sharpness = 2;
  /// Equal weights count as much as so many origins.
  double prior_origins = 1;
  /// What all deviations from the median are multiplied by where a series has no past of its own.
  double pooled_widening = 0.98;
  bool replaces_outliers = true;
};

/// What one method came to.
struct MethodShare {
  std::string name;
  double weight = 0;
  double score =
      0;  ///< mean CRPS at past origins, relative to the mean of all methods; 0 if none could be
  CannotForecast why_not;  ///< where it could not say anything; else empty
};

struct Combination {
  Futures forecast;
  std::vector<MethodShare> shares;
  std::size_t num_origins = 0;        ///< past origins that counted
  double widening = 1;                ///< what deviations from the median were multiplied by
  std::vector<std::size_t> outliers;  ///< places in the series that were replaced
};

/// A linear pool: each method gives so many of its paths as its weight says, path p always the method its own number
/// decides.  Weights go by the CRPS of single slots and of their sum at the same slot one, two ... years ago (methods
/// see nothing later, but what `Method::learn` keeps: a form, or a handful of parameters), shrunk towards equal ones; then deviations from the pool's median are widened by what the PITs of
/// past origins ask for, shrunk to `pooled_widening`.
///
/// Slots at the end that are not known are forecast over.  A method that fails at the end counts for nothing; where all
/// fail, so does the combination, with the first reason.  One method alone comes back as it is.
Combination combine(const Series& series, const PathRequest& request,
                    const std::vector<Method>& methods, const CombinationOptions& options = {});

/// Methods, combined: what `diaodu forecast` and the page use.
Forecaster combination_of(std::vector<Method> methods);

/// Places whose distance from the middle of their neighbours (without season) exceeds eight times the usual and that
/// stand alone; never among the last `slots_per_year` / 2.
std::vector<std::size_t> find_outliers(const Series& series);

}  // namespace diaodu::forecast
