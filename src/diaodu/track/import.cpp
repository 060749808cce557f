#include "diaodu/track/import.h"

#include <algorithm>
#include <string>
#include <unordered_map>

#include "diaodu/track/canonical_json.h"
#include "diaodu/track/entry_json.h"

namespace diaodu::track {
namespace {

/// Equal for facts that say the same.
std::string content_key(const Fact& fact) {
  return std::string(kind_of(fact)) + '\n' + std::to_string(effective_of(fact).minutes()) + '\n' +
         content_of(fact);
}

/// Equal for facts of which only one can be true; empty for those that add up.
std::string natural_key(const Fact& fact) {
  const auto when = '\n' + std::to_string(effective_of(fact).minutes());
  if (const auto* const progress = std::get_if<TaskFact>(&fact))
    return "progress\n" + valid_text(progress->task) + when;
  if (const auto* const number = std::get_if<Observation>(&fact)) {
    return "observation\n" + valid_text(number->target) + '\n' + show(number->period) + '\n' +
           std::string(name_of(number->measure)) + when;
  }
  return {};
}

}  // namespace

Import prepare_import(const Ledger& ledger, const std::vector<Event>& facts) {
  std::unordered_map<std::string, std::size_t> entered;
  std::unordered_map<std::string, std::uint64_t> standing;
  const std::vector<std::uint64_t> replaced = ledger.replaced();
  ledger.read([&](Entry&& entry) {
    ++entered[content_key(entry.fact)];
    if (std::binary_search(replaced.begin(), replaced.end(), entry.sequence)) return true;
    if (const std::string key = natural_key(entry.fact); !key.empty())
      standing[key] = entry.sequence;
    return true;
  });
  Import import;
  for (std::size_t i = 0; i < facts.size(); ++i) {
    const auto known = entered.find(content_key(facts[i].fact));
    if (known != entered.end() && known->second > 0) {
      --known->second;
      ++import.num_known;
      continue;
    }
    Event event = facts[i];
    const std::string key = natural_key(event.fact);
    if (const auto before = standing.find(key); !key.empty() && before != standing.end()) {
      event.replaces = before->second;
      standing.erase(before);
      ++import.num_corrections;
    }
    import.events.push_back(std::move(event));
    import.origin.push_back(i);
  }
  return import;
}

}  // namespace diaodu::track
