#pragma once

#include <array>
#include <optional>
#include <string_view>
#include <vector>

#include "diaodu/formats/list_rows.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// A finish without a clock is the end of that day.
LocalTime end_of(const DateText& date);

/// The calendar that a list was made with: of several that are common the first with which most rows agree.
class ListCalendar {
 public:
  ListCalendar();

  /// `durations`: as they are written, one a row.
  void choose(const std::vector<ListRow>& rows,
              const std::vector<std::optional<DurationText>>& durations);

  bool is_usual() const { return chosen_ == 0; }  ///< Monday to Friday
  std::string_view id() const;
  const Words& meaning() const;
  /// What makes the calendar, where it is not built in.
  std::vector<Setting> settings() const;

  /// From the row's start to its finish; it has both.
  WorkTime work_between(const ListRow& row) const;

 private:
  const NamedCalendar& calendar(std::size_t number) const;

  std::vector<Setting> settings_;
  Plan plan_;  // has all these calendars
  std::size_t chosen_ = 0;
};

}  // namespace diaodu::formats
