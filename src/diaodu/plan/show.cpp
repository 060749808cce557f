#include "diaodu/plan/show.h"

#include <array>
#include <cstdlib>
#include <string_view>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/tree.h"

namespace diaodu {
namespace {

std::string in_quotes(std::string_view name, Language language) {
  const bool is_chinese = language == Language::chinese;
  std::string quoted = is_chinese ? "“" : "'";
  quoted += name;
  quoted += is_chinese ? "”" : "'";
  return quoted;
}

}  // namespace

std::string show(const Plan& plan, Instant instant) {
  if (instant >= kNever) return "∞";
  if (instant <= kEver) return "-∞";
  if (plan.is_abstract) return std::to_string((instant - plan.start).count());
  return to_string(plan.zone.to_local(instant));
}

std::string show_end(const Plan& plan, Instant instant) {
  if (plan.is_abstract || instant >= kNever || instant <= kEver) return show(plan, instant);
  const LocalTime local = plan.zone.to_local(instant);
  if (local.minute_of_day() != 0) return show(plan, instant);
  return to_string(Date{local.date().days - 1}) + " 24:00";
}

std::string show_with_weekday(const Plan& plan, Instant instant, Language language) {
  static constexpr std::array<Words, 7> kWeekdays = {{{"Mon", "周一"},
                                                      {"Tue", "周二"},
                                                      {"Wed", "周三"},
                                                      {"Thu", "周四"},
                                                      {"Fri", "周五"},
                                                      {"Sat", "周六"},
                                                      {"Sun", "周日"}}};
  if (plan.is_abstract || instant >= kNever || instant <= kEver) return show(plan, instant);
  const LocalTime local = plan.zone.to_local(instant);
  const std::string day{kWeekdays[static_cast<std::size_t>(weekday(local.date()))].in(language)};
  const std::string date = to_string(local.date());
  const std::string clock = clock_string(local.minute_of_day());
  return language == Language::chinese ? date + ' ' + day + ' ' + clock
                                       : day + ' ' + date + ' ' + clock;
}

std::string show(const Plan& plan, WorkTime time, const NamedCalendar& calendar) {
  if (plan.is_abstract) return std::to_string(time.count());
  const std::int64_t minutes = time.count();
  const std::int64_t day = calendar.day.count();
  // Days where they come out short, else hours, else minutes: 2.5d, 7h, 45min.
  if (minutes == 0) return "0d";
  if (day > 0 && std::abs(minutes) >= day && minutes * 4 % day == 0) {
    return decimal_string(minutes * 100 / day, 2) + 'd';
  }
  if (minutes * 4 % 60 == 0) return decimal_string(minutes * 100 / 60, 2) + 'h';
  return std::to_string(minutes) + "min";
}

std::string show(const Plan& plan, Elapsed time, Language language) {
  if (plan.is_abstract) return std::to_string(time.count());
  const bool is_chinese = language == Language::chinese;
  std::int64_t minutes = time.count();
  std::string text;
  if (minutes < 0) {
    text = '-';
    minutes = -minutes;
  }
  const auto part = [&](std::int64_t count, Words unit) {
    if (count == 0) return;
    if (!is_chinese && !text.empty() && text != "-") text += ' ';
    text += std::to_string(count);
    if (!is_chinese) text += ' ';
    text += unit.in(language);
  };
  part(minutes / kMinutesPerDay, {"d", "天"});
  part(minutes % kMinutesPerDay / 60, {"h", "小时"});
  part(minutes % 60, {"min", "分钟"});
  if (time == Elapsed{}) return is_chinese ? "0分钟" : "0 min";
  return text;
}

std::string quoted(const Plan& plan, TaskId task, Language language) {
  return in_quotes(display_name(plan.tasks[task], language), language);
}

std::string quoted(const Plan& plan, ResourceId resource, Language language) {
  return in_quotes(display_name(plan.resources[resource], language), language);
}

}  // namespace diaodu
