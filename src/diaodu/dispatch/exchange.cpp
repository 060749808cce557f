#include "diaodu/dispatch/exchange.h"

#include <algorithm>
#include <cassert>
#include <map>
#include <set>
#include <string_view>

#include "diaodu/dispatch/flow.h"

namespace diaodu::dispatch {
namespace {

/// Rank and limit of a pair; nothing where it may not be.
struct Pair {
  std::int64_t rank = 1;
  std::int64_t capacity = FlowNetwork::kUncapped;
};

class Market {
 public:
  Market(const Plan& plan, std::string_view good) {
    for (const Offer& offer : plan.offers) {
      if (offer.good == good) offers_.push_back(&offer);
    }
    for (const Wish& wish : plan.wishes) {
      if (wish.good == good) wishes_.push_back(&wish);
    }
    for (const Preference& preference : plan.preferences) {
      worst_ = std::max(worst_, preference.rank);
      // The row for this good goes before one for all.
      const Preference*& known = pairs_[{preference.from, preference.to}];
      if (preference.good == good || (preference.good.empty() && known == nullptr))
        known = &preference;
    }
  }

  void solve(Exchange& exchange) {
    FlowNetwork network = network_of();
    const Flow first = min_cost_flow(network);
    assert(first.status == Flow::Status::optimal);
    const Flow second = min_cost_flow(cheapest_among(network, first));
    const Flow& best = second.status == Flow::Status::optimal ? second : first;
    std::vector<std::int64_t> sent(offers_.size(), 0);
    std::vector<std::int64_t> got(wishes_.size(), 0);
    for (std::size_t arc = 0; arc < ends_.size(); ++arc) {
      const std::int64_t amount = best.amounts[arc];
      if (amount == 0) continue;
      const Offer& offer = *offers_[ends_[arc].first];
      const Wish& wish = *wishes_[ends_[arc].second];
      sent[ends_[arc].first] += amount;
      got[ends_[arc].second] += amount;
      exchange.shipments.push_back({.from = offer.place,
                                    .to = wish.place,
                                    .good = offer.good,
                                    .amount = amount,
                                    .rank = offer.place == wish.place ? 0 : network.arcs[arc].cost,
                                    .cost = offer.cost * amount});
      exchange.cost += offer.cost * amount;
    }
    for (std::size_t i = 0; i < offers_.size(); ++i) {
      exchange.balances.push_back({.place = offers_[i]->place,
                                   .good = offers_[i]->good,
                                   .offered = offers_[i]->amount,
                                   .sent = sent[i]});
    }
    for (std::size_t i = 0; i < wishes_.size(); ++i) {
      exchange.missing += wishes_[i]->amount - got[i];
      exchange.balances.push_back({.place = wishes_[i]->place,
                                   .good = wishes_[i]->good,
                                   .wanted = wishes_[i]->amount,
                                   .got = got[i],
                                   .is_reachable = reachable_.contains(i)});
    }
  }

 private:
  std::optional<Pair> pair_of(PlaceId from, PlaceId to) const {
    if (from == to) return Pair{.rank = 0};
    const auto pair = pairs_.find({from, to});
    const Preference* found = pair == pairs_.end() ? nullptr : pair->second;
    if (found == nullptr) return Pair{.rank = worst_ + 1};
    if (found->rank == 0) return std::nullopt;
    return Pair{.rank = found->rank, .capacity = found->capacity.value_or(FlowNetwork::kUncapped)};
  }

  /// Offers, wishes, and a node of its own: what comes from there is missing, what goes there is not sent.
  FlowNetwork network_of() {
    FlowNetwork network;
    const std::size_t nobody = offers_.size() + wishes_.size();
    network.supply.assign(nobody + 1, 0);
    // More than a simple circle of arcs can gain by ranks.
    const auto much = static_cast<std::int64_t>(2 * nobody + 3) * (worst_ + 2);
    for (std::size_t i = 0; i < offers_.size(); ++i) {
      network.supply[i] = offers_[i]->amount;
      network.supply[nobody] -= offers_[i]->amount;
    }
    for (std::size_t j = 0; j < wishes_.size(); ++j) {
      network.supply[offers_.size() + j] = -wishes_[j]->amount;
      network.supply[nobody] += wishes_[j]->amount;
    }
    for (std::size_t i = 0; i < offers_.size(); ++i) {
      for (std::size_t j = 0; j < wishes_.size(); ++j) {
        const auto pair = pair_of(offers_[i]->place, wishes_[j]->place);
        if (!pair) continue;
        ends_.emplace_back(i, j);
        if (offers_[i]->amount > 0 && pair->capacity > 0) reachable_.insert(j);
        network.arcs.push_back(
            {.from = i, .to = offers_.size() + j, .capacity = pair->capacity, .cost = pair->rank});
      }
    }
    for (std::size_t i = 0; i < offers_.size(); ++i)
      network.arcs.push_back({.from = i, .to = nobody});
    for (std::size_t j = 0; j < wishes_.size(); ++j) {
      network.arcs.push_back(
          {.from = nobody, .to = offers_.size() + j, .cost = much * wishes_[j]->priority});
    }
    return network;
  }

  /// Flows that are as good as the first, and what each arc costs in money: by complementary slackness, arcs whose
  /// reduced cost is not zero stay as they are.
  FlowNetwork cheapest_among(const FlowNetwork& network, const Flow& first) const {
    FlowNetwork among = network;
    for (std::size_t arc = 0; arc < among.arcs.size(); ++arc) {
      FlowNetwork::Arc& each = among.arcs[arc];
      const std::int64_t reduced =
          each.cost + first.potentials[each.from] - first.potentials[each.to];
      if (reduced > 0) each.capacity = each.lower;
      if (reduced < 0) each.lower = each.capacity;
      each.cost = arc < ends_.size() ? offers_[ends_[arc].first]->cost.count() : 0;
    }
    return among;
  }

  std::vector<const Offer*> offers_;
  std::vector<const Wish*> wishes_;
  std::vector<std::pair<std::size_t, std::size_t>> ends_;  // of the first arcs
  std::set<std::size_t> reachable_;                        // wishes
  std::map<std::pair<PlaceId, PlaceId>, const Preference*> pairs_;
  std::int64_t worst_ = 0;
};

}  // namespace

Exchange match_regions(const Plan& plan) {
  Exchange exchange;
  std::vector<std::string_view> goods;
  const auto note = [&goods](std::string_view good) {
    if (std::find(goods.begin(), goods.end(), good) == goods.end()) goods.push_back(good);
  };
  for (const Offer& offer : plan.offers) note(offer.good);
  for (const Wish& wish : plan.wishes) note(wish.good);
  for (const std::string_view good : goods) Market(plan, good).solve(exchange);
  return exchange;
}

}  // namespace diaodu::dispatch
