#include "diaodu/forecast/news.h"

#include <cmath>
#include <variant>

#include "diaodu/forecast/stream.h"

namespace diaodu::forecast {
namespace {

/// The mean of the year that some figures alone tell, without effects.
std::optional<double> expected(const Figures& figures, const YearQuestion& question,
                               const Forecaster& forecaster) {
  const auto answer = year_of(figures, question, forecaster);
  const auto* year = std::get_if<TargetYear>(&answer);
  if (year == nullptr) return std::nullopt;
  double sum = 0;
  for (std::size_t path = 0; path < year->num_paths; ++path) sum += year->value(path);
  return sum / static_cast<double>(year->num_paths);
}

}  // namespace

std::vector<News> news_between(const Plan& plan, const track::Record& record, const Outlook& before,
                               const Outlook& after, const Forecaster& forecaster,
                               std::uint64_t seed) {
  std::vector<News> all;
  for (TargetId id : plan.targets.ids()) {
    const Target& target = plan.targets[id];
    if (before[id].values.empty() || after[id].values.empty()) continue;
    News news{.target = id, .before = before[id].mean(), .after = after[id].mean()};
    news.probability_before = before[id].probability;
    news.probability_after = after[id].probability;
    Figures known;
    Figures revised;
    for (const track::Observation& each : record.observations) {
      if (each.target != target.id || each.published > after.as_of) continue;
      if (each.published <= before.as_of) {
        known.add(each);
        revised.add(each);
        continue;
      }
      news.published.push_back(each);
      Figures one;
      one.add(each);
      const auto& [measure, period] = one.entries().begin()->first;
      if (known.find(measure, period)) revised.add(each);
    }
    if (!news.published.empty()) {
      const YearQuestion question{.year = after.year,
                                  .accrual = target.accrual,
                                  .measure = target.measure,
                                  .num_paths = after.num_paths,
                                  .seed = seed,
                                  .variable = variable_number('i', target.id)};
      const auto then = expected(known, question, forecaster);
      const auto mended = expected(revised, question, forecaster);
      const auto now =
          expected(figures_of(record.observations, target.id, after.as_of), question, forecaster);
      if (then && mended) news.revisions = *mended - *then;
      if (mended && now) news.surprise = *now - *mended;
    }
    news.rest = news.after - news.before - news.revisions - news.surprise;
    const bool is_moved = !news.published.empty() || std::abs(news.rest) > 1e-12;
    if (is_moved) all.push_back(std::move(news));
  }
  return all;
}

}  // namespace diaodu::forecast
