#include "diaodu/dispatch/team_flow.h"

#include <algorithm>
#include <cassert>
#include <map>

#include "diaodu/dispatch/cheapest_flow.h"

namespace diaodu::dispatch {

namespace {

using Kind = TeamRule::Kind;

bool counts(Kind kind) {
  return kind == Kind::balance || kind == Kind::at_least || kind == Kind::at_most;
}

bool has(const TeamPerson& person, std::size_t trait) {
  return std::find(person.traits.begin(), person.traits.end(), trait) != person.traits.end();
}

}  // namespace

std::vector<TeamSize> sizes_of(const TeamProblem& problem) {
  if (!problem.sizes.empty()) return problem.sizes;
  const auto people = static_cast<std::int64_t>(problem.people.size());
  const auto teams = static_cast<std::int64_t>(std::max<std::size_t>(1, problem.num_teams));
  return std::vector<TeamSize>(problem.num_teams,
                               {.min = people / teams, .max = (people + teams - 1) / teams});
}

std::vector<TeamShare> shares_of(const TeamProblem& problem) {
  const auto teams = static_cast<std::int64_t>(problem.num_teams);
  std::vector<TeamShare> shares(problem.num_teams, {.part = 1, .whole = teams});
  std::int64_t whole = 0;
  for (const TeamSize& size : problem.sizes) whole += size.min + size.max;
  for (std::size_t team = 0; team < problem.sizes.size(); ++team)
    shares[team] = {.part = problem.sizes[team].min + problem.sizes[team].max, .whole = whole};
  return shares;
}

std::int64_t units_broken(const TeamRule& rule, std::int64_t have, std::int64_t all,
                          const TeamShare& share) {
  switch (rule.kind) {
    case Kind::at_least:
      return std::max<std::int64_t>(0, rule.count - have);
    case Kind::at_most:
      return std::max<std::int64_t>(0, have - rule.count);
    case Kind::balance: {
      if (share.whole == 0) return 0;
      const std::int64_t low = all * share.part / share.whole;
      const std::int64_t high = (all * share.part + share.whole - 1) / share.whole;
      return have < low ? low - have : std::max<std::int64_t>(0, have - high);
    }
    case Kind::together:
    case Kind::apart:
    case Kind::stay:
      break;
  }
  return 0;
}

std::vector<std::vector<std::size_t>> bundles_of(const TeamProblem& problem) {
  struct Bundle {
    std::vector<std::size_t> rules;
    std::vector<std::size_t> traits;
  };
  std::vector<Bundle> bundles;
  const auto meets = [&](std::size_t a, std::size_t b) {
    return a != b && std::any_of(problem.people.begin(), problem.people.end(),
                                 [&](const auto& p) { return has(p, a) && has(p, b); });
  };
  const auto is_in = [](const Bundle& bundle, std::size_t trait) {
    return std::find(bundle.traits.begin(), bundle.traits.end(), trait) != bundle.traits.end();
  };
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule) {
    if (!counts(problem.rules[rule].kind)) continue;
    const std::size_t trait = problem.rules[rule].trait;
    // With the other rules of its trait, or else where nobody has both.
    auto found = std::find_if(bundles.begin(), bundles.end(),
                              [&](const Bundle& bundle) { return is_in(bundle, trait); });
    if (found == bundles.end()) {
      found = std::find_if(bundles.begin(), bundles.end(), [&](const Bundle& bundle) {
        return std::none_of(bundle.traits.begin(), bundle.traits.end(),
                            [&](std::size_t other) { return meets(trait, other); });
      });
      if (found == bundles.end()) found = bundles.insert(bundles.end(), Bundle{});
      found->traits.push_back(trait);
    }
    found->rules.push_back(rule);
  }
  std::vector<std::vector<std::size_t>> all;
  all.reserve(bundles.size());
  for (Bundle& bundle : bundles) all.push_back(std::move(bundle.rules));
  if (all.empty()) all.emplace_back();
  for (std::size_t rule = 0; rule < problem.rules.size(); ++rule)
    if (problem.rules[rule].kind == Kind::stay) all.front().push_back(rule);
  return all;
}

std::optional<TeamFlow> solve_flow(const TeamProblem& problem, std::span<const std::size_t> rules) {
  const std::vector<TeamSize> sizes = sizes_of(problem);
  const std::vector<TeamShare> shares = shares_of(problem);
  const std::size_t teams = problem.num_teams;
  std::vector<std::size_t> traits;
  std::int64_t stay = 0;
  for (const std::size_t rule : rules) {
    if (problem.rules[rule].kind == Kind::stay) {
      stay += problem.rules[rule].weight;
    } else if (std::find(traits.begin(), traits.end(), problem.rules[rule].trait) == traits.end()) {
      traits.push_back(problem.rules[rule].trait);
    }
  }
  // People of a class have the same trait (or none) and the same team of yesterday.
  std::map<std::pair<std::size_t, std::size_t>, std::vector<std::size_t>> classes;
  std::vector<std::int64_t> all(traits.size() + 1);
  std::int64_t constant = 0;
  for (std::size_t person = 0; person < problem.people.size(); ++person) {
    std::size_t trait = 0;
    while (trait < traits.size() && !has(problem.people[person], traits[trait])) ++trait;
    const std::size_t yesterday = problem.people[person].yesterday;
    classes[{trait, stay == 0 || yesterday >= teams ? kNoTeam : yesterday}].push_back(person);
    ++all[trait];
    // Whose team of yesterday is no more cannot stay.
    if (yesterday >= teams && yesterday != kNoTeam) constant += stay;
  }

  const std::size_t kinds = traits.size() + 1;
  const std::size_t source = 0;
  const std::size_t sink = 1;
  const std::size_t first_team = 2;
  const std::size_t first_kind = first_team + teams;  // of each team
  const std::size_t first_class = first_kind + teams * kinds;
  CheapestFlow network(first_class + classes.size());
  const auto people = static_cast<std::int64_t>(problem.people.size());

  std::int64_t weights = 0;
  for (const std::size_t rule : rules) weights += problem.rules[rule].weight;
  // More than all rules can cost: so much is a person worth whom a team must have.
  const std::int64_t must = (weights + 1) * (people + 1);
  std::int64_t least = 0;
  for (std::size_t team = 0; team < teams; ++team) {
    const TeamSize& size = sizes[team];
    if (size.min > 0) network.add(first_team + team, sink, size.min, -must);
    if (size.max > size.min) network.add(first_team + team, sink, size.max - size.min, 0);
    least += size.min;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
      const std::int64_t most = std::min(size.max, all[kind]);
      const auto cost_of = [&](std::int64_t have) {
        std::int64_t cost = 0;
        for (const std::size_t rule : rules) {
          const TeamRule& what = problem.rules[rule];
          if (counts(what.kind) && kind < traits.size() && what.trait == traits[kind])
            cost += what.weight * units_broken(what, have, all[kind], shares[team]);
        }
        return cost;
      };
      constant += cost_of(0);
      // Convex, so that cheaper units are taken first; equal slopes share an arc.
      for (std::int64_t have = 0; have < most;) {
        const std::int64_t slope = cost_of(have + 1) - cost_of(have);
        std::int64_t end = have + 1;
        while (end < most && cost_of(end + 1) - cost_of(end) == slope) ++end;
        network.add(first_kind + team * kinds + kind, first_team + team, end - have, slope);
        have = end;
      }
    }
  }
  struct Way {
    std::size_t arc;
    std::size_t team;
  };
  std::vector<std::vector<Way>> ways;
  for (const auto& [key, members] : classes) {
    const std::size_t node = first_class + ways.size();
    const auto count = static_cast<std::int64_t>(members.size());
    network.add(source, node, count, 0);
    std::vector<Way>& out = ways.emplace_back();
    for (std::size_t team = 0; team < teams; ++team) {
      const bool leaves = key.second != kNoTeam && key.second != team;
      const std::size_t arc =
          network.add(node, first_kind + team * kinds + key.first, count, leaves ? stay : 0);
      out.push_back({.arc = arc, .team = team});
    }
  }
  if (network.send(source, sink, people) < people) return std::nullopt;

  TeamFlow flow{.team_of = std::vector<std::size_t>(problem.people.size()),
                .cost = network.cost() + constant + must * least};
  std::vector<std::int64_t> in_team(teams);
  std::size_t number = 0;
  for (const auto& [key, members] : classes) {
    std::size_t next = 0;
    for (const Way& way : ways[number]) {
      for (std::int64_t n = network.flow(way.arc); n > 0; --n)
        flow.team_of[members[next++]] = way.team;
      in_team[way.team] += network.flow(way.arc);
    }
    ++number;
  }
  for (std::size_t team = 0; team < teams; ++team)
    if (in_team[team] < sizes[team].min) return std::nullopt;
  return flow;
}

}  // namespace diaodu::dispatch
