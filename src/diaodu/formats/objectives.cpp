#include "diaodu/formats/objectives.h"

#include <algorithm>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"

namespace diaodu::formats {
namespace {

constexpr std::array kObjectives =
    std::to_array<Choice<Objective>>({{"finish|makespan|完工|工期|总工期", Objective::finish},
                                      {"tardiness|lateness|延误|拖期|误期", Objective::tardiness},
                                      {"stability|稳定|稳定性", Objective::stability}});

constexpr std::array<std::string_view, 5> kBetween = {",", ";", "、", "，", "；"};

const Objective* find_objective(std::string_view word) {
  for (const auto& choice : kObjectives) {
    for (std::string_view rest = choice.names; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      if (rest.substr(0, end) == word) return &choice.value;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return nullptr;
}

}  // namespace

std::optional<std::vector<Objective>> parse_objectives(std::string_view text) {
  std::vector<Objective> objectives;
  while (true) {
    std::size_t end = text.size();
    std::size_t next = text.size();
    for (const std::string_view between : kBetween) {
      const std::size_t at = text.find(between);
      if (at >= end) continue;
      end = at;
      next = at + between.size();
    }
    const Objective* objective = find_objective(folded(trimmed(text.substr(0, end))));
    if (objective == nullptr) return {};
    if (std::find(objectives.begin(), objectives.end(), *objective) != objectives.end()) return {};
    objectives.push_back(*objective);
    if (end == text.size()) return objectives;
    text.remove_prefix(next);
  }
}

std::string to_string(const std::vector<Objective>& objectives) {
  std::string text;
  for (const Objective objective : objectives) {
    if (!text.empty()) text += ", ";
    text += word_for(kObjectives, objective);
  }
  return text;
}

Argument objective_words() { return all_words_of(kObjectives); }

}  // namespace diaodu::formats
