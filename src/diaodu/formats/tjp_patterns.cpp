#include "diaodu/formats/tjp_patterns.h"

namespace diaodu::formats {

const WorkPattern* TjpPatterns::keep(WorkPattern hours) {
  const std::size_t hash = hash_of(hours);
  const auto [first, last] = kept_.equal_range(hash);
  for (auto known = first; known != last; ++known) {
    if (*known->second == hours) return known->second.get();
  }
  return kept_.emplace(hash, std::make_unique<const WorkPattern>(std::move(hours)))->second.get();
}

const WorkPattern* TjpPatterns::both(const WorkPattern* a, const WorkPattern* b,
                                     std::int64_t& days_left) {
  if (a == b) return a;
  const auto [known, is_new] = both_.insert({{a, b}, a});
  if (!is_new) return known->second;
  days_left -= static_cast<std::int64_t>(7 + a->dated.size() + b->dated.size());
  if (days_left > 0) known->second = keep(intersection(*a, *b));
  return known->second;
}

}  // namespace diaodu::formats
