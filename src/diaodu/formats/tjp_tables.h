#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/made_sheet.h"
#include "diaodu/formats/settings.h"
#include "diaodu/formats/tjp_document.h"

namespace diaodu::formats {

/// What a task takes, as cells of its row.
struct TjpWork {
  std::string duration;
  std::string kind;
  std::string calendar;
  bool is_effort = false;
  bool is_shared = false;  ///< a summary of shares
};

/// The plan's settings and tables in the making.
class TjpTables {
 public:
  struct Row {
    std::string_view id;
    std::string_view name;
    std::string_view parent;
    TjpWork work;
    std::int64_t priority = 500;
    std::string constraint;
    std::string date;
    std::string deadline;
    std::string_view owner;
    std::string_view note;
  };

  TjpTables(const std::string& file, Where project) : file_(file), project_(std::move(project)) {}

  void set(std::string key, std::string value, std::string section = "plan");
  void add_calendar(const std::string& id, const WorkPattern& hours, const Where& where);
  void add_task(const Where& where, const Row& row);
  void add_resource(const Where& where, std::initializer_list<MadeSheet::Cell> cells);
  /// With one lag on the clock, one of work, or both.
  void add_link(std::string_view from, std::string_view to, std::string_view type,
                const TjpLink& link);
  void add_mode(const Where& where, std::string_view task, std::string_view mode,
                std::int64_t minutes);
  void add_demand(const Where& where, std::string_view task, std::string_view mode,
                  std::string_view resource, std::string_view skill = "");
  void add_progress(const Where& where, std::initializer_list<MadeSheet::Cell> cells);

  /// Tells it if there were more demands and modes than are kept.
  void tell_if_full(Findings& findings) const;

  std::vector<Setting> take_settings() { return std::move(settings_); }
  std::vector<Sheet> take_sheets();

 private:
  static constexpr std::size_t kMostWays = 1'000'000;

  /// Groups of many may be allocated to many, and alternatives inherited by many.
  bool may_add(std::size_t num_bytes);

  std::string file_;
  Where project_;
  std::size_t num_bytes_ = 0;  // of demands and modes
  bool is_full_ = false;
  std::vector<Setting> settings_;
  MadeSheet tasks_{"tasks",
                   file_,
                   {{"id"},
                    {"name"},
                    {"parent"},
                    {"duration"},
                    {"kind"},
                    {"calendar"},
                    {"priority"},
                    {"constraint"},
                    {"date"},
                    {"deadline"},
                    {"owner"},
                    {"notes"}}};
  MadeSheet resources_{
      "resources",
      file_,
      {{"id"}, {"name"}, {"kind"}, {"capacity"}, {"calendar"}, {"rate"}, {"skills"}}};
  MadeSheet modes_{"modes", file_, {{"task"}, {"mode"}, {"duration"}}};
  MadeSheet links_{"links", file_, {{"from"}, {"to"}, {"type"}, {"lag"}}};
  MadeSheet demands_{"demands", file_, {{"task"}, {"mode"}, {"resource"}, {"skill"}, {"amount"}}};
  MadeSheet progress_{"progress",
                      file_,
                      {{"task"}, {"actual_start"}, {"actual_finish"}, {"remaining"}, {"resumes"}}};
};

/// Minutes as a cell, of work and on the clock.
std::string work_text(std::int64_t minutes);
std::string clock_text(std::int64_t minutes);

}  // namespace diaodu::formats
