#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <vector>

namespace diaodu::solve {

/// Of one view: the values at which atoms that somebody watches fail, and the number of a list for each.  Where the view
/// can take few values they stand in a row, found at once; otherwise those that occur stand in order, found by halving.
class FailingValues {
 public:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;

  /// The view lies in `[least, most]`, and so do the values.
  FailingValues(std::int32_t least, std::int32_t most) : least_(least) {
    constexpr std::int64_t kFew = 2048;
    const std::int64_t size = std::int64_t{most} - least + 1;
    if (size <= kFew) row_.assign(static_cast<std::size_t>(size), kNone);
  }

  /// The number of the value's list; of a new value kNone, to be set.
  std::uint32_t& list_of(std::int32_t value) {
    if (!row_.empty()) return row_[index(value)];
    auto at = std::partition_point(values_.begin(), values_.end(),
                                   [value](const Value& each) { return each.value < value; });
    if (at == values_.end() || at->value != value) at = values_.insert(at, {value, kNone});
    return at->list;
  }

  /// `visit(value, list)` for each value in `(after, to]`, ascending, as long as it returns true.  It may add values
  /// beyond `to`.
  template <class Visit>
  bool visit(std::int32_t after, std::int32_t to, const Visit& visit) const {
    if (!row_.empty()) {
      for (std::int32_t value = after + 1; value <= to; ++value) {
        const std::uint32_t list = row_[index(value)];
        if (list != kNone && !visit(value, list)) return false;
      }
      return true;
    }
    const auto first = std::partition_point(
        values_.begin(), values_.end(), [after](const Value& each) { return each.value <= after; });
    for (auto i = static_cast<std::size_t>(first - values_.begin());
         i < values_.size() && values_[i].value <= to; ++i) {
      const Value each = values_[i];
      if (!visit(each.value, each.list)) return false;
    }
    return true;
  }

  void clear() {
    std::fill(row_.begin(), row_.end(), kNone);
    values_.clear();
  }

 private:
  struct Value {
    std::int32_t value;
    std::uint32_t list;
  };

  std::size_t index(std::int32_t value) const {
    const auto index = static_cast<std::size_t>(value - least_);
    assert(index < row_.size());
    return index;
  }

  std::int32_t least_;
  std::vector<std::uint32_t> row_;  // either
  std::vector<Value> values_;       // or, ascending
};

}  // namespace diaodu::solve
