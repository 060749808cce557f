#include "diaodu/core/text.h"

#include <cassert>
#include <functional>
#include <limits>

namespace diaodu {

Text TextPool::add(std::string_view letters) {
  assert(letters.size() < std::numeric_limits<std::uint32_t>::max());
  if (letters.empty()) return {};
  Text& recent = recent_[std::hash<std::string_view>{}(letters) % recent_.size()];
  if (recent == letters) return recent;

  const std::size_t size = sizeof(std::uint32_t) + letters.size();
  char* start = nullptr;
  if (size > kBlock / 4) {
    start = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(size)).get();
  } else {
    if (size > room_) {
      free_ = blocks_.emplace_back(std::make_unique_for_overwrite<char[]>(kBlock)).get();
      room_ = kBlock;
    }
    start = free_;
    free_ += size;
    room_ -= size;
  }
  const auto length = static_cast<std::uint32_t>(letters.size());
  std::memcpy(start, &length, sizeof length);
  std::memcpy(start + sizeof length, letters.data(), letters.size());
  recent.start_ = start;
  return recent;
}

}  // namespace diaodu
