#include "diaodu/report/risk_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::DateForecast;
using forecast::Forecast;

constexpr std::size_t kMostDates = 8;
constexpr std::size_t kMostDrivers = 8;
constexpr std::size_t kMostRisks = 6;
constexpr std::size_t kMostMovers = 8;

struct RiskScreen {
  const Plan& plan;
  const solve::Answer& answer;
  Language language;
  int width;
  Ink ink;

  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language, arguments);
  }
  std::string heading(const Words& words) const {
    return '\n' + ink.bold(fit(in_words(words), width)) + '\n';
  }
  std::string more(std::size_t count) const {
    if (count == 0) return {};
    return "  " + ink.faint(fit(in_words(words::and_more, {std::to_string(count)}), width - 2)) +
           '\n';
  }
  std::string note(const std::string& text) const { return paragraph(text, width, 2); }
  std::string date(Instant instant) const {
    return instant >= kNever ? in_words(words::risk_no_date) : show(plan, instant);
  }
  std::string share(double share) const { return chance_words(share, language); }
  std::string name(TaskId task) const {
    return std::string(display_name(plan.tasks[task], language));
  }
  /// `3.4 d`, of days of so many minutes; a number of periods in abstract plans.
  std::string days(double minutes, double per_day) const {
    const double value = plan.is_abstract ? minutes : minutes / per_day;
    const std::string text = decimal_string(std::llround(value * 10), 1);
    return plan.is_abstract ? text : in_words(words::risk_days, {text});
  }
  std::string days(double minutes, TaskId task) const {
    const bool is_elapsed = plan.tasks[task].is_elapsed;
    return days(minutes, static_cast<double>(is_elapsed ? kMinutesPerDay
                                                        : terms_of(plan, task).day.count()));
  }
  std::string clock_days(double minutes) const {
    return days(minutes, static_cast<double>(kMinutesPerDay));
  }
};

std::string money(double cents) { return money_words(Money{std::llround(cents / 100) * 100}); }

const Words& how(forecast::RiskRequest::Kind kind) {
  using Kind = forecast::RiskRequest::Kind;
  if (kind == Kind::links_only) return words::risk_links_only;
  return kind == Kind::relevel ? words::risk_relevelled : words::risk_feasible;
}

std::string top(const RiskScreen& screen, const Forecast& forecast) {
  const std::string count = screen.in_words(
      words::risk_trials, {std::to_string(forecast.num_trials), std::to_string(forecast.seed)});
  const std::string title{title_of(screen.plan, screen.language)};
  const int room = screen.width - display_width(count) - 2;
  std::string lines =
      room < 8 ? screen.ink.faint(fit(count, screen.width)) + '\n'
               : screen.ink.bold(pad(title, room)) + "  " + screen.ink.faint(count) + '\n';
  const DateForecast& finish = forecast.finish();
  const std::string head =
      screen.in_words(words::risk_headline,
                      {screen.share(forecast.confidence), screen.date(finish.dates.at_confidence),
                       screen.date(finish.planned), screen.share(finish.planned_share)});
  lines += screen.ink.bold(fit(head, screen.width)) + '\n';
  lines += screen.note(screen.in_words(how(forecast.kind)));
  if (forecast.was_cancelled) {
    lines +=
        screen.note(screen.in_words(words::risk_cancelled, {std::to_string(forecast.num_trials),
                                                            std::to_string(forecast.num_asked)}));
  }
  if (forecast.num_without_dates > 0) {
    lines += screen.note(
        screen.in_words(words::risk_without_dates, {std::to_string(forecast.num_without_dates)}));
  }
  return lines;
}

std::string finish_section(const RiskScreen& screen, const Forecast& forecast) {
  const auto& dates = forecast.finish().dates;
  TextTable table({{"", Align::left}, {"", Align::left}, {"", Align::left, true}});
  table.add({"P10", screen.date(dates.p10), ""});
  table.add({"P50", screen.date(dates.p50), ""});
  const std::string error =
      forecast.p80_error > 0
          ? screen.in_words(words::risk_error, {screen.clock_days(forecast.p80_error)})
          : "";
  table.add({"P80", screen.date(dates.p80), error});
  table.add({"P90", screen.date(dates.p90), ""});
  return screen.heading(words::risk_finish) + table.str(screen.width, 2, screen.ink);
}

std::string histogram(const RiskScreen& screen, const Forecast& forecast) {
  const forecast::Histogram& told = forecast.histogram;
  if (told.counts.size() < 2) return {};
  static constexpr std::array<std::string_view, 8> kEighths = {"",  "▏", "▎", "▍",
                                                               "▌", "▋", "▊", "▉"};
  const std::int64_t most = *std::max_element(told.counts.begin(), told.counts.end());
  const bool has_days = !screen.plan.is_abstract && told.width.count() % kMinutesPerDay == 0;
  const int room = std::max(8, std::min(40, screen.width - 28));
  std::string lines = "\n";
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < told.counts.size(); ++i) {
    sum += told.counts[i];
    const Instant from = told.from + told.width * static_cast<std::int64_t>(i);
    std::string date = screen.date(from);
    constexpr std::size_t kDateLetters = 10;  // 2026-09-11
    if (has_days) date = date.substr(0, kDateLetters);
    const auto eighths = static_cast<std::size_t>(told.counts[i] * room * 8 / most);
    std::string bar;
    for (std::size_t n = 0; n < eighths / 8; ++n) bar += "█";
    bar += kEighths[eighths % 8];
    const double up_to = static_cast<double>(sum) / static_cast<double>(forecast.num_trials);
    const std::string shares = pad(screen.share(up_to), 6, Align::right);
    lines += "  ";
    lines += pad(date, has_days ? 10 : 16);
    lines += shares;
    lines += "  ";
    lines += bar;
    lines += '\n';
  }
  return lines;
}

std::string date_section(const RiskScreen& screen, const Forecast& forecast) {
  std::vector<const DateForecast*> dates;
  for (const DateForecast& each : forecast.dates) {
    if (each.task) dates.push_back(&each);
  }
  // Deadlines that are least sure first, then what comes late.
  std::stable_sort(dates.begin(), dates.end(), [](const auto* a, const auto* b) {
    const bool has = a->deadline < kNever;
    const bool other_has = b->deadline < kNever;
    if (has != other_has) return has;
    if (has) return a->deadline_share < b->deadline_share;
    return a->dates.p80 > b->dates.p80;
  });
  if (dates.empty()) return {};
  TextTable table({{screen.in_words(words::risk_column_date), Align::left, true},
                   {screen.in_words(words::risk_column_planned), Align::left},
                   {"P80", Align::left},
                   {screen.in_words(words::risk_column_deadline), Align::right}});
  const std::size_t shown = std::min(dates.size(), kMostDates);
  for (std::size_t i = 0; i < shown; ++i) {
    const DateForecast& each = *dates[i];
    const bool has_deadline = each.deadline < kNever;
    table.add({screen.name(each.task), screen.date(each.planned), screen.date(each.dates.p80),
               has_deadline ? screen.share(each.deadline_share) : ""});
  }
  return screen.heading(words::risk_dates) + table.str(screen.width, 2, screen.ink) +
         screen.more(dates.size() - shown + forecast.num_not_watched);
}

std::string cost_section(const RiskScreen& screen, const Forecast& forecast) {
  if (!forecast.cost) return {};
  const forecast::CostForecast& cost = *forecast.cost;
  return screen.heading(words::risk_cost) +
         screen.note(
             screen.in_words(words::risk_cost_line,
                             {money(cost.costs.p10), money(cost.costs.p50), money(cost.costs.p80),
                              money(cost.costs.p90), std::string(screen.plan.currency)})) +
         screen.note(screen.in_words(words::risk_cost_planned,
                                     {money(cost.planned), screen.share(cost.planned_share),
                                      screen.share(cost.joint_share)}));
}

std::string driver_section(const RiskScreen& screen, const Forecast& forecast) {
  TextTable table({{screen.in_words(words::risk_column_task), Align::left, true},
                   {screen.in_words(words::risk_column_critical), Align::right},
                   {screen.in_words(words::risk_column_deviation), Align::right},
                   {screen.in_words(words::risk_column_sensitivity), Align::right},
                   {screen.in_words(words::risk_column_delay), Align::right}});
  std::size_t all = 0;
  for (const forecast::Driver& each : forecast.drivers) {
    if (each.swing <= 0) continue;
    if (++all > kMostDrivers) continue;
    table.add({screen.name(each.task), screen.share(each.criticality),
               screen.days(each.deviation, each.task),
               decimal_string(std::llround(each.sensitivity * 100), 2),
               screen.days(each.delay, each.task)});
  }
  if (all == 0) return {};
  return screen.heading(words::risk_drivers) + table.str(screen.width, 2, screen.ink) +
         screen.more(all - table.size());
}

std::string tornado_section(const RiskScreen& screen, const Words& heading,
                            const std::vector<forecast::Mover>& movers, bool is_cost) {
  if (movers.empty()) return {};
  TextTable table({{screen.in_words(words::risk_column_mover), Align::left, true},
                   {screen.in_words(words::risk_column_low), Align::right},
                   {screen.in_words(words::risk_column_high), Align::right},
                   {screen.in_words(words::risk_column_spread), Align::right}});
  const auto end = [&](double value) {
    return is_cost ? money(value) : screen.date(screen.plan.start + Elapsed{std::llround(value)});
  };
  const std::size_t shown = std::min(movers.size(), kMostMovers);
  for (std::size_t i = 0; i < shown; ++i) {
    const forecast::Mover& each = movers[i];
    table.add({each.task ? screen.name(each.task)
                         : std::string(display_name(screen.plan.risks[each.risk], screen.language)),
               end(each.low), end(each.high),
               is_cost ? money(each.spread()) : screen.clock_days(each.spread())});
  }
  return screen.heading(heading) + table.str(screen.width, 2, screen.ink) +
         screen.more(movers.size() - shown);
}

std::string contingency_section(const RiskScreen& screen, const Forecast& forecast) {
  const auto time = forecast.time_contingency();
  if (!time) return {};
  const bool is_early = *time < Elapsed{};
  std::string lines = screen.heading(words::risk_contingency) +
                      screen.note(screen.in_words(
                          is_early ? words::risk_no_contingency_time : words::risk_contingency_time,
                          {screen.share(forecast.confidence),
                           screen.clock_days(std::abs(static_cast<double>(time->count())))}));
  if (!forecast.cost) return lines;
  const auto more = forecast.cost->contingency();
  const bool is_cheap = more < 0;
  lines += screen.note(
      screen.in_words(is_cheap ? words::risk_no_contingency_cost : words::risk_contingency_cost,
                      {screen.share(forecast.confidence), money(is_cheap ? -more : more),
                       std::string(screen.plan.currency)}));
  if (!forecast.joint) return lines;
  const forecast::JointConfidence& joint = *forecast.joint;
  if (joint.marginal > 0) {
    lines += screen.note(screen.in_words(
        words::risk_joint_pair, {screen.share(forecast.confidence), screen.date(joint.finish),
                                 money(joint.cost), std::string(screen.plan.currency)}));
  }
  TextTable table({{screen.in_words(words::risk_joint_corner), Align::left},
                   {"P10", Align::right},
                   {"P50", Align::right},
                   {"P80", Align::right},
                   {"P90", Align::right}});
  static constexpr std::array<std::string_view, 4> kRows = {"P10", "P50", "P80", "P90"};
  for (std::size_t row = 0; row < kRows.size(); ++row) {
    const auto& shares = joint.shares[row];
    table.add({std::string(kRows[row]), screen.share(shares[0]), screen.share(shares[1]),
               screen.share(shares[2]), screen.share(shares[3])});
  }
  return lines + table.str(screen.width, 2, screen.ink);
}

std::string mitigation_section(const RiskScreen& screen, const Forecast& forecast) {
  if (forecast.mitigations.empty()) return {};
  TextTable table({{screen.in_words(words::risk_column_risk), Align::left, true},
                   {screen.in_words(words::risk_column_earlier), Align::right},
                   {"P80", Align::right},
                   {screen.in_words(words::risk_column_saves), Align::right},
                   {screen.in_words(words::risk_column_price), Align::right}});
  const std::size_t shown = std::min(forecast.mitigations.size(), kMostRisks);
  for (std::size_t i = 0; i < shown; ++i) {
    const forecast::Mitigation& each = forecast.mitigations[i];
    table.add({std::string(display_name(screen.plan.risks[each.risk], screen.language)),
               screen.clock_days(each.gain),
               screen.clock_days(static_cast<double>(each.p80_gain.count())), money(each.saving),
               money(each.price)});
  }
  return screen.heading(words::risk_mitigations) + table.str(screen.width, 2, screen.ink) +
         screen.more(forecast.mitigations.size() - shown);
}

std::string convergence_section(const RiskScreen& screen, const Forecast& forecast) {
  if (forecast.p80_error <= 0) return {};
  TextTable table({{screen.in_words(words::risk_column_trials), Align::right},
                   {"P80", Align::left},
                   {"", Align::left, true}});
  for (const forecast::Convergence& each : forecast.convergence) {
    table.add({std::to_string(each.num_trials), screen.date(each.p80),
               each.error > 0 ? screen.in_words(words::risk_error, {screen.clock_days(each.error)})
                              : ""});
  }
  return screen.heading(words::risk_convergence) + table.str(screen.width, 2, screen.ink);
}

/// The milestones' and deadlines' first drivers.
std::string date_driver_section(const RiskScreen& screen, const Forecast& forecast) {
  TextTable table({{screen.in_words(words::risk_column_date), Align::left, true},
                   {screen.in_words(words::risk_column_driven_by), Align::left, true},
                   {screen.in_words(words::risk_column_later), Align::right}});
  std::size_t all = 0;
  for (const DateForecast& each : forecast.dates) {
    if (!each.task || each.drivers.empty()) continue;
    if (++all > kMostDates) continue;
    bool is_first = true;
    for (const forecast::DateDriver& driver : each.drivers) {
      table.add({is_first ? screen.name(each.task) : "", screen.name(driver.task),
                 screen.clock_days(driver.delay)});
      is_first = false;
    }
  }
  if (all == 0) return {};
  return screen.heading(words::risk_date_drivers) + table.str(screen.width, 2, screen.ink) +
         screen.more(all - std::min(all, kMostDates));
}

std::string risk_section(const RiskScreen& screen, const Forecast& forecast) {
  if (forecast.risks.empty()) return {};
  TextTable table({{screen.in_words(words::risk_column_risk), Align::left, true},
                   {screen.in_words(words::risk_column_struck), Align::right},
                   {screen.in_words(words::risk_column_if_struck), Align::right},
                   {screen.in_words(words::risk_column_on_average), Align::right}});
  const std::size_t shown = std::min(forecast.risks.size(), kMostRisks);
  for (std::size_t i = 0; i < shown; ++i) {
    const forecast::RiskEffect& each = forecast.risks[i];
    table.add({std::string(display_name(screen.plan.risks[each.risk], screen.language)),
               screen.share(each.struck), screen.clock_days(each.delay_if_struck),
               screen.clock_days(each.delay)});
  }
  return screen.heading(words::risk_risks) + table.str(screen.width, 2, screen.ink) +
         screen.more(forecast.risks.size() - shown);
}

std::string links_section(const RiskScreen& screen, const Forecast& forecast) {
  if (!forecast.links_only) return {};
  const forecast::LinksOnly& links = *forecast.links_only;
  const auto early = static_cast<double>(links.too_early.count());
  if (early <= 0 && links.finish.p80 == forecast.finish().dates.p80) {
    return screen.heading(words::risk_links) +
           screen.note(screen.in_words(words::risk_links_same, {screen.date(links.finish.p80)}));
  }
  return screen.heading(words::risk_links) +
         screen.note(screen.in_words(words::risk_links_line,
                                     {screen.date(links.finish.p80), screen.clock_days(early)}));
}

std::string judged_section(const RiskScreen& screen, const Forecast& forecast) {
  const forecast::Sampled& sampled = forecast.sampled;
  if (sampled.num_judged == 0) return {};
  std::string lines =
      screen.heading(words::risk_judged_heading) +
      screen.note(screen.in_words(words::risk_judged, {std::to_string(sampled.num_judged),
                                                       std::to_string(sampled.num_within)}));
  if (sampled.num_within < sampled.num_judged) {
    std::vector<std::string> names;
    for (const ResourceId each : sampled.exceeded)
      names.push_back(quoted(screen.plan, each, screen.language));
    lines += screen.note(screen.in_words(words::risk_exceeded, {joined(names, screen.language)}));
    if (forecast.kind == forecast::RiskRequest::Kind::flow)
      lines += screen.note(screen.in_words(words::risk_order_knows_not));
  }
  if (forecast.links_only) {
    lines += screen.note(screen.in_words(
        words::risk_links_judged, {std::to_string(forecast.links_only->sampled.num_within)}));
  }
  return lines;
}

}  // namespace

std::string risk_text(const Plan& plan, const solve::Answer& answer, const Forecast& forecast,
                      Language language, int width, bool has_colour) {
  const RiskScreen screen{plan, answer, language, width, Ink{has_colour}};
  return top(screen, forecast) + finish_section(screen, forecast) + histogram(screen, forecast) +
         date_section(screen, forecast) + cost_section(screen, forecast) +
         contingency_section(screen, forecast) + driver_section(screen, forecast) +
         risk_section(screen, forecast) + mitigation_section(screen, forecast) +
         tornado_section(screen, words::risk_tornado, forecast.tornado, false) +
         tornado_section(screen, words::risk_cost_tornado, forecast.cost_tornado, true) +
         date_driver_section(screen, forecast) + convergence_section(screen, forecast) +
         links_section(screen, forecast) + judged_section(screen, forecast);
}

std::string trial_text(const Plan& plan, const solve::Answer& answer, const forecast::Trial& trial,
                       std::int64_t number, Language language, int width, bool has_colour) {
  const RiskScreen screen{plan, answer, language, width, Ink{has_colour}};
  std::string lines =
      screen.ink.bold(
          fit(screen.in_words(words::risk_trial, {std::to_string(number), screen.date(trial.finish),
                                                  screen.date(answer.finish)}),
              width)) +
      '\n';
  std::vector<std::string> struck;
  for (const std::size_t risk : trial.struck)
    struck.emplace_back(display_name(plan.risks[risk], language));
  if (!struck.empty()) {
    lines +=
        screen.note(screen.in_words(words::risk_struck, {joined(struck, language, struck.size())}));
  }
  TextTable table({{screen.in_words(words::risk_column_task), Align::left, true},
                   {screen.in_words(words::risk_column_start), Align::left},
                   {screen.in_words(words::risk_column_finish), Align::left},
                   {screen.in_words(words::risk_column_takes), Align::right},
                   {screen.in_words(words::risk_column_planned), Align::right}});
  for (const TaskId task : outline(plan)) {
    const Placement& placed = trial.schedule.placements[task];
    if (!placed.is_scheduled || !does_work(plan.tasks[task])) continue;
    const auto days = [&](const Plan& of) {
      const WorkTime time = placed.mode ? of.modes[placed.mode].duration : of.tasks[task].duration;
      return screen.days(static_cast<double>(time.count()), task);
    };
    table.add({screen.name(task), screen.date(placed.start), screen.date(placed.finish),
               days(trial.plan), days(plan)});
  }
  return lines + "\n" + table.str(width, 2, screen.ink);
}

}  // namespace diaodu::report
