#include "diaodu/solve/model.h"

#include <algorithm>
#include <map>

#include "diaodu/plan/progress.h"
#include "diaodu/solve/tail.h"

namespace diaodu::solve {
namespace {

using Stage = TaskState::Stage;

/// With more, the minutes on the clock are quicker.
constexpr std::size_t kMostLines = 16;

class Compiler {
 public:
  Compiler(const Network& network, bool may_have_begun) : network_(network), plan_(*network.plan) {
    if (const auto axis = work_axis(network, may_have_begun)) model_.axis = *axis;
    model_.network = on_axis(network, model_.axis);
    model_.floor = model_.network.now;
  }

  Model compile() {
    add_resources();
    add_pools();
    add_ways();
    find_spans();
    describe();
    find_dues();
    relax();
    find_settled();
    model_.line_fits = LineFits(model_);
    return std::move(model_);
  }

 private:
  void add_resources() {
    model_.number_of = Table<ResourceId, std::uint32_t>(plan_.resources.size(), 0);
    std::vector<std::vector<Availability>> rows(plan_.resources.size());
    for (const Availability& row : plan_.availability) {
      if (row.during.is_empty()) continue;
      const Interval during{model_.axis.to_axis(row.during.from),
                            model_.axis.to_axis(row.during.to)};
      rows[row.resource.index()].push_back({row.resource, during, row.capacity});
    }
    for (ResourceId id : plan_.resources.ids()) {
      const Resource& resource = plan_.resources[id];
      auto& of_resource = rows[id.index()];
      std::sort(of_resource.begin(), of_resource.end(),
                [](const Availability& a, const Availability& b) {
                  return a.during.from < b.during.from;
                });
      if (is_renewable(resource.kind)) {
        model_.number_of[id] = static_cast<std::uint32_t>(model_.renewables.size());
        model_.renewables.push_back({.id = id, .capacity = steps(resource.capacity, of_resource)});
        if (resource.calendar) {
          const WorkingTimes& times = *network_.times;
          const Calendar& own = times.calendar(times.number_of(resource.calendar));
          if (!own.is_always()) model_.renewables.back().presence = &own;
        }
      } else {
        model_.number_of[id] = static_cast<std::uint32_t>(model_.stocks.size());
        const bool is_reservoir = resource.kind == ResourceKind::reservoir;
        model_.has_reservoirs = model_.has_reservoirs || is_reservoir;
        model_.stocks.push_back({id, resource.capacity, of_resource, is_reservoir});
      }
    }
  }

  static std::vector<CapacityStep> steps(Amount usual, const std::vector<Availability>& rows) {
    std::vector<CapacityStep> steps = {{kEver, usual}};
    for (const Availability& row : rows) {
      if (row.during.is_empty()) continue;  // all of it lies in time that nobody works
      if (steps.back().from == row.during.from) steps.pop_back();
      steps.push_back({row.during.from, row.capacity});
      steps.push_back({row.during.to, usual});
    }
    return steps;
  }

  void add_pools() {
    std::vector<std::size_t> order(model_.renewables.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    const auto num_skills = [this](std::size_t i) {
      return plan_.resources[model_.renewables[i].id].skills.size();
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](std::size_t a, std::size_t b) { return num_skills(a) < num_skills(b); });
    for (SkillId skill : plan_.skills.ids()) {
      Pool pool{.skill = skill};
      for (const std::size_t i : order) {
        const auto& skills = plan_.resources[model_.renewables[i].id].skills;
        if (std::find(skills.begin(), skills.end(), skill) != skills.end()) {
          pool.members.push_back(static_cast<std::uint32_t>(i));
        }
      }
      model_.pools.push_back(std::move(pool));
    }
  }

  /// The demands of each task, so that they need not be searched for.
  std::vector<std::vector<DemandId>> demands_by_task() const {
    std::vector<std::vector<DemandId>> demands(plan_.tasks.size());
    for (DemandId id : plan_.demands.ids()) demands[plan_.demands[id].task.index()].push_back(id);
    return demands;
  }

  void add_ways() {
    const auto demands = demands_by_task();
    std::vector<std::vector<ModeId>> modes(plan_.tasks.size());
    for (ModeId mode : plan_.modes.ids()) modes[plan_.modes[mode].task.index()].push_back(mode);
    const Network& network = model_.network;
    for (Node node = 0; node < network.size(); ++node) {
      model_.first_way.push_back(static_cast<std::uint32_t>(model_.ways.size()));
      const TaskState state = state_of(network, node);
      const bool is_task = network.role[node] == Network::Role::task;
      const auto& of_task = modes[network.task[node].index()];
      if (!is_task || of_task.empty() || state.stage != Stage::not_started) {
        add_way(node, network.mode[node], network.work[node], network.calendar[node], demands);
        continue;
      }
      for (const ModeId mode : of_task) {
        const std::uint32_t calendar = network.is_on_work_axis ? 0 : network.times->number_of(mode);
        add_way(node, mode, plan_.modes[mode].duration, calendar, demands);
      }
      model_.has_choice_of_ways = model_.has_choice_of_ways || of_task.size() > 1;
    }
    model_.first_way.push_back(static_cast<std::uint32_t>(model_.ways.size()));
  }

  void add_way(Node node, ModeId mode, WorkTime work, std::uint32_t calendar,
               const std::vector<std::vector<DemandId>>& demands) {
    Way way{.mode = mode, .work = work, .calendar = calendar};
    way.needs.first = static_cast<std::uint32_t>(model_.needs.size());
    way.skill_needs.first = static_cast<std::uint32_t>(model_.skill_needs.size());
    way.takes.first = static_cast<std::uint32_t>(model_.takes.size());
    const TaskState state = state_of(model_.network, node);
    if (model_.network.role[node] == Network::Role::task) {
      for (const DemandId id : demands[model_.network.task[node].index()]) {
        const Demand& demand = plan_.demands[id];
        if (plan_.tasks[demand.task].is_hammock() || (demand.mode && demand.mode != mode)) continue;
        add_demand(id, demand, work > WorkTime{} && state.stage != Stage::completed, way);
      }
    }
    way.needs.last = static_cast<std::uint32_t>(model_.needs.size());
    way.skill_needs.last = static_cast<std::uint32_t>(model_.skill_needs.size());
    way.takes.last = static_cast<std::uint32_t>(model_.takes.size());
    model_.ways.push_back(way);
  }

  void add_demand(DemandId id, const Demand& demand, bool has_work, const Way& way) {
    if (demand.skill) {
      if (has_work && demand.amount > Amount{}) {
        model_.skill_needs.push_back(
            {id, static_cast<std::uint32_t>(demand.skill.index()), demand.amount});
      }
      return;
    }
    const std::uint32_t number = model_.number_of[demand.resource];
    if (!is_renewable(plan_.resources[demand.resource].kind)) {
      if (demand.amount != Amount{})
        add_need(model_.takes, way.takes.first, {number, demand.amount});
    } else if (has_work && demand.amount > Amount{}) {
      add_need(model_.needs, way.needs.first, {number, demand.amount});
    }
  }

  /// Two demands of one task for the same add up; what it draws and what it fills are two things.
  static void add_need(std::vector<Need>& needs, std::uint32_t first, const Need& need) {
    const auto same = std::find_if(needs.begin() + first, needs.end(), [&](const Need& each) {
      return each.resource == need.resource && (each.amount > Amount{}) == (need.amount > Amount{});
    });
    if (same == needs.end()) {
      needs.push_back(need);
    } else {
      same->amount += need.amount;
    }
  }

  void find_spans() {
    std::vector<std::vector<std::uint32_t>> users(model_.renewables.size());  // calendars
    const auto use = [&users](std::uint32_t resource, std::uint32_t by) {
      auto& of_resource = users[resource];
      if (std::find(of_resource.begin(), of_resource.end(), by) == of_resource.end())
        of_resource.push_back(by);
    };
    for (const Way& way : model_.ways) {
      for (const Need& need : model_.needs_of(way)) use(need.resource, way.calendar);
      for (const SkillNeed& need : model_.skill_needs_of(way)) {
        for (const std::uint32_t member : model_.pools[need.pool].members)
          use(member, way.calendar);
      }
    }
    for (std::size_t i = 0; i < users.size(); ++i) {
      Renewable& renewable = model_.renewables[i];
      renewable.is_spanned = users[i].size() <= 1;
      if (users[i].size() == 1) {
        renewable.calendar = users[i].front();
        forget_rests(renewable);
      }
      if (renewable.is_spanned) continue;
      std::sort(users[i].begin(), users[i].end());
      renewable.lines = lines_of(users[i]);
      renewable.openings = openings_of(users[i]);
    }
  }

  /// One line for each set of these calendars that are ever at work at once.  Resources with the same users share
  /// theirs.
  Slice lines_of(const std::vector<std::uint32_t>& calendars) {
    const auto known = slices_.find(calendars);
    if (known != slices_.end()) return known->second;
    struct Piece {
      std::vector<std::uint32_t> calendars;
      WorkPattern pattern;
    };
    std::vector<Piece> pieces;
    for (const std::uint32_t calendar : calendars) {
      WorkPattern alone = model_.network.times->pattern(calendar);
      const std::size_t num_before = pieces.size();
      for (std::size_t i = 0; i < num_before; ++i) {
        Piece both{pieces[i].calendars, intersection(pieces[i].pattern, alone)};
        if (is_never(both.pattern)) continue;
        alone = difference(alone, pieces[i].pattern);
        pieces[i].pattern = difference(pieces[i].pattern, both.pattern);
        both.calendars.push_back(calendar);
        pieces.push_back(std::move(both));
      }
      if (!is_never(alone)) pieces.push_back({{calendar}, std::move(alone)});
      std::erase_if(pieces, [](const Piece& piece) { return is_never(piece.pattern); });
      if (pieces.size() > kMostLines) return slices_[calendars] = {};
    }
    Slice slice{.first = static_cast<std::uint32_t>(model_.lines.size())};
    for (Piece& piece : pieces)
      model_.lines.push_back({std::move(piece.calendars), Calendar(piece.pattern, plan_.zone)});
    slice.last = static_cast<std::uint32_t>(model_.lines.size());
    return slices_[calendars] = slice;
  }

  std::vector<Opening> openings_of(const std::vector<std::uint32_t>& calendars) const {
    constexpr Elapsed kYear{std::int64_t{366} * 24 * 60};
    constexpr std::size_t kMost = 8;  // so few are worth the bound's time
    const WorkingTimes& times = *model_.network.times;
    std::vector<std::pair<WorkTime, std::uint32_t>> by_work;
    for (const std::uint32_t calendar : calendars) {
      by_work.push_back(
          {times.calendar(calendar).work_between(model_.floor, model_.floor + kYear), calendar});
    }
    std::sort(by_work.begin(), by_work.end());
    std::vector<Opening> openings;
    Opening opening;
    WorkPattern open;
    for (std::size_t i = 0; i < by_work.size(); ++i) {
      opening.calendars.push_back(by_work[i].second);
      open = union_of(open, times.pattern(by_work[i].second));
      if (i + 1 < by_work.size() && i + 1 >= kMost) continue;
      opening.open = Calendar(open, plan_.zone);
      openings.push_back(opening);
    }
    return openings;
  }

  /// What is there while its users rest is of no interest, and must not bar work from one side to the other.
  void forget_rests(Renewable& renewable) const {
    const Calendar& calendar = model_.network.times->calendar(renewable.calendar);
    if (calendar.is_always()) return;
    auto& steps = renewable.capacity;
    std::vector<CapacityStep> kept = {steps.front()};
    for (std::size_t i = 1; i < steps.size(); ++i) {
      const bool is_last = i + 1 == steps.size();
      if (is_last || calendar.work_between(steps[i].from, steps[i + 1].from) > WorkTime{})
        kept.push_back(steps[i]);
    }
    steps = std::move(kept);
  }

  void describe() {
    const Network& network = model_.network;
    model_.has_knots = !network.knots.empty();
    model_.starts_follow_arcs =
        !model_.has_knots &&
        std::all_of(network.arcs.begin(), network.arcs.end(), [](const Arc& arc) {
          return arc.arrives_start != 0 && arc.lag >= 0 && arc.is_at_most == 0;
        });
    model_.finishes_follow_arcs = model_.starts_follow_arcs &&
                                  std::all_of(network.arcs.begin(), network.arcs.end(),
                                              [](const Arc& arc) { return arc.leaves_start == 0; });
    // Who comes first has the first choice of people, and of what must not be drawn before it is there.
    const bool is_by_order =
        std::any_of(model_.stocks.begin(), model_.stocks.end(),
                    [](const Stock& stock) { return stock.is_reservoir || !stock.rows.empty(); });
    model_.starts_repeat = model_.starts_follow_arcs && model_.skill_needs.empty() && !is_by_order;
    for (Node node = 0; node < network.size(); ++node) {
      const Stage stage = state_of(network, node).stage;
      model_.is_history.push_back(stage == Stage::completed ? 1 : 0);
      const bool is_first = is_pinned(network.window(node)) || stage == Stage::started;
      model_.is_fixed_first.push_back(is_first ? 1 : 0);
    }
  }

  /// Summaries of nothing but history are no longer due, and what weighs nothing never was.
  void find_dues() {
    std::vector<char> remains(plan_.tasks.size(), 0);
    const Network& network = model_.network;
    for (Node node = 0; node < network.size(); ++node) {
      if (network.role[node] != Network::Role::task || model_.is_history[node] != 0) continue;
      for (TaskId at = network.task[node]; at && remains[at.index()] == 0;
           at = plan_.tasks[at].parent) {
        remains[at.index()] = 1;
      }
    }
    for (Node node = 0; node < network.size(); ++node) {
      const TaskId task = network.task[node];
      if (network.window(node).wanted_by == kNever || remains[task.index()] == 0) continue;
      if (plan_.tasks[task].weight == 0) continue;
      model_.wanted.dues.push_back({node, plan_.tasks[task].weight});
    }
  }

  /// Every node takes the least work of its ways, around the clock where their calendars differ.
  void relax() {
    Network& relaxed = model_.relaxed;
    relaxed = model_.network;
    for (Node node = 0; node < relaxed.size(); ++node) {
      for (const Way& way : model_.ways_of(node)) {
        relaxed.work[node] = std::min(relaxed.work[node], way.work);
        if (way.calendar != relaxed.calendar[node]) relaxed.calendar[node] = 0;
      }
    }
    for (Arc& arc : relaxed.arcs) relax_arc(arc);
    for (Window& window : relaxed.windows) window.wanted_by = kNever;
    for (Node node = 0; node < relaxed.size(); ++node) {
      if (relaxed.window_of[node] < 0 || !varies(node)) continue;
      Window& window = relaxed.windows[static_cast<std::size_t>(relaxed.window_of[node])];
      window.finish_from = kEver;
      window.start_by = window.start_within = kNever;
      if (is_pinned(window)) relax_pin(node, window);
    }
    model_.early = forward_pass(relaxed, model_.floor).path;
    constexpr Elapsed kTwoYears{2 * 365 * kMinutesPerDay};
    Instant last = model_.early.finish;
    for (const Renewable& renewable : model_.renewables)
      last = std::max(last, renewable.capacity.back().from);
    for (const Stock& stock : model_.stocks) {
      for (const Availability& row : stock.rows)
        last = std::max(last, std::min(row.during.to, kNever - kTwoYears));
    }
    Elapsed length = last - model_.floor;
    for (const Way& way : model_.ways) length = length + Elapsed{way.work.count()};
    model_.give_up_at = model_.floor + length * 10 + kTwoYears;
  }

  /// From where it starts at the earliest to where it finishes at the latest, in any way.
  void relax_pin(Node node, Window& window) const {
    Span any{kNever, kEver};
    for (const Way& way : model_.ways_of(node)) {
      const Calendar& calendar = model_.network.times->calendar(way.calendar);
      const Span span = pinned_span(calendar, way.work, window);
      if (span.finish < kNever)
        any = {std::min(any.start, span.start), std::max(any.finish, span.finish)};
    }
    if (any.start == kNever) return;  // in no way, ever
    window.pinned_start = any.start;
    window.pinned_finish = kNever;
    window.pinned_by = any.finish;
  }

  void find_settled() {
    Instant last = model_.floor;
    const auto heed = [&last](Instant instant) { last = std::max(last, instant); };
    const auto heed_dates = [&](const WorkPattern& pattern) {
      constexpr int kDaysOfAnyZone = 2;  // enough to be over everywhere
      if (pattern.dated.empty()) return;
      const Date date = pattern.dated.rbegin()->first + kDaysOfAnyZone;
      heed(model_.axis.to_axis(Instant{std::int64_t{date.days} * kMinutesPerDay}));
    };
    for (const Way& way : model_.ways) heed_dates(model_.network.times->pattern(way.calendar));
    for (const Renewable& renewable : model_.renewables) {
      const CalendarId own = plan_.resources[renewable.id].calendar;
      if (own) heed_dates(plan_.calendars[own].pattern);
    }
    if (!plan_.zone.changes().empty()) heed(model_.axis.to_axis(plan_.zone.changes().back().from));
    for (const Renewable& renewable : model_.renewables) heed(renewable.capacity.back().from);
    for (const Stock& stock : model_.stocks) {
      for (const Availability& row : stock.rows) heed(row.during.to);
    }
    model_.settled_from = last;
  }

  /// Some way of the node takes longer than another, or works other minutes.
  bool varies(Node node) const {
    const auto ways = model_.ways_of(node);
    return std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
      return way.calendar != ways.front().calendar || way.work != ways.front().work;
    });
  }

  /// What an arc says in every way of its ends.  A floor under the finish lets a slow way start earlier
  /// than a quick one, and a ceiling on the start lets it end later; so where a node varies, no more is
  /// taken from its finish to its start or the other way round, and no lag that depends on its way counts.  What is
  /// pinned breaks the links into it, which so bound nobody's late dates.
  void relax_arc(Arc& arc) const {
    if (!arc.link) return;
    constexpr std::int32_t kAnyLag = -(1 << 30);
    const bool is_broken = arc.is_at_most == 0 && is_pinned(model_.network.window(arc.to));
    if (is_broken || (arc.arrives_start == 0 && varies(arc.to)) ||
        (arc.leaves_start != 0 && varies(arc.from))) {
      arc.lag = kAnyLag;
      return;
    }
    const Link& link = plan_.links[arc.link];
    const Lag& lag = arc.is_at_most != 0 ? link.max_lag : link.lag;
    const bool is_share = lag.unit == Lag::Unit::percent || lag.unit == Lag::Unit::elapsed_percent;
    const auto changes = [&](Node node) {
      const auto ways = model_.ways_of(node);
      return std::any_of(ways.begin(), ways.end(), [&](const Way& way) {
        return way.calendar != ways.front().calendar || (is_share && way.work != ways.front().work);
      });
    };
    if (!changes(arc.from) && !changes(arc.to)) return;
    arc.lag = arc.is_at_most != 0 || arc.lag < 0 ? kAnyLag : 0;
  }

  const Network& network_;
  const Plan& plan_;
  Model model_;
  std::map<std::vector<std::uint32_t>, Slice> slices_;  // lines, by the calendars they are of
};

}  // namespace

Model make_model(const Network& network, bool may_have_begun) {
  return Compiler(network, may_have_begun).compile();
}

}  // namespace diaodu::solve
