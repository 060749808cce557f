#include "diaodu/report/objectives.h"

#include "diaodu/formats/settings.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

const Words& words_of(Objective objective) {
  switch (objective) {
    case Objective::finish:
      return words::objective_finish;
    case Objective::tardiness:
      return words::objective_tardiness;
    case Objective::stability:
      return words::objective_stability;
  }
  return words::objective_finish;
}

std::string in_words(const Plan& plan, Objective objective, const ObjectiveValues& values,
                     Language language) {
  const NamedCalendar& terms = formats::calendar_of(plan, {});
  switch (objective) {
    case Objective::finish:
      return show(plan, values.finish);
    case Objective::tardiness:
      return duration(plan, values.tardiness, terms, language);
    case Objective::stability:
      return duration(plan, values.stability, terms, language);
  }
  return {};
}

}  // namespace

bool has_objectives_to_tell(const solve::Answer& answer) {
  return answer.objectives.size() != 1 || answer.objectives.front() != Objective::finish;
}

std::vector<ObjectiveRow> objective_rows(const Plan& plan, const solve::Answer& answer,
                                         Language language) {
  std::vector<ObjectiveRow> rows;
  for (const Objective objective : answer.objectives) {
    ObjectiveRow row;
    row.name = say(words_of(objective), language);
    row.value = in_words(plan, objective, answer.values, language);
    row.is_proven = answer.is_proven(objective);
    if (row.is_proven) {
      row.proof = say(words::objective_proven, language);
    } else {
      const Words& least =
          objective == Objective::finish ? words::objective_not_before : words::objective_at_least;
      row.proof = say(least, language, {in_words(plan, objective, answer.bounds, language)});
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

std::string moves_in_words(const Plan& plan, const check::Moves& moves, Language language) {
  const std::string compared = std::to_string(moves.num_compared);
  if (moves.num_moved == 0) return say(words::nothing_moved, language, {compared});
  const NamedCalendar& terms = formats::calendar_of(plan, {});
  return say(words::moved, language,
             {std::to_string(moves.num_moved), compared,
              duration(plan, moves.total, terms, language), quoted(plan, moves.farthest, language),
              duration(plan, moves.largest, terms_of(plan, moves.farthest), language)});
}

}  // namespace diaodu::report
