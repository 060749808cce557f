#pragma once

#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace diaodu {

/// The row number of a thing in its table.  An id of one table cannot index another.
/// A default id names nothing; `if (id)` asks whether it names something.
template <class Tag>
class Id {
 public:
  constexpr Id() = default;
  explicit constexpr Id(std::size_t index) : index_(static_cast<std::uint32_t>(index)) {
    assert(index < kNone);
  }

  constexpr std::size_t index() const {
    assert(index_ != kNone);
    return index_;
  }
  explicit constexpr operator bool() const { return index_ != kNone; }
  friend constexpr auto operator<=>(Id, Id) = default;

 private:
  static constexpr std::uint32_t kNone = 0xFFFF'FFFF;
  std::uint32_t index_ = kNone;
};

/// `for (TaskId task : plan.tasks.ids())`
template <class IdType>
class IdRange {
 public:
  class Iterator {
   public:
    explicit Iterator(std::size_t index) : index_(index) {}
    IdType operator*() const { return IdType{index_}; }
    Iterator& operator++() {
      ++index_;
      return *this;
    }
    bool operator==(const Iterator&) const = default;

   private:
    std::size_t index_;
  };

  explicit IdRange(std::size_t size) : size_(size) {}
  Iterator begin() const { return Iterator{0}; }
  Iterator end() const { return Iterator{size_}; }

 private:
  std::size_t size_;
};

/// A vector that is indexed by one kind of id only.
template <class IdType, class Row>
class Table {
 public:
  Table() = default;
  explicit Table(std::size_t size, const Row& row = Row{}) : rows_(size, row) {}

  IdType add(Row row) {
    rows_.push_back(std::move(row));
    return IdType{rows_.size() - 1};
  }
  typename std::vector<Row>::reference operator[](IdType id) {
    assert(id.index() < rows_.size());
    return rows_[id.index()];
  }
  typename std::vector<Row>::const_reference operator[](IdType id) const {
    assert(id.index() < rows_.size());
    return rows_[id.index()];
  }

  std::size_t size() const { return rows_.size(); }
  bool empty() const { return rows_.empty(); }
  void reserve(std::size_t size) { rows_.reserve(size); }
  IdRange<IdType> ids() const { return IdRange<IdType>{rows_.size()}; }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.end(); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.end(); }
  bool operator==(const Table&) const = default;

 private:
  std::vector<Row> rows_;
};

}  // namespace diaodu
