#include "diaodu/report/words.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <vector>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"

namespace diaodu::report {
namespace {

constexpr Words kAllWords[] = {
#define DIAODU_WORDS(name, en, zh) {en, zh},
#include "diaodu/report/words.inc"
#undef DIAODU_WORDS
};

const NamedCalendar& terms_of(const Plan& plan, CalendarId calendar) {
  static const NamedCalendar around_the_clock{.rule = {},
                                              .pattern = {},
                                              .calendar = {},
                                              .day = WorkTime{kMinutesPerDay},
                                              .week = WorkTime{kMinutesPerWeek},
                                              .month = WorkTime{20 * kMinutesPerDay}};
  const CalendarId chosen = calendar ? calendar : plan.calendar;
  return chosen ? plan.calendars[chosen] : around_the_clock;
}

std::string percent_text(const std::string& number, Language language) {
  return number + (language == Language::chinese ? "%" : " %");
}

}  // namespace

std::span<const Words> all_words() { return kAllWords; }

std::string say(const Words& sentence, Language language,
                std::initializer_list<std::string> arguments) {
  return fill(sentence.in(language), std::span(arguments.begin(), arguments.size()));
}

std::string counted(std::size_t number, const Words& one, const Words& several, Language language) {
  return number == 1 ? say(one, language) : say(several, language, {std::to_string(number)});
}

std::string joined(std::span<const std::string> parts, Language language, std::size_t most) {
  const std::string_view comma = language == Language::chinese ? "、" : ", ";
  const std::size_t shown = parts.size() > most + 1 ? most : parts.size();
  std::string text;
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) text += comma;
    text += parts[i];
  }
  if (shown < parts.size()) {
    if (shown > 0) text += comma;
    text += say(words::others, language, {std::to_string(parts.size() - shown)});
  }
  return text;
}

std::string names_of(const Plan& plan, std::span<const TaskId> tasks, Language language,
                     std::size_t most) {
  std::vector<std::string> names;
  // Only those that will be shown are put into words; the rest is counted.
  for (std::size_t i = 0; i < tasks.size(); ++i) {
    names.push_back(i <= most ? quoted(plan, tasks[i], language) : std::string());
  }
  return joined(names, language, most);
}

std::string joined_sentences(std::span<const std::string> sentences, Language language) {
  std::string text;
  for (const std::string& sentence : sentences) {
    if (sentence.empty()) continue;
    if (!text.empty() && language == Language::english) text += ' ';
    text += sentence;
  }
  return text;
}

const NamedCalendar& terms_of(const Plan& plan, TaskId task) {
  return terms_of(plan, plan.tasks[task].calendar);
}

const NamedCalendar& terms_of(const Plan& plan, ResourceId resource) {
  return terms_of(plan, plan.resources[resource].calendar);
}

std::string duration(const Plan& plan, WorkTime time, const NamedCalendar& terms,
                     Language language) {
  std::string text = show(plan, time, terms);
  if (plan.is_abstract) return text;
  const bool is_chinese = language == Language::chinese;
  const WorkTime rest{time.count() % 60};
  if (text.ends_with("min") && time > rest &&
      rest > WorkTime{}) {  // 224 d 7 h 59 min rather than 107999 min
    const WorkTime hours{(time - rest).count() % terms.day.count()};
    std::string parts;
    for (const WorkTime part : {time - rest - hours, hours, rest}) {
      if (part == WorkTime{}) continue;
      parts += (parts.empty() || is_chinese ? "" : " ") + duration(plan, part, terms, language);
    }
    return parts;
  }
  static constexpr std::array<std::pair<std::string_view, Words>, 3> kUnits = {
      {{"min", {" min", "分钟"}}, {"d", {" d", "天"}}, {"h", {" h", "小时"}}}};
  for (const auto& [unit, words] : kUnits) {
    if (!text.ends_with(unit)) continue;
    return text.substr(0, text.size() - unit.size()) +
           std::string(is_chinese ? words.zh : words.en);
  }
  return text;
}

std::string rough(const Plan& plan, Elapsed time, Language language) {
  if (plan.is_abstract) {
    if (time.count() == 1) return say(words::period, language);
    return say(words::periods, language, {std::to_string(time.count())});
  }
  const std::int64_t minutes = std::abs(time.count());
  const std::int64_t grain = minutes >= 10 * kMinutesPerDay  ? kMinutesPerDay
                             : minutes >= 2 * kMinutesPerDay ? 60
                                                             : 1;
  const std::int64_t rounded = (minutes + grain - 1) / grain * grain;
  return show(plan, Elapsed{time.count() < 0 ? -rounded : rounded}, language);
}

std::string money_words(Money money) {
  std::string text = to_string(money);
  const std::size_t first = text.starts_with('-') ? 1 : 0;
  for (std::size_t at = std::min(text.find('.'), text.size()); at > first + 3;) {
    at -= 3;
    text.insert(at, 1, ',');
  }
  return text;
}

std::string percentage(double share, Language language) {
  return percent_text(decimal_string(std::llround(share * 1000), 1), language);
}

std::string whole_percentage(double share, Language language) {
  return percent_text(std::to_string(std::llround(share * 100)), language);
}

std::string chance_words(double share, Language language) {
  constexpr double kHalf = 0.005;
  if (share > 0 && share < kHalf) return "< " + whole_percentage(0.01, language);
  if (share < 1 && share >= 1 - kHalf) return "> " + whole_percentage(0.99, language);
  return whole_percentage(share, language);
}

std::string_view title_of(const Plan& plan, Language language) {
  const bool is_chinese = language == Language::chinese;
  const std::string& wanted = is_chinese ? plan.name_zh : plan.name;
  return wanted.empty() ? (is_chinese ? plan.name : plan.name_zh) : wanted;
}

const Words& severity_word(Severity severity) {
  switch (severity) {
    case Severity::note:
      return words::note;
    case Severity::warning:
      return words::warning;
    case Severity::error:
      return words::error;
  }
  return words::note;
}

std::string place_of(const Where& where) {
  std::string place = where.file;
  if (where.line > 0) place += ':' + std::to_string(where.line);
  if (where.column > 0) place += ':' + std::to_string(where.column);
  return place;
}

}  // namespace diaodu::report
