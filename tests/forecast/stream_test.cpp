#include "diaodu/forecast/stream.h"

#include <set>

#include "forecast/statistics.h"
#include "support/property.h"

namespace diaodu::forecast {
namespace {

using Block = std::array<std::uint32_t, 4>;

std::vector<Uniform> uniforms(const auto& stream, std::uint64_t variable, std::uint32_t first,
                              std::size_t count) {
  std::vector<Uniform> made(count);
  stream.uniforms(variable, first, made);
  return made;
}

double uniform_cdf(double value) { return value; }

std::vector<double> units(const std::vector<Uniform>& numbers) {
  std::vector<double> made;
  for (const Uniform number : numbers) made.push_back(unit_of(number));
  return made;
}

// The known answers that come with Random123 (tests/kat_vectors), for philox4x32 with 10 rounds.
TEST(Philox, gives_the_known_answers_of_Random123) {
  constexpr std::uint32_t kOnes = 0xFFFF'FFFF;
  EXPECT_EQ(philox({0, 0, 0, 0}, {0, 0}), (Block{0x6627E8D5, 0xE169C58D, 0xBC57AC4C, 0x9B00DBD8}));
  EXPECT_EQ(philox({kOnes, kOnes, kOnes, kOnes}, {kOnes, kOnes}),
            (Block{0x408F276D, 0x41C83B0E, 0xA20BC7C6, 0x6D5451FD}));
  EXPECT_EQ(philox({0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344}, {0xA4093822, 0x299F31D0}),
            (Block{0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1}));
}

TEST(Stream, numbers_lie_strictly_inside_the_unit_interval) {
  static_assert(unit_of(0) > 0 && unit_of(0xFFFF'FFFF) < 1);
  static_assert(1 - unit_of(0xFFFF'FFFF) == unit_of(0));
}

TEST(Stream, a_number_depends_on_seed_variable_and_trial_alone) {
  holds(10'000, [](std::uint64_t seed, std::uint64_t variable) {
    const auto first = *rc::gen::arbitrary<std::uint64_t>() >> *rc::gen::inRange(2, 60);
    const auto count = *rc::gen::inRange<std::size_t>(0, 400);
    const Stream stream(seed);
    std::vector<Uniform> block(count);
    stream.uniforms(variable, first, block);
    const auto step = *rc::gen::inRange<std::size_t>(1, 50);
    for (std::size_t i = 0; i < count; i += step)
      RC_ASSERT(block[i] == stream.uniform(variable, first + i));
  });
}

TEST(Stream, pinned_so_that_a_changed_layout_does_not_pass_unseen) {
  const Block first = philox({0, 0, 7, 0}, {42, 0});
  const Stream stream(42);
  EXPECT_EQ(stream.uniform(7, 0), first[0]);
  EXPECT_EQ(stream.uniform(7, 16), first[1]);
  EXPECT_EQ(stream.uniform(7, 48), first[3]);
  EXPECT_EQ(stream.uniform(7, 64), philox({16, 0, 7, 0}, {42, 0})[0]);
}

TEST(Stream, numbers_are_uniform) {
  expect_distributed([](int seed) { return units(uniforms(Stream(seed), 3, 0, 10'000)); },
                     uniform_cdf);
}

TEST(Stream, neighbours_are_independent) {
  constexpr std::size_t kCount = 20'000;
  Scores variables, high_variables, seeds, trials, words, groups;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const Stream stream(seed);
    const auto numbers = uniforms(stream, 5, 0, kCount);
    variables.add(independence_score(numbers, uniforms(stream, 6, 0, kCount)));
    high_variables.add(
        independence_score(numbers, uniforms(stream, 5 + (std::uint64_t{1} << 32), 0, kCount)));
    seeds.add(independence_score(numbers, uniforms(Stream(seed + 1), 5, 0, kCount)));
    for (const auto& [lag, scores] :
         {std::pair<std::size_t, Scores*>{1, &trials}, {16, &words}, {Stream::kGroup, &groups}})
      scores->add(independence_score(std::span(numbers).first(kCount - lag),
                                     std::span(numbers).subspan(lag)));
  }
  for (const Scores* scores : {&variables, &high_variables, &seeds, &trials, &words, &groups})
    scores->expect_inside();
}

TEST(LatinHypercube, hits_each_stratum_once) {
  holds(1000, [](std::uint64_t seed, std::uint64_t variable) {
    const auto num_trials = *rc::gen::inRange<std::uint32_t>(1, 3000);
    const LatinHypercube cube(seed, num_trials);
    std::vector<bool> is_hit(num_trials);
    for (const Uniform number : uniforms(cube, variable, 0, num_trials)) {
      RC_ASSERT(!is_hit[cube.stratum_of(number)]);
      is_hit[cube.stratum_of(number)] = true;
    }
  });
  const LatinHypercube large(1, 1'000'003);
  std::vector<bool> is_hit(1'000'003);
  for (const Uniform number : uniforms(large, 2, 0, is_hit.size()))
    is_hit[large.stratum_of(number)] = true;
  EXPECT_EQ(std::count(is_hit.begin(), is_hit.end(), false), 0);
}

TEST(LatinHypercube, largest_number_of_trials_works) {
  const LatinHypercube cube(9, 0xFFFF'FFFF);
  const auto last = uniforms(cube, 1, 0xFFFF'FFFE, 1);
  EXPECT_LT(cube.stratum_of(last[0]), 0xFFFF'FFFF);
}

TEST(LatinHypercube, is_the_same_in_blocks_of_any_size) {
  holds(2000, [](std::uint64_t seed, std::uint64_t variable) {
    const auto num_trials = *rc::gen::inRange<std::uint32_t>(1, 1000);
    const LatinHypercube cube(seed, num_trials);
    const auto all = uniforms(cube, variable, 0, num_trials);
    const auto first = *rc::gen::inRange<std::uint32_t>(0, num_trials);
    const auto count = *rc::gen::inRange<std::size_t>(0, num_trials - first + 1);
    const auto part = uniforms(cube, variable, first, count);
    RC_ASSERT(std::equal(part.begin(), part.end(), all.begin() + first));
  });
}

// One trial of many hypercubes is uniform; N trials of one are more even than chance by far.
TEST(LatinHypercube, marginals_are_uniform) {
  for (const std::uint32_t num_trials : {3U, 10U, 1000U})
    expect_distributed(
        [&](int seed) {
          std::vector<double> made;
          for (std::uint64_t variable = 0; variable < 1000; ++variable)
            made.push_back(unit_of(uniforms(LatinHypercube(seed, num_trials), variable, 1, 1)[0]));
          return made;
        },
        uniform_cdf);
  for (int seed = 0; seed < kNumSeeds; ++seed)
    EXPECT_LE(kolmogorov_smirnov(units(uniforms(LatinHypercube(seed, 10'000), 4, 0, 10'000)),
                                 uniform_cdf),
              0.0101);  // at most one stratum of 1 / n, times sqrt(n)
}

TEST(LatinHypercube, variables_and_trials_are_independent) {
  constexpr std::size_t kCount = 20'000;
  Scores variables, trials;
  for (int seed = 0; seed < kNumSeeds; ++seed) {
    const LatinHypercube cube(seed, kCount);
    const auto numbers = uniforms(cube, 5, 0, kCount);
    // Marginals that are exactly even take 2 x 15 degrees of freedom away: 225 of 255 remain, and the score
    // is lower by (255 - 225) / sqrt(2 x 255) on average.
    const double shift = 30 / std::sqrt(2 * 255.0);
    variables.add(independence_score(numbers, uniforms(cube, 6, 0, kCount)) + shift);
    trials.add(
        independence_score(std::span(numbers).first(kCount - 1), std::span(numbers).subspan(1)) +
        shift);
  }
  variables.expect_inside();
  trials.expect_inside();
}

}  // namespace
}  // namespace diaodu::forecast
