#pragma once

#include <cassert>
#include <compare>
#include <concepts>
#include <cstdint>

namespace diaodu {

template <class N>
concept WholeNumber = std::integral<N> && !std::same_as<N, bool>;

/// A whole number that knows its unit.  Quantities of one unit add, subtract and compare; a quantity
/// times a plain number is the same unit; a quantity over a quantity is a plain number (rounded
/// towards zero).  Nothing else compiles: not a fraction, not another unit.
///
/// Overflow is our own mistake and is asserted; readers keep every input far below it.
template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  explicit constexpr Quantity(WholeNumber auto count) : count_(static_cast<std::int64_t>(count)) {}

  constexpr std::int64_t count() const { return count_; }

  friend constexpr auto operator<=>(Quantity, Quantity) = default;

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    std::int64_t sum = 0;
    [[maybe_unused]] const bool overflows = __builtin_add_overflow(a.count_, b.count_, &sum);
    assert(!overflows);
    return Quantity{sum};
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    std::int64_t difference = 0;
    [[maybe_unused]] const bool overflows = __builtin_sub_overflow(a.count_, b.count_, &difference);
    assert(!overflows);
    return Quantity{difference};
  }
  friend constexpr Quantity operator*(Quantity a, WholeNumber auto factor) {
    std::int64_t product = 0;
    [[maybe_unused]] const bool overflows =
        __builtin_mul_overflow(a.count_, static_cast<std::int64_t>(factor), &product);
    assert(!overflows);
    return Quantity{product};
  }
  friend constexpr Quantity operator*(WholeNumber auto factor, Quantity a) { return a * factor; }
  friend constexpr std::int64_t operator/(Quantity a, Quantity b) { return a.count_ / b.count_; }
  constexpr Quantity operator-() const { return Quantity{} - *this; }
  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }

 private:
  std::int64_t count_ = 0;
};

/// Minutes on the clock on the wall, nights and holidays included.
using Elapsed = Quantity<struct ElapsedUnit>;

/// Minutes in which work proceeds.  Only a calendar can turn them into instants.
using WorkTime = Quantity<struct WorkTimeUnit>;

/// How much of a resource: thousandths of one person, machine, tonne, ...
using Amount = Quantity<struct AmountUnit>;

/// Resource-time: thousandths of one resource, for one minute.
using Effort = Quantity<struct EffortUnit>;

/// Hundredths of the plan's currency (fen, cents).
using Money = Quantity<struct MoneyUnit>;

inline constexpr Amount kOne{1000};

constexpr Effort operator*(Amount amount, WorkTime time) {
  return Effort{amount.count()} * time.count();
}

/// What an effort costs at a rate for one resource-hour, rounded half away from zero.
constexpr Money cost(Effort effort, Money rate_per_hour) {
  constexpr __int128 kEffortPerHour = 60 * 1000;
  const __int128 product = static_cast<__int128>(effort.count()) * rate_per_hour.count();
  const __int128 half = product < 0 ? -kEffortPerHour / 2 : kEffortPerHour / 2;
  return Money{static_cast<std::int64_t>((product + half) / kEffortPerHour)};
}

/// What an amount costs at a price for one whole unit, rounded half away from zero.
constexpr Money cost(Amount amount, Money price) {
  const __int128 product = static_cast<__int128>(amount.count()) * price.count();
  const __int128 half = product < 0 ? -500 : 500;
  return Money{static_cast<std::int64_t>((product + half) / 1000)};
}

}  // namespace diaodu
