#include "diaodu/forecast/structural.h"

#include <cassert>
#include <cmath>
#include <numbers>
#include <numeric>

namespace diaodu::forecast {

namespace {

enum Number : std::uint32_t { kLevel, kSlope, kSeason, kIrregular };

Term term(std::size_t state, double coefficient = 1) {
  return {.state = static_cast<std::uint32_t>(state), .coefficient = coefficient};
}

void add_trend(const StructuralForm& form, Phase& phase) {
  phase.loading.push_back(term(0));
  phase.shocks.push_back({.variance = kLevel, .terms = {term(0)}});
  if (form.trend == Trend::level) return;
  phase.transition.push_back({.state = 0, .terms = {term(0), term(1)}});
  if (form.damping != 1)
    phase.transition.push_back({.state = 1, .terms = {term(1, form.damping)}});
  phase.shocks.push_back({.variance = kSlope, .terms = {term(1)}});
}

void add_dummies(const StructuralForm& form, std::size_t slot, Phase& phase) {
  const auto places = static_cast<std::size_t>(form.slots_per_year) - 1;
  const std::size_t first = form.first_season();
  phase.loading.push_back(term(first + slot % places));
  // The oldest place takes the next effect: less the sum of the others and its own.
  Row next{.state = static_cast<std::uint32_t>(first + (slot + 1) % places)};
  for (std::size_t place = 0; place < places; ++place)
    next.terms.push_back(term(first + place, -1));
  phase.shocks.push_back({.variance = kSeason, .terms = {term(next.state)}});
  phase.transition.push_back(std::move(next));
}

/// Harmonics turn in the loading, so that their states stay.
void add_harmonics(const StructuralForm& form, std::size_t slot, Phase& phase) {
  const std::size_t slots = static_cast<std::size_t>(form.slots_per_year);
  std::size_t state = form.first_season();
  for (std::size_t harmonic = 1; 2 * harmonic <= slots; ++harmonic) {
    const double angle = 2 * std::numbers::pi * static_cast<double>(harmonic * slot % slots) /
                         static_cast<double>(slots);
    phase.loading.push_back(term(state, std::cos(angle)));
    phase.shocks.push_back({.variance = kSeason, .terms = {term(state++)}});
    if (2 * harmonic == slots) break;
    phase.loading.push_back(term(state, std::sin(angle)));
    phase.shocks.push_back({.variance = kSeason, .terms = {term(state++)}});
  }
}

std::vector<std::vector<double>> unit_directions(std::size_t count, std::size_t states) {
  std::vector<std::vector<double>> directions(count, std::vector<double>(states, 0));
  for (std::size_t i = 0; i < count; ++i) directions[i][i] = 1;
  return directions;
}

}  // namespace

StateSpace structural_model(const StructuralForm& form, const StructuralVariances& variances) {
  StateSpace model;
  const bool has_season = form.has_season();
  const auto slots = static_cast<std::size_t>(form.slots_per_year);
  model.num_states = form.first_season() + (has_season ? slots - 1 : 0);
  std::size_t num_phases = 1;
  if (has_season) num_phases = form.season == Season::dummies ? std::max<std::size_t>(1, slots - 1) : slots;
  model.phases.resize(num_phases);
  for (std::size_t slot = 0; slot < num_phases; ++slot) {
    Phase& phase = model.phases[slot];
    add_trend(form, phase);
    if (!has_season) continue;
    if (form.season == Season::dummies) add_dummies(form, slot, phase);
    if (form.season == Season::trigonometric) add_harmonics(form, slot, phase);
  }
  model.variances = {variances.level, variances.slope, variances.season, variances.irregular};
  model.irregular = variances.irregular;
  model.diffuse = unit_directions(model.num_states, model.num_states);
  return model;
}

StateSpace cumulated_model(const StructuralForm& form, const StructuralVariances& variances,
                           const Cumulator& cumulator) {
  const StateSpace flows = structural_model(form, variances);
  StateSpace model = flows;
  const std::size_t irregular = flows.num_states;
  const std::size_t sum = irregular + 1;
  model.num_states = sum + 1;
  model.irregular = 0;
  model.diffuse = unit_directions(flows.num_states, model.num_states);
  model.start_variance.assign(model.num_states * model.num_states, 0);
  model.start_variance[irregular * model.num_states + irregular] = variances.irregular;
  model.phases.clear();
  for (std::size_t slot = 0; slot < cumulator.weights.size(); ++slot) {
    Phase phase = flows.phase(slot);
    const double weight = cumulator.weights[slot];
    Row next_sum{.state = static_cast<std::uint32_t>(sum)};
    if (!cumulator.begins[slot]) next_sum.terms.push_back(term(sum));
    phase.loading.push_back(term(irregular));
    for (const Term& part : phase.loading)
      next_sum.terms.push_back(term(part.state, weight * part.coefficient));
    if (cumulator.is_to_date[slot]) phase.loading = next_sum.terms;
    phase.transition.push_back(std::move(next_sum));
    phase.transition.push_back({.state = static_cast<std::uint32_t>(irregular), .terms = {}});
    phase.shocks.push_back({.variance = kIrregular, .terms = {term(irregular)}});
    model.phases.push_back(std::move(phase));
  }
  return model;
}

std::vector<double> cumulated(std::span<const double> flow, const Cumulator& cumulator) {
  std::vector<double> out(flow.begin(), flow.end());
  double sum = 0;
  for (std::size_t slot = 0; slot < flow.size(); ++slot) {
    sum = (cumulator.begins[slot] ? 0 : sum) + cumulator.weights[slot] * flow[slot];
    if (cumulator.is_to_date[slot]) out[slot] = sum;
  }
  return out;
}

}  // namespace diaodu::forecast
