#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "diaodu/formats/plan_tables.h"
#include "diaodu/plan/progress.h"
#include "diaodu/plan/working_times.h"

namespace diaodu::fuzz {

/// What must hold for every input, in every build.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

/// Several files in one input: each begins after a line `=== name`.
inline std::vector<std::pair<std::string_view, std::string_view>> files_in(std::string_view input) {
  std::vector<std::pair<std::string_view, std::string_view>> files;
  constexpr std::string_view kMark = "=== ";
  std::size_t at = input.starts_with(kMark) ? 0 : input.find("\n=== ");
  while (at != std::string_view::npos) {
    const std::size_t name = input.find(kMark, at) + kMark.size();
    const std::size_t line_end = std::min(input.find('\n', name), input.size());
    const std::size_t next = input.find("\n=== ", line_end);
    const std::size_t begin = std::min(line_end + 1, input.size());
    const std::size_t end = std::max(begin, std::min(next, input.size()));
    files.emplace_back(input.substr(name, line_end - name), input.substr(begin, end - begin));
    at = next;
  }
  return files;
}

/// Whatever a reader makes of its input can be said in both languages, and a plan without errors
/// can be worked with.
inline void look_at(const formats::ReadPlan& read) {
  constexpr std::size_t kMost = 50;
  const auto& kept = read.findings.kept();
  for (std::size_t i = 0; i < std::min(kept.size(), kMost); ++i) {
    require(!to_string(kept[i], Language::english).empty(), "a finding has words");
    require(!to_string(kept[i], Language::chinese).empty(), "a finding has words");
  }
  const Plan& plan = read.plan;
  if (read.findings.has_errors()) return;
  const WorkingTimes times(plan);
  const TaskStates states(plan, times);
  for (TaskId task : plan.tasks.ids()) {
    require(plan.tasks[task].duration >= WorkTime{}, "a duration is not negative");
    require(states[task].remaining >= WorkTime{}, "what remains is not negative");
  }
  for (const Demand& demand : plan.demands) {
    require(static_cast<bool>(demand.resource) != static_cast<bool>(demand.skill),
            "a demand is for a resource or a skill");
  }
}

}  // namespace diaodu::fuzz
