#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu::report {

/// Every sentence and heading of the reports, in both languages, declared from the one table
/// `words.inc`: `words::proven`, ...
namespace words {
#define DIAODU_WORDS(name, en, zh) inline constexpr Words name{en, zh};
#include "diaodu/report/words.inc"
#undef DIAODU_WORDS
}  // namespace words

/// All of them, for tests.
std::span<const Words> all_words();

/// The sentence with its places filled in.
std::string say(const Words& sentence, Language language,
                std::initializer_list<std::string> arguments = {});

/// The sentence for one thing, or the one for `{0}` things.
std::string counted(std::size_t number, const Words& one, const Words& several, Language language);

/// `a, b, c`; in Chinese `a、b、c`.  More than `most` are cut to that many and "3 others".
std::string joined(std::span<const std::string> parts, Language language, std::size_t most = 4);

/// `'Dig', 'Forms' and 3 others`.
std::string names_of(const Plan& plan, std::span<const TaskId> tasks, Language language,
                     std::size_t most = 3);

/// Sentences one after the other: a blank between them in English, none in Chinese.
std::string joined_sentences(std::span<const std::string> sentences, Language language);

/// The calendar in whose days a task's durations and floats are told.
const NamedCalendar& terms_of(const Plan& plan, TaskId task);
const NamedCalendar& terms_of(const Plan& plan, ResourceId resource);

/// Working time for people: `3 d`, `2.5 h`; in Chinese `3天`, `2.5小时`; a number in abstract
/// plans.
std::string duration(const Plan& plan, WorkTime time, const NamedCalendar& terms,
                     Language language);

/// Time on the clock for people, the longer the rounder: from two days on whole hours, from ten
/// days on whole days, rounded up; a number of periods in abstract plans.
std::string rough(const Plan& plan, Elapsed time, Language language);

/// `11,265,600.50`.
std::string money_words(Money money);

/// A share as a percentage with one digit: `3.2 %`; in Chinese `3.2%`.
std::string percentage(double share, Language language);
/// The same as a whole number.
std::string whole_percentage(double share, Language language);
/// The same of a chance: what is rare or nearly sure is neither 0 % nor 100 %.
std::string chance_words(double share, Language language);

/// `Battery plant`, or the other language's name; empty if the plan has none.
std::string_view title_of(const Plan& plan, Language language);

const Words& severity_word(Severity severity);

/// Where a finding points: `tasks.csv:14:5`, or nothing.
std::string place_of(const Where& where);

}  // namespace diaodu::report
