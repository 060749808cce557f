#pragma once

#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "diaodu/forecast/state_space.h"

namespace diaodu::forecast {

/// (p, d, q)(P, D, Q) of Box & Jenkins; the default is their airline model.
struct ArimaOrder {
  int slots_per_year = 12;
  int autoregressive = 0;
  int differences = 1;
  int moving_average = 1;
  int seasonal_autoregressive = 0;
  int seasonal_differences = 1;
  int seasonal_moving_average = 1;

  std::size_t num_parameters() const {
    return static_cast<std::size_t>(autoregressive + moving_average + seasonal_autoregressive +
                                    seasonal_moving_average);
  }
};

/// All with the signs of Box & Jenkins, which are X-13's: (1 - a B)(1 - A B^s) w = (1 - m B)(1 - M B^s) e, w the
/// differenced series.
struct ArimaCoefficients {
  std::vector<double> autoregressive;
  std::vector<double> moving_average;
  std::vector<double> seasonal_autoregressive;
  std::vector<double> seasonal_moving_average;
};

/// The series itself, not its differences, so that numbers may be missing (Harvey & Pierse 1984); the innovation's
/// variance is 1.  What came before the series is diffuse, what its differences were is stationary.  Where nothing
/// is missing, the likelihood is that of the differenced series.
///
/// Component i of Harvey's companion form is state (i + t) % states: it moves up by staying.
StateSpace arima_model(const ArimaOrder& order, const ArimaCoefficients& coefficients);

/// Coefficients of stationary and invertible polynomials from any numbers: partial correlations by tanh (Barndorff-
/// Nielsen & Schou 1973; Monahan 1984).
ArimaCoefficients arima_at(const ArimaOrder& order, std::span<const double> parameters);

struct ArimaOptions {
  Coefficients coefficients = Coefficients::profiled;
  /// Pulls parameters towards those of usual monthly series, as much as one standard normal each; 0 is maximum
  /// likelihood.
  double prior_weight = 0;
  double least_gain = 1e-10;  ///< where the search ends (`minimise`)
};

struct ArimaFit {
  ArimaOrder order;
  ArimaCoefficients coefficients;
  Likelihood likelihood;  ///< its scale is the innovation's variance
  /// Of the series as given, scale and regressors counted (Hurvich & Tsai 1989); infinite where it is too short to judge.
  double aicc = 0;
  std::vector<double> parameters;
  std::vector<double> spread;  ///< as `StructuralFit::spread`
  int num_evaluations = 0;
};

std::variant<ArimaFit, CannotForecast> fit_arima(const ArimaOrder& order,
                                                 std::span<const double> series,
                                                 const Regressors& regressors = {},
                                                 const ArimaOptions& options = {});

struct AirlineOptions {
  /// Offers the Spring Festival and, from 2007 on, the working days of China; AICC decides.
  bool has_china_calendar = false;
};

/// Paths of the airline model, of the logarithm where every number is positive, parameters and scale drawn anew.
Futures airline_paths(const Series& series, const PathRequest& request,
                      const AirlineOptions& options = {});

/// The same, fitted once: the forecaster may be asked of the series or, with the parameters and regressors found, of its
/// beginnings.
Forecaster airline_forecaster(const Series& series, const AirlineOptions& options = {});

}  // namespace diaodu::forecast
