#include "diaodu/report/status_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using track::EarnedValue;
using track::Light;
using track::Status;
using track::TaskStatus;

constexpr std::size_t kMostTasks = 12;
constexpr std::size_t kMostSlips = 8;
constexpr std::size_t kMostMonths = 24;
constexpr std::size_t kMostEntries = 8;  // of one owner
constexpr std::size_t kMostOwners = 12;

struct StatusScreen {
  const Plan& plan;
  const Status& status;
  Language language;
  int width;
  Ink ink;

  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language, arguments);
  }
  std::string heading(const std::string& text) const {
    return '\n' + ink.bold(fit(text, width)) + '\n';
  }
  std::string heading(const Words& words) const { return heading(in_words(words)); }
  std::string more(std::size_t count) const {
    if (count == 0) return {};
    return "  " + ink.faint(fit(in_words(words::and_more, {std::to_string(count)}), width - 2)) +
           '\n';
  }
  std::string note(const std::string& text) const { return paragraph(text, width, 2); }
  std::string name(TaskId task) const {
    return std::string(display_name(plan.tasks[task], language));
  }
  /// The day alone is enough for people who look ahead.
  std::string day(Instant instant, bool is_end = false) const {
    constexpr std::size_t kDateLetters = 10;  // 2026-09-11
    const std::string text = is_end ? show_end(plan, instant) : show(plan, instant);
    return plan.is_abstract ? text : text.substr(0, kDateLetters);
  }
  std::string days(WorkTime time) const { return signed_days(plan, time, {}, language); }
  std::string in_colour(Light light, const std::string& text) const {
    if (light == Light::red) return ink.warm(text);
    if (light == Light::amber) return ink.amber(text);
    return light == Light::green ? ink.good(text) : ink.faint(text);
  }
  std::string lamp(Light light) const { return in_words(light_word(light)); }
};

std::string money(Money money) {
  constexpr std::int64_t kCents = 100;
  return money_words(Money{std::llround(static_cast<double>(money.count()) / kCents) * kCents});
}

std::string money(const std::optional<Money>& amount) { return amount ? money(*amount) : "–"; }

std::string top(const StatusScreen& screen) {
  const Status& status = screen.status;
  const std::string when =
      screen.in_words(words::status_as_of, {show_end(screen.plan, status.as_of)});
  const std::string title{title_of(screen.plan, screen.language)};
  const int room = screen.width - display_width(when) - 2;
  std::string lines =
      room < 8 ? screen.ink.faint(fit(when, screen.width)) + '\n'
               : screen.ink.bold(pad(title, room)) + "  " + screen.ink.faint(when) + '\n';
  const std::string light =
      screen.in_words(words::status_of_whole, {screen.lamp(status.light.light)});
  lines += screen.in_colour(status.light.light, fit(light, screen.width)) + '\n';
  for (const track::LightReason& reason : status.light.reasons) {
    const std::string text = reason_words(screen.plan, reason, {}, screen.language);
    lines += screen.note("- " + text);
  }
  if (status.baseline_dates == Interval{}) {
    lines +=
        screen.note(screen.in_words(words::status_finish_only, {show(screen.plan, status.finish)}));
  } else {
    const WorkTime slip = status.slip.total;
    const std::string moved =
        slip == WorkTime{}
            ? screen.in_words(words::status_same)
            : screen.in_words(slip > WorkTime{} ? words::status_later : words::status_earlier,
                              {screen.days(slip > WorkTime{} ? slip : -slip)});
    lines += screen.note(screen.in_words(
        words::status_finish,
        {show(screen.plan, status.finish), show(screen.plan, status.baseline_dates.to), moved}));
    lines += screen.note(screen.in_words(
        words::status_against,
        {status.baseline.empty() ? screen.in_words(words::status_against_plan) : status.baseline}));
  }
  std::array<std::size_t, 4> stages{};
  for (const TaskId task : screen.plan.tasks.ids()) {
    if (screen.plan.tasks[task].kind != TaskKind::summary)
      ++stages[static_cast<std::size_t>(status.tasks[task].stage)];
  }
  const auto count = [&](track::Stage stage) {
    return std::to_string(stages[static_cast<std::size_t>(stage)]);
  };
  lines += screen.note(screen.in_words(
      words::status_stages, {count(track::Stage::completed), count(track::Stage::started),
                             count(track::Stage::not_started)}));
  return lines;
}

std::string value_section(const StatusScreen& screen) {
  const EarnedValue& value = screen.status.value;
  const std::string heading =
      screen.heading(screen.in_words(words::status_value, {std::string(screen.plan.currency)}));
  if (value.budget == Money{})
    return heading + screen.note(screen.in_words(words::status_no_budget));
  TextTable table({{"", Align::left, true},
                   {"", Align::right},
                   {"", Align::right},
                   {"", Align::left},
                   {"", Align::right}});
  const auto share = [&](const std::optional<double>& of_budget) {
    return of_budget ? whole_percentage(*of_budget, screen.language) : std::string();
  };
  table.add({screen.in_words(words::status_bac), money(value.budget), "", "", ""});
  table.add({screen.in_words(words::status_pv), money(value.planned), share(value.share_planned()),
             "SPI", ratio_words(value.schedule_performance())});
  table.add({screen.in_words(words::status_ev), money(value.earned), share(value.share_earned()),
             "CPI", ratio_words(value.cost_performance())});
  if (value.has_actual) {
    table.add({screen.in_words(words::status_ac), money(value.actual), share(value.share_spent()),
               "", ""});
  }
  table.add({screen.in_words(words::status_sv), money(value.schedule_variance()), "", "", ""});
  if (value.has_actual)
    table.add({screen.in_words(words::status_cv), money(value.cost_variance()), "", "", ""});
  std::string lines = heading + table.str(screen.width, 2, screen.ink);
  if (!value.has_actual) lines += screen.note(screen.in_words(words::status_no_costs));
  return lines;
}

std::string estimate_section(const StatusScreen& screen) {
  const EarnedValue& value = screen.status.value;
  if (value.budget == Money{} || !value.has_actual) return {};
  const track::EstimatesAtCompletion eac = track::estimates_at_completion(value);
  TextTable table({{screen.in_words(words::status_column_if), Align::left, true},
                   {screen.in_words(words::status_column_eac), Align::right},
                   {screen.in_words(words::status_column_etc), Align::right},
                   {screen.in_words(words::status_column_vac), Align::right},
                   {screen.in_words(words::status_column_tcpi), Align::right}});
  const auto add = [&](const Words& name, const std::optional<Money>& total) {
    if (!total) return;
    table.add({screen.in_words(name), money(*total), money(estimate_to_complete(value, *total)),
               money(variance_at_completion(value, *total)),
               ratio_words(to_complete_performance(value, *total))});
  };
  add(words::status_eac_cpi, eac.by_cost_performance);
  add(words::status_eac_budget, eac.by_budget);
  add(words::status_eac_both, eac.by_both);
  add(words::status_eac_bottom_up, eac.bottom_up);
  const auto to_budget = to_complete_performance(value, value.budget);
  std::string lines =
      screen.heading(words::status_estimates) + table.str(screen.width, 2, screen.ink);
  if (value.earned == value.budget) return lines;
  return lines + screen.note(to_budget ? screen.in_words(words::status_tcpi_budget,
                                                         {ratio_words(to_budget)})
                                       : screen.in_words(words::status_tcpi_lost));
}

std::string schedule_section(const StatusScreen& screen) {
  if (!screen.status.schedule) return {};
  const track::EarnedSchedule& schedule = *screen.status.schedule;
  std::string lines = screen.heading(words::status_schedule) +
                      screen.note(screen.in_words(
                          words::status_schedule_line,
                          {screen.days(schedule.earned), screen.days(schedule.actual),
                           screen.days(schedule.variance()), ratio_words(schedule.performance())}));
  if (schedule.at_completion && schedule.finish) {
    lines += screen.note(
        screen.in_words(words::status_schedule_finish,
                        {screen.days(*schedule.at_completion), screen.days(schedule.planned),
                         show(screen.plan, *schedule.finish)}));
  }
  if (screen.status.earned_months) {
    lines += screen.note(
        screen.in_words(words::status_schedule_months, {ratio_words(screen.status.earned_months)}));
  }
  return lines;
}

std::string month_section(const StatusScreen& screen) {
  const Status& status = screen.status;
  const auto& months = status.months;
  if (months.empty() || status.value.budget == Money{}) return {};
  TextTable table({{screen.in_words(words::status_column_month), Align::left},
                   {"PV", Align::right},
                   {"EV", Align::right},
                   {"AC", Align::right},
                   {"SPI", Align::right},
                   {"CPI", Align::right}});
  // Of a long plan the months around the status date.
  std::size_t now = 0;
  while (now + 1 < months.size() && months[now + 1].is_past) ++now;
  const std::size_t first = now >= kMostMonths ? now - kMostMonths + 1 : 0;
  const std::size_t last = std::min(months.size(), first + kMostMonths);
  for (std::size_t i = first; i < last; ++i) {
    const track::PeriodStatus& month = months[i];
    constexpr std::size_t kMonthLetters = 7;  // 2026-09
    const std::string name = show(screen.plan, month.during.from).substr(0, kMonthLetters);
    const EarnedValue so_far{.budget = status.value.budget,
                             .planned = month.planned_so_far,
                             .earned = month.earned_so_far,
                             .actual = month.actual_so_far,
                             .to_spend = {},
                             .has_actual = status.value.has_actual};
    const bool is_whole = month.during.to <= status.as_of;
    table.add({name, money(so_far.planned), month.is_past ? money(so_far.earned) : "",
               month.is_past && so_far.has_actual ? money(so_far.actual) : "",
               is_whole ? ratio_words(so_far.schedule_performance()) : "",
               month.is_past && so_far.has_actual ? ratio_words(so_far.cost_performance()) : ""});
  }
  return screen.heading(words::status_months) + table.str(screen.width, 2, screen.ink) +
         screen.more(months.size() - (last - first));
}

std::string task_section(const StatusScreen& screen) {
  const Status& status = screen.status;
  std::vector<TaskId> tasks;
  for (const TaskId task : outline(screen.plan)) {
    const bool is_leaf = screen.plan.tasks[task].kind != TaskKind::summary;
    if (is_leaf && status.tasks[task].light.light >= Light::amber) tasks.push_back(task);
  }
  std::stable_sort(tasks.begin(), tasks.end(), [&](TaskId a, TaskId b) {
    return status.tasks[a].light.light > status.tasks[b].light.light;
  });
  std::string lines = screen.heading(words::status_tasks);
  if (tasks.empty()) return lines + screen.note(screen.in_words(words::status_nothing_to_look_at));
  const std::size_t shown = std::min(tasks.size(), kMostTasks);
  for (std::size_t i = 0; i < shown; ++i) {
    const TaskStatus& task = status.tasks[tasks[i]];
    const std::string lamp = screen.lamp(task.light.light);
    const std::string share = whole_percentage(task.share.as_number(), screen.language);
    const std::string head = fit(screen.name(tasks[i]), std::max(8, screen.width - 20));
    lines += "  " + screen.in_colour(task.light.light, pad(lamp, 6)) + head + "  " +
             screen.ink.faint(share) + '\n';
    lines += paragraph(reasons_words(screen.plan, task.light, tasks[i], screen.language),
                       screen.width, 8);
  }
  return lines + screen.more(tasks.size() - shown);
}

std::string slip_section(const StatusScreen& screen) {
  const Status& status = screen.status;
  // What slips by itself comes first: the rest follows from it.
  std::vector<TaskId> tasks;
  for (const TaskId task : screen.plan.tasks.ids()) {
    const track::Slip& slip = status.tasks[task].slip;
    const bool is_leaf = screen.plan.tasks[task].kind != TaskKind::summary;
    if (is_leaf && slip.total > WorkTime{}) tasks.push_back(task);
  }
  if (tasks.empty()) return {};
  std::stable_sort(tasks.begin(), tasks.end(), [&](TaskId a, TaskId b) {
    const auto rank = [&](TaskId task) {
      const track::Slip& slip = status.tasks[task].slip;
      return std::pair(slip.root != task, -slip.total.count());
    };
    return rank(a) < rank(b);
  });
  std::string lines = screen.heading(words::status_slips);
  const std::size_t shown = std::min(tasks.size(), kMostSlips);
  for (std::size_t i = 0; i < shown; ++i) {
    const track::Slip& slip = status.tasks[tasks[i]].slip;
    std::string causes;
    for (const track::Slip::Cause& cause : slip.causes) {
      if (!causes.empty()) causes += screen.language == Language::chinese ? "；" : "; ";
      causes += cause_words(screen.plan, cause, tasks[i], screen.language);
    }
    const std::string total = signed_days(screen.plan, slip.total, tasks[i], screen.language);
    lines +=
        "  " + fit(screen.name(tasks[i]), std::max(8, screen.width - 20)) + "  " + total + '\n';
    lines += paragraph(causes, screen.width, 8);
  }
  return lines + screen.more(tasks.size() - shown);
}

std::string critical_section(const StatusScreen& screen) {
  const Status& status = screen.status;
  if (status.new_critical.empty() && status.cleared_critical.empty()) return {};
  std::string lines = screen.heading(words::status_critical);
  constexpr std::size_t kMostNamed = 8;
  const auto add = [&](const Words& sentence, const std::vector<TaskId>& tasks) {
    if (tasks.empty()) return;
    lines += screen.note(
        screen.in_words(sentence, {names_of(screen.plan, tasks, screen.language, kMostNamed)}));
  };
  add(words::status_new_critical, status.new_critical);
  add(words::status_cleared_critical, status.cleared_critical);
  return lines;
}

std::string ahead_section(const StatusScreen& screen) {
  const Status& status = screen.status;
  if (status.ahead.empty()) return {};
  std::string lines = screen.heading(
      screen.in_words(words::status_ahead, {show_end(screen.plan, status.ahead_until)}));
  const std::size_t num_owners = std::min(status.ahead.size(), kMostOwners);
  for (std::size_t i = 0; i < num_owners; ++i) {
    const track::LookAhead& list = status.ahead[i];
    const std::string owner =
        list.owner.empty() ? screen.in_words(words::status_nobody) : list.owner;
    lines += "  " + screen.ink.bold(fit(owner, screen.width - 2)) + '\n';
    TextTable table(
        {{"", Align::left}, {"", Align::left}, {"", Align::left, true}, {"", Align::left}});
    const std::size_t shown = std::min(list.entries.size(), kMostEntries);
    for (std::size_t j = 0; j < shown; ++j) {
      const track::LookAhead::Entry& entry = list.entries[j];
      using Kind = track::LookAhead::Entry::Kind;
      const bool is_end = entry.kind != Kind::start && entry.kind != Kind::overdue_start &&
                          screen.plan.tasks[entry.task].kind != TaskKind::start_milestone;
      const std::string when = screen.day(entry.when, is_end);
      const std::string expected = screen.day(entry.expected, is_end);
      table.add(
          {when, screen.in_words(entry_word(entry.kind)), screen.name(entry.task),
           expected != when ? screen.in_words(words::status_ahead_expected, {expected}) : ""});
    }
    lines += table.str(screen.width, 4, screen.ink) + screen.more(list.entries.size() - shown);
  }
  return lines + screen.more(status.ahead.size() - num_owners);
}

}  // namespace

std::string status_text(const Plan& plan, const Status& status, Language language, int width,
                        bool has_colour) {
  const StatusScreen screen{plan, status, language, width, Ink{has_colour}};
  return top(screen) + value_section(screen) + estimate_section(screen) + schedule_section(screen) +
         month_section(screen) + task_section(screen) + slip_section(screen) +
         critical_section(screen) + ahead_section(screen);
}

}  // namespace diaodu::report
