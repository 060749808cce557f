#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "diaodu/plan/tree.h"
#include "diaodu/report/schedule_table.h"

namespace diaodu::report::cells {

// Cells of the tables of `diaodu dispatch`.

inline Cell number(std::int64_t value) { return static_cast<double>(value); }

inline Cell instant(Instant value) {
  if (value >= kNever || value <= kEver) return {};
  return value;
}
inline Cell instant(const std::optional<Instant>& value) {
  return value ? instant(*value) : Cell{};
}

inline Cell text(std::string_view value) {
  if (value.empty()) return {};
  return std::string(value);
}

/// What it is called in this language; empty where it is none.
template <class Rows, class IdType>
std::string name(const Rows& rows, IdType id, Language language) {
  return id ? std::string(display_name(rows[id], language)) : std::string();
}

/// `2022-08-12 14:00` is `08-12 14:00`, where the year is told elsewhere.
inline std::string short_date(const std::string& date) {
  return date.size() == 16 && date[4] == '-' ? date.substr(5) : date;
}

}  // namespace diaodu::report::cells
