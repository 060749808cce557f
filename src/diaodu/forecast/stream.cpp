#include "diaodu/forecast/stream.h"

#include <algorithm>
#include <bit>
#include <cassert>

#include "diaodu/forecast/vectorised.h"

#if defined(__GNUC__) && defined(__x86_64__)
// GCC 12 takes the undefined register that its own AVX-512 intrinsics begin with for a mistake.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#include <immintrin.h>
#pragma GCC diagnostic pop
#define DIAODU_CHOOSES_BY_PROCESSOR
#endif

namespace diaodu::forecast {

namespace {

constexpr std::size_t kGroup = Stream::kGroup;
constexpr std::size_t kBlocks = kGroup / 4;  // a Philox block makes four numbers
constexpr std::uint64_t kKeysOfLatinHypercube = ~std::uint64_t{0};  // no trial is in this block

constexpr std::uint32_t low(std::uint64_t wide) { return static_cast<std::uint32_t>(wide); }
constexpr std::uint32_t high(std::uint64_t wide) { return static_cast<std::uint32_t>(wide >> 32); }

// Word w of block b is trial kBlocks w + b of the group: so each word of neighbouring blocks is stored as it
// lies in the register, and nothing is shuffled.
void make_group_plainly(std::uint64_t seed, std::uint64_t variable, std::uint64_t group,
                        Uniform* out) {
  const std::uint32_t first = low(group * kBlocks);  // kBlocks neighbours share the upper word
  for (std::uint32_t block = 0; block < kBlocks; ++block) {
    const auto words = philox({first + block, high(group * kBlocks), low(variable), high(variable)},
                              {low(seed), high(seed)});
    for (std::size_t word = 0; word < words.size(); ++word)
      out[word * kBlocks + block] = words[word];
  }
}

#ifdef DIAODU_CHOOSES_BY_PROCESSOR

// A word lies in the lower half of each 64-bit lane, where multiplication wants it; what is in the upper half
// never counts.  Even and odd blocks go side by side, and are joined at the end.
struct Blocks {
  __m256i a, b, c, d;
};

__attribute__((target("avx2"))) inline void mix(Blocks& blocks, __m256i key_low, __m256i key_high,
                                                __m256i factor_even, __m256i factor_odd) {
  const __m256i even = _mm256_mul_epu32(factor_even, blocks.a);
  const __m256i odd = _mm256_mul_epu32(factor_odd, blocks.c);
  blocks.a = _mm256_xor_si256(_mm256_srli_epi64(odd, 32), _mm256_xor_si256(blocks.b, key_low));
  blocks.c = _mm256_xor_si256(_mm256_srli_epi64(even, 32), _mm256_xor_si256(blocks.d, key_high));
  blocks.b = odd;
  blocks.d = even;
}

__attribute__((target("avx2"))) inline void store(__m256i even, __m256i odd, Uniform* out) {
  const __m256i joined = _mm256_blend_epi32(even, _mm256_slli_epi64(odd, 32), 0b1010'1010);
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), joined);
}

__attribute__((target("avx2"))) inline __m256i all(std::uint32_t word) {
  return _mm256_set1_epi32(static_cast<int>(word));
}

__attribute__((target("avx2"))) void make_group_by_eights(std::uint64_t seed,
                                                          std::uint64_t variable,
                                                          std::uint64_t group, Uniform* out) {
  constexpr std::uint32_t kAtOnce = 8;
  static_assert(kBlocks % kAtOnce == 0);
  const std::uint64_t counter = group * kBlocks;
  const __m256i factor_even = all(0xD251'1F53);
  const __m256i factor_odd = all(0xCD9E'8D57);
  for (std::uint32_t first = 0; first < kBlocks; first += kAtOnce) {
    const __m256i begin = all(low(counter) + first);
    Blocks even{_mm256_add_epi32(begin, _mm256_setr_epi64x(0, 2, 4, 6)), all(high(counter)),
                all(low(variable)), all(high(variable))};
    Blocks odd{_mm256_add_epi32(begin, _mm256_setr_epi64x(1, 3, 5, 7)), even.b, even.c, even.d};
    std::uint32_t key_low = low(seed);
    std::uint32_t key_high = high(seed);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      mix(even, all(key_low), all(key_high), factor_even, factor_odd);
      mix(odd, all(key_low), all(key_high), factor_even, factor_odd);
      key_low += 0x9E37'79B9;
      key_high += 0xBB67'AE85;
    }
    store(even.a, odd.a, out + first);
    store(even.b, odd.b, out + first + kBlocks);
    store(even.c, odd.c, out + first + 2 * kBlocks);
    store(even.d, odd.d, out + first + 3 * kBlocks);
  }
}

// The same by sixteens: three-way exclusive or in one instruction, twice as much at once.
struct WideBlocks {
  __m512i a, b, c, d;
};

__attribute__((target("avx512f"))) inline __m512i all_wide(std::uint32_t word) {
  return _mm512_set1_epi32(static_cast<int>(word));
}

__attribute__((target("avx512f"))) inline __m512i all_differ(__m512i product, __m512i word,
                                                             __m512i key) {
  constexpr int kExclusiveOr = 0x96;
  return _mm512_ternarylogic_epi64(_mm512_srli_epi64(product, 32), word, key, kExclusiveOr);
}

__attribute__((target("avx512f"))) inline void mix_wide(WideBlocks& blocks, __m512i key_low,
                                                        __m512i key_high, __m512i factor_even,
                                                        __m512i factor_odd) {
  const __m512i even = _mm512_mul_epu32(factor_even, blocks.a);
  const __m512i odd = _mm512_mul_epu32(factor_odd, blocks.c);
  blocks.a = all_differ(odd, blocks.b, key_low);
  blocks.c = all_differ(even, blocks.d, key_high);
  blocks.b = odd;
  blocks.d = even;
}

__attribute__((target("avx512f"))) inline void store_wide(__m512i even, __m512i odd, Uniform* out) {
  constexpr __mmask16 kOdd = 0b1010'1010'1010'1010;
  _mm512_storeu_si512(out, _mm512_mask_blend_epi32(kOdd, even, _mm512_slli_epi64(odd, 32)));
}

__attribute__((target("avx512f"))) void make_group_by_sixteens(std::uint64_t seed,
                                                               std::uint64_t variable,
                                                               std::uint64_t group, Uniform* out) {
  constexpr std::uint32_t kAtOnce = 16;
  static_assert(kBlocks % kAtOnce == 0);
  const std::uint64_t counter = group * kBlocks;
  const __m512i factor_even = all_wide(0xD251'1F53);
  const __m512i factor_odd = all_wide(0xCD9E'8D57);
  const __m512i steps = _mm512_setr_epi64(0, 2, 4, 6, 8, 10, 12, 14);
  for (std::uint32_t first = 0; first < kBlocks; first += kAtOnce) {
    const __m512i begin = all_wide(low(counter) + first);
    WideBlocks even{_mm512_add_epi32(begin, steps), all_wide(high(counter)),
                    all_wide(low(variable)), all_wide(high(variable))};
    WideBlocks odd{_mm512_add_epi32(even.a, all_wide(1)), even.b, even.c, even.d};
    std::uint32_t key_low = low(seed);
    std::uint32_t key_high = high(seed);
#pragma GCC unroll 10
    for (int round = 0; round < 10; ++round) {
      mix_wide(even, all_wide(key_low), all_wide(key_high), factor_even, factor_odd);
      mix_wide(odd, all_wide(key_low), all_wide(key_high), factor_even, factor_odd);
      key_low += 0x9E37'79B9;
      key_high += 0xBB67'AE85;
    }
    store_wide(even.a, odd.a, out + first);
    store_wide(even.b, odd.b, out + first + kBlocks);
    store_wide(even.c, odd.c, out + first + 2 * kBlocks);
    store_wide(even.d, odd.d, out + first + 3 * kBlocks);
  }
}

using GroupMaker = void (*)(std::uint64_t, std::uint64_t, std::uint64_t, Uniform*);

GroupMaker quickest_maker() {
  if (__builtin_cpu_supports("avx512f")) return make_group_by_sixteens;
  return __builtin_cpu_supports("avx2") ? make_group_by_eights : make_group_plainly;
}

void make_group(std::uint64_t seed, std::uint64_t variable, std::uint64_t group, Uniform* out) {
  static const GroupMaker maker = quickest_maker();
  maker(seed, variable, group, out);
}

#else

void make_group(std::uint64_t seed, std::uint64_t variable, std::uint64_t group, Uniform* out) {
  make_group_plainly(seed, variable, group, out);
}

#endif

using FeistelKeys = std::array<std::uint32_t, 8>;

// Halves of unequal size change places each round; an even number of rounds puts them right again.
DIAODU_VECTORISED
void permute(const FeistelKeys& keys, int left_bits, int right_bits,
             std::uint32_t* __restrict values, std::size_t count) {
  const std::uint32_t left_mask = low((std::uint64_t{1} << left_bits) - 1);
  const std::uint32_t right_mask = low((std::uint64_t{1} << right_bits) - 1);
  for (std::size_t i = 0; i < count; ++i) {
    std::uint32_t left = values[i] >> right_bits;
    std::uint32_t right = values[i] & right_mask;
#pragma GCC unroll 8
    for (std::size_t round = 0; round < 8; ++round) {
      std::uint32_t mixed = (right ^ keys[round]) * 0x85EB'CA6B;  // MurmurHash3's finaliser
      mixed = (mixed ^ (mixed >> 13)) * 0xC2B2'AE35;              // (Appleby 2011)
      mixed ^= mixed >> 16;
      const std::uint32_t before = right;
      right = (left ^ mixed) & (round % 2 == 0 ? left_mask : right_mask);
      left = before;
    }
    values[i] = left << right_bits | right;
  }
}

}  // namespace

std::uint64_t variable_number(char kind, std::string_view name) {
  std::uint64_t hash = 0xCBF2'9CE4'8422'2325;
  const auto add = [&hash](char letter) {
    hash = (hash ^ static_cast<unsigned char>(letter)) * 0x0000'0100'0000'01B3;
  };
  add(kind);
  for (const char letter : name) add(letter);
  return hash;
}

void Stream::uniforms(std::uint64_t variable, std::uint64_t first_trial,
                      std::span<Uniform> out) const {
  for (std::size_t done = 0; done < out.size();) {
    const std::uint64_t trial = first_trial + done;
    const std::size_t offset = trial % kGroup;
    const std::size_t count = std::min(kGroup - offset, out.size() - done);
    if (count == kGroup) {
      make_group(seed_, variable, trial / kGroup, &out[done]);
    } else {
      std::array<Uniform, kGroup> group;
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

  FeistelKeys keys{};
  for (std::uint32_t half = 0; half < 2; ++half) {
    const auto some = philox({low(kKeysOfLatinHypercube) - half, high(kKeysOfLatinHypercube),
                              low(variable), high(variable)},
                             {low(stream_.seed()), high(stream_.seed())});
    std::copy(some.begin(), some.end(), &keys[4 * half]);
  }
  for (std::size_t done = 0; done < out.size(); done += kGroup) {
    const std::size_t count = std::min(kGroup, out.size() - done);
    stratify(keys, first_trial + low(done), out.subspan(done, count));
  }
}

void LatinHypercube::stratify(const std::array<std::uint32_t, 8>& keys, std::uint32_t first_trial,
                              std::span<Uniform> numbers) const {
  std::array<std::uint32_t, kGroup> strata{};
  std::array<std::uint32_t, kGroup> walking{};  // those that have not landed inside yet
  std::array<std::size_t, kGroup> walkers{};
  std::size_t num_walking = numbers.size();
  for (std::size_t i = 0; i < num_walking; ++i) {
    walkers[i] = i;
    walking[i] = first_trial + low(i);
  }
  while (num_walking > 0) {
    permute(keys, num_bits_ - num_bits_ / 2, num_bits_ / 2, walking.data(), num_walking);
    std::size_t num_left = 0;
    for (std::size_t i = 0; i < num_walking; ++i) {
      const std::uint32_t stratum = walking[i];
      const std::size_t walker = walkers[i];
      strata[walker] = stratum;
      walking[num_left] = stratum;
      walkers[num_left] = walker;
      num_left += stratum >= num_trials_ ? 1 : 0;
    }
    num_walking = num_left;
  }
  // The numbers k with stratum_of(k) = s are those from ceil(s 2^32 / N) up to the next stratum's first.
  // The quotient by doubles is off by one at most.
  const double width_of_all = 0x1p32 / num_trials_;
  const auto first_of = [&](std::uint64_t stratum) {
    auto first = static_cast<std::uint64_t>(
        static_cast<std::int64_t>(static_cast<double>(stratum) * width_of_all));
    first -= first > 0 && (first - 1) * num_trials_ >= stratum << 32 ? 1 : 0;
    first += first * num_trials_ < stratum << 32 ? 1 : 0;
    return first;
  };
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint64_t first = first_of(strata[i]);
    const std::uint64_t width = first_of(std::uint64_t{strata[i]} + 1) - first;
    numbers[i] = low(first + high(numbers[i] * width));
  }
}

}  // namespace diaodu::forecast
