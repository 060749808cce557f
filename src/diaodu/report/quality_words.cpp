#include "diaodu/report/quality_words.h"

#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/choices.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/lag.h"
#include "diaodu/report/names.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using Kind = check::QualityFlaw::Kind;
using Verdict = check::QualityResult::Verdict;

const Words& why_not_applicable(const Plan& plan, const check::QualityEvidence& evidence,
                                QualityPoint point) {
  switch (point) {
    case QualityPoint::leads:
    case QualityPoint::lags:
    case QualityPoint::link_types:
      return words::quality_no_links;
    case QualityPoint::invalid_dates:
      return plan.data_date ? words::quality_not_applicable : words::quality_no_data_date;
    case QualityPoint::resources:
      return words::quality_no_resources;
    case QualityPoint::missed_tasks:
    case QualityPoint::execution:
      if (evidence.baseline.empty()) return words::quality_no_baseline;
      return plan.data_date ? words::quality_nothing_due : words::quality_no_data_date;
    case QualityPoint::critical_path_length:
      return words::quality_no_date_to_meet;
    case QualityPoint::logic:
    case QualityPoint::hard_constraints:
    case QualityPoint::high_float:
    case QualityPoint::negative_float:
    case QualityPoint::long_durations:
    case QualityPoint::critical_path_test:
      return words::quality_nothing_open;
  }
  return words::quality_not_applicable;
}

std::string signed_lag(const Plan& plan, const Link& link, Language language) {
  const std::string size = lag_words(plan, link.lag, link.from, language);
  return link.lag.amount < 0 ? '-' + size : size;
}

std::string constraint_words(const Constraint& constraint, Language language) {
  for (const auto& choice : formats::kConstraintKinds) {
    if (choice.value == constraint.kind)
      return std::string(formats::in_both_languages(choice.names).in(language));
  }
  return {};
}

/// A bare date means the evening of an upper limit and of a finish.
std::string limit_of(const Plan& plan, const Constraint& constraint) {
  return formats::counts_to_end_of_day(constraint.kind) ? show_end(plan, constraint.date)
                                                        : show(plan, constraint.date);
}

}  // namespace

const Words& point_word(QualityPoint point) {
  switch (point) {
    case QualityPoint::logic:
      return words::quality_logic;
    case QualityPoint::leads:
      return words::quality_leads;
    case QualityPoint::lags:
      return words::quality_lags;
    case QualityPoint::link_types:
      return words::quality_link_types;
    case QualityPoint::hard_constraints:
      return words::quality_hard_constraints;
    case QualityPoint::high_float:
      return words::quality_high_float;
    case QualityPoint::negative_float:
      return words::quality_negative_float;
    case QualityPoint::long_durations:
      return words::quality_long_durations;
    case QualityPoint::invalid_dates:
      return words::quality_invalid_dates;
    case QualityPoint::resources:
      return words::quality_resources;
    case QualityPoint::missed_tasks:
      return words::quality_missed_tasks;
    case QualityPoint::critical_path_test:
      return words::quality_critical_path_test;
    case QualityPoint::critical_path_length:
      return words::quality_cpli;
    case QualityPoint::execution:
      return words::quality_bei;
  }
  return words::quality_logic;
}

std::string verdict_words(const Plan& plan, const check::QualityEvidence& evidence,
                          const check::QualityResult& result, Language language) {
  switch (result.verdict) {
    case Verdict::kept:
      return say(words::quality_kept, language);
    case Verdict::broken:
      return say(words::quality_broken, language);
    case Verdict::not_judged:
      return say(words::quality_not_judged, language);
    case Verdict::not_applicable:
      return say(why_not_applicable(plan, evidence, result.point), language);
  }
  return {};
}

std::string measure_words(QualityPoint point, double value, Language language) {
  return rule_of(point).is_index ? ratio_words(value) : percentage(value, language);
}

std::string limit_words(const Plan& plan, QualityPoint point, Language language) {
  const std::optional<int> limit = plan.quality[point];
  if (!limit) return {};
  constexpr int kPercentPlaces = 2;
  constexpr int kIndexPlaces = 4;
  const QualityRule& rule = rule_of(point);
  const std::string number = decimal_string(*limit, rule.is_index ? kIndexPlaces : kPercentPlaces);
  const std::string unit = rule.is_index ? "" : language == Language::chinese ? "%" : " %";
  return (rule.is_least ? "≥ " : "≤ ") + number + unit;
}

std::string flaw_words(const Plan& plan, const check::QualityFlaw& flaw, Language language) {
  const auto in_words = [language](const Words& sentence,
                                   std::initializer_list<std::string> arguments = {}) {
    return say(sentence, language, arguments);
  };
  const auto days = [&](WorkTime time) { return signed_days(plan, time, flaw.task, language); };
  switch (flaw.kind) {
    case Kind::no_predecessor:
      return in_words(words::quality_no_predecessor);
    case Kind::no_successor:
      return in_words(words::quality_no_successor);
    case Kind::no_links:
      return in_words(words::quality_no_links_at_all);
    case Kind::loose_start:
      return in_words(words::quality_loose_start);
    case Kind::loose_finish:
      return in_words(words::quality_loose_finish);
    case Kind::lead:
    case Kind::lag:
    case Kind::link_type: {
      const Link& link = plan.links[flaw.link];
      return in_words(words::quality_link,
                      {std::string(name_of(link.type)), quoted(plan, link.from, language),
                       signed_lag(plan, link, language)});
    }
    case Kind::constraint:
      return in_words(words::quality_constraint, {constraint_words(flaw.constraint, language),
                                                  limit_of(plan, flaw.constraint)});
    case Kind::high_float:
    case Kind::negative_float:
      return in_words(words::quality_float, {days(flaw.time)});
    case Kind::long_duration:
      return in_words(words::quality_duration, {days(flaw.time)});
    case Kind::start_in_past:
      return in_words(words::quality_start_in_past, {show(plan, flaw.date)});
    case Kind::finish_in_past:
      return in_words(words::quality_finish_in_past, {show(plan, flaw.date)});
    case Kind::actual_in_future:
      return in_words(words::quality_actual_in_future, {show(plan, flaw.date)});
    case Kind::no_resource:
      return in_words(words::quality_no_resource);
    case Kind::finished_late:
      return in_words(words::quality_finished_late,
                      {show(plan, flaw.date), show(plan, flaw.other_date)});
    case Kind::not_finished:
      return in_words(words::quality_not_finished,
                      {show(plan, flaw.date), show(plan, flaw.other_date)});
    case Kind::not_followed:
      return in_words(words::quality_not_followed, {days(flaw.time), days(flaw.other_time)});
    case Kind::open_before_due:
      return in_words(words::quality_open_before_due,
                      {show(plan, flaw.date), show(plan, flaw.other_date)});
  }
  return {};
}

std::string path_words(const Plan& plan, const check::QualityEvidence& evidence,
                       const check::Quality& quality, Language language) {
  if (!quality.to_meet) return {};
  return say(
      words::quality_path, language,
      {show(plan, evidence.finish), signed_days(plan, quality.path_length, {}, language),
       show_end(plan, *quality.to_meet), signed_days(plan, quality.path_float, {}, language)});
}

std::string delay_words(const Plan& plan, const check::QualityEvidence& evidence,
                        Language language) {
  if (!evidence.delay) return {};
  const check::DelayTest& test = *evidence.delay;
  return say(words::quality_delay, language,
             {quoted(plan, test.task, language), signed_days(plan, test.delay, test.task, language),
              signed_days(plan, test.moved, test.task, language), show(plan, test.before),
              show(plan, test.after)});
}

std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::kept:
      return "kept";
    case Verdict::broken:
      return "broken";
    case Verdict::not_judged:
      return "not_judged";
    case Verdict::not_applicable:
      return "not_applicable";
  }
  return {};
}

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::no_predecessor:
      return "no_predecessor";
    case Kind::no_successor:
      return "no_successor";
    case Kind::no_links:
      return "no_links";
    case Kind::loose_start:
      return "loose_start";
    case Kind::loose_finish:
      return "loose_finish";
    case Kind::lead:
      return "lead";
    case Kind::lag:
      return "lag";
    case Kind::link_type:
      return "link_type";
    case Kind::constraint:
      return "constraint";
    case Kind::high_float:
      return "high_float";
    case Kind::negative_float:
      return "negative_float";
    case Kind::long_duration:
      return "long_duration";
    case Kind::start_in_past:
      return "start_in_past";
    case Kind::finish_in_past:
      return "finish_in_past";
    case Kind::actual_in_future:
      return "actual_in_future";
    case Kind::no_resource:
      return "no_resource";
    case Kind::finished_late:
      return "finished_late";
    case Kind::not_finished:
      return "not_finished";
    case Kind::not_followed:
      return "not_followed";
    case Kind::open_before_due:
      return "open_before_due";
  }
  return {};
}

}  // namespace diaodu::report
