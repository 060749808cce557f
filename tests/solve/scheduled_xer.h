#pragma once

#include "diaodu/solve/solve.h"
#include "formats/xer_text.h"

namespace diaodu::solve {

using formats::XerText;
using Row = XerText::Row;

/// What `diaodu schedule --without-resources` makes of a file: `4 08:00 - 5 17:00`, days of March 2024.
class Scheduled {
 public:
  explicit Scheduled(const XerText& text) : read_(text.read()) {
    EXPECT_FALSE(read_.findings.has_errors())
        << to_string(read_.findings.kept().front(), Language::english);
    Request request;
    request.with_resources = false;
    answer = solve(read_.plan, read_.sources, request);
  }

  std::string placed(std::string_view task) const {
    const Placement& at = answer.schedule.placements[id(task)];
    return span(at.start, at.finish);
  }
  std::string early(std::string_view task) const {
    return span(dates(task).earliest_start, dates(task).earliest_finish);
  }
  std::string late(std::string_view task) const {
    return span(dates(task).latest_start, dates(task).latest_finish);
  }
  std::int64_t total(std::string_view task) const { return dates(task).total_float.count() / 60; }
  std::int64_t free(std::string_view task) const { return dates(task).free_float.count() / 60; }
  const TaskDates& dates(std::string_view task) const { return answer.dates[id(task)]; }
  const Plan& plan() const { return read_.plan; }
  bool finds(std::string_view code) const {
    for (const Findings* findings : {&read_.findings, &answer.findings}) {
      for (const Finding& finding : findings->kept()) {
        if (finding.kind->code == code) return true;
      }
    }
    return false;
  }

  Answer answer;

 private:
  TaskId id(std::string_view task) const {
    for (TaskId each : read_.plan.tasks.ids()) {
      if (read_.plan.tasks[each].id == task) return each;
    }
    ADD_FAILURE() << "no task " << task;
    return TaskId{0};
  }
  static std::string one(Instant instant) {
    const LocalTime time{instant.minutes()};
    return std::to_string(year_month_day(time.date()).day) + " " +
           clock_string(time.minute_of_day());
  }
  static std::string span(Instant from, Instant to) { return one(from) + " - " + one(to); }

  formats::ReadPlan read_;
};

inline Row hours(const std::string& count) {
  return {{"target_drtn_hr_cnt", count}, {"remain_drtn_hr_cnt", count}};
}
inline Row with(Row row, const Row& more) {
  for (const auto& [field, cell] : more) row[field] = cell;
  return row;
}
inline Row started(const std::string& at, const std::string& hours_left) {
  return {{"act_start_date", at}, {"status_code", "TK_Active"}, {"remain_drtn_hr_cnt", hours_left}};
}
inline Row completed(const std::string& from, const std::string& to) {
  return {{"act_start_date", from},
          {"act_end_date", to},
          {"status_code", "TK_Complete"},
          {"remain_drtn_hr_cnt", "0"}};
}
inline XerText on_wednesday() {
  return XerText().set("PROJECT", "last_recalc_date", "2024-03-06 08:00");
}

/// A seven-day week of the same hours, number 11.
inline XerText& add_site(XerText& text) {
  std::string days;
  for (int day = 1; day <= 7; ++day) {
    days +=
        "(0||" + std::to_string(day) + "()((0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())))";
  }
  return text.add("CALENDAR", {{"clndr_id", "11"},
                               {"clndr_name", "Site"},
                               {"clndr_data", "(0||CalendarData()((0||DaysOfWeek()(" + days +
                                                  "))(0||Exceptions()())))"}});
}

}  // namespace diaodu::solve
