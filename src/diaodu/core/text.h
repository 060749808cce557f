#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace diaodu {

/// A word or sentence owned by a `TextPool`: one pointer wide, so that a plan of a million tasks stays
/// small.  Reads as a `std::string_view`.  Valid as long as its pool.
class Text {
 public:
  Text() = default;

  std::string_view view() const {
    if (start_ == nullptr) return {};
    std::uint32_t length = 0;
    std::memcpy(&length, start_, sizeof length);
    return {start_ + sizeof length, length};
  }
  operator std::string_view() const { return view(); }  // reads like a string everywhere
  std::string str() const { return std::string(view()); }
  bool empty() const { return start_ == nullptr; }
  friend bool operator==(Text a, Text b) { return a.view() == b.view(); }
  friend bool operator==(Text a, std::string_view b) { return a.view() == b; }

 private:
  friend class TextPool;
  const char* start_ = nullptr;  // four bytes of length, then the letters; null when empty
};

/// Keeps the letters of many texts together.  A text that was added a moment ago (an owner's name in
/// every row) is kept once.
class TextPool {
 public:
  Text add(std::string_view letters);

 private:
  static constexpr std::size_t kBlock = 1 << 16;
  std::vector<std::unique_ptr<char[]>> blocks_;
  char* free_ = nullptr;  // where the next text goes, and
  std::size_t room_ = 0;  // how many bytes are left there
  std::array<Text, 512> recent_{};
};

}  // namespace diaodu
