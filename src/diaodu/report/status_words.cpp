#include "diaodu/report/status_words.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using track::LightReason;
using track::Slip;

const NamedCalendar& terms(const Plan& plan, TaskId task) {
  return task ? terms_of(plan, task) : plan.calendars[plan.calendar];
}

WorkTime absolute(WorkTime time) { return time < WorkTime{} ? -time : time; }

/// Of money whole units are enough for people.
std::string whole_money(Money money) {
  constexpr std::int64_t kCents = 100;
  return money_words(Money{std::llround(static_cast<double>(money.count()) / kCents) * kCents});
}

/// `3.5 d`; less than a day in hours and minutes.
std::string plain_days(const Plan& plan, WorkTime time, TaskId task, Language language) {
  const WorkTime length = absolute(time);
  const bool is_elapsed = task && plan.tasks[task].is_elapsed;
  const double days = std::abs(number_of_days(plan, time, task));
  if (plan.is_abstract || (days < 1 && !is_elapsed))
    return duration(plan, length, terms(plan, task), language);
  if (days < 1) return show(plan, Elapsed{length.count()}, language);
  return say(words::status_days, language, {decimal_string(std::llround(days * 10), 1)});
}

}  // namespace

const Words& light_word(track::Light light) {
  switch (light) {
    case track::Light::red:
      return words::status_red;
    case track::Light::amber:
      return words::status_amber;
    case track::Light::green:
      return words::status_green;
    case track::Light::none:
      break;
  }
  return words::status_none;
}

std::string signed_days(const Plan& plan, WorkTime time, TaskId task, Language language) {
  return (time < WorkTime{} ? "-" : "") + plain_days(plan, time, task, language);
}

double number_of_days(const Plan& plan, WorkTime time, TaskId task) {
  const auto minutes = static_cast<double>(time.count());
  if (plan.is_abstract) return minutes;
  const bool is_elapsed = task && plan.tasks[task].is_elapsed;
  return minutes / static_cast<double>(is_elapsed ? kMinutesPerDay : terms(plan, task).day.count());
}

std::string ratio_words(const std::optional<double>& ratio) {
  constexpr double kMost = 1e6;
  if (!ratio) return "–";
  if (std::abs(*ratio) > kMost) return *ratio > 0 ? ">1000000" : "<-1000000";
  std::string text = decimal_string(std::llround(*ratio * 100), 2);
  if (text.find('.') == std::string::npos) text += '.';
  while (text.size() - text.find('.') < 3) text += '0';
  return text;
}

std::string reason_words(const Plan& plan, const LightReason& reason, TaskId task,
                         Language language) {
  using Kind = LightReason::Kind;
  const auto date = [&](Instant instant) { return show(plan, instant); };
  const auto days = [&](WorkTime time) { return plain_days(plan, time, task, language); };
  const bool is_elsewhere = reason.task && reason.task != task;
  const std::string because =
      is_elsewhere ? say(words::status_because, language, {quoted(plan, reason.task, language)})
                   : std::string();
  const auto by_money = [&](const Words& alone, const Words& by) {
    const std::string ratio = ratio_words(reason.ratio);
    if (!is_elsewhere) return say(alone, language, {ratio, whole_money(reason.money)});
    return say(by, language,
               {ratio, whole_money(reason.money), quoted(plan, reason.task, language)});
  };
  switch (reason.kind) {
    case Kind::completed:
      return say(words::status_is_completed, language, {date(reason.date)});
    case Kind::on_plan:
      return say(words::status_is_on_plan, language);
    case Kind::slips_within_float:
      return say(words::status_within_float, language,
                 {days(reason.time), because, days(reason.other_time)});
    case Kind::slips_beyond_float:
      return say(words::status_beyond_float, language, {days(reason.time), because});
    case Kind::slips_from_baseline:
      return say(words::status_from_baseline, language, {days(reason.time), because});
    case Kind::deadline_missed:
      return say(words::status_deadline_missed, language,
                 {date(reason.date), show_end(plan, reason.other_date)});
    case Kind::deadline_will_miss:
      return say(words::status_deadline_will_miss, language,
                 {date(reason.date), show_end(plan, reason.other_date)});
    case Kind::not_begun:
      return say(words::status_not_begun, language, {date(reason.date)});
    case Kind::not_finished:
      return say(words::status_not_finished, language, {date(reason.date)});
    case Kind::no_report:
      if (reason.date <= kEver) return say(words::status_no_report_ever, language);
      return say(words::status_no_report, language, {date(reason.date)});
    case Kind::costs_more:
      return by_money(words::status_costs_more, words::status_costs_more_by);
    case Kind::earns_less:
      return by_money(words::status_earns_less, words::status_earns_less_by);
    case Kind::worse_below:
      if (reason.count == 1)
        return say(words::status_one_below, language, {quoted(plan, reason.task, language)});
      return say(words::status_several_below, language,
                 {std::to_string(reason.count), quoted(plan, reason.task, language)});
  }
  return {};
}

std::string reasons_words(const Plan& plan, const track::TrafficLight& light, TaskId task,
                          Language language, std::size_t most) {
  std::string text;
  const std::size_t shown = std::min(most, light.reasons.size());
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += language == Language::chinese ? "；" : "; ";
    text += reason_words(plan, light.reasons[i], task, language);
  }
  return text;
}

std::string cause_words(const Plan& plan, const Slip::Cause& cause, TaskId task,
                        Language language) {
  using Kind = Slip::Cause::Kind;
  const std::string time = plain_days(plan, cause.time, task, language);
  const bool is_earlier = cause.time < WorkTime{};
  const auto name = [&] { return quoted(plan, cause.task, language); };
  switch (cause.kind) {
    case Kind::predecessor:
      return say(words::cause_predecessor, language, {time, name()});
    case Kind::resource: {
      const std::string resource = quoted(plan, cause.resource, language);
      if (!cause.task) return say(words::cause_resource, language, {time, resource});
      return say(words::cause_resource_of, language, {time, resource, name()});
    }
    case Kind::constraint:
      if (!cause.task || cause.task == task) return say(words::cause_constraint, language, {time});
      return say(words::cause_constraint_of, language, {time, name()});
    case Kind::late_start:
      return say(words::cause_late_start, language, {time});
    case Kind::not_begun:
      return say(words::cause_not_begun, language, {time});
    case Kind::duration:
      return say(is_earlier ? words::cause_shorter : words::cause_longer, language, {time});
    case Kind::interruption:
      if (cause.resource) {
        return say(words::cause_interruption_by, language,
                   {time, quoted(plan, cause.resource, language)});
      }
      if (!cause.task) return say(words::cause_interruption, language, {time});
      return say(words::cause_interruption_by, language, {time, name()});
    case Kind::other_start:
      return say(is_earlier ? words::cause_earlier_start : words::cause_later_start, language,
                 {time});
    case Kind::child:
      return say(words::cause_child, language,
                 {signed_days(plan, cause.time, task, language), name()});
  }
  return {};
}

const Words& entry_word(track::LookAhead::Entry::Kind kind) {
  using Kind = track::LookAhead::Entry::Kind;
  switch (kind) {
    case Kind::overdue_start:
      return words::status_ahead_overdue_start;
    case Kind::overdue_finish:
      return words::status_ahead_overdue_finish;
    case Kind::start:
      return words::status_ahead_start;
    case Kind::finish:
      return words::status_ahead_finish;
    case Kind::milestone:
      break;
  }
  return words::status_ahead_milestone;
}

std::string_view name_of(track::Light light) {
  switch (light) {
    case track::Light::none:
      return "none";
    case track::Light::green:
      return "green";
    case track::Light::amber:
      return "amber";
    case track::Light::red:
      return "red";
  }
  return {};
}

std::string_view name_of(track::Stage stage) {
  switch (stage) {
    case track::Stage::not_started:
      return "not_started";
    case track::Stage::started:
      return "started";
    case track::Stage::completed:
      return "completed";
    case track::Stage::left_out:
      return "left_out";
  }
  return {};
}

std::string_view name_of(LightReason::Kind kind) {
  using Kind = LightReason::Kind;
  switch (kind) {
    case Kind::completed:
      return "completed";
    case Kind::on_plan:
      return "on_plan";
    case Kind::slips_within_float:
      return "slips_within_float";
    case Kind::slips_beyond_float:
      return "slips_beyond_float";
    case Kind::slips_from_baseline:
      return "slips_from_baseline";
    case Kind::deadline_missed:
      return "deadline_missed";
    case Kind::deadline_will_miss:
      return "deadline_will_miss";
    case Kind::not_begun:
      return "not_begun";
    case Kind::not_finished:
      return "not_finished";
    case Kind::no_report:
      return "no_report";
    case Kind::costs_more:
      return "costs_more";
    case Kind::earns_less:
      return "earns_less";
    case Kind::worse_below:
      return "worse_below";
  }
  return {};
}

std::string_view name_of(Slip::Cause::Kind kind) {
  using Kind = Slip::Cause::Kind;
  switch (kind) {
    case Kind::predecessor:
      return "predecessor";
    case Kind::resource:
      return "resource";
    case Kind::constraint:
      return "constraint";
    case Kind::late_start:
      return "late_start";
    case Kind::not_begun:
      return "not_begun";
    case Kind::duration:
      return "duration";
    case Kind::interruption:
      return "interruption";
    case Kind::other_start:
      return "other_start";
    case Kind::child:
      return "child";
  }
  return {};
}

std::string_view name_of(track::LookAhead::Entry::Kind kind) {
  using Kind = track::LookAhead::Entry::Kind;
  switch (kind) {
    case Kind::overdue_start:
      return "overdue_start";
    case Kind::overdue_finish:
      return "overdue_finish";
    case Kind::start:
      return "start";
    case Kind::finish:
      return "finish";
    case Kind::milestone:
      return "milestone";
  }
  return {};
}

std::string_view name_of(EarningRule rule) {
  switch (rule) {
    case EarningRule::duration:
      return "duration";
    case EarningRule::work:
      return "work";
    case EarningRule::physical:
      return "physical";
    case EarningRule::zero_hundred:
      return "0/100";
    case EarningRule::fifty_fifty:
      return "50/50";
    case EarningRule::steps:
      return "steps";
  }
  return {};
}

}  // namespace diaodu::report
