#include "diaodu/forecast/stream.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

#include "diaodu/forecast/vectorised.h"

namespace diaodu::forecast {

namespace {

constexpr std::size_t kGroup = Stream::kGroup;
constexpr std::size_t kBlocks = kGroup / 4;  // a Philox block makes four numbers
constexpr std::uint64_t kKeysOfLatinHypercube = ~std::uint64_t{0};  // no trial is in this block

constexpr std::uint32_t low(std::uint64_t wide) { return static_cast<std::uint32_t>(wide); }
constexpr std::uint32_t high(std::uint64_t wide) { return static_cast<std::uint32_t>(wide >> 32); }

// Word w of block b is trial 32 w + b of the group: so each word of neighbouring blocks is stored as it
// lies in the register, and nothing is shuffled.
DIAODU_VECTORISED
void make_group(std::uint64_t seed, std::uint64_t variable, std::uint64_t group,
                Uniform* __restrict out) {
  const std::uint32_t first_low = low(group * kBlocks);  // kBlocks neighbours share the upper word
  const std::uint32_t first_high = high(group * kBlocks);
  const std::uint32_t seed_low = low(seed);
  const std::uint32_t seed_high = high(seed);
  const std::uint32_t variable_low = low(variable);
  const std::uint32_t variable_high = high(variable);
  for (std::uint32_t block = 0; block < kBlocks; ++block) {
    std::uint32_t a = first_low + block;
    std::uint32_t b = first_high;
    std::uint32_t c = variable_low;
    std::uint32_t d = variable_high;
    std::uint32_t key_low = seed_low;
    std::uint32_t key_high = seed_high;
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      const std::uint64_t even = std::uint64_t{0xD251'1F53} * a;
      const std::uint64_t odd = std::uint64_t{0xCD9E'8D57} * c;
      a = high(odd) ^ b ^ key_low;
      b = low(odd);
      c = high(even) ^ d ^ key_high;
      d = low(even);
      key_low += 0x9E37'79B9;
      key_high += 0xBB67'AE85;
    }
    out[block] = a;
    out[block + kBlocks] = b;
    out[block + 2 * kBlocks] = c;
    out[block + 3 * kBlocks] = d;
  }
}

// Halves of unequal size change places each round; an even number of rounds puts them right again.
struct Feistel {
  std::array<std::uint32_t, 8> keys;
  int left_bits;
  int right_bits;

  std::uint64_t permute(std::uint64_t value) const {
    std::uint32_t left_mask = low((std::uint64_t{1} << left_bits) - 1);
    std::uint32_t right_mask = low((std::uint64_t{1} << right_bits) - 1);
    std::uint32_t left = low(value >> right_bits);
    std::uint32_t right = low(value) & right_mask;
    for (const std::uint32_t key : keys) {
      std::uint32_t mixed = (right ^ key) * 0x85EB'CA6B;  // MurmurHash3's finaliser (Appleby 2011)
      mixed = (mixed ^ (mixed >> 13)) * 0xC2B2'AE35;
      mixed ^= mixed >> 16;
      left = std::exchange(right, (left ^ mixed) & left_mask);
      std::swap(left_mask, right_mask);
    }
    return std::uint64_t{left} << right_bits | right;
  }
};

}  // namespace

void Stream::uniforms(std::uint64_t variable, std::uint64_t first_trial,
                      std::span<Uniform> out) const {
  std::array<Uniform, kGroup> group{};
  for (std::size_t done = 0; done < out.size();) {
    const std::uint64_t trial = first_trial + done;
    const std::size_t offset = trial % kGroup;
    const std::size_t count = std::min(kGroup - offset, out.size() - done);
    if (count == kGroup) {
      make_group(seed_, variable, trial / kGroup, &out[done]);
    } else {
      make_group(seed_, variable, trial / kGroup, group.data());
      std::copy_n(&group[offset], count, &out[done]);
    }
    done += count;
  }
}

Uniform Stream::uniform(std::uint64_t variable, std::uint64_t trial) const {
  const std::uint64_t block = trial / kGroup * kBlocks + trial % kBlocks;
  return philox({low(block), high(block), low(variable), high(variable)},
                {low(seed_), high(seed_)})[trial % kGroup / kBlocks];
}

LatinHypercube::LatinHypercube(std::uint64_t seed, std::uint32_t num_trials)
    : stream_(seed),
      num_trials_(num_trials),
      num_bits_(std::max(2, static_cast<int>(std::bit_width(num_trials - 1)))) {
  assert(num_trials > 0);
}

void LatinHypercube::uniforms(std::uint64_t variable, std::uint32_t first_trial,
                              std::span<Uniform> out) const {
  assert(first_trial + out.size() <= num_trials_);
  stream_.uniforms(variable, first_trial, out);

  Feistel feistel{.keys = {}, .left_bits = num_bits_ - num_bits_ / 2, .right_bits = num_bits_ / 2};
  for (std::uint32_t half = 0; half < 2; ++half) {
    const auto keys = philox({low(kKeysOfLatinHypercube) - half, high(kKeysOfLatinHypercube),
                              low(variable), high(variable)},
                             {low(stream_.seed()), high(stream_.seed())});
    std::copy(keys.begin(), keys.end(), &feistel.keys[4 * half]);
  }
  // The numbers k with stratum_of(k) = s are those from ceil(s 2^32 / N) up to the next stratum's first.
  const auto first_of = [&](std::uint64_t stratum) {
    return ((stratum << 32) + num_trials_ - 1) / num_trials_;
  };
  for (std::size_t i = 0; i < out.size(); ++i) {
    std::uint64_t stratum = first_trial + i;
    do {
      stratum = feistel.permute(stratum);
    } while (stratum >= num_trials_);
    const std::uint64_t first = first_of(stratum);
    const std::uint64_t width = first_of(stratum + 1) - first;
    out[i] = low(first + high(out[i] * width));
  }
}

}  // namespace diaodu::forecast
