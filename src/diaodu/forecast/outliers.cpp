#include <cmath>

#include "diaodu/forecast/smoother.h"
#include "diaodu/forecast/structural.h"

namespace diaodu::forecast {

std::vector<double> outlier_regressor(const Outlier& outlier, std::size_t size) {
  std::vector<double> out(size, 0);
  for (std::size_t slot = outlier.slot; slot < size; ++slot) {
    out[slot] = 1;
    if (outlier.kind == Outlier::Kind::additive) break;
  }
  return out;
}

std::vector<Outlier> find_outliers(const StructuralForm& form, std::span<const double> series,
                                   const StructuralOptions& options, double threshold,
                                   std::size_t max_count) {
  std::vector<Outlier> outliers;
  Regressors regressors;
  while (outliers.size() < max_count) {
    const auto found = fit_structural(form, series, regressors, options);
    const auto* fit = std::get_if<StructuralFit>(&found);
    if (!fit) break;
    std::vector<double> cleaned(series.begin(), series.end());
    for (std::size_t i = 0; i < regressors.size(); ++i) {
      for (std::size_t slot = 0; slot < series.size(); ++slot)
        cleaned[slot] -= fit->likelihood.coefficients[i] * regressors[i][slot];
    }
    const StateSpace model = options.cumulator
                                 ? cumulated_model(fit->form, fit->variances, *options.cumulator)
                                 : structural_model(fit->form, fit->variances);
    const Smoothed smoothed = smooth(model, cleaned);
    Outlier worst;
    for (std::size_t slot = 0; slot < series.size(); ++slot) {
      const double off = smoothed.irregular_t[slot];
      if (std::abs(off) > std::abs(worst.t))
        worst = {.kind = Outlier::Kind::additive, .slot = slot, .t = off};
      // The shock that moves this slot to the next; the level's variance is number 0.
      const double shifted = smoothed.shock_t[slot * smoothed.num_shocks];
      if (slot + 2 < series.size() && std::abs(shifted) > std::abs(worst.t))
        worst = {.kind = Outlier::Kind::level_shift, .slot = slot + 1, .t = shifted};
    }
    if (!(std::abs(worst.t) > threshold)) break;
    outliers.push_back(worst);
    std::vector<double> regressor = outlier_regressor(worst, series.size());
    regressors.push_back(std::move(regressor));
  }
  if (outliers.empty()) return outliers;
  const auto found = fit_structural(form, series, regressors, options);
  const auto* fit = std::get_if<StructuralFit>(&found);
  for (std::size_t i = 0; fit && i < outliers.size(); ++i) {
    const std::size_t size = outliers.size();
    outliers[i].size = fit->likelihood.coefficients[i];
    outliers[i].t =
        outliers[i].size / std::sqrt(fit->likelihood.scale *
                                     fit->likelihood.coefficient_variance[i * size + i]);
  }
  return outliers;
}

}  // namespace diaodu::forecast
