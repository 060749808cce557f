#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

namespace diaodu::forecast {

/// A uniform number: `k` stands for (k + 1/2) / 2^32, strictly between 0 and 1.  Whole numbers keep both
/// tails equally fine and cost nothing to look up by.
using Uniform = std::uint32_t;

constexpr double unit_of(Uniform uniform) { return (uniform + 0.5) * 0x1.0p-32; }

/// Philox4x32-10, a block of four numbers from a counter and a key (Salmon, Moraes, Dror & Shaw,
/// "Parallel random numbers: as easy as 1, 2, 3", SC 2011).  The slow twin of `Stream`.
constexpr std::array<std::uint32_t, 4> philox(std::array<std::uint32_t, 4> counter,
                                              std::array<std::uint32_t, 2> key) {
  for (int round = 0; round < 10; ++round) {
    const std::uint64_t even = std::uint64_t{0xD251'1F53} * counter[0];
    const std::uint64_t odd = std::uint64_t{0xCD9E'8D57} * counter[2];
    counter = {static_cast<std::uint32_t>(odd >> 32) ^ counter[1] ^ key[0],
               static_cast<std::uint32_t>(odd),
               static_cast<std::uint32_t>(even >> 32) ^ counter[3] ^ key[1],
               static_cast<std::uint32_t>(even)};
    key = {key[0] + 0x9E37'79B9, key[1] + 0xBB67'AE85};
  }
  return counter;
}

/// Independent uniform numbers, one for each variable and trial.  A number depends on seed, variable and
/// trial alone: trial 17 is the same on any number of threads, in any order, in blocks of any size.
class Stream {
 public:
  /// Trials are made in groups of this many; blocks that begin at a multiple of it cost least.
  static constexpr std::size_t kGroup = 64;

  explicit constexpr Stream(std::uint64_t seed) : seed_(seed) {}

  /// The numbers of `variable` in the trials from `first_trial` on.
  void uniforms(std::uint64_t variable, std::uint64_t first_trial, std::span<Uniform> out) const;

  /// One of them, the slow way.
  Uniform uniform(std::uint64_t variable, std::uint64_t trial) const;

  constexpr std::uint64_t seed() const { return seed_; }

 private:
  std::uint64_t seed_;
};

/// The same, but stratified (McKay, Beckman & Conover 1979): of N trials, exactly one falls into each of N
/// equal strata of each variable.  Means converge faster; the trials are no longer independent of each other.
///
/// The stratum of a trial is a keyed bijection of [0, N): a Feistel network on the next power of two,
/// walked until it lands inside (Black & Rogaway 2002).  Inside its stratum a trial is uniform.
class LatinHypercube {
 public:
  /// `num_trials` > 0.
  LatinHypercube(std::uint64_t seed, std::uint32_t num_trials);

  /// The trials asked for lie within [0, num_trials).
  void uniforms(std::uint64_t variable, std::uint32_t first_trial, std::span<Uniform> out) const;

  /// Which of the N strata the number lies in.
  std::uint32_t stratum_of(Uniform uniform) const {
    return static_cast<std::uint32_t>((std::uint64_t{uniform} * num_trials_) >> 32);
  }

 private:
  void stratify(const std::array<std::uint32_t, 8>& keys, std::uint32_t first_trial,
                std::span<Uniform> numbers) const;

  Stream stream_;
  std::uint32_t num_trials_;
  int num_bits_;  // of the Feistel network's block
};

}  // namespace diaodu::forecast
