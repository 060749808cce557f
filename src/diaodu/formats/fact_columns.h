#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "diaodu/core/language.h"
#include "diaodu/formats/choices.h"
#include "diaodu/track/observation.h"

namespace diaodu::formats {

/// The tables of facts that a record takes in.
enum class FactTable : std::uint8_t { progress, costs, observations, notes };

/// One column of one of them; names as in `Column`.
struct FactColumn {
  FactTable table;
  std::string_view name;
  std::string_view aliases;  ///< separated by `|`, folded
  bool is_required = false;
  Words meaning;
};

std::span<const FactColumn> fact_columns();

/// The column of that table whose name or alias is `header` (compared folded); null if there is none.
const FactColumn* find_fact_column(FactTable table, std::string_view header);

/// Is `wanted`, folded, one of these names, which are separated by `|`?
bool is_among(std::string_view wanted, std::string_view names);

/// What the tables are called: in English, then in Chinese, separated by `|`.
std::string_view names_of(FactTable table);
inline constexpr std::array kFactTables = {FactTable::progress, FactTable::costs,
                                           FactTable::observations, FactTable::notes};

inline constexpr std::array kMeasures = std::to_array<Choice<track::Measure>>(
    {{"level|当期值|本期值|数值", track::Measure::level},
     {"level_to_date|累计值|累计", track::Measure::level_to_date},
     {"growth|增速|同比|同比增速|当期增速", track::Measure::growth},
     {"growth_to_date|累计增速|累计同比", track::Measure::growth_to_date},
     {"base|上年同期|上年同期值", track::Measure::base},
     {"base_to_date|上年累计|上年同期累计", track::Measure::base_to_date}});

/// Is it a decision?
inline constexpr std::array kRemarks =
    std::to_array<Choice<bool>>({{"note|备注|说明|记录", false}, {"decision|决定|决策", true}});

}  // namespace diaodu::formats
