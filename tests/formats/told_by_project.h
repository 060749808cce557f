#pragma once

#include <algorithm>
#include <functional>
#include <sstream>
#include <string>
#include <vector>

#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// As XML keeps it: without control characters, and without blanks at its ends.
inline std::string kept_in_xml(std::string_view text) {
  std::string clean;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t' || c == '\r') clean += c;
  }
  return clean;
}

/// Lags in percent without their parts of a percent, which Project does not keep; how many had some.
inline std::size_t cut_lags(Plan& plan) {
  std::size_t num_cut = 0;
  for (Link& link : plan.links) {
    const bool is_share =
        link.lag.unit == Lag::Unit::percent || link.lag.unit == Lag::Unit::elapsed_percent;
    if (!is_share || link.lag.amount % 100 == 0) continue;
    link.lag.amount -= link.lag.amount % 100;
    ++num_cut;
  }
  return num_cut;
}

/// What Project has a place for, told in words: two plans with the same words are the same to it.
class ToldByProject {
 public:
  explicit ToldByProject(const Plan& plan) : plan_(plan), first_mode_(plan.tasks.size()) {
    for (std::size_t i = plan.modes.size(); i-- > 0;)
      first_mode_[plan.modes[ModeId{i}].task] = ModeId{i};
  }

  std::string str() {
    out_ << minutes(plan_.start) << ' ' << plan_.currency << ' ' << hours(plan_.calendar) << '\n';
    for (TaskId id : plan_.tasks.ids()) lines_.push_back(task(id));
    for (const Link& link : plan_.links) lines_.push_back(of(link));
    for (const Resource& resource : plan_.resources) lines_.push_back(of(resource));
    for (const Demand& demand : plan_.demands) add(demand);
    for (const Progress& progress : plan_.progress) add(progress);
    std::sort(lines_.begin(), lines_.end());
    for (const std::string& line : lines_) out_ << line << '\n';
    return out_.str();
  }

 private:
  /// Dates as clocks on the wall show them: the file has no zone.
  std::int64_t minutes(Instant instant) const {
    return instant == kNever ? -1 : plan_.zone.to_local(instant).minutes;
  }
  std::int64_t minutes(const std::optional<Instant>& instant) const {
    return instant ? minutes(*instant) : -1;
  }

  std::string hours(CalendarId id) const {
    if (!id) return "none";
    std::ostringstream text;
    for (int day = 0; day < 400; ++day) {
      const Date date = Date::from(2024, 1, 1) + day;
      text << to_string(plan_.calendars[id].pattern.on(date)) << '/';
    }
    return std::to_string(std::hash<std::string>()(text.str()));
  }

  std::string id_of(TaskId id) const { return kept_in_xml(plan_.tasks[id].id.view()); }

  std::string task(TaskId id) const {
    const Task& t = plan_.tasks[id];
    const bool is_timed = t.kind == TaskKind::task;
    const ModeId mode = first_mode_[id];
    const WorkTime duration = mode ? plan_.modes[mode].duration : t.duration;
    std::ostringstream text;
    const std::string name = kept_in_xml(t.name.view());
    text << "task " << id_of(id) << " (" << (t.name.empty() ? kept_in_xml(t.name_zh.view()) : name)
         << ") " << kept_in_xml(t.owner.view()) << ' ' << kept_in_xml(t.notes.view()) << ' '
         << static_cast<int>(t.kind) << ' ' << (is_timed ? duration.count() : 0)
         << (is_timed && t.is_elapsed && duration > WorkTime{}) << ' '
         << (t.parent ? id_of(t.parent) : "-") << ' ' << minutes(t.deadline) << ' '
         << (mode ? t.cost + plan_.modes[mode].cost : t.cost).count() << ' ' << hours(t.calendar)
         << ' ' << t.priority << t.ignores_resource_calendars;
    const ConstraintKind kind = t.constraint.kind;
    const bool is_summary = t.kind == TaskKind::summary;
    if (kind == ConstraintKind::mandatory_finish) {
      text << " finish_on " << minutes(t.constraint.date);
    } else if (!is_summary || kind != ConstraintKind::mandatory_start) {
      const auto written =
          kind == ConstraintKind::finish_on ? "finish_on " : std::to_string(static_cast<int>(kind));
      text << ' ' << written << (kind == ConstraintKind::finish_on ? "" : " ");
      const bool has_date =
          kind != ConstraintKind::none && kind != ConstraintKind::as_late_as_possible;
      text << (has_date ? std::to_string(minutes(t.constraint.date)) : "-");
    } else {
      text << " 0 -";
    }
    return text.str();
  }

  std::string of(const Link& link) const {
    std::ostringstream text;
    const std::int32_t amount = link.lag.amount;
    const Lag::Unit unit =
        link.lag.unit == Lag::Unit::elapsed && amount == 0 ? Lag::Unit::work : link.lag.unit;
    text << "link " << id_of(link.from) << " > " << id_of(link.to) << ' '
         << static_cast<int>(link.type) << ' ' << amount << ' ' << static_cast<int>(unit);
    return text.str();
  }

  std::string of(const Resource& resource) const {
    const bool is_renewed = is_renewable(resource.kind);
    const bool is_money = resource.kind == ResourceKind::money;
    std::ostringstream text;
    text << "resource " << kept_in_xml(resource.id.view()) << ' '
         << (is_renewed ? 0
             : is_money ? 2
                        : 1)
         << ' ' << (is_renewed ? std::min(resource.capacity.count(), std::int64_t{60'000'000}) : 0)
         << ' ' << (is_renewed ? hours(resource.calendar) : "-") << ' '
         << (is_money ? 0 : resource.rate.count());
    return text.str();
  }

  void add(const Demand& demand) {
    if (demand.skill || (demand.mode && demand.mode != first_mode_[demand.task])) return;
    const bool is_money = plan_.resources[demand.resource].kind == ResourceKind::money;
    const Money price = plan_.resources[demand.resource].rate;
    const std::int64_t amount =
        is_money ? cost(demand.amount, price).count() * 10
                 : std::min(demand.amount.count(), most(demand.resource).count());
    if (amount <= 0) return;
    lines_.push_back("demand " + id_of(demand.task) + ' ' +
                     kept_in_xml(plan_.resources[demand.resource].id.view()) + ' ' +
                     std::to_string(amount));
  }

  /// Nobody gets more of people and machines than there ever is.
  Amount most(ResourceId id) const {
    const Resource& resource = plan_.resources[id];
    if (!is_renewable(resource.kind)) return kUnlimited;
    Amount largest = resource.capacity;
    for (const Availability& each : plan_.availability) {
      const bool is_read =
          each.resource == id && minutes(each.during.from) < minutes(each.during.to);
      if (is_read) largest = std::max(largest, each.capacity);
    }
    return largest;
  }

  void add(const Progress& progress) {
    const Task& task = plan_.tasks[progress.task];
    // Without an actual date Project knows no progress but a percentage, and what is done has nothing left.
    if (task.kind != TaskKind::task || !progress.actual_start) return;
    std::ostringstream text;
    text << "progress " << id_of(progress.task) << ' ' << minutes(progress.actual_start) << ' '
         << minutes(progress.actual_finish);
    if (!progress.actual_finish) text << ' ' << left_of(progress);
    lines_.push_back(text.str());
  }

  /// A whole percentage, and what remains where somebody says it or where the percentage is not whole.
  std::string left_of(const Progress& progress) const {
    constexpr std::int64_t kWhole = 100 * 100;
    const ModeId mode = first_mode_[progress.task];
    const std::int64_t duration =
        (mode ? plan_.modes[mode].duration : plan_.tasks[progress.task].duration).count();
    std::int64_t percent = progress.percent ? *progress.percent / 100 : -1;
    std::int64_t remaining = progress.remaining ? progress.remaining->count() : -1;
    if (!progress.percent && progress.remaining && duration > 0)
      percent = std::clamp<std::int64_t>(100 - remaining * 100 / duration, 0, 100);
    if (!progress.remaining && progress.percent && *progress.percent % 100 != 0)
      remaining = duration * (kWhole - *progress.percent) / kWhole;
    return std::to_string(percent) + "% " + std::to_string(remaining);
  }

  const Plan& plan_;
  Table<TaskId, ModeId> first_mode_;
  std::vector<std::string> lines_;
  std::ostringstream out_;
};

}  // namespace diaodu::formats
