#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/civil.h"
#include "diaodu/core/finding.h"
#include "diaodu/core/time.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/plan/work_pattern.h"

namespace diaodu::formats {

// What an MSPDI file says, element by element, before anything refers to anything.  Durations are whole
// minutes; dates that are missing are `kNever`; numbers by which rows are named are Project's UIDs.

struct MspdiDay {
  int type = -1;  ///< 1 ... 7: Sunday ... Saturday; 0: dates, the way of 2003
  bool is_working = false;
  Instant from = kNever;
  Instant to = kNever;
  DayShifts shifts;
};

struct MspdiException {
  std::int32_t line = 0;
  std::string name;
  Instant from = kNever;
  Instant to = kNever;
  bool is_working = false;
  bool is_by_occurrences = false;
  int occurrences = 0;
  int type = 1;
  int period = 1;
  int days_of_week = 0;
  int month = 0;
  int month_day = 0;
  int month_item = 0;
  int month_position = 0;
  DayShifts shifts;
};

struct MspdiWeek {
  Instant from = kNever;
  Instant to = kNever;
  std::string name;
  std::vector<MspdiDay> days;
};

struct MspdiCalendar {
  std::int32_t line = 0;
  std::int64_t uid = -1;
  std::int64_t base = -1;
  bool is_base = false;
  std::string name;
  std::vector<MspdiDay> days;
  std::vector<MspdiException> exceptions;
  std::vector<MspdiWeek> weeks;
};

struct MspdiTask {
  std::int32_t line = 0;
  std::int32_t outline_level = 1;
  std::int64_t uid = -1;
  std::int64_t id = -1;
  std::string_view name;
  std::string_view notes;
  std::string_view wbs;
  std::string_view outline_number;
  std::string_view contact;
  Instant start = kNever;
  Instant finish = kNever;
  Instant manual_start = kNever;
  Instant constraint_date = kNever;
  Instant deadline = kNever;
  Instant actual_start = kNever;
  Instant actual_finish = kNever;
  Instant resume = kNever;  ///< what remains goes on
  std::int64_t duration = 0;
  std::int64_t manual_duration = -1;  ///< -1: not said
  std::int64_t remaining = -1;
  std::int64_t fixed_cost = 0;  ///< cents
  std::int64_t calendar = -1;
  std::int32_t levelling_delay = 0;  ///< minutes on the clock
  std::int16_t percent = -1;
  std::int16_t priority = 500;
  std::int8_t duration_format = 7;
  std::int8_t constraint = 0;
  bool is_null = false;
  bool is_active = true;
  bool is_manual = false;
  bool is_milestone = false;
  bool is_summary = false;
  bool is_external = false;
  bool ignores_resource_calendars = false;
};

struct MspdiLink {
  std::int32_t line = 0;
  std::int32_t to = 0;  ///< index of the task that holds it
  std::int64_t from = -1;
  std::int64_t lag = 0;  ///< tenths of minutes, or percent
  std::int8_t type = 1;
  std::int8_t lag_format = 7;
  bool is_cross_project = false;
};

struct MspdiBaseline {
  std::int32_t task = 0;  ///< index
  int number = 0;
  Instant start = kNever;
  Instant finish = kNever;
  std::int64_t duration = -1;
  std::int64_t work = -1;
  std::int64_t cost = -1;  ///< cents
};

/// A value of a field of the user's own.
struct MspdiAttribute {
  std::int32_t of = 0;  ///< index of the task or resource
  std::int64_t field = 0;
  std::string_view value;
};
struct MspdiField {
  std::int64_t field = 0;
  std::string name;
  std::string alias;
};

struct MspdiAvailability {
  std::int32_t line = 0;
  std::int32_t resource = 0;  ///< index
  Instant from = kNever;
  Instant to = kNever;
  std::int64_t units = 0;  ///< thousandths
};

struct MspdiResource {
  std::int32_t line = 0;
  std::int64_t uid = -1;
  std::string_view name;
  std::string_view code;
  std::int64_t calendar = -1;
  std::int64_t max_units = 1000;   ///< thousandths
  std::int64_t standard_rate = 0;  ///< cents an hour, or a unit of material
  std::int8_t type = 1;
  bool is_null = false;
  bool is_cost = false;
};

struct MspdiAssignment {
  std::int32_t line = 0;
  std::int64_t task = -1;
  std::int64_t resource = -1;
  std::int64_t units = 1000;  ///< thousandths
  std::int64_t cost = 0;      ///< cents
  std::int32_t delay = 0;     ///< tenths of minutes
  std::int8_t contour = 0;
};

struct MspdiDocument {
  std::string name;
  std::string title;
  std::string currency;
  Instant start = kNever;
  Instant finish = kNever;
  Instant status_date = kNever;
  bool is_from_start = true;
  std::int64_t calendar = -1;
  std::int64_t minutes_per_day = 480;
  std::int64_t critical_slack_days = 0;
  bool is_project = false;       ///< false: the file holds something else
  std::int64_t num_rounded = 0;  ///< durations and dates that were no whole minutes

  std::vector<MspdiCalendar> calendars;
  std::vector<MspdiTask> tasks;
  std::vector<MspdiLink> links;
  std::vector<MspdiBaseline> baselines;
  std::vector<MspdiAttribute> task_attributes;
  std::vector<MspdiAttribute> resource_attributes;
  std::vector<MspdiField> fields;
  std::vector<MspdiResource> resources;
  std::vector<MspdiAvailability> availability;
  std::vector<MspdiAssignment> assignments;
  Letters letters;  ///< that the views point into
};

/// The next piece of the text; an empty one ends it.
using Pieces = std::function<std::string_view()>;

/// Reads the elements of an XML in UTF-8; those that are no such value are reported, and missing.
MspdiDocument read_mspdi_document(const Pieces& next, const std::string& file, Findings& findings);

}  // namespace diaodu::formats
