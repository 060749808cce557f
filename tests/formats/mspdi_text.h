#pragma once

#include <string>
#include <utility>
#include <vector>

#include "diaodu/formats/mspdi.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// A file of Microsoft Project in the making.  Starts as a project on Monday, 4 March 2024, 08:00, with the
/// calendar Standard, Monday to Friday 08:00-12:00 13:00-17:00, of UID 1.
class MspdiText {
 public:
  using Elements = std::vector<std::pair<std::string, std::string>>;

  static std::string element(const std::string& name, const std::string& content) {
    return "<" + name + ">" + content + "</" + name + ">";
  }
  static std::string elements(const Elements& all) {
    std::string text;
    for (const auto& [name, content] : all) text += element(name, content);
    return text;
  }
  static std::string shift(const std::string& from, const std::string& to) {
    return element("WorkingTime", elements({{"FromTime", from + ":00"}, {"ToTime", to + ":00"}}));
  }
  static std::string day(int type, const std::string& shifts) {
    return element("WeekDay", elements({{"DayType", std::to_string(type)},
                                        {"DayWorking", shifts.empty() ? "0" : "1"},
                                        {"WorkingTimes", shifts}}));
  }
  static std::string week(const std::string& first_shift = shift("08:00", "12:00"),
                          const std::string& second_shift = shift("13:00", "17:00")) {
    std::string days = day(1, "");
    for (int type = 2; type <= 6; ++type) days += day(type, first_shift + second_shift);
    return days + day(7, "");
  }
  static std::string period(const std::string& from, const std::string& to) {
    return element("TimePeriod",
                   elements({{"FromDate", from + "T00:00:00"}, {"ToDate", to + "T23:59:00"}}));
  }

  MspdiText() {
    calendar({{"UID", "1"},
              {"Name", "Standard"},
              {"IsBaseCalendar", "1"},
              {"BaseCalendarUID", "-1"},
              {"WeekDays", week()}});
  }

  MspdiText& project(const std::string& name, const std::string& content) {
    for (auto& [known, value] : project_) {
      if (known == name) {
        value = content;
        return *this;
      }
    }
    project_.emplace_back(name, content);
    return *this;
  }
  MspdiText& calendar(const Elements& told) {
    calendars_ += element("Calendar", elements(told)) + "\n";
    return *this;
  }
  /// The next task; its UID and ID are its number, from 1.
  MspdiText& task(const std::string& name, const std::string& duration, const Elements& more = {}) {
    const std::string number = std::to_string(++num_tasks_);
    tasks_ +=
        element(
            "Task",
            elements({{"UID", number}, {"ID", number}, {"Name", name}, {"Duration", duration}}) +
                elements(more)) +
        "\n";
    return *this;
  }
  static std::pair<std::string, std::string> after(int uid, const std::string& type = "1",
                                                   const std::string& lag = "0",
                                                   const std::string& format = "7") {
    return {"PredecessorLink", elements({{"PredecessorUID", std::to_string(uid)},
                                         {"Type", type},
                                         {"CrossProject", "0"},
                                         {"LinkLag", lag},
                                         {"LagFormat", format}})};
  }
  MspdiText& resource(const Elements& told) {
    resources_ += element("Resource", elements(told)) + "\n";
    return *this;
  }
  MspdiText& assignment(const Elements& told) {
    assignments_ += element("Assignment", elements(told)) + "\n";
    return *this;
  }

  std::string str() const {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n"
           "<Project xmlns=\"http://schemas.microsoft.com/project\">\n" +
           elements(project_) + "\n<Calendars>\n" + calendars_ + "</Calendars>\n<Tasks>\n" +
           tasks_ + "</Tasks>\n<Resources>\n" + resources_ + "</Resources>\n<Assignments>\n" +
           assignments_ + "</Assignments>\n</Project>\n";
  }
  ReadPlan read() const { return read_mspdi(str(), "hall.xml"); }

 private:
  Elements project_ = {
      {"Title", "Hall"}, {"StartDate", "2024-03-04T08:00:00"}, {"CalendarUID", "1"}};
  std::string calendars_;
  std::string tasks_;
  std::string resources_;
  std::string assignments_;
  int num_tasks_ = 0;
};

}  // namespace diaodu::formats
