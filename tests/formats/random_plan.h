#pragma once

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "diaodu/core/random.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/formats/settings.h"
#include "diaodu/plan/validate.h"

namespace diaodu {

/// A small plan that uses everything a plan folder can hold, with odd letters in its texts.  Not
/// one that anybody could carry out: only one that must survive being written.
class RandomPlan {
 public:
  RandomPlan(std::uint64_t seed, std::size_t size) : random_(seed), size_(size) {}

  Plan make() {
    add_settings();
    add_rows(plan_.places, [this](std::size_t i) { return place(i); });
    add_rows(plan_.decisions, [this](std::size_t i) { return decision(i); });
    add_resources();
    add_rows(plan_.tasks, [this](std::size_t i) { return task(i); });
    add_modes_and_estimates();
    if (!plan_.tasks.empty()) add_what_tasks_need();
    add_others();
    add_foreign("tasks", plan_.tasks.size());
    add_foreign("links", plan_.links.size());
    add_field();
    Findings ignored;
    complete(plan_, {}, ignored);
    return std::move(plan_);
  }

 private:
  std::size_t below(std::size_t bound) { return static_cast<std::size_t>(random_.below(bound)); }
  bool one_in(std::size_t of) { return random_.one_in(of); }

  template <class Rows, class Make>
  void add_rows(Rows& rows, Make make) {
    const std::size_t num = below(size_ + 1);
    for (std::size_t i = 0; i < num; ++i) rows.add(make(i));
  }

  template <class Rows>
  auto some(const Rows& rows) {
    using IdType = decltype(*rows.ids().begin());
    return rows.empty() || one_in(3) ? IdType{} : IdType{below(rows.size())};
  }
  template <class Rows>
  auto one_of(const Rows& rows) {
    using IdType = decltype(*rows.ids().begin());
    return IdType{below(rows.size())};
  }

  /// Texts as people and attackers write them, without blanks around, which cells do not keep.
  Text words() {
    static const std::vector<std::string> kWords = {
        "",           "Pour slab",  "浇筑底板",      "a,b",
        "say \"so\"", "#5",         "=1+1",          "a;b",
        "tab\there",  "two\nlines", "back\r\nslash", "'",
        "_x0041_",    "😀 ok",       "a_b",           "é",
        "\"",         "123",        "2024-04-12",    "-",
        "0",          "a\x01z",     "<b>&amp;</b>",  "x_x000D_y"};
    return plan_.text(kWords[below(kWords.size())]);
  }
  Text id(const char* letter, std::size_t i) {
    static const std::vector<std::string> kTails = {"", "号", " b", "#", "\"", ",x"};
    return plan_.text(letter + std::to_string(i) + kTails[below(kTails.size())]);
  }

  Instant instant() {
    const auto day = static_cast<std::int64_t>(19'000 + below(2000));
    const LocalTime local{day * kMinutesPerDay +
                          (one_in(2) ? 0 : static_cast<std::int64_t>(below(kMinutesPerDay)))};
    return plan_.zone.to_instant(local);
  }
  WorkTime work() { return WorkTime{one_in(2) ? below(20) * 480 : below(5000)}; }
  Money money() {
    return Money{one_in(2) ? 0 : static_cast<std::int64_t>(below(1'000'000)) - 500'000};
  }

  void add_settings() {
    std::vector<formats::Setting> settings;
    const auto set = [&](std::string section, std::string key, std::string value,
                         std::string note = {}) {
      settings.push_back(
          {std::move(section), std::move(key), std::move(value), std::move(note), {}});
    };
    set("plan", "name", words().str());
    set("plan", "name_zh", words().str());
    set("plan", "time_zone", one_in(2) ? "Asia/Shanghai" : one_in(2) ? "America/New_York" : "UTC");
    set("plan", "start", "2022-01-0" + std::to_string(1 + below(9)) + (one_in(2) ? "" : " 07:30"));
    if (one_in(2)) set("plan", "data_date", "2022-02-03 16:00");
    if (one_in(2)) set("plan", "must_finish", one_in(2) ? "2029-12-31" : "2029-12-31 12:00");
    if (one_in(3)) set("plan", "currency", "EUR");
    if (one_in(4)) set("plan", "time", "periods");
    if (one_in(3)) set("options", "progress", "actual_dates");
    if (one_in(3)) set("options", "objective", one_in(2) ? "tardiness, finish" : "stability");
    const std::vector<std::string> lag_calendars = {"predecessor", "successor", "project", "24h"};
    set("options", "lag_calendar", lag_calendars[below(4)]);
    if (one_in(3)) set("options", "total_float", "smaller");
    if (one_in(3)) set("options", "start_lag", "early_start");
    if (one_in(3)) set("options", "open_ends", "critical");
    if (one_in(3)) set("options", "critical_float", std::to_string(below(1000)) + "min");
    for (std::size_t i = below(4); i-- > 0;) {
      const std::string section = "calendars." + id("c", i).str();
      set(section, "", "");
      set(section, "base", one_in(2) ? "standard" : "cn");
      if (one_in(2)) set(section, "name", words().str());
      if (one_in(2)) set(section, "name_zh", words().str());
      if (one_in(3)) set(section, "holidays", "cn");
      if (one_in(2)) {
        set(section, "hours_per_day",
            std::to_string(1 + below(23)) + '.' + std::to_string(below(1000)));
      }
      if (one_in(2)) set(section, "weekdays", "22:00-06:00");
      if (one_in(2)) set(section, "saturday", "08:00-12:00 13:15-17:00");
      if (one_in(3)) set(section, "sunday", "");
      if (one_in(2)) set(section, "2024-10-01..2024-10-07", "", words().str());
      if (one_in(2)) set(section, "2024-10-02", "working day", "调休");
      if (one_in(2)) set(section, "2024-10-02", "09:00-10:00");
    }
    if (one_in(3)) set("risk", "estimate_shape", "pert");
    if (one_in(3)) set("risk", "trials", std::to_string(1 + below(1'000'000)));
    if (one_in(3)) set("risk", "confidence", std::to_string(1 + below(99)) + '%');
    if (one_in(3)) set("quality", "logic", std::to_string(below(101)) + '%');
    if (one_in(3)) set("quality", "bei", "0." + std::to_string(below(10'000)));
    if (one_in(3)) set("quality", "leads", "off");
    if (one_in(3)) set("quality", "float_days", std::to_string(below(1000)) + ".5");
    if (one_in(3)) set("plan", "calendar", "cn");
    Findings findings;
    Sources sources;
    formats::apply_settings(settings, plan_, sources, findings);
  }

  Place place(std::size_t i) {
    Place place{.id = id("p", i), .name = words(), .name_zh = words()};
    if (one_in(4)) return place;
    place.latitude = static_cast<double>(below(90'000'000'000)) / 1e9;
    place.longitude = -static_cast<double>(below(180'000'000'000)) / 1e9;
    if (one_in(2)) place.basis = words();
    if (one_in(2)) place.transfer = Elapsed{below(300)};
    if (one_in(2)) place.throughput = Amount{below(500'000)};
    return place;
  }

  Decision decision(std::size_t i) {
    Decision decision{.id = id("d", i), .title = words(), .title_zh = words(), .source = words()};
    if (one_in(2)) decision.date = instant();
    return decision;
  }

  void add_resources() {
    const std::vector<std::string> skills = {"weld", "site engineer", "cut, glue", "起重"};
    std::vector<SkillId> ids(skills.size());
    const std::size_t num = below(size_ + 1);
    for (std::size_t i = 0; i < num; ++i) {
      Resource resource{.id = id("r", i), .name = words(), .name_zh = words()};
      resource.kind = static_cast<ResourceKind>(below(5));
      resource.capacity = one_in(3) ? kUnlimited : Amount{below(100'000)};
      resource.calendar = some(plan_.calendars);
      resource.place = some(plan_.places);
      resource.rate = money();
      for (std::size_t skill = 0; skill < skills.size(); ++skill) {
        if (!one_in(3)) continue;
        if (!ids[skill]) ids[skill] = plan_.skills.add({.id = plan_.text(skills[skill])});
        resource.skills.push_back(ids[skill]);
      }
      plan_.resources.add(resource);
    }
  }

  Constraint constraint() {
    Constraint constraint{.kind = static_cast<ConstraintKind>(below(10))};
    const bool has_date = constraint.kind != ConstraintKind::none &&
                          constraint.kind != ConstraintKind::as_late_as_possible;
    if (has_date) constraint.date = instant();
    return constraint;
  }

  Task task(std::size_t i) {
    Task task{
        .id = id("t", i), .name = words(), .name_zh = words(), .owner = words(), .notes = words()};
    if (i > 0 && one_in(3)) task.parent = TaskId{below(i)};
    task.kind = static_cast<TaskKind>(below(4));
    if (task.kind != TaskKind::summary || one_in(4)) {
      task.is_elapsed = one_in(4);
      task.duration = work();
    }
    if (one_in(2)) task.deadline = instant();
    task.constraint = constraint();
    task.second_constraint = constraint();
    task.cost = money();
    task.calendar = some(plan_.calendars);
    task.place = some(plan_.places);
    task.decision = some(plan_.decisions);
    task.priority = one_in(2) ? 500 : static_cast<std::int32_t>(below(1001));
    task.weight = one_in(2) ? 1 : static_cast<std::int32_t>(below(kMostWeight + 1));
    task.is_optional = one_in(3);
    task.ignores_resource_calendars = one_in(3);
    task.earned_by = static_cast<EarningRule>(below(6));
    return task;
  }

  void add_modes_and_estimates() {
    for (TaskId id_of_task : plan_.tasks.ids()) {
      Task& task = plan_.tasks[id_of_task];
      const std::size_t num_modes = task.is_elapsed || one_in(2) ? 0 : below(4);
      for (std::size_t i = 0; i < num_modes; ++i) {
        const Mode mode{.task = id_of_task, .id = id("m", i), .duration = work(), .cost = money()};
        plan_.modes.add(mode);
        // A task that takes no time but has modes takes the time of its first.
        if (i == 0 && task.duration == WorkTime{}) task.duration = mode.duration;
      }
      const bool may_vary = num_modes == 0 && task.duration > WorkTime{};
      if (!may_vary || !one_in(3)) continue;
      plan_.estimates.push_back({.task = id_of_task,
                                 .low = WorkTime{task.duration.count() / 2},
                                 .high = task.duration + WorkTime{below(1000)}});
    }
  }

  Lag lag() {
    if (one_in(3)) return {};
    return {.amount = static_cast<std::int32_t>(below(20'000)) - 10'000,
            .unit = static_cast<Lag::Unit>(below(4))};
  }

  void add_what_tasks_need() {
    for (std::size_t i = below(2 * size_ + 1); i-- > 0;) {
      Link link{.from = one_of(plan_.tasks), .to = one_of(plan_.tasks), .lag = lag()};
      link.type = static_cast<LinkType>(below(4));
      link.has_max_lag = one_in(3);
      if (link.has_max_lag) link.max_lag = lag();
      plan_.links.add(link);
    }
    for (std::size_t i = below(2 * size_ + 1); i-- > 0 && !plan_.resources.empty();) {
      Demand demand{.task = one_of(plan_.tasks), .amount = Amount{1 + below(9999)}};
      if (!plan_.skills.empty() && one_in(3)) {
        demand.skill = one_of(plan_.skills);
      } else {
        demand.resource = one_of(plan_.resources);
        if (plan_.resources[demand.resource].kind == ResourceKind::reservoir && one_in(2)) {
          demand.amount = -demand.amount;
        }
      }
      if (const ModeId mode = some(plan_.modes); mode && one_in(2)) {
        demand.task = plan_.modes[mode].task;
        demand.mode = mode;
      }
      plan_.demands.add(demand);
    }
    for (TaskId of : plan_.tasks.ids()) {
      if (!one_in(3)) continue;
      Progress progress{.task = of};
      if (one_in(2)) progress.actual_start = instant();
      if (one_in(2)) progress.actual_finish = instant();
      if (one_in(2)) progress.remaining = work();
      if (one_in(4)) progress.resumes = instant();
      if (one_in(2)) progress.percent = static_cast<int>(below(10'001));
      if (one_in(3)) progress.physical_percent = static_cast<int>(below(10'001));
      plan_.progress.push_back(progress);
    }
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      plan_.steps.push_back({.task = one_of(plan_.tasks),
                             .id = id("s", i),
                             .name = words(),
                             .weight = static_cast<std::int64_t>(below(100'000)),
                             .is_done = one_in(2)});
    }
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      plan_.costs.push_back({.task = one_of(plan_.tasks),
                             .resource = some(plan_.resources),
                             .when = instant(),
                             .amount = money()});
    }
    add_uncertainties();
    add_risks();
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.calendars.empty();) {
      plan_.weather.push_back({.calendar = one_of(plan_.calendars),
                               .month = 1 + static_cast<int>(below(12)),
                               .days = ends(6, [this] { return share(31); })});
    }
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      plan_.branches.push_back(
          {.group = id("w", i % 3), .task = one_of(plan_.tasks), .probability = share(1)});
    }
  }

  /// With nine places, which cells keep.
  double share(std::size_t most) {
    return static_cast<double>(below(most * 1'000'000'000 + 1)) / 1e9;
  }

  double signed_share() {
    return static_cast<double>(static_cast<std::int64_t>(below(2'000'000'001)) - 1'000'000'000) /
           1e9;
  }

  /// Three values that rise, as one of the first `num_shapes` shapes reads them.
  template <class Value>
  Distribution ends(std::size_t num_shapes, Value value) {
    using Shape = Distribution::Shape;
    std::array<double, 3> values = {value(), value(), value()};
    std::sort(values.begin(), values.end());
    Distribution distribution{.shape = static_cast<Shape>(below(num_shapes))};
    distribution.low = values[0];
    distribution.likely = values[1];
    distribution.high = values[2];
    if (distribution.shape == Shape::fixed) distribution.low = distribution.high = values[1];
    if (distribution.shape == Shape::normal || distribution.shape == Shape::uniform)
      distribution.likely = values[0] + (values[2] - values[0]) / 2;
    if (distribution.shape == Shape::lognormal && one_in(2)) distribution.likely = 0;
    return distribution;
  }

  void add_uncertainties() {
    using Shape = Distribution::Shape;
    for (std::size_t i = below(2 * size_ + 1); i-- > 0;) {
      Uncertainty row{.task = some(plan_.tasks), .resource = some(plan_.resources)};
      if (row.task && plan_.tasks[row.task].id == "*") row.task = {};
      if (const ModeId mode = some(plan_.modes); mode && one_in(2)) {
        const TaskId of = plan_.modes[mode].task;
        if (!has_children(of) && plan_.tasks[of].kind != TaskKind::summary) {
          row.task = of;
          row.mode = mode;
        }
      }
      row.of = static_cast<Uncertainty::Of>(below(row.resource ? 3 : 2));
      const bool is_relative = one_in(2);
      const auto value = [&]() -> double {
        if (is_relative) return share(3);
        if (row.of == Uncertainty::Of::duration) return static_cast<double>(work().count());
        return static_cast<double>(money().count());
      };
      row.distribution = ends(6, value);
      if (row.distribution.shape != Shape::fixed && one_in(3))
        row.distribution.ends_are_percentiles = true;
      if (one_in(3)) {
        row.distribution = {.shape = one_in(2) ? Shape::discrete : Shape::empirical};
        for (std::size_t j = 1 + below(4); j-- > 0;)
          row.distribution.points.push_back({value(), share(2)});
      }
      row.distribution.is_relative = is_relative;
      if (one_in(2)) {
        row.factor = id("f", below(3));
        row.loading = signed_share();
      }
      plan_.uncertainties.push_back(row);
    }
    for (std::size_t i = below(size_ + 1); i-- > 0;)
      plan_.correlations.push_back({.a = correlated(), .b = correlated(), .value = signed_share()});
  }

  bool has_children(TaskId task) const {
    return std::any_of(plan_.tasks.begin(), plan_.tasks.end(),
                       [task](const Task& each) { return each.parent == task; });
  }

  Text correlated() {
    for (const Uncertainty& row : plan_.uncertainties) {
      if (!row.factor.empty() && one_in(3)) return row.factor;
    }
    return plan_.tasks[one_of(plan_.tasks)].id;
  }

  void add_risks() {
    const auto short_of = [this](auto value) {
      Distribution distribution = ends(1, value);
      if (one_in(2)) {
        distribution = ends(1, value);
        distribution.low = std::min(distribution.low, value());
        distribution.high = std::max(distribution.high, value());
        distribution.shape = plan_.risk.shape;
      }
      return distribution;
    };
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      Risk risk{.id = id("k", i), .name = words(), .name_zh = words()};
      for (TaskId task : plan_.tasks.ids()) {
        if (one_in(4)) risk.tasks.push_back(task);
      }
      if (risk.tasks.empty()) risk.tasks = {one_of(plan_.tasks)};
      risk.probability = share(1);
      const bool is_relative = one_in(2);
      risk.impact =
          short_of([&] { return is_relative ? share(2) : static_cast<double>(work().count()); });
      risk.impact.is_relative = is_relative;
      if (one_in(2))
        risk.cost_impact = short_of([&] { return static_cast<double>(below(1'000'000)); });
      if (one_in(2)) {
        risk.mitigated_probability = share(1);
        risk.mitigation_cost = money();
      }
      plan_.risks.push_back(risk);
    }
  }

  void add_others() {
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.resources.empty();) {
      plan_.availability.push_back({.resource = one_of(plan_.resources),
                                    .during = {instant(), instant()},
                                    .capacity = Amount{below(10'000)}});
    }
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.places.empty();) {
      Route route{.from = one_of(plan_.places), .to = one_of(plan_.places), .via = words()};
      route.duration = Elapsed{below(3000)};
      if (one_in(2)) route.seats = Amount{below(500'000)};
      if (one_in(2)) route.departs = instant();
      route.cost = money();
      if (one_in(2)) route.id = id("way", i);
      if (one_in(2)) route.vehicle = words();
      if (one_in(2)) route.basis = words();
      plan_.routes.push_back(route);
    }
    add_muster();
    add_rows(plan_.targets, [this](std::size_t i) {
      Target target{
          .id = id("g", i), .name = words(), .name_zh = words(), .unit = words(), .side = words()};
      if (i > 0 && one_in(2)) target.parent = TargetId{below(i)};
      target.weight = one_in(2) ? 1 : static_cast<double>(below(1000)) / 1e3;
      if (one_in(2)) target.base = static_cast<double>(below(1'000'000'000)) * 1e4;
      if (one_in(2)) target.goal = -static_cast<double>(below(1'000'000'000)) / 1e9;
      if (one_in(2)) target.by = instant();
      target.direction = static_cast<Target::Direction>(below(2));
      target.measure = static_cast<Target::Measure>(below(2));
      target.accrual = static_cast<Target::Accrual>(below(3));
      target.roll_up = static_cast<Target::RollUp>(below(4));
      target.rule = static_cast<Target::Rule>(below(6));
      target.is_veto = one_in(5);
      if (i > 0 && one_in(4)) target.of = TargetId{below(i)};
      for (const auto field : {&Target::share, &Target::low, &Target::high, &Target::step,
                               &Target::cap, &Target::effort_gain}) {
        if (one_in(3)) target.*field = static_cast<double>(below(100'000)) / 64;
      }
      return target;
    });
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.targets.empty();) {
      plan_.peers.push_back({.target = one_of(plan_.targets),
                             .id = id("peer", i),
                             .name = words(),
                             .name_zh = words()});
    }
    for (std::size_t i = below(size_ + 1);
         i-- > 0 && !plan_.targets.empty() && !plan_.tasks.empty();) {
      plan_.effects.push_back({.task = one_of(plan_.tasks),
                               .target = one_of(plan_.targets),
                               .amount = static_cast<double>(below(1'000'000)) / 128 - 1000,
                               .ramp = static_cast<int>(below(13))});
    }
  }

  void add_muster() {
    const auto role = [this](std::size_t i) { return id("role", i % 3); };
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.places.empty();) {
      Group group{.id = id("u", i), .name = words(), .name_zh = words()};
      group.place = one_of(plan_.places);
      group.role = role(i);
      group.count = static_cast<std::int64_t>(below(500));
      if (one_in(2)) group.ready = instant();
      if (one_in(2)) group.team = words();
      if (one_in(2)) group.basis = words();
      plan_.groups.add(group);
    }
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.groups.empty();) {
      Person person{.id = id("n", i), .name = words(), .name_zh = words()};
      person.group = one_of(plan_.groups);
      plan_.people.add(person);
    }
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.places.empty();) {
      Need need{.place = one_of(plan_.places), .role = role(i)};
      need.count = static_cast<std::int64_t>(below(500));
      if (one_in(2)) need.by = instant();
      if (one_in(2)) need.basis = words();
      plan_.needs.push_back(need);
    }
  }

  std::vector<SkillId> skills() {
    std::vector<SkillId> some_of;
    for (SkillId skill : plan_.skills.ids()) {
      if (one_in(3)) some_of.push_back(skill);
    }
    return some_of;
  }
  std::int64_t whole(std::size_t limit) { return static_cast<std::int64_t>(below(limit)); }
  std::optional<std::int64_t> maybe_whole(std::size_t limit) {
    return one_in(2) ? std::optional(whole(limit)) : std::nullopt;
  }
  std::optional<Instant> maybe_instant() {
    return one_in(2) ? std::optional(instant()) : std::nullopt;
  }

  /// After all else, so that a seed makes of the rest what it always has.
  void add_field() {
    add_teams();
    add_visits();
    add_laboratories();
    for (Person& person : plan_.people) {
      if (one_in(4)) person.group = {};
      person.place = some(plan_.places);
      person.role = words();
      person.skills = skills();
      person.languages = skills();
      person.is_local = one_in(2);
      person.is_leader = one_in(2);
      person.team = some(plan_.teams);
      person.basis = words();
    }
    FieldOptions& field = plan_.field;
    if (one_in(3)) field.road_factor = 1.25;
    if (one_in(3)) field.speed = static_cast<double>(1 + below(200)) + 0.5;
    if (one_in(3)) field.sampler = plan_.text("采样员");
    if (one_in(3)) field.samples_per_hour = 1 + whole(200);
    if (one_in(3)) field.sampling_hours = 7.5;
    if (one_in(3)) field.people_per_case = 1 + whole(2000);
    if (one_in(3)) field.serial_mean = 3.125;
    if (one_in(3)) field.serial_deviation = 1.5;
    if (one_in(3)) field.days = 1 + whole(60);
  }

  void add_teams() {
    add_rows(plan_.teams, [this](std::size_t i) {
      PlannedTeam team{.id = id("t", i), .name = words(), .name_zh = words()};
      team.place = some(plan_.places);
      team.min = maybe_whole(30);
      team.max = maybe_whole(30);
      team.basis = words();
      return team;
    });
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      PlannedTeamRule rule{.kind = static_cast<PlannedTeamRule::Kind>(below(6))};
      rule.trait = words();
      rule.count = whole(9);
      for (std::size_t other = below(3); other-- > 0;) rule.people.push_back(id("n", other));
      rule.weight = whole(9);
      rule.basis = words();
      plan_.team_rules.push_back(rule);
    }
  }

  void add_visits() {
    if (plan_.places.empty()) return;
    add_rows(plan_.duties, [this](std::size_t i) {
      PlannedDuty duty{.id = id("v", i), .name = words(), .name_zh = words(), .team = words()};
      duty.start = one_of(plan_.places);
      duty.end = one_of(plan_.places);
      duty.from = instant();
      duty.until = instant();
      duty.latest = maybe_instant();
      duty.skills = skills();
      duty.capacity = maybe_whole(100);
      duty.pause = Elapsed{below(90)};
      duty.pause_from = maybe_instant();
      duty.pause_until = maybe_instant();
      duty.basis = words();
      return duty;
    });
    add_rows(plan_.visits, [this](std::size_t i) {
      PlannedVisit visit{.id = id("w", i), .name = words(), .name_zh = words()};
      visit.place = one_of(plan_.places);
      for (std::size_t window = below(3); window-- > 0;) {
        const Instant from = instant();
        visit.windows.push_back({from, from + Elapsed{1 + whole(5000)}});
      }
      visit.duration = Elapsed{below(300)};
      visit.due = maybe_instant();
      visit.priority = whole(9);
      visit.prize = Elapsed{below(300)};
      visit.skills = skills();
      visit.load = whole(9);
      visit.together = words();
      visit.duty = some(plan_.duties);
      visit.start = maybe_instant();
      visit.basis = words();
      return visit;
    });
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      plan_.travel_times.push_back({.from = one_of(plan_.places),
                                    .to = one_of(plan_.places),
                                    .duration = Elapsed{below(300)},
                                    .basis = words()});
    }
    for (std::size_t i = below(size_ + 1); i-- > 0;) {
      plan_.offers.push_back({.place = one_of(plan_.places),
                              .good = id("good", i),
                              .amount = whole(900),
                              .cost = money(),
                              .basis = words()});
      plan_.wishes.push_back({.place = one_of(plan_.places),
                              .good = id("good", i),
                              .amount = whole(900),
                              .priority = 1 + whole(9),
                              .basis = words()});
      plan_.preferences.push_back({.from = one_of(plan_.places),
                                   .to = one_of(plan_.places),
                                   .good = words(),
                                   .rank = whole(9),
                                   .capacity = maybe_whole(99),
                                   .basis = words()});
    }
  }

  void add_laboratories() {
    add_rows(plan_.laboratories, [this](std::size_t i) {
      Laboratory laboratory{.id = id("l", i), .name = words(), .name_zh = words()};
      laboratory.place = some(plan_.places);
      if (one_in(2)) laboratory.recall = Elapsed{below(3) * 60};
      laboratory.retests_first = one_in(2);
      for (std::size_t pool = below(3); pool-- > 0;) laboratory.pools.push_back(1 + whole(20));
      laboratory.until = maybe_instant();
      laboratory.basis = words();
      return laboratory;
    });
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.laboratories.empty();) {
      LaboratoryStage stage{.laboratory = one_of(plan_.laboratories), .id = id("s", i)};
      stage.machines = 1 + whole(50);
      stage.batch = 1 + whole(96);
      stage.duration = Elapsed{below(90)};
      stage.longest_wait = Elapsed{below(90)};
      stage.between_failures = Elapsed{below(900)};
      stage.repair = Elapsed{below(90)};
      stage.basis = words();
      plan_.lab_stages.push_back(stage);
      LaboratoryShift shift{.laboratory = one_of(plan_.laboratories)};
      shift.hours = {instant(), instant()};
      if (one_in(2)) shift.stage = id("s", i);
      shift.machines = maybe_whole(50);
      shift.basis = words();
      plan_.lab_shifts.push_back(shift);
      TubeLot lot{.laboratory = some(plan_.laboratories), .place = some(plan_.places)};
      lot.at = instant();
      lot.tubes = whole(5000);
      lot.people_per_tube = 1 + whole(20);
      if (one_in(2)) lot.prevalence = static_cast<double>(below(257)) / 256;
      lot.basis = words();
      plan_.arrivals.push_back(lot);
    }
    for (std::size_t i = below(size_ + 1); i-- > 0 && !plan_.places.empty();) {
      plan_.cases.push_back(
          {.place = one_of(plan_.places), .day = instant(), .cases = whole(99), .basis = words()});
      Testing testing{.place = one_of(plan_.places), .day = instant()};
      testing.people = maybe_whole(9000);
      if (one_in(2)) testing.people_per_tube = 1 + whole(20);
      if (one_in(2)) testing.prevalence = static_cast<double>(below(257)) / 256;
      testing.by = maybe_instant();
      testing.basis = words();
      plan_.testing.push_back(testing);
    }
  }

  void add_foreign(const char* table, std::size_t num_rows) {
    if (num_rows == 0) return;
    for (const char* name : {"WBS;old", "部门 x"}) {
      if (one_in(2)) continue;
      ForeignColumn& column = plan_.foreign.emplace_back(ForeignColumn{table, name, {}});
      for (std::uint32_t row = 0; row < num_rows; ++row) {
        if (const Text cell = words(); !cell.empty()) column.cells.push_back({row, cell});
      }
    }
  }

  Plan plan_;
  RandomStream random_;
  std::size_t size_;
};

/// Summaries one in the other, each with a task of a day: `S0` holds `T0` and `S1`, and so on.
inline Plan nested_plan(std::size_t depth, Instant start) {
  Plan plan;
  plan.start = start;
  Findings ignored;
  Sources sources;
  formats::apply_settings({}, plan, sources, ignored);
  TaskId above;
  for (std::size_t i = 0; i < depth; ++i) {
    Task summary{.id = plan.text("S" + std::to_string(i))};
    summary.kind = TaskKind::summary;
    summary.parent = above;
    above = plan.tasks.add(summary);
    plan.tasks.add(
        {.id = plan.text("T" + std::to_string(i)), .duration = WorkTime{480}, .parent = above});
  }
  return plan;
}

}  // namespace diaodu
