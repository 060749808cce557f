#pragma once

#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "diaodu/formats/settings.h"
#include "diaodu/plan/plan.h"
#include "diaodu/plan/sources.h"

namespace diaodu::formats {

/// One table of a plan as text, cell by cell, just as the readers take it: the one source of what
/// all writers of tables write.  The plan must outlive it.
struct WrittenTable {
  struct Column {
    std::string name;
    std::function<std::string(std::size_t row)> cell;
  };
  TableKind kind;
  std::size_t num_rows = 0;
  std::vector<Column> columns;
};

/// All tables of the plan that have rows, each with its required columns and those that hold
/// anything, and with the columns that diaodu does not know as they were read.
///
/// Read back, they make an equal plan, but for blanks around texts, for what readers round (a
/// latitude to nine places), for a `;` in the name of a skill, and for the hour that clocks show
/// twice in autumn, which becomes its first showing.
std::vector<WrittenTable> tables_of(const Plan& plan);

/// The same table with headers and words such as `people` in Chinese, which the readers take as well.
WrittenTable in_language(WrittenTable table, Language language);

/// The settings as the tables `plan` and `calendars`, for files that hold nothing but tables.
std::vector<WrittenTable> tables_of(std::vector<Setting> settings);

}  // namespace diaodu::formats
