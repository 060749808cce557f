#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <limits>
#include <string>
#include <vector>

#include "diaodu/plan/tour.h"

namespace diaodu {

/// A file of Solomon's (1987): a depot, vehicles, customers.  Times and distances are counted in tenths, distances cut to
/// whole tenths, as the proven optima of Kohl et al. (1999) are.
struct SolomonFile {
  TourProblem problem;
  std::vector<std::int64_t> demands;
};

inline SolomonFile read_solomon(const std::filesystem::path& path) {
  SolomonFile read;
  std::ifstream file(path);
  std::string word;
  std::size_t vehicles = 0;
  std::int64_t capacity = 0;
  while (file >> word && word != "CAPACITY") {
  }
  file >> vehicles >> capacity;
  while (file >> word && word != "TIME") {
  }
  // The heading is "SERVICE TIME"; the due date's heading comes before.
  const auto skip_to_numbers = [&] {
    while (file >> std::ws && (file.peek() < '0' || file.peek() > '9')) file >> word;
  };
  skip_to_numbers();
  struct Row {
    double number, x, y, demand, ready, due, service;
  };
  std::vector<Row> rows;
  for (Row row{};
       file >> row.number >> row.x >> row.y >> row.demand >> row.ready >> row.due >> row.service;)
    rows.push_back(row);
  TourProblem& problem = read.problem;
  problem.travel.num_places = rows.size();
  for (const Row& from : rows) {
    for (const Row& to : rows) {
      const double distance =
          std::sqrt((from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y));
      problem.travel.ticks.push_back(static_cast<Tick>(std::floor(10 * distance + 1e-9)));
    }
  }
  const auto tenths = [](double value) { return static_cast<Tick>(std::lround(10 * value)); };
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const Row& row = rows[i];
    read.demands.push_back(static_cast<std::int64_t>(row.demand));
    problem.visits.push_back(
        {.place = i,
         .duration = tenths(row.service),
         .windows = {{.from = tenths(row.ready), .until = tenths(row.due) + 1}},
         .load = static_cast<std::int64_t>(row.demand)});
  }
  const Tick end = rows.empty() ? 0 : tenths(rows.front().due);
  problem.duties.assign(vehicles,
                        Duty{.until = end, .latest = end, .capacity = capacity, .pauses = {}});
  return read;
}

/// The orienteering problem made of a file of Solomon's: one vehicle of any capacity, scores for demands.
inline TourProblem orienteering(SolomonFile file) {
  TourProblem problem = std::move(file.problem);
  for (std::size_t i = 0; i < problem.visits.size(); ++i) {
    problem.visits[i].priority = file.demands[i];
    problem.visits[i].load = 0;
  }
  problem.duties.resize(1);
  problem.duties.front().capacity = std::numeric_limits<std::int64_t>::max() / 4;
  return problem;
}

}  // namespace diaodu
