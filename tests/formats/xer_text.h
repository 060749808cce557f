#pragma once

#include <map>
#include <string>
#include <vector>

#include "diaodu/formats/xer.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// A Primavera export in the making: tables of rows, each row `{"field", "cell"}` for what it
/// tells. Starts as a project with one calendar, Monday to Friday 08:00-12:00 13:00-17:00.
class XerText {
 public:
  using Row = std::map<std::string, std::string>;

  XerText() {
    add("PROJECT", {{"proj_id", "1"},
                    {"proj_short_name", "Hall"},
                    {"clndr_id", "10"},
                    {"export_flag", "Y"},
                    {"last_recalc_date", "2024-03-04 08:00"},
                    {"plan_start_date", "2024-03-04 08:00"}});
    add("CALENDAR", {{"clndr_id", "10"}, {"clndr_name", "Office"}, {"clndr_data", week()}});
  }

  /// A five-day week, and `exceptions` besides.
  static std::string week(const std::string& exceptions = "") {
    std::string days;
    for (int day = 1; day <= 7; ++day) {
      const bool works = day >= 2 && day <= 6;
      days += "(0||" + std::to_string(day) + "()(" +
              (works ? "(0||0(s|08:00|f|12:00)())(0||1(s|13:00|f|17:00)())" : "") + "))";
    }
    return "(0||CalendarData()((0||DaysOfWeek()(" + days + "))(0||Exceptions()(" + exceptions +
           "))))";
  }

  XerText& add(const std::string& table, Row row) {
    if (!rows_.contains(table)) order_.push_back(table);
    rows_[table].push_back(std::move(row));
    return *this;
  }
  /// Changes the last row of a table.
  XerText& set(const std::string& table, const std::string& field, const std::string& cell) {
    if (!rows_.contains(table)) add(table, {});
    rows_[table].back()[field] = cell;
    return *this;
  }
  /// A task of 16 hours, with `more` told about it; its number is its code.
  XerText& task(const std::string& code, const Row& more = {}) {
    Row row{{"task_id", code},
            {"proj_id", "1"},
            {"task_code", code},
            {"clndr_id", "10"},
            {"task_type", "TT_Task"},
            {"status_code", "TK_NotStart"},
            {"target_drtn_hr_cnt", "16"},
            {"remain_drtn_hr_cnt", "16"}};
    for (const auto& [field, cell] : more) row[field] = cell;
    return add("TASK", row);
  }
  XerText& link(const std::string& from, const std::string& to, const std::string& type = "PR_FS",
                const std::string& lag = "0") {
    return add("TASKPRED", {{"task_id", to},
                            {"pred_task_id", from},
                            {"proj_id", "1"},
                            {"pred_type", type},
                            {"lag_hr_cnt", lag}});
  }

  std::string str() const {
    std::string text = "ERMHDR\t22.12\t2024-03-01\tProject\tA\tB\tC\tProject Management\tEUR\r\n";
    for (const std::string& table : order_) {
      std::map<std::string, int> fields;
      for (const Row& row : rows_.at(table)) {
        for (const auto& [field, cell] : row) fields[field];
      }
      text += "%T\t" + table + "\r\n%F";
      for (const auto& [field, unused] : fields) text += '\t' + field;
      for (const Row& row : rows_.at(table)) {
        text += "\r\n%R";
        for (const auto& [field, unused] : fields) {
          text += '\t' + (row.contains(field) ? row.at(field) : std::string());
        }
      }
      text += "\r\n";
    }
    return text + "%E\r\n";
  }
  ReadPlan read() const { return read_xer(str(), "hall.xer"); }

 private:
  std::vector<std::string> order_;
  std::map<std::string, std::vector<Row>> rows_;
};

/// With a crew of four, later six, on a calendar of its own; a crane that is not levelled; and
/// sand.
inline XerText with_crew() {
  return XerText()
      .add("CALENDAR",
           {{"clndr_id", "11"}, {"clndr_name", "Crew"}, {"clndr_data", XerText::week()}})
      .add("RSRC", {{"rsrc_id", "1"},
                    {"rsrc_short_name", "CREW"},
                    {"rsrc_name", "Crew"},
                    {"rsrc_type", "RT_Labor"},
                    {"clndr_id", "11"},
                    {"level_flag", "Y"}})
      .add("RSRC", {{"rsrc_id", "2"},
                    {"rsrc_short_name", "CRANE"},
                    {"rsrc_type", "RT_Equip"},
                    {"level_flag", "N"}})
      .add("RSRC", {{"rsrc_id", "3"}, {"rsrc_short_name", "SAND"}, {"rsrc_type", "RT_Mat"}})
      .add("RSRCRATE", {{"rsrc_id", "1"},
                        {"max_qty_per_hr", "4"},
                        {"cost_per_qty", "50.5"},
                        {"start_date", "2020-01-01 00:00"}})
      .add("RSRCRATE", {{"rsrc_id", "1"},
                        {"max_qty_per_hr", "6"},
                        {"cost_per_qty", "60"},
                        {"start_date", "2024-03-11 00:00"}})
      .add("RSRCRATE", {{"rsrc_id", "2"}, {"max_qty_per_hr", "1"}, {"cost_per_qty", "200"}})
      .add("RSRCRATE", {{"rsrc_id", "3"}, {"max_qty_per_hr", "1"}, {"cost_per_qty", "7"}});
}

/// `7: xer_bad_line`, line and code, for each finding.
inline std::vector<std::string> found_in(const ReadPlan& read) {
  std::vector<std::string> lines;
  for (const Finding& finding : read.findings.kept()) {
    lines.push_back(std::to_string(finding.where.line) + ": " + std::string(finding.kind->code));
  }
  return lines;
}

inline const Task& named(const Plan& plan, std::string_view id) {
  static const Task none;
  for (const Task& task : plan.tasks) {
    if (task.id == id) return task;
  }
  return none;
}

}  // namespace diaodu::formats
