#include "diaodu/track/event.h"

#include <type_traits>
#include <utility>

#include "diaodu/track/canonical_json.h"
#include "diaodu/track/entry_json.h"

namespace diaodu::track {
namespace {

template <int kBytes>
void put_number(std::string& bytes, std::uint64_t number) {
  for (int shift = 8 * (kBytes - 1); shift >= 0; shift -= 8) {
    bytes += static_cast<char>(static_cast<unsigned char>(number >> static_cast<unsigned>(shift)));
  }
}

void put_text(std::string& bytes, std::string_view text) {
  put_number<4>(bytes, text.size());
  bytes += text;
}

}  // namespace

std::string_view kind_of(const Fact& fact) {
  constexpr std::string_view kKinds[] = {"progress", "cost", "observation", "baseline",
                                         "plan",     "note", "withdrawal"};
  const auto* const remark = std::get_if<Remark>(&fact);
  return remark != nullptr && remark->is_decision ? "decision" : kKinds[fact.index()];
}

Instant effective_of(const Fact& fact) {
  return std::visit(
      [](const auto& of) {
        using Of = std::decay_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, Observation>) {
          return of.published;
        } else if constexpr (std::is_same_v<Of, Baseline>) {
          return of.taken;
        } else {
          return of.when;
        }
      },
      fact);
}

std::string_view subject_of(const Fact& fact) {
  return std::visit(
      [](const auto& of) -> std::string_view {
        using Of = std::decay_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, Observation>) {
          return of.target;
        } else if constexpr (std::is_same_v<Of, Remark>) {
          return of.subject;
        } else if constexpr (std::is_same_v<Of, TaskFact> || std::is_same_v<Of, CostFact>) {
          return of.task;
        } else if constexpr (std::is_same_v<Of, Baseline>) {
          return of.name;
        } else {
          return {};
        }
      },
      fact);
}

Hash hash_of(const StoredEntry& entry) {
  std::string bytes = "diaodu entry 1\n";
  bytes.reserve(128 + entry.kind.size() + entry.author.size() + entry.reason.size() +
                entry.content.size());
  bytes += bytes_of(entry.previous);
  put_number<8>(bytes, entry.sequence);
  put_number<8>(bytes, static_cast<std::uint64_t>(entry.recorded.minutes()));
  put_number<8>(bytes, static_cast<std::uint64_t>(entry.effective.minutes()));
  put_number<8>(bytes, entry.replaces);
  put_text(bytes, entry.kind);
  put_text(bytes, entry.author);
  put_text(bytes, entry.reason);
  put_text(bytes, entry.content);
  return hash_of(std::string_view(bytes));
}

StoredEntry stored(const Event& event) {
  StoredEntry entry;
  entry.kind = kind_of(event.fact);
  entry.author = valid_text(event.author);
  entry.recorded = event.recorded;
  entry.effective = effective_of(event.fact);
  entry.reason = valid_text(event.reason);
  entry.replaces = event.replaces;
  entry.content = content_of(event.fact);
  return entry;
}

std::optional<Entry> entry_of(StoredEntry&& stored) {
  auto fact = fact_of(stored.kind, stored.content, stored.effective);
  if (!fact) return {};
  if (auto* const remark = std::get_if<Remark>(&*fact)) remark->author = stored.author;
  Entry entry;
  entry.fact = std::move(*fact);
  entry.author = std::move(stored.author);
  entry.reason = std::move(stored.reason);
  entry.recorded = stored.recorded;
  entry.replaces = stored.replaces;
  entry.sequence = stored.sequence;
  entry.previous = stored.previous;
  entry.hash = stored.hash;
  return entry;
}

}  // namespace diaodu::track
