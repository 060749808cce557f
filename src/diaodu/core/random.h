#pragma once

#include <cstdint>

namespace diaodu {

/// A seeded stream of random numbers: the same on every machine, and splittable, so that each worker,
/// restart or trial draws from a stream of its own and nobody's numbers depend on who ran first.
///
/// The generator is SplitMix64 (Steele, Lea & Flood 2014): one addition and one mixing per number.
/// `split(label)` mixes the label into the state, so streams with different labels are unrelated.
class RandomStream {
 public:
  explicit constexpr RandomStream(std::uint64_t seed) : state_(mix(seed)) {}

  constexpr RandomStream split(std::uint64_t label) const {
    return RandomStream{state_ ^ mix(label + kGolden)};
  }

  constexpr std::uint64_t next() { return mix(state_ += kGolden); }

  /// Even over `[0, bound)`, `bound` > 0 (Lemire 2019, without the rejection: a bias of
  /// bound / 2^64 decides nothing here).
  constexpr std::uint64_t below(std::uint64_t bound) {
    return static_cast<std::uint64_t>((static_cast<unsigned __int128>(next()) * bound) >> 64);
  }

  /// Even over `[0, 1)`, 53 bits.
  constexpr double unit() { return static_cast<double>(next() >> 11) * 0x1.0p-53; }

  /// True once in `of` draws on average.
  constexpr bool one_in(std::uint64_t of) { return below(of) == 0; }

 private:
  static constexpr std::uint64_t kGolden = 0x9E37'79B9'7F4A'7C15;

  static constexpr std::uint64_t mix(std::uint64_t z) {
    z = (z ^ (z >> 30)) * 0xBF58'476D'1CE4'E5B9;
    z = (z ^ (z >> 27)) * 0x94D0'49BB'1331'11EB;
    return z ^ (z >> 31);
  }

  std::uint64_t state_;
};

}  // namespace diaodu
