#pragma once

#include <rapidcheck.h>

#include <string>
#include <vector>

#include "diaodu/track/event.h"

namespace diaodu::track {

/// Letters of several lengths, quotes, line breaks and what JSON must escape.
inline rc::Gen<std::string> any_text() {
  static const std::vector<std::string> kLetters = {"a",  "B",          "7",    " ",    "\"", "\\",
                                                    "\n", "\t",         "\x01", "\x1f", "é",  "调",
                                                    "度", "\U0001F6A7", "/",    "'"};
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(rc::gen::elementOf(kLetters)),
                      [](const std::vector<std::string>& letters) {
                        std::string text;
                        for (const std::string& letter : letters) text += letter;
                        return text;
                      });
}

inline rc::Gen<Instant> any_instant() {
  return rc::gen::map(rc::gen::inRange(-5'000, 500'000),
                      [](int hours) { return Instant{hours * 60}; });
}

template <class Value>
std::optional<Value> maybe(const rc::Gen<Value>& generator) {
  return *rc::gen::arbitrary<bool>() ? std::optional<Value>(*generator) : std::nullopt;
}

/// One fact of any kind but a withdrawal.
inline Fact any_fact() {
  const auto number = [](int low, int high) { return *rc::gen::inRange(low, high); };
  switch (number(0, 6)) {
    case 0: {
      TaskFact fact{.task = *any_text(), .when = *any_instant()};
      fact.actual_start = maybe(any_instant());
      fact.actual_finish = maybe(any_instant());
      if (number(0, 2) == 1) fact.remaining = WorkTime{number(0, 100'000)};
      if (number(0, 2) == 1) fact.percent = number(0, 100'01);
      if (number(0, 2) == 1) fact.physical_percent = number(0, 100'01);
      fact.steps_done = *rc::gen::container<std::vector<std::string>>(any_text());
      return fact;
    }
    case 1:
      return CostFact{*any_text(), *any_text(), *any_instant(),
                      Money{number(-1'000'000, 1'000'000)}};
    case 2: {
      const int first = number(1, 13);
      const double value = *rc::gen::arbitrary<double>();
      return Observation{*any_text(),
                         {number(1990, 2100), first, number(first, 13)},
                         static_cast<Measure>(number(0, 6)),
                         value + 0.0,
                         *any_instant(),
                         *any_text()};
    }
    case 3: {
      Baseline fact{*any_text(), *any_instant(), {}};
      for (int row = number(0, 4); row > 0; --row)
        fact.rows.push_back(
            {*any_text(), *any_instant(), *any_instant(), Money{number(0, 9'999'999)}});
      return fact;
    }
    case 4:
      return PlanChange{*any_instant(), hexadecimal(hash_of(std::string_view(*any_text()))),
                        *any_text()};
    default:
      return Remark{*any_instant(), "", *any_text(), *any_text(), number(0, 2) == 1};
  }
}

inline Event any_event() {
  Event event{
      .fact = any_fact(), .author = *any_text(), .reason = *any_text(), .recorded = *any_instant()};
  if (auto* const remark = std::get_if<Remark>(&event.fact)) remark->author = event.author;
  return event;
}

}  // namespace diaodu::track
