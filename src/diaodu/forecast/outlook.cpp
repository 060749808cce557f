#include "diaodu/forecast/outlook.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <thread>
#include <utility>

#include "diaodu/core/civil.h"
#include "diaodu/forecast/additions.h"
#include "diaodu/forecast/joint.h"
#include "diaodu/forecast/outlook_year.h"
#include "diaodu/forecast/stream.h"
#include "diaodu/plan/peer.h"

namespace diaodu::forecast {
namespace {

using track::kUnknown;
using track::Period;

int year_at(Instant instant, const Zone& zone) {
  return year_month_day(zone.to_local(instant).date()).year;
}

/// The first instant after a month of a year.
Instant end_of(int year, int month, const Zone& zone) {
  const Date first = month == 12 ? Date::from(year + 1, 1, 1) : Date::from(year, month + 1, 1);
  return zone.to_instant(LocalTime::at(first, 0));
}

class OutlookMaker {
 public:
  OutlookMaker(const Plan& plan, const track::Record& record, const OutlookRequest& request)
      : plan_(plan), record_(record), request_(request) {
    outlook_.year = request.year.value_or(year_of_targets(plan, request.as_of));
    outlook_.as_of = request.as_of;
    outlook_.num_paths = request.num_paths;
    outlook_.targets.resize(plan.targets.size());
    outlook_.peer_values.resize(plan.peers.size());
    outlook_.peer_halves.resize(plan.peers.size());
    outlook_.peer_now.resize(plan.peers.size(), kUnknown);
    peers_.resize(plan.peers.size());
  }

  Outlook make() {
    forecast_all();
    put_together();
    const std::vector<TargetId> order = parents_first(plan_);
    for (std::size_t i = order.size(); i-- > 0;) tell(order[i]);  // children first
    tell_peers();
    score();
    return std::move(outlook_);
  }

 private:
  struct PeerYear {
    std::optional<TargetYear> year;
    Levels levels;
  };

  YearQuestion question_of(const Target& target, std::string_view name) const {
    return {.year = outlook_.year,
            .accrual = target.accrual,
            .measure = target.measure,
            .num_paths = request_.num_paths,
            .seed = request_.seed,
            .variable = variable_number('i', name)};
  }

  /// Each target and each peer by itself; the order in which threads take them changes nothing.
  void forecast_all() {
    const std::size_t count = plan_.targets.size() + plan_.peers.size();
    std::atomic<std::size_t> next = 0;
    const auto work = [&](bool tells) {
      for (std::size_t i = next++; i < count; i = next++) {
        if (tells && request_.on_progress) request_.on_progress(i, count);
        if (i < plan_.targets.size()) {
          forecast_target(TargetId{i});
        } else {
          forecast_peer(i - plan_.targets.size());
        }
      }
    };
    std::vector<std::jthread> threads;
    for (int i = 1; i < request_.num_threads; ++i) threads.emplace_back(work, false);
    work(true);
  }

  void forecast_target(TargetId id) {
    const Target& target = plan_.targets[id];
    TargetOutlook& outlook = outlook_.targets[id.index()];
    outlook.goal = target.goal;
    const Figures figures = figures_of(record_.observations, target.id, request_.as_of);
    if (figures.is_empty()) return;
    const SlotCalendar calendar = slots_of(figures);
    outlook.levels = levels_of(figures, calendar, target.accrual);
    const YearQuestion question = question_of(target, target.id);
    // The futures are the same whatever is added to them.
    std::optional<Futures> kept;
    const Forecaster once = [&](const Series& series, const PathRequest& request) {
      if (!kept) kept = request_.forecaster(series, request);
      return *kept;
    };
    const auto ask = [&](const Additions& additions) {
      return year_of(figures, question, once, additions);
    };
    auto plain = ask({});
    if (auto* cannot = std::get_if<CannotForecast>(&plain)) {
      outlook.cannot = std::move(*cannot);
      return;
    }
    outlook.year = std::get<TargetYear>(std::move(plain));
    outlook.source = TargetOutlook::Source::figures;
    const bool has_effects =
        std::any_of(plan_.effects.begin(), plan_.effects.end(),
                    [id](const Effect& effect) { return effect.target == id; });
    if (!has_effects || request_.scheduled.empty() || outlook.year->is_chained) return;
    const TargetYear& year = *outlook.year;
    const Instant known_to =
        year.num_known == 0
            ? end_of(outlook_.year - 1, 12, plan_.zone)
            : end_of(outlook_.year, calendar.slots[year.num_known - 1].last, plan_.zone);
    const auto added = [&](auto finish_of) {
      return std::get<TargetYear>(
          ask(additions_of(plan_, id, calendar, outlook_.year, target.accrual, known_to,
                           request_.num_paths, finish_of)));
    };
    const auto chance = [&](const TargetYear& of) {
      std::vector<double> values(of.num_paths);
      for (std::size_t path = 0; path < of.num_paths; ++path) values[path] = of.value(path);
      return share_reaching(values, *target.goal, target.direction);
    };
    const TargetYear scheduled =
        added([&](std::size_t row, std::size_t) { return request_.scheduled[row]; });
    if (target.goal) {
      outlook.probability_without_effects = chance(year);
      outlook.probability_as_scheduled = chance(scheduled);
    }
    outlook.year =
        request_.finishes.empty() ? scheduled : added([&](std::size_t row, std::size_t path) {
          const auto& finishes = request_.finishes[row];
          return finishes.empty() ? request_.scheduled[row] : finishes[path % finishes.size()];
        });
  }

  void forecast_peer(std::size_t row) {
    const Peer& peer = plan_.peers[row];
    const Target& target = plan_.targets[peer.target];
    const std::string name = recorded_name(plan_, peer);
    const Figures figures = figures_of(record_.observations, name, request_.as_of);
    if (figures.is_empty()) return;
    auto year = year_of(figures, question_of(target, name), request_.forecaster);
    if (std::holds_alternative<CannotForecast>(year)) return;
    peers_[row].year = std::get<TargetYear>(std::move(year));
    peers_[row].levels = levels_of(figures, peers_[row].year->calendar, target.accrual);
  }

  /// Orders the paths of all so that they go together as their figures did.
  void put_together() {
    std::vector<TargetYear*> years;
    std::vector<const Levels*> levels;
    for (TargetOutlook& outlook : outlook_.targets) {
      if (!outlook.year) continue;
      years.push_back(&*outlook.year);
      levels.push_back(&outlook.levels);
    }
    for (PeerYear& peer : peers_) {
      if (!peer.year) continue;
      years.push_back(&*peer.year);
      levels.push_back(&peer.levels);
    }
    if (years.size() < 2) return;
    std::vector<std::vector<double>> outcomes;
    for (const TargetYear* year : years) {
      std::vector<double>& values = outcomes.emplace_back(year->num_paths);
      for (std::size_t path = 0; path < values.size(); ++path) values[path] = year->value(path);
    }
    const auto orders = joint_orders(correlation_of_surprises(levels), outcomes, request_.seed);
    for (std::size_t i = 0; i < years.size(); ++i) years[i]->reorder(orders[i]);
  }

  void tell(TargetId id) {
    const Target& target = plan_.targets[id];
    TargetOutlook& outlook = outlook_.targets[id.index()];
    if (outlook.year) tell_year(target, outlook);
    std::vector<double> from_children =
        rolled_up(plan_, id, outlook_.targets, &TargetOutlook::values);
    if (!from_children.empty()) {
      outlook.rolled_up = mean_of(from_children);
      if (!outlook.year) {
        outlook.source = TargetOutlook::Source::children;
        outlook.values = std::move(from_children);
        outlook.half_values = rolled_up(plan_, id, outlook_.targets, &TargetOutlook::half_values);
        roll_up_now(id, outlook);
      }
      contribute(id, outlook);
    }
    if (target.goal && !outlook.values.empty()) {
      outlook.probability = share_reaching(outlook.values, *target.goal, target.direction);
    }
  }

  /// To date, of one that has no figures: as its children are.  A sum of levels and growths has no value to date
  /// without what their bases were to date; levels alone and growths alone have.
  void roll_up_now(TargetId id, TargetOutlook& outlook) const {
    const Target& target = plan_.targets[id];
    double sum = 0;
    double by_hand_sum = 0;
    std::optional<Period> to;
    for (TargetId child : plan_.targets.ids()) {
      const TargetOutlook& below = outlook_.targets[child.index()];
      if (plan_.targets[child].parent != id || below.values.empty()) continue;
      const double weight = roll_up_weight(plan_, child, outlook_.targets);
      if (weight == 0) continue;
      const bool is_mixed =
          target.roll_up == Target::RollUp::sum && target.measure != plan_.targets[child].measure;
      if (is_mixed || !below.now || !below.hand_rule) return;
      sum += weight * *below.now;
      by_hand_sum += weight * *below.hand_rule;
      if (!to || below.known_to < to) to = below.known_to;
    }
    if (!to) return;
    outlook.now = sum;
    outlook.known_to = to;
    outlook.hand_rule = by_hand_sum;
  }

  void contribute(TargetId id, TargetOutlook& outlook) const {
    double explained = 0;
    double gaps = 0;
    bool has_gaps = false;
    for (TargetId child : plan_.targets.ids()) {
      const TargetOutlook& below = outlook_.targets[child.index()];
      if (plan_.targets[child].parent != id || below.values.empty()) continue;
      const double weight = roll_up_weight(plan_, child, outlook_.targets);
      if (weight == 0) continue;
      Contribution part{.child = child,
                        .weight = roll_up_share(plan_, child, outlook_.targets),
                        .value = below.mean()};
      part.points = rolled_up_part(plan_, child, part.value, outlook_.targets);
      if (const auto& goal = plan_.targets[child].goal) {
        part.gap = weight * (part.value - *goal);
        gaps += *part.gap;
        has_gaps = true;
      }
      explained += part.points;
      outlook.contributions.push_back(part);
    }
    // What its own figures say beyond its children's: the discrepancy of the accounts.
    const double left = outlook.mean() - explained;
    if (outlook.source != TargetOutlook::Source::figures || outlook.contributions.empty()) return;
    Contribution rest{.value = left, .points = left};
    if (const auto& goal = plan_.targets[id].goal; goal && has_gaps) {
      rest.gap = outlook.mean() - *goal - gaps;
    }
    outlook.contributions.push_back(rest);
  }

  void tell_peers() {
    for (std::size_t row = 0; row < peers_.size(); ++row) {
      if (!peers_[row].year) continue;
      const TargetYear& year = *peers_[row].year;
      outlook_.peer_values[row] = values_at(year, year.num_slots() - 1);
      outlook_.peer_halves[row] = half_of(year);
      if (year.num_known > 0) {
        outlook_.peer_now[row] = by_hand(year, year.num_known - 1, year.known.back());
      }
    }
  }

  /// Points path by path; each path one future of all.
  void score() {
    const track::ScoreTree tree(plan_);
    const std::size_t size = plan_.targets.size();
    std::vector<double> values(size, kUnknown);
    std::vector<double> peers(plan_.peers.size(), kUnknown);
    std::vector<double> points(size, kUnknown);
    for (std::size_t i = 0; i < size; ++i) {
      if (const auto& rule = outlook_.targets[i].hand_rule) values[i] = *rule;
    }
    tree.score({values, outlook_.peer_now}, points);
    outlook_.points_today = overall(plan_, points);
    for (std::size_t i = 0; i < size; ++i) {
      TargetOutlook& outlook = outlook_.targets[i];
      if (!std::isnan(points[i])) outlook.points_today = points[i];
      if (plan_.targets[TargetId{i}].rule == Target::Rule::rank) {
        outlook.rank_today = tree.rank_of(TargetId{i}, {values, outlook_.peer_now});
      }
    }
    outlook_.points_half = score_at(tree, &TargetOutlook::half_values, outlook_.peer_halves, false);
    outlook_.points_end = score_at(tree, &TargetOutlook::values, outlook_.peer_values, true);
  }

  double score_at(const track::ScoreTree& tree, std::vector<double> TargetOutlook::*pick,
                  const std::vector<std::vector<double>>& peer_values, bool is_end) {
    const std::size_t size = plan_.targets.size();
    std::vector<double> values(size);
    std::vector<double> peers(peer_values.size());
    std::vector<double> points(size);
    std::vector<std::vector<double>> all(size, std::vector<double>(request_.num_paths));
    std::vector<double> tops(request_.num_paths);
    std::vector<double> ranks(size, 0);
    const auto at = [](const std::vector<double>& paths, std::size_t path) {
      return paths.empty() ? kUnknown : paths[path];
    };
    for (std::size_t path = 0; path < request_.num_paths; ++path) {
      for (std::size_t i = 0; i < size; ++i) values[i] = at(outlook_.targets[i].*pick, path);
      for (std::size_t i = 0; i < peers.size(); ++i) peers[i] = at(peer_values[i], path);
      tree.score({values, peers}, points);
      for (std::size_t i = 0; i < size; ++i) {
        all[i][path] = points[i];
        if (plan_.targets[TargetId{i}].rule == Target::Rule::rank) {
          ranks[i] += tree.rank_of(TargetId{i}, {values, peers});
        }
      }
      tops[path] = overall(plan_, points);
    }
    for (std::size_t i = 0; i < size; ++i) {
      TargetOutlook& outlook = outlook_.targets[i];
      const double mean = mean_of(all[i]);
      if (!std::isnan(mean)) (is_end ? outlook.points_end : outlook.points_half) = mean;
      if (!is_end || std::isnan(mean)) continue;
      outlook.points_low = quantile_among(all[i], 0.1);
      outlook.points_high = quantile_among(all[i], 0.9);
      outlook.rank_end = ranks[i] / static_cast<double>(request_.num_paths);
    }
    if (is_end) {
      outlook_.points_low = quantile_among(tops, 0.1);
      outlook_.points_high = quantile_among(tops, 0.9);
    }
    return mean_of(tops);
  }

  const Plan& plan_;
  const track::Record& record_;
  const OutlookRequest& request_;
  Outlook outlook_;
  std::vector<PeerYear> peers_;
};

}  // namespace

double TargetOutlook::mean() const { return mean_of(values); }

double TargetOutlook::quantile(double share) const { return quantile_among(values, share); }

int year_of_targets(const Plan& plan, Instant as_of) {
  Instant latest = kEver;
  for (const Target& target : plan.targets) {
    if (target.by != kNever) latest = std::max(latest, target.by);
  }
  if (latest == kEver) return year_at(as_of, plan.zone);
  return year_at(latest - Elapsed{1}, plan.zone);
}

std::vector<TargetId> parents_first(const Plan& plan) {
  Table<TargetId, std::vector<TargetId>> children(plan.targets.size());
  std::vector<TargetId> waiting;
  for (std::size_t i = plan.targets.size(); i-- > 0;) {
    const TargetId parent = plan.targets[TargetId{i}].parent;
    (parent ? children[parent] : waiting).push_back(TargetId{i});
  }
  std::vector<TargetId> order;
  while (!waiting.empty()) {
    order.push_back(waiting.back());
    waiting.pop_back();
    const auto& below = children[order.back()];
    waiting.insert(waiting.end(), below.begin(), below.end());
  }
  return order;
}

double overall(const Plan& plan, std::span<const double> points) {
  double sum = 0;
  double weight = 0;
  for (TargetId id : plan.targets.ids()) {
    const Target& target = plan.targets[id];
    if (target.parent || std::isnan(points[id.index()])) continue;
    sum += target.weight * points[id.index()];
    weight += target.weight;
  }
  return weight > 0 ? sum / weight : kUnknown;
}

Outlook outlook_of(const Plan& plan, const track::Record& record, const OutlookRequest& request) {
  return OutlookMaker(plan, record, request).make();
}

}  // namespace diaodu::forecast
