#include "diaodu/formats/distribution_cells.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/columns.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using Shape = Distribution::Shape;

constexpr std::array<std::string_view, 5> kBetweenValues = {";", "；", "、", "，", "|"};
constexpr double kMostShare = 1000;
constexpr double kMostDaysOfAMonth = 31;
constexpr double kMostWeight = 1e12;

/// As a cell holds a share: to the thousand-millionth.
double rounded_share(double share) {
  constexpr double kScale = 1e9;
  return std::round(share * kScale) / kScale;
}

bool has_likely(Shape shape) {
  return shape == Shape::fixed || shape == Shape::triangular || shape == Shape::pert ||
         shape == Shape::lognormal;
}

/// `3d:0.7` into its value and its weight; the weight is empty where there is none.
std::pair<std::string_view, std::string_view> split_weight(std::string_view part) {
  for (const std::string_view colon : {":", "："}) {
    const std::size_t at = part.rfind(colon);
    if (at == std::string_view::npos) continue;
    return {trimmed(part.substr(0, at)), trimmed(part.substr(at + colon.size()))};
  }
  return {part, {}};
}

}  // namespace

DistributionReader::DistributionReader(TableReader& table, TableKind kind, Shape usual)
    : table_(table), kind_(kind), usual_(usual) {}

Argument DistributionReader::label(std::string_view column) const {
  return label_of(*find_column(kind_, column));
}

void DistributionReader::report_missing(std::size_t row, std::string_view column) {
  table_.report(found::missing_cell, row, table_.column(column), {label(column)});
  is_bad_ = true;
}

std::optional<double> DistributionReader::share(std::string_view written, std::size_t row,
                                                std::size_t column) {
  // With a sign it is what is added to the plan: -20% is 80%.
  const bool is_change =
      !measure_.is_added && !written.empty() && (written[0] == '-' || written[0] == '+');
  const auto value = table_.real_of(written, row, column, is_change ? -1 : 0, kMostShare);
  if (!value) return {};
  return is_change ? rounded_share(1 + *value) : *value;
}

std::optional<double> DistributionReader::minutes(std::string_view written, std::size_t row,
                                                  std::size_t column) {
  const auto duration = table_.duration_of(written, row, column, *measure_.calendar);
  if (!duration) return {};
  using Unit = DurationText::Unit;
  const auto parsed = parse_duration(written);
  const bool counts_days =
      parsed->unit != Unit::minute && parsed->unit != Unit::hour && duration->time > WorkTime{};
  if (counts_days) (duration->is_elapsed ? has_clock_days_ : has_working_days_) = true;
  return static_cast<double>(duration->time.count());
}

std::optional<DistributionReader::Value> DistributionReader::value(std::string_view written,
                                                                   std::size_t row,
                                                                   std::size_t column) {
  written = trimmed(written);
  std::optional<double> amount;
  const bool is_share = written.ends_with('%');
  if (is_share && !measure_.takes_shares) {
    table_.report(found::bad_number, row, column, {written});
  } else if (is_share) {
    amount = share(written, row, column);
  } else if (measure_.of == Measure::Of::time) {
    amount = minutes(written, row, column);
  } else if (measure_.of == Measure::Of::money) {
    if (const auto money = table_.money_of(written, row, column))
      amount = static_cast<double>(money->count());
  } else {
    amount = table_.real_of(written, row, column, 0, kMostDaysOfAMonth);
  }
  if (!amount) {
    is_bad_ = true;
    return {};
  }
  return Value{*amount, is_share, written};
}

std::optional<DistributionReader::Value> DistributionReader::cell(std::size_t row,
                                                                  std::size_t column) {
  const std::string_view written = table_.text(row, column);
  if (written.empty()) return {};
  if (first_column_ == TableReader::kAbsent) first_column_ = column;
  return value(written, row, column);
}

bool DistributionReader::is_of_one_kind(std::span<const Value> values, std::size_t row,
                                        std::size_t column, Distribution& distribution) {
  for (const Value& each : values) {
    if (each.is_share == values.front().is_share) continue;
    table_.report(found::mixed_units, row, column, {values.front().text, each.text});
    return false;
  }
  if (!values.empty()) distribution.is_relative = values.front().is_share;
  return true;
}

bool DistributionReader::read_points(std::size_t row, Distribution& distribution) {
  const std::size_t column = table_.column("values");
  std::string_view rest = table_.text(row, column);
  if (rest.empty()) {
    report_missing(row, "values");
    return false;
  }
  first_column_ = column;
  std::vector<Value> values;
  while (!rest.empty()) {
    const std::string_view part = take_part(rest, kBetweenValues);
    if (part.empty()) continue;
    const auto [written, weight_text] = split_weight(part);
    const bool may_lack_weight = distribution.shape == Shape::empirical && part == written;
    if (written.empty() || (weight_text.empty() && !may_lack_weight)) {
      table_.report(found::bad_values, row, column, {part});
      return false;
    }
    const auto of = value(written, row, column);
    const auto weight = weight_text.empty()
                            ? std::optional<double>(1)
                            : table_.real_of(weight_text, row, column, 0, kMostWeight);
    if (!of || !weight) return false;
    values.push_back(*of);
    distribution.points.push_back({of->amount, *weight});
  }
  if (values.empty()) table_.report(found::bad_values, row, column, {table_.text(row, column)});
  return !values.empty() && is_of_one_kind(values, row, column, distribution);
}

/// Cells that the shape has no use for: the user may expect something of them.
void DistributionReader::report_unused(std::size_t row, Shape shape) {
  const auto unused = [&](std::string_view name) {
    const std::size_t column = table_.column(name);
    if (table_.text(row, column).empty()) return;
    const Words words =
        in_both_languages(std::find_if(kShapes.begin(), kShapes.end(), [shape](const auto& choice) {
                            return choice.value == shape;
                          })->names);
    table_.report(found::cell_without_use, row, column,
                  {label(name), Argument("for the shape " + std::string(words.en),
                                         "对于分布“" + std::string(words.zh) + "”")});
  };
  const bool has_points = is_of_points(shape);
  if (!has_points) unused("values");
  if (has_points || shape == Shape::fixed) {
    unused("low");
    unused("high");
    if (table_.yes_no(row, table_.column("percentiles")).value_or(false)) unused("percentiles");
  }
  if (!has_likely(shape)) unused("likely");
}

bool DistributionReader::read_ends(std::size_t row, Distribution& distribution, const Value* low,
                                   const Value* likely, const Value* high) {
  const bool is_fixed = distribution.shape == Shape::fixed;
  if (is_fixed && likely == nullptr) report_missing(row, "likely");
  if (!is_fixed && low == nullptr) report_missing(row, "low");
  if (!is_fixed && high == nullptr) report_missing(row, "high");
  if (is_bad_) return false;
  if (is_fixed) {
    distribution.is_relative = likely->is_share;
    distribution.low = distribution.likely = distribution.high = likely->amount;
    return true;
  }
  std::vector<Value> values = {*low, *high};
  if (likely != nullptr && has_likely(distribution.shape)) values.push_back(*likely);
  if (!is_of_one_kind(values, row, first_column_, distribution)) return false;
  distribution.low = low->amount;
  distribution.high = high->amount;
  if (!has_likely(distribution.shape)) {
    distribution.likely = distribution.low + (distribution.high - distribution.low) / 2;
  } else if (likely != nullptr) {
    distribution.likely = likely->amount;
  } else if (distribution.shape == Shape::lognormal) {
    distribution.likely = 0;  // two ends are enough
  } else if (distribution.is_relative && !measure_.is_added) {
    distribution.likely = 1;
  } else if (!distribution.is_relative && measure_.planned) {
    distribution.likely = *measure_.planned;
  } else {
    report_missing(row, "likely");
    return false;
  }
  return true;
}

std::optional<Distribution> DistributionReader::read(std::size_t row, const Measure& measure) {
  measure_ = measure;
  is_bad_ = has_working_days_ = has_clock_days_ = false;
  first_column_ = TableReader::kAbsent;
  const bool has_values = !table_.text(row, table_.column("values")).empty();
  const bool may_have_points = table_.column("values") != TableReader::kAbsent;
  const std::size_t shape_column = table_.column("shape");
  using Choices = std::span<const Choice<Shape>>;
  const Choices choices = kind_ == TableKind::weather ? Choices(kShapesWithEnds) : Choices(kShapes);
  const auto shape = table_.choice<Shape>(row, shape_column, choices);
  const bool is_shape_bad = !shape && !table_.text(row, shape_column).empty();
  const auto low = cell(row, table_.column("low"));
  const auto likely = cell(row, table_.column("likely"));
  const auto high = cell(row, table_.column("high"));
  const auto percentiles = table_.yes_no(row, table_.column("percentiles"));
  if (is_bad_ || is_shape_bad || !percentiles) return {};
  Distribution distribution;
  if (shape) {
    distribution.shape = *shape;
  } else if (has_values && may_have_points) {
    distribution.shape = Shape::discrete;
  } else {
    distribution.shape = !low && !high ? Shape::fixed : usual_;
  }
  report_unused(row, distribution.shape);
  if (is_of_points(distribution.shape)) {
    if (!read_points(row, distribution)) return {};
    return distribution;
  }
  distribution.ends_are_percentiles = *percentiles && distribution.shape != Shape::fixed;
  const auto pointer = [](const auto& value) { return value ? &*value : nullptr; };
  if (!read_ends(row, distribution, pointer(low), pointer(likely), pointer(high))) return {};
  return distribution;
}

std::optional<Distribution> DistributionReader::read_short(std::size_t row, std::size_t column,
                                                           const Measure& measure) {
  measure_ = measure;
  is_bad_ = has_working_days_ = has_clock_days_ = false;
  first_column_ = column;
  Distribution distribution;
  std::string_view rest = table_.text(row, column);
  if (rest.empty()) return distribution;
  constexpr std::array<std::string_view, 2> kSlashes = {"/", "／"};
  std::vector<Value> values;
  while (!rest.empty()) {
    const auto each = value(take_part(rest, kSlashes), row, column);
    if (!each) return {};
    values.push_back(*each);
  }
  const bool ends_open = table_.text(row, column).ends_with('/');
  if (ends_open || (values.size() != 1 && values.size() != 3)) {
    table_.report(found::bad_impact, row, column, {table_.text(row, column)});
    return {};
  }
  if (!is_of_one_kind(values, row, column, distribution)) return {};
  distribution.low = values.front().amount;
  distribution.likely = values[values.size() / 2].amount;
  distribution.high = values.back().amount;
  if (values.size() == 3) distribution.shape = usual_;
  return distribution;
}

}  // namespace diaodu::formats
