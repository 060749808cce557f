#include "diaodu/forecast/target_year.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace diaodu::forecast {
namespace {

using track::Measure;
using track::Period;

constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
/// With fewer revised figures nothing is said about revisions to come.
constexpr std::size_t kFewestRevisions = 6;

/// The weight of a slot in its year: of a mean, its months.
double weight_of(const SlotCalendar::Slot& slot, Target::Accrual accrual) {
  return accrual == Target::Accrual::mean ? slot.months() : 1;
}

/// How much of themselves first publications of levels (or growths) were revised by.
std::vector<double> past_revisions(const Figures& figures, bool is_chained) {
  std::vector<double> revisions;
  for (const auto& [key, entry] : figures.entries()) {
    if (entry.num_published < 2) continue;
    if (!is_chained && (key.first == Measure::level || key.first == Measure::level_to_date) &&
        entry.first > 0) {
      revisions.push_back(entry.latest / entry.first - 1);
    }
    if (is_chained && (key.first == Measure::growth || key.first == Measure::growth_to_date)) {
      revisions.push_back((entry.latest - entry.first) / (100 + entry.first));
    }
  }
  return revisions;
}

class YearMaker {
 public:
  YearMaker(const Figures& figures, const YearQuestion& question, const Additions& additions)
      : figures_(figures), question_(question), additions_(additions) {
    year_.year = question.year;
    year_.accrual = question.accrual;
    year_.measure = question.measure;
    year_.num_paths = question.num_paths;
    year_.calendar = slots_of(figures);
    levels_ = levels_of(figures, year_.calendar, question.accrual);
    year_.is_chained = levels_.is_chained;
    year_.num_filled = levels_.num_filled;
  }

  std::variant<TargetYear, CannotForecast> make(const Forecaster& forecaster) {
    if (levels_.series.values.empty()) return CannotForecast{"there are no figures", "没有数据"};
    if (levels_.is_chained && question_.measure == Target::Measure::level) {
      return CannotForecast{"only growth has been published, and the goal is a level",
                            "只公布了增速，而目标是总量"};
    }
    bridge_gaps();
    const std::size_t horizon = horizon_of(levels_, year_.calendar, question_.year);
    if (horizon > 0) {
      Futures forecast = forecaster(levels_.series, {.horizon = horizon,
                                                     .count = question_.num_paths,
                                                     .seed = question_.seed,
                                                     .variable = question_.variable});
      if (auto* cannot = std::get_if<CannotForecast>(&forecast)) return std::move(*cannot);
      paths_ = std::get<Paths>(std::move(forecast));
    }
    find_known();
    if (question_.measure == Target::Measure::growth &&
        std::isnan(last_year(0, year_.num_slots() - 1))) {
      return CannotForecast{"the year before is not known, so there is nothing to grow from",
                            "上年数据不全，无法计算增速"};
    }
    if (question_.measure == Target::Measure::growth && grows_from_nothing()) {
      return CannotForecast{"last year is zero or below, and nothing can be told to grow from that",
                            "上年为零或负值，无法计算增速"};
    }
    if (std::isnan(year_end(0))) {
      return CannotForecast{"the first figures of the year are not known", "本年最初的数据未知"};
    }
    find_base();
    run_paths();
    return std::move(year_);
  }

 private:
  /// A hole inside this year or the last: last year's slot, grown like its neighbour.  Sums need a number.
  void bridge_gaps() {
    std::vector<double>& values = levels_.series.values;
    const auto season = year_.num_slots();
    for (std::size_t i = 1; i < values.size(); ++i) {
      if (!std::isnan(values[i]) || levels_.series.year(i) < question_.year - 1) continue;
      const bool has_slot = i >= season && !std::isnan(values[i - season]);
      const bool grows = has_slot && i > season && values[i - 1 - season] > 0 && values[i - 1] >= 0;
      values[i] = grows      ? values[i - season] * values[i - 1] / values[i - 1 - season]
                  : has_slot ? values[i - season]
                             : values[i - 1];
      ++year_.num_filled;
    }
  }

  /// Level of a slot of this or the last year, in a future.
  double level(std::size_t path, int year, std::size_t slot) const {
    const std::ptrdiff_t at = levels_.at(year, slot);
    const auto size = static_cast<std::ptrdiff_t>(levels_.series.size());
    if (at < 0) return kUnknown;
    if (at < size) return levels_.series.values[static_cast<std::size_t>(at)];
    return paths_.at(path, static_cast<std::size_t>(at - size));
  }

  void find_known() {
    for (std::size_t slot = 0; slot < year_.num_slots(); ++slot) {
      const double known = levels_.value(question_.year, slot);
      if (std::isnan(known)) break;
      year_.levels.push_back(known);
    }
    year_.num_known = year_.levels.size();
  }

  /// The sum, mean or end of last year's slots up to `slot`.
  double last_year(std::size_t path, std::size_t slot) const {
    return accrue(slot, [&](std::size_t each) { return level(path, question_.year - 1, each); });
  }

  double year_end(std::size_t path) const {
    return accrue(year_.num_slots() - 1,
                  [&](std::size_t each) { return level(path, question_.year, each); });
  }

  bool grows_from_nothing() const {
    const std::size_t num = std::max<std::size_t>(paths_.count, 1);
    for (std::size_t path = 0; path < num; ++path) {
      if (last_year(path, year_.num_slots() - 1) <= 0) return true;
    }
    return false;
  }

  template <class LevelOf>
  double accrue(std::size_t slot, LevelOf level_of) const {
    if (question_.accrual == Target::Accrual::last) return level_of(slot);
    double sum = 0;
    double weight = 0;
    for (std::size_t each = 0; each <= slot; ++each) {
      const double of_slot = weight_of(year_.calendar.slots[each], question_.accrual);
      sum += of_slot * level_of(each);
      weight += of_slot;
    }
    return question_.accrual == Target::Accrual::mean ? sum / weight : sum;
  }

  /// To the end of a slot; of what stands at the end, the slot's own.
  std::optional<double> published_growth(std::size_t slot) const {
    const auto& [first, last] = year_.calendar.slots[slot];
    if (const auto to_date = figures_.find(Measure::growth_to_date, {question_.year, 1, last}))
      return to_date;
    if (question_.accrual != Target::Accrual::last) return std::nullopt;
    if (const auto growth = figures_.find(Measure::growth, {question_.year, first, last}))
      return growth;
    return figures_.find(Measure::growth, {question_.year, last, last});
  }

  /// Last year's sum to the end of a slot as this year's publications have it: told, or implied by level and growth.
  std::optional<double> revised_base(std::size_t slot) const {
    const Period to_date{question_.year, 1, year_.calendar.slots[slot].last};
    if (const auto base = figures_.find(Measure::base_to_date, to_date)) return base;
    const auto growth = published_growth(slot);
    if (!growth || *growth <= -100) return std::nullopt;
    const double now = accrue(slot, [&](std::size_t each) { return year_.levels[each]; });
    return now / (1 + *growth / 100);
  }

  void find_base() {
    for (std::size_t slot = year_.num_known; slot-- > 0 && !year_.is_chained;) {
      const auto revised = revised_base(slot);
      const double published = last_year(0, slot);
      if (!revised || std::isnan(published) || published == 0) continue;
      year_.base_revision = *revised / published;
      break;
    }
    year_.bases.assign(year_.num_slots(), 0);
    for (std::size_t slot = 0; slot < year_.num_slots(); ++slot) {
      double sum = 0;
      const bool is_known = !std::isnan(levels_.value(question_.year - 1, slot));
      const std::size_t num = is_known || paths_.count == 0 ? 1 : question_.num_paths;
      for (std::size_t path = 0; path < num; ++path) sum += level(path, question_.year - 1, slot);
      year_.bases[slot] = year_.base_revision * sum / static_cast<double>(num);
    }
  }

  void run_paths() {
    const std::size_t slots = year_.num_slots();
    const std::vector<double> revisions = past_revisions(figures_, year_.is_chained);
    if (revisions.size() >= kFewestRevisions) year_.num_revisions = revisions.size();
    year_.to_date.resize(year_.num_paths * slots);
    for (auto* each : {&year_.total, &year_.base_total, &year_.future, &year_.future_base}) {
      each->resize(year_.num_paths);
    }
    std::vector<double> now(slots);
    std::vector<double> base(slots);
    for (std::size_t path = 0; path < year_.num_paths; ++path) {
      const double revised = year_.num_revisions == 0 ? 1 : 1 + revisions[path % revisions.size()];
      for (std::size_t slot = 0; slot < slots; ++slot) {
        now[slot] = level(path, question_.year, slot);
        base[slot] = year_.base_revision * level(path, question_.year - 1, slot);
        if (slot < year_.num_known)
          now[slot] *= revised;
        else if (!additions_.empty())
          now[slot] += additions_[path * slots + slot];
      }
      write_path(path, now, base);
      if (path == 0) write_known(base);
    }
  }

  /// What is out, as it is out.
  void write_known(const std::vector<double>& base) {
    for (std::size_t slot = 0; slot < year_.num_known; ++slot) {
      const auto told =
          question_.measure == Target::Measure::growth ? published_growth(slot) : std::nullopt;
      year_.known.push_back(told.value_or(
          year_.value_of(accrue(slot, [&](std::size_t each) { return year_.levels[each]; }),
                         accrue(slot, [&](std::size_t each) { return base[each]; }))));
    }
  }

  void write_path(std::size_t path, const std::vector<double>& now,
                  const std::vector<double>& base) {
    const std::size_t slots = year_.num_slots();
    const std::size_t end = slots - 1;
    const auto now_of = [&](std::size_t each) { return now[each]; };
    const auto base_of = [&](std::size_t each) { return base[each]; };
    for (std::size_t slot = 0; slot < slots; ++slot) {
      double& value = year_.to_date[path * slots + slot];
      value = year_.value_of(accrue(slot, now_of), accrue(slot, base_of));
      if (slot >= year_.num_known || question_.measure == Target::Measure::level) continue;
      if (const auto told = published_growth(slot)) value = *told;
    }
    year_.total[path] = accrue(end, now_of);
    year_.base_total[path] = accrue(end, base_of);
    const auto coming = [&](const auto& level_of) {
      const bool is_over = year_.num_known == slots;
      if (is_over) return 0.0;
      if (question_.accrual == Target::Accrual::last) return level_of(end);
      return accrue(
          end, [&](std::size_t each) { return each < year_.num_known ? 0.0 : level_of(each); });
    };
    year_.future[path] = coming(now_of);
    year_.future_base[path] = coming(base_of);
  }

  const Figures& figures_;
  const YearQuestion& question_;
  const Additions& additions_;
  Levels levels_;
  Paths paths_;
  TargetYear year_;
};

}  // namespace

double TargetYear::pushed(std::size_t path, double gain) const {
  // Points of growth of what is still to come are percents of what it is compared with.
  const double part = measure == Target::Measure::growth ? future_base[path] : future[path];
  return value_of(total[path] + gain / 100 * part, base_total[path]);
}

void TargetYear::reorder(std::span<const std::uint32_t> order) {
  const std::size_t slots = num_slots();
  const auto reordered = [&](const std::vector<double>& rows, std::size_t width) {
    std::vector<double> moved(rows.size());
    for (std::size_t path = 0; path < order.size(); ++path) {
      std::copy_n(rows.begin() + static_cast<std::ptrdiff_t>(order[path] * width), width,
                  moved.begin() + static_cast<std::ptrdiff_t>(path * width));
    }
    return moved;
  };
  to_date = reordered(to_date, slots);
  for (auto* each : {&total, &base_total, &future, &future_base}) *each = reordered(*each, 1);
}

std::size_t horizon_of(const Levels& levels, const SlotCalendar& calendar, int year) {
  const std::ptrdiff_t end = levels.at(year, calendar.size() - 1) + 1;
  const auto size = static_cast<std::ptrdiff_t>(levels.series.size());
  return end > size ? static_cast<std::size_t>(end - size) : 0;
}

std::variant<TargetYear, CannotForecast> year_of(const Figures& figures,
                                                 const YearQuestion& question,
                                                 const Forecaster& forecaster,
                                                 const Additions& additions) {
  return YearMaker(figures, question, additions).make(forecaster);
}

}  // namespace diaodu::forecast
