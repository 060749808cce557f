// Tours for files of Solomon's, judged by `check`; tools/bench_routes.py runs it beside PyVRP and OR-Tools.
//
//   bench_routes FILE ... [--seconds 30 | --steps N] [--seed 1] [--orienteering]
//
// Prints a line for each file: its name, visits made, priority left out, travel in tenths, vehicles, steps, seconds,
// whether the tours are legal.

#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <string>
#include <vector>

#include "diaodu/check/tour_check.h"
#include "diaodu/dispatch/route.h"
#include "support/solomon.h"

int main(int count, char** words) {
  using namespace diaodu;
  Budget::Limits limits;
  dispatch::TourOptions options;
  bool is_orienteering = false;
  std::vector<std::filesystem::path> files;
  for (int i = 1; i < count; ++i) {
    const std::string word = words[i];
    const auto value = [&] { return i + 1 < count ? words[++i] : "0"; };
    if (word == "--seconds")
      limits.seconds = std::atof(value());
    else if (word == "--steps")
      limits.steps = std::atoll(value());
    else if (word == "--seed")
      options.seed = static_cast<std::uint64_t>(std::atoll(value()));
    else if (word == "--orienteering")
      is_orienteering = true;
    else
      files.emplace_back(word);
  }
  if (limits.seconds > 1e9 && limits.steps > 1'000'000'000'000) limits.seconds = 30;
  for (const std::filesystem::path& path : files) {
    SolomonFile file = read_solomon(path);
    const TourProblem problem = is_orienteering ? orienteering(std::move(file)) : file.problem;
    Budget budget(limits);
    const dispatch::TourAnswer answer = dispatch::solve_tours(problem, budget, options);
    const check::TourVerdict verdict = check::judge_tours(problem, answer.plan);
    std::size_t made = 0;
    std::size_t vehicles = 0;
    std::int64_t score = 0;
    for (const std::vector<TourStep>& tour : answer.plan.tours) {
      made += tour.size();
      vehicles += tour.empty() ? 0 : 1;
      for (const TourStep& stop : tour) score += problem.visits[stop.index].priority;
    }
    std::printf(
        "%s made %zu score %lld unserved %lld travel %lld vehicles %zu steps %lld seconds %.1f "
        "%s\n",
        path.stem().string().c_str(), made, static_cast<long long>(score),
        static_cast<long long>(verdict.cost[TourCriterion::unserved]),
        static_cast<long long>(verdict.cost[TourCriterion::travel]), vehicles,
        static_cast<long long>(answer.steps), budget.seconds(),
        verdict.is_legal() ? "legal" : "ILLEGAL");
    std::fflush(stdout);
  }
}
