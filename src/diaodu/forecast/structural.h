#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <variant>
#include <vector>

#include "diaodu/forecast/state_space.h"

namespace diaodu::forecast {

enum class Trend : std::uint8_t { level, slope };
/// Dummies: the season's effects add up to a disturbance over any year.  Trigonometric: a random walk of each
/// harmonic, all with the same variance (Harvey 1989, 2.3.4).
enum class Season : std::uint8_t { none, dummies, trigonometric };

/// y = level + season + irregular; level += slope + shock; slope = damping * slope + shock.
///
/// States are level, slope where there is one, then the season's.  Level, slope and season start diffuse.  Dummies:
/// the effect of slot t is state `first_season() + t % (slots - 1)`, and the slots before it lie before it, in a
/// circle.
struct StructuralForm {
  Trend trend = Trend::slope;
  Season season = Season::trigonometric;
  int slots_per_year = 12;
  double damping = 1;

  std::size_t first_season() const { return trend == Trend::slope ? 2 : 1; }
  bool has_season() const { return season != Season::none && slots_per_year > 1; }
};

struct StructuralVariances {
  double irregular = 1;
  double level = 0;
  double slope = 0;
  double season = 0;
};

StateSpace structural_model(const StructuralForm& form, const StructuralVariances& variances);

/// Sums that begin anew each year: what is published to date, or growth to date as the weighted growth of the
/// slots so far (Harvey 1989, 6.3).  The flow of slot t counts `weights[t]` times; `begins[t]` says that it is the
/// first of its sum; `is_to_date[t]` that the series' number there is the sum, not the flow.  All as long as the
/// series and what is to be foretold of it.
struct Cumulator {
  std::vector<double> weights;
  std::vector<bool> begins;
  std::vector<bool> is_to_date;
};

/// The same model seen through sums; the irregular and the sum so far become its last two states.  Variances are
/// level, slope, season, irregular.
StateSpace cumulated_model(const StructuralForm& form, const StructuralVariances& variances,
                           const Cumulator& cumulator);
/// A regressor of flows as one of what is observed.
std::vector<double> cumulated(std::span<const double> flow, const Cumulator& cumulator);

struct StructuralOptions {
  bool is_damped = false;  ///< estimates the damping, between 0.5 and 0.998
  /// How much is believed beforehand of the logarithms of variance ratios and of the damping: 1 is one standard
  /// normal each around what monthly series of business have on average (see structural_fit.cpp), 0 is maximum
  /// likelihood.  It matters for series of few years, whose likelihood is flat.
  double prior_weight = 0;
  std::optional<Cumulator> cumulator;
  Coefficients coefficients = Coefficients::diffuse;
  double least_gain = 1e-10;  ///< where the search ends (`minimise`)
};

struct StructuralFit {
  StructuralForm form;  ///< with the damping found
  StructuralVariances variances;
  Likelihood likelihood;
  double log_likelihood = 0;
  std::vector<double> parameters;  ///< as `structural_at` takes them
  std::vector<double>
      spread;  ///< n x n: parameters + spread z are as likely as z normal (information, floored)
  int num_evaluations = 0;
};

/// Maximum likelihood, or its penalised form: the scale concentrated out, log ratios of variances to the
/// irregular's searched from several starts.  A variance at its boundary ends at a ratio of some e^-16.
std::variant<StructuralFit, CannotForecast> fit_structural(const StructuralForm& form,
                                                           std::span<const double> series,
                                                           const Regressors& regressors = {},
                                                           const StructuralOptions& options = {});

/// The form and variances (irregular 1) that these parameters stand for.
struct StructuralPoint {
  StructuralForm form;
  StructuralVariances variances;
};
StructuralPoint structural_at(const StructuralForm& form, bool is_damped,
                              std::span<const double> parameters);

/// A number that fits no model, and the size of what it is off by.
struct Outlier {
  enum class Kind : std::uint8_t { additive, level_shift };
  Kind kind = Kind::additive;
  std::size_t slot = 0;
  double size = 0;
  double t = 0;
};

/// The same as a regressor of `size` slots.
std::vector<double> outlier_regressor(const Outlier& outlier, std::size_t size);

/// Additive outliers and level shifts, one at a time, the largest first, as long as |t| > `threshold` (Harvey &
/// Koopman 1992; de Jong & Penzer 1998: t by the smoothed disturbances).
std::vector<Outlier> find_outliers(const StructuralForm& form, std::span<const double> series,
                                   const StructuralOptions& options, double threshold = 4,
                                   std::size_t max_count = 4);

/// What a damped slope fades to: nothing, or the growth that the series has had on average, which is not known either.
enum class Growth : std::uint8_t { fading, reverting };

/// Paths of a damped structural model with a trigonometric season, of the logarithm where every number is
/// positive; variances, damping, coefficients and scale drawn anew from what the series leaves open.
Futures structural_paths(const Series& series, const PathRequest& request);

/// The same, fitted once: the forecaster may be asked of the series or, with the parameters found, of its beginnings.
Forecaster structural_forecaster(const Series& series, Growth growth = Growth::fading);

}  // namespace diaodu::forecast
