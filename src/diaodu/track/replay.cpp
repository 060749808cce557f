#include "diaodu/track/replay.h"

#include <algorithm>
#include <type_traits>
#include <utility>

namespace diaodu::track {
namespace {

void add(Record& record, Fact&& fact) {
  std::visit(
      [&record](auto&& of) {
        using Of = std::decay_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, TaskFact>) {
          record.tasks.push_back(std::move(of));
        } else if constexpr (std::is_same_v<Of, CostFact>) {
          record.costs.push_back(std::move(of));
        } else if constexpr (std::is_same_v<Of, Observation>) {
          record.observations.push_back(std::move(of));
        } else if constexpr (std::is_same_v<Of, Baseline>) {
          record.baselines.push_back(std::move(of));
        } else if constexpr (std::is_same_v<Of, PlanChange>) {
          record.changes.push_back(std::move(of));
        } else if constexpr (std::is_same_v<Of, Remark>) {
          record.remarks.push_back(std::move(of));
        }
      },
      std::move(fact));
}

/// Entries mostly come in the order of what they tell, and moving a million of them costs more than looking.
template <class Rows, class When>
void sort(Rows& rows, When when) {
  const auto is_earlier = [when](const auto& a, const auto& b) { return when(a) < when(b); };
  if (!std::is_sorted(rows.begin(), rows.end(), is_earlier))
    std::stable_sort(rows.begin(), rows.end(), is_earlier);
}

}  // namespace

Record replay(const Ledger& ledger, Instant as_of) {
  Record record;
  ledger.hold([&] {
    const std::vector<std::uint64_t> replaced = ledger.replaced(as_of);
    auto next = replaced.begin();
    const auto take = [&](Entry&& entry) {
      if (next != replaced.end() && *next == entry.sequence) {
        ++next;
      } else {
        add(record, std::move(entry.fact));
      }
      return true;
    };
    ledger.read(take, as_of);
  });
  const auto when = [](const auto& of) { return of.when; };
  sort(record.tasks, when);
  sort(record.costs, when);
  sort(record.observations, [](const Observation& of) { return of.published; });
  sort(record.baselines, [](const Baseline& of) { return of.taken; });
  sort(record.changes, when);
  sort(record.remarks, when);
  return record;
}

}  // namespace diaodu::track
