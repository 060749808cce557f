#include "diaodu/report/verdict.h"

#include <cmath>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/objectives.h"
#include "diaodu/report/summary.h"
#include "diaodu/report/words.h"

namespace diaodu::report {

using solve::Answer;

std::string length_words(const Plan& plan, const Answer& answer, Language language) {
  if (!answer.has_schedule) return {};
  return say(words::length, language,
             {rough(plan, answer.makespan(), language), show(plan, answer.start)});
}

std::string gap_words(const Plan& plan, const Answer& answer, Language language) {
  const bool has_gap = answer.status == solve::Status::feasible &&
                       answer.finish > answer.bound.finish && !has_objectives_to_tell(answer);
  if (!has_gap) return {};
  return say(words::gap_left, language,
             {rough(plan, answer.finish - answer.bound.finish, language),
              percentage(answer.gap(), language), show(plan, answer.bound.finish)});
}

std::string trouble_words(const Plan& plan, const Answer& answer, Language language) {
  if (answer.status == solve::Status::infeasible) {
    return say(answer.has_schedule ? words::limits_story : words::infeasible_story, language);
  }
  if (answer.status != solve::Status::unknown) return {};
  const bool was_solved = answer.start > kEver;  // a plan with errors is not
  if (!was_solved && answer.findings.has_errors()) return say(words::errors_story, language);
  std::vector<std::string> sentences = {
      say(words::unknown_story, language, {decimal_string(std::llround(answer.seconds * 10), 1)})};
  if (answer.bound.finish > answer.start) {
    sentences.push_back(say(words::unknown_bound, language, {show(plan, answer.bound.finish)}));
  }
  return joined_sentences(sentences, language);
}

std::string proof_words(const Plan& plan, const Answer& answer, Language language) {
  const bool is_told = answer.has_schedule && answer.status != solve::Status::infeasible &&
                       answer.wants(Objective::finish);
  return is_told ? why_no_earlier(plan, answer, language) : std::string();
}

}  // namespace diaodu::report
