// What a random number costs: nanoseconds of processor time for each uniform, value of each kind of
// distribution, and correlated uniform, in blocks as the simulation asks for them; and microseconds for
// what is made once.
//
//   bench_streams [--trials 128]

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <functional>
#include <vector>

#include "diaodu/forecast/correlation.h"
#include "diaodu/forecast/quantile.h"

namespace {

using namespace diaodu;
using namespace diaodu::forecast;

double processor_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// The best of five, in nanoseconds for each of `numbers` that one call makes.
double nanoseconds(std::size_t numbers, const std::function<void(std::uint64_t)>& call) {
  const std::size_t calls = numbers == 1 ? 100 : 2'000'000 / numbers + 1;
  double best = 1e9;
  for (int round = 0; round < 5; ++round) {
    const double before = processor_seconds();
    for (std::size_t i = 0; i < calls; ++i) call(i);
    best =
        std::min(best, (processor_seconds() - before) * 1e9 / static_cast<double>(calls * numbers));
  }
  return best;
}

void measure(std::size_t num_trials) {
  std::vector<Uniform> uniforms(num_trials);
  const Stream stream(1);
  std::printf("%-34s %6.2f ns\n", "uniform",
              nanoseconds(num_trials, [&](std::uint64_t i) { stream.uniforms(i, 0, uniforms); }));
  const LatinHypercube cube(1, 100'000);
  std::printf("%-34s %6.2f ns\n", "uniform, Latin hypercube",
              nanoseconds(num_trials, [&](std::uint64_t i) { cube.uniforms(i, 0, uniforms); }));

  using Shape = Distribution::Shape;
  const std::pair<const char*, Shape> shapes[] = {
      {"fixed", Shape::fixed},           {"uniform", Shape::uniform},
      {"triangular", Shape::triangular}, {"pert", Shape::pert},
      {"normal", Shape::normal},         {"lognormal", Shape::lognormal},
      {"discrete", Shape::discrete},     {"empirical", Shape::empirical},
  };
  std::vector<float> values(num_trials);
  for (const auto& [name, shape] : shapes) {
    const Law law({.shape = shape,
                   .low = 0.8,
                   .likely = 0.95,
                   .high = 1.4,
                   .points = {{0.8, 1}, {0.9, 3}, {1, 5}, {1.2, 2}, {1.5, 1}}});
    Quantile::Shelf shelf;
    const Quantile quantile(law, shelf);
    std::printf("value, %-27s %6.2f ns\n", name, nanoseconds(num_trials, [&](std::uint64_t i) {
                  uniforms[i % num_trials] ^= static_cast<Uniform>(i);
                  quantile.values(uniforms, values);
                }));
  }

  constexpr std::size_t kMembers = 20;
  const Source source = [&](std::uint64_t variable, std::uint64_t first, std::span<Uniform> out) {
    stream.uniforms(variable, first, out);
  };
  const auto correlated = [&](const char* name, const std::vector<Copula::Pair>& pairs,
                              bool has_factor) {
    std::vector<Copula::Member> members;
    for (std::size_t i = 0; i < kMembers; ++i)
      members.push_back({.variable = i,
                         .factor = has_factor ? 0 : Copula::kNoFactor,
                         .loading = has_factor ? 0.7 : 0});
    const Copula copula(members, {99}, pairs);
    std::printf("%-34s %6.2f ns\n", name, nanoseconds(num_trials * kMembers, [&](std::uint64_t i) {
                  Copula::Block block(copula, source, i * num_trials, num_trials);
                  for (std::size_t member = 0; member < kMembers; ++member)
                    block.uniforms(member, uniforms);
                }));
  };
  std::vector<Copula::Pair> pairs;
  for (std::size_t i = 1; i < kMembers; ++i)
    for (std::size_t j = 0; j < i; ++j) pairs.push_back({i, j, 0.3});
  correlated("uniform, with a factor", {}, true);
  correlated("uniform, in a matrix of 20", pairs, false);
}

void measure_making() {
  Quantile::Shelf used;
  double mode = 0;
  std::printf("%-34s %6.1f us\n", "table of a PERT, one of many",
              1e-3 * nanoseconds(1, [&](std::uint64_t) { used.pert(mode += 0.0017); }));
  std::printf("%-34s %6.1f us\n", "PERT from P10 and P90",
              1e-3 * nanoseconds(1, [&](std::uint64_t i) {
                const Law law({.shape = Distribution::Shape::pert,
                               .low = 0,
                               .likely = 0.01 * static_cast<double>(i),
                               .high = 1,
                               .ends_are_percentiles = true});
              }));
  std::printf("%-34s %6.1f us\n", "table of a PERT, the first",
              1e-3 * nanoseconds(1, [&](std::uint64_t) {
                Quantile::Shelf shelf;
                shelf.pert(0.3);
              }));
}

}  // namespace

int main(int argc, char** argv) {
  std::size_t num_trials = Stream::kGroup;
  for (int i = 1; i + 1 < argc; i += 2)
    if (std::strcmp(argv[i], "--trials") == 0) num_trials = std::strtoul(argv[i + 1], nullptr, 10);
  measure(std::max<std::size_t>(1, num_trials));
  measure_making();
}
