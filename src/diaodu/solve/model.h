#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "diaodu/plan/plan.h"
#include "diaodu/solve/axis.h"
#include "diaodu/solve/critical_path.h"
#include "diaodu/solve/line_fits.h"
#include "diaodu/solve/network.h"

namespace diaodu::solve {

/// So much of a resource (number in the model) during the work.
struct Need {
  std::uint32_t resource = 0;
  Amount amount;
};

/// So much of anybody who has a skill (number of a pool in the model) during the work.
struct SkillNeed {
  DemandId demand;
  std::uint32_t pool = 0;
  Amount amount;
};

/// A slice of one of the model's tables.
struct Slice {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
};

/// One way to do a node's work.
struct Way {
  ModeId mode;
  WorkTime work;
  std::uint32_t calendar = 0;
  Slice needs;        ///< of `Model::needs`
  Slice skill_needs;  ///< of `Model::skill_needs`
  Slice takes;        ///< of `Model::takes`: what is used up, drawn or filled
};

/// From `from` on, so much; until the next step.
struct CapacityStep {
  Instant from;
  Amount amount;
};

/// The minutes in which any of some calendars works.
struct Opening {
  std::vector<std::uint32_t> calendars;
  Calendar open;
};

/// A line of time that runs only while just these of some calendars work.
struct Line {
  std::vector<std::uint32_t> calendars;  ///< ascending
  Calendar open;

  bool runs_with(std::uint32_t calendar) const {
    return std::binary_search(calendars.begin(), calendars.end(), calendar);
  }
  /// The point of the line at an instant of the clock.
  Instant point_of(Instant instant) const {
    const bool is_in_time = instant > kEver && instant < kNever;
    return is_in_time ? Instant{open.work_before(instant)} : instant;
  }
  /// The first instant at which the line has come so far; `kNever` if it never does.
  Instant first_at(Instant point) const {
    return point >= kNever ? kNever : open.first_with(point.minutes());
  }
  /// The last one, when it goes on; `kEver` before all time.
  Instant last_at(Instant point) const {
    return point <= kEver ? kEver : open.last_with(point.minutes());
  }
};

/// People or machines.
struct Renewable {
  ResourceId id;
  std::vector<CapacityStep> capacity;  ///< the first from `kEver`
  /// Everything that can use it works the same minutes.  Then a task may hold it from start to finish:
  /// nobody else could use it in between anyway.
  bool is_spanned = true;
  std::uint32_t calendar = 0;  ///< those minutes, where it is spanned
  /// Otherwise of its users' calendars the one that works least, that one and the next, and so on; the last
  /// opening is that of all of them.
  std::vector<Opening> openings;
  /// And the lines (of `Model::lines`) on which tasks of all these calendars hold it without gaps; none: there are
  /// too many, and what is free is told by the minutes on the clock.
  Slice lines;
  /// When whoever may be chosen for a skill is there; nullptr: always.  (Those demanded by name need none:
  /// the task's calendar already keeps to theirs.)
  const Calendar* presence = nullptr;
};

/// Material, money, or a reservoir.
struct Stock {
  ResourceId id;
  Amount amount;                   ///< in all; of a reservoir, at the start
  std::vector<Availability> rows;  ///< what tasks that start then may take
  bool is_reservoir = false;
};

/// Those who have a skill, the least versatile first, so that the others stay free for what only they
/// can do.
struct Pool {
  SkillId skill;
  std::vector<std::uint32_t> members;  ///< renewables
};

/// A node whose finish is wanted by a date (`Window::wanted_by`).
struct Due {
  Node node = kNoNode;
  std::int64_t weight = 1;
};

/// What schedules are compared by; see `set_objectives`.
struct Wanted {
  std::array<Objective, kNumObjectives> order = {Objective::finish, Objective::tardiness,
                                                 Objective::stability};
  std::size_t num_named = 1;  ///< the first so many are what the plan asks for; the rest break ties
  std::vector<Due> dues;
  /// By when all must end, on the axis, where something else is wanted before an early finish; kNever: nobody asks.
  Instant finish_by = kNever;
  /// Where each node should start, on the axis (kNever: anywhere); empty: nobody asks.
  std::vector<Instant> baseline;

  std::size_t rank(Objective objective) const {
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), objective) -
                                    order.begin());
  }
  bool is_named(Objective objective) const { return rank(objective) < num_named; }
};

/// A plan compiled for levelling: the network, and beside it what each node needs.  Every search works
/// on this and nothing else.
struct Model {
  Network network;  ///< on `axis`; each node in its first way that can be
  Axis axis;
  Instant floor;         ///< nothing that remains begins before
  Instant give_up_at;    ///< who has found no time to be done in until then will find none
  Instant settled_from;  ///< from then on calendars and capacities are the same every week
  /// What every schedule must keep: each node in the quickest of its ways, no deadlines (they may be
  /// missed), and of lags that depend on ways only what all agree on.
  Network relaxed;
  CriticalPath early;  ///< of `relaxed`: no schedule can have earlier dates
  std::vector<Way> ways;
  std::vector<std::uint32_t> first_way;  ///< ways of node n: [first_way[n], first_way[n + 1])
  std::vector<Need> needs;
  std::vector<SkillNeed> skill_needs;
  std::vector<Need> takes;  ///< `resource` is the number of a stock
  std::vector<Renewable> renewables;
  Table<ResourceId, std::uint32_t> number_of;  ///< of each resource, among renewables or stocks
  std::vector<Line> lines;
  LineFits line_fits;
  std::vector<Stock> stocks;
  std::vector<Pool> pools;
  std::vector<char> is_history;      ///< completed: takes part in links only
  std::vector<char> is_fixed_first;  ///< pinned, or under way: has its resources before all others
  bool starts_follow_arcs = true;    ///< along every arc, starts never run backwards
  bool finishes_follow_arcs = true;  ///< nor does a start ever come before a predecessor's finish
  /// Nodes placed in the order of a schedule's starts make that schedule again.
  bool starts_repeat = true;
  bool has_choice_of_ways = false;
  bool has_reservoirs = false;
  bool has_knots = false;
  Wanted wanted;

  std::size_t size() const { return network.size(); }
  std::span<const Way> ways_of(Node node) const {
    return std::span(ways).subspan(first_way[node], first_way[node + 1] - first_way[node]);
  }
  std::span<const Need> needs_of(const Way& way) const {
    return std::span(needs).subspan(way.needs.first, way.needs.last - way.needs.first);
  }
  std::span<const SkillNeed> skill_needs_of(const Way& way) const {
    return std::span(skill_needs)
        .subspan(way.skill_needs.first, way.skill_needs.last - way.skill_needs.first);
  }
  std::span<const Line> lines_of(const Renewable& renewable) const {
    return std::span(lines).subspan(renewable.lines.first,
                                    renewable.lines.last - renewable.lines.first);
  }
  std::span<const Need> takes_of(const Way& way) const {
    return std::span(takes).subspan(way.takes.first, way.takes.last - way.takes.first);
  }
};

/// Compiles the plan, to be finished early; `set_objectives` wants otherwise.  `network` is the plan's, on the clock, and
/// has early dates (no circle).  `may_have_begun`: on its work axis, if it has one, also where something has happened.
Model make_model(const Network& network, bool may_have_begun = false);

}  // namespace diaodu::solve
