// Every reader of a single cell, on the same text; what it reads is written and read back.
#include "diaodu/formats/cells.h"

#include "diaodu/formats/columns.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/settings.h"
#include "fuzz.h"

using namespace diaodu;
using namespace diaodu::formats;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Plan plan = [] {
    Plan made;
    Findings findings;
    add_calendars({}, {}, made, findings);
    return made;
  }();
  const NamedCalendar& standard = plan.calendars[find_calendar(plan, "standard")];
  const std::string_view text(reinterpret_cast<const char*>(data), size);

  if (const auto duration = parse_duration(text)) {
    if (const auto time = minutes(*duration, standard)) {
      const std::string written = duration_string(*time, standard, duration->is_elapsed);
      const auto back = parse_duration(written);
      fuzz::require(back && minutes(*back, standard) == time, "a duration is read back");
    }
  }
  if (const auto lag = parse_lag(text, standard)) {
    fuzz::require(parse_lag(lag_string(*lag, standard), standard) == lag, "a lag is read back");
  }
  if (const auto date = parse_date(text)) {
    fuzz::require(date->time.date() >= Date::from(kFirstYear, 1, 1), "a date is not too early");
    fuzz::require(date->time.date() <= Date::from(kLastYear + 1, 1, 1), "a date is not too late");
    fuzz::require(!is_unclear_date(text), "a date that is read is not unclear");
  }
  if (const auto shifts = parse_shifts(text)) {
    fuzz::require(parse_shifts(to_string(*shifts)) == shifts, "shifts are read back");
  }
  parse_number(text, 0, false);
  parse_number(text, 9, true);
  parse_yes_no(text);
  fuzz::require(folded(folded(text)) == folded(text), "folding folds once");
  nearest_column(TableKind::tasks, text);
  Findings findings;
  const std::string utf8 = to_utf8(text, "cell", findings);
  fuzz::require(is_valid_utf8(utf8), "text is UTF-8");
  if (utf8.find('\r') == std::string::npos && utf8.size() < kMostCellBytes) {
    // Through a CSV file and back; a sheet trims blanks.
    const std::string file = "first,second\nx," + csv_cell(utf8) + "\n";
    const Sheet sheet = read_csv(file, "a.csv", "a", findings);
    std::string_view expected = utf8;
    while (!expected.empty() && (expected.front() == ' ' || expected.front() == '\t'))
      expected.remove_prefix(1);
    while (!expected.empty() && (expected.back() == ' ' || expected.back() == '\t'))
      expected.remove_suffix(1);
    fuzz::require(sheet.rows.size() == 1 && sheet.cell(sheet.rows[0], 1) == expected,
                  "a cell is read back");
  }
  return 0;
}
