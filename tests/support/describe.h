#pragma once

#include <sstream>
#include <string>

#include "diaodu/plan/plan.h"

namespace diaodu {

/// Everything that a plan says, line by line, with names in place of row numbers: two plans are
/// equal when their descriptions are.
class Description {
 public:
  explicit Description(const Plan& plan) : plan_(plan) {
    describe_settings();
    describe_calendars();
    describe_tasks();
    describe_links();
    describe_resources();
    describe_others();
  }

  std::string text() const { return out_.str(); }

 private:
  template <class... Parts>
  void line(const char* what, const Parts&... parts) {
    out_ << what;
    ((out_ << " | " << parts), ...);
    out_ << '\n';
  }

  template <class Rows, class IdType>
  static std::string id_of(const Rows& rows, IdType id) {
    return id ? rows[id].id.str() : std::string("-");
  }
  std::string calendar(CalendarId id) const { return id ? plan_.calendars[id].rule.id : "-"; }
  std::string task(TaskId id) const { return id_of(plan_.tasks, id); }
  static std::string when(const std::optional<Instant>& instant) {
    return instant ? std::to_string(instant->minutes()) : "-";
  }
  template <class Value>
  static std::string maybe(const std::optional<Value>& value) {
    if (!value) return "-";
    std::ostringstream out;
    out.precision(17);
    out << *value;
    return out.str();
  }
  static std::string exact(double value) { return maybe(std::optional(value)); }
  static std::string lag(const Lag& lag) {
    return std::to_string(lag.amount) + " in " + std::to_string(static_cast<int>(lag.unit));
  }
  static std::string constraint(const Constraint& constraint) {
    return std::to_string(static_cast<int>(constraint.kind)) + " at " +
           std::to_string(constraint.date.minutes());
  }

  std::string skills(const std::vector<SkillId>& ids) const {
    std::string names;
    for (const SkillId skill : ids) names += plan_.skills[skill].id.str() + ';';
    return names;
  }

  void describe_field() {
    for (const PlannedVisit& v : plan_.visits) {
      line("visit", v.id.view(), v.name.view(), v.name_zh.view(), id_of(plan_.places, v.place),
           v.duration.count(), when(v.due), v.priority, v.prize.count(), skills(v.skills), v.load,
           v.together.view(), id_of(plan_.duties, v.duty), when(v.start), v.basis.view());
      for (const Interval& window : v.windows)
        line("  window", window.from.minutes(), window.to.minutes());
    }
    for (const PlannedDuty& d : plan_.duties) {
      line("duty", d.id.view(), d.name.view(), d.name_zh.view(), d.team.view(),
           id_of(plan_.places, d.start), id_of(plan_.places, d.end), d.from.minutes(),
           d.until.minutes(), when(d.latest), skills(d.skills), maybe(d.capacity), d.pause.count(),
           when(d.pause_from), when(d.pause_until), d.basis.view());
    }
    for (const TravelTime& t : plan_.travel_times)
      line("travel", id_of(plan_.places, t.from), id_of(plan_.places, t.to), t.duration.count(),
           t.basis.view());
    for (const PlannedTeam& t : plan_.teams)
      line("team", t.id.view(), t.name.view(), t.name_zh.view(), id_of(plan_.places, t.place),
           maybe(t.min), maybe(t.max), t.basis.view());
    for (const PlannedTeamRule& r : plan_.team_rules) {
      line("rule", static_cast<int>(r.kind), r.trait.view(), r.count, r.weight, r.basis.view());
      for (const Text person : r.people) line("  for", person.view());
    }
    for (const Offer& o : plan_.offers)
      line("offer", id_of(plan_.places, o.place), o.good.view(), o.amount, o.cost.count(),
           o.basis.view());
    for (const Wish& w : plan_.wishes)
      line("wish", id_of(plan_.places, w.place), w.good.view(), w.amount, w.priority,
           w.basis.view());
    for (const Preference& p : plan_.preferences)
      line("preference", id_of(plan_.places, p.from), id_of(plan_.places, p.to), p.good.view(),
           p.rank, maybe(p.capacity), p.basis.view());
    const FieldOptions& f = plan_.field;
    line("field", exact(f.road_factor), exact(f.speed), f.sampler.view(), f.samples_per_hour,
         exact(f.sampling_hours), f.people_per_case, exact(f.serial_mean),
         exact(f.serial_deviation), f.days);
  }

  void describe_laboratories() {
    for (const Laboratory& l : plan_.laboratories) {
      line("laboratory", l.id.view(), l.name.view(), l.name_zh.view(), id_of(plan_.places, l.place),
           l.recall ? l.recall->count() : -1, l.retests_first, when(l.until), l.basis.view());
      for (const std::int64_t pool : l.pools) line("  pool", pool);
    }
    for (const LaboratoryStage& s : plan_.lab_stages)
      line("stage", id_of(plan_.laboratories, s.laboratory), s.id.view(), s.machines, s.batch,
           s.duration.count(), s.longest_wait.count(), s.between_failures.count(), s.repair.count(),
           s.basis.view());
    for (const LaboratoryShift& s : plan_.lab_shifts)
      line("shift", id_of(plan_.laboratories, s.laboratory), s.hours.from.minutes(),
           s.hours.to.minutes(), s.stage.view(), maybe(s.machines), s.basis.view());
    for (const TubeLot& t : plan_.arrivals)
      line("lot", id_of(plan_.laboratories, t.laboratory), id_of(plan_.places, t.place),
           t.at.minutes(), t.tubes, t.people_per_tube, exact(t.prevalence), t.basis.view());
    for (const CaseCount& c : plan_.cases)
      line("cases", id_of(plan_.places, c.place), c.day.minutes(), c.cases, c.basis.view());
    for (const Testing& t : plan_.testing)
      line("testing", id_of(plan_.places, t.place), t.day.minutes(), maybe(t.people),
           maybe(t.people_per_tube), maybe(t.prevalence), when(t.by), t.basis.view());
  }

  void describe_settings() {
    line("plan", plan_.name, plan_.name_zh, plan_.start.minutes(), when(plan_.data_date),
         when(plan_.must_finish), plan_.currency, plan_.zone.name(), calendar(plan_.calendar),
         plan_.is_abstract);
    line("options", static_cast<int>(plan_.options.progress_rule),
         static_cast<int>(plan_.options.lag_calendar), static_cast<int>(plan_.options.total_float),
         plan_.options.critical_float.count(), static_cast<int>(plan_.options.start_lag),
         plan_.options.open_ends_are_critical);
    std::string limits;
    for (const std::optional<int>& limit : plan_.quality.limits)
      limits += limit ? std::to_string(*limit) + ' ' : "off ";
    line("quality", limits, plan_.quality.float_days, plan_.quality.duration_days,
         plan_.quality.delay_days);
    for (const Objective objective : plan_.options.objectives)
      line("objective", static_cast<int>(objective));
  }

  void describe_calendars() {
    for (const NamedCalendar& named : plan_.calendars) {
      const CalendarRule& rule = named.rule;
      line("calendar", rule.id, rule.name, rule.name_zh, rule.base, rule.has_statutory_holidays,
           rule.day ? rule.day->count() : -1, named.day.count(), named.week.count(),
           named.month.count());
      for (const auto& day : rule.week)
        line("  day", day ? '"' + to_string(*day) + '"' : "as base");
      for (const CalendarException& exception : rule.exceptions) {
        line("  exception", to_string(exception.first), to_string(exception.last),
             exception.is_like_a_working_day, to_string(exception.shifts), exception.name);
      }
    }
  }

  void describe_tasks() {
    for (const Task& t : plan_.tasks) {
      line("task", t.id.view(), t.name.view(), t.name_zh.view(), t.owner.view(), t.notes.view(),
           t.duration.count(), t.deadline.minutes(), constraint(t.constraint),
           constraint(t.second_constraint), t.cost.count(), task(t.parent), calendar(t.calendar),
           id_of(plan_.places, t.place), id_of(plan_.decisions, t.decision), t.priority, t.weight,
           static_cast<int>(t.kind), t.is_elapsed, t.is_optional, t.ignores_resource_calendars,
           static_cast<int>(t.earned_by));
    }
    for (const Estimate& e : plan_.estimates) {
      line("estimate", task(e.task), e.low.count(), e.high.count());
    }
    for (const Mode& m : plan_.modes) {
      line("mode", task(m.task), m.id.view(), m.duration.count(), m.cost.count());
    }
    for (const Progress& p : plan_.progress) {
      line("progress", task(p.task), when(p.actual_start), when(p.actual_finish),
           p.remaining ? p.remaining->count() : -1, maybe(p.percent), maybe(p.physical_percent),
           when(p.resumes));
    }
    for (const Step& s : plan_.steps)
      line("step", task(s.task), s.id.view(), s.name.view(), s.weight, s.is_done);
    for (const Spending& s : plan_.costs) {
      line("cost", task(s.task), id_of(plan_.resources, s.resource), s.when.minutes(),
           s.amount.count());
    }
  }

  void describe_links() {
    for (const Link& l : plan_.links) {
      line("link", task(l.from), task(l.to), static_cast<int>(l.type), lag(l.lag),
           l.has_max_lag ? lag(l.max_lag) : "-");
    }
  }

  void describe_resources() {
    for (const Resource& r : plan_.resources) {
      std::string skills;
      for (SkillId skill : r.skills) skills += plan_.skills[skill].id.str() + ';';
      line("resource", r.id.view(), r.name.view(), r.name_zh.view(), static_cast<int>(r.kind),
           r.capacity.count(), calendar(r.calendar), id_of(plan_.places, r.place), r.rate.count(),
           skills);
    }
    for (const Skill& skill : plan_.skills) line("skill", skill.id.view());
    for (const Demand& d : plan_.demands) {
      line("demand", task(d.task), id_of(plan_.modes, d.mode), id_of(plan_.resources, d.resource),
           id_of(plan_.skills, d.skill), d.amount.count());
    }
    for (const Availability& a : plan_.availability) {
      line("availability", id_of(plan_.resources, a.resource), a.during.from.minutes(),
           a.during.to.minutes(), a.capacity.count());
    }
  }

  static std::string distribution(const Distribution& d) {
    std::string text = std::to_string(static_cast<int>(d.shape)) + ' ' + exact(d.low) + ' ' +
                       exact(d.likely) + ' ' + exact(d.high) + (d.is_relative ? " share" : "") +
                       (d.ends_are_percentiles ? " percentiles" : "");
    for (const auto& point : d.points) text += ' ' + exact(point.value) + ':' + exact(point.weight);
    return text;
  }

  void describe_uncertainty() {
    line("trials", static_cast<int>(plan_.risk.shape), plan_.risk.trials,
         exact(plan_.risk.confidence));
    for (const Uncertainty& u : plan_.uncertainties) {
      line("uncertainty", task(u.task), id_of(plan_.resources, u.resource),
           id_of(plan_.modes, u.mode), static_cast<int>(u.of), distribution(u.distribution),
           u.factor.view(), exact(u.loading));
    }
    for (const Risk& r : plan_.risks) {
      std::string tasks;
      for (const TaskId each : r.tasks) tasks += task(each) + ' ';
      line("risk", r.id.view(), r.name.view(), r.name_zh.view(), tasks, exact(r.probability),
           distribution(r.impact), distribution(r.cost_impact), maybe(r.mitigated_probability),
           r.mitigation_cost.count());
    }
    for (const Correlation& c : plan_.correlations)
      line("correlation", c.a.view(), c.b.view(), exact(c.value));
    for (const Weather& w : plan_.weather)
      line("weather", calendar(w.calendar), w.month, distribution(w.days));
    for (const Branch& b : plan_.branches)
      line("branch", b.group.view(), task(b.task), exact(b.probability));
  }

  void describe_others() {
    for (const Place& p : plan_.places) {
      line("place", p.id.view(), p.name.view(), p.name_zh.view(), exact(p.latitude),
           exact(p.longitude), p.transfer.count(), p.throughput ? p.throughput->count() : -1,
           p.basis.view());
    }
    for (const Route& r : plan_.routes) {
      line("route", r.id.view(), r.vehicle.view(), r.basis.view(), id_of(plan_.places, r.from),
           id_of(plan_.places, r.to), r.via.view(), r.duration.count(),
           r.seats ? r.seats->count() : -1, when(r.departs), r.cost.count());
    }
    for (const Group& g : plan_.groups) {
      line("group", g.id.view(), g.name.view(), g.name_zh.view(), id_of(plan_.places, g.place),
           g.role.view(), g.count, when(g.ready), g.team.view(), g.basis.view());
    }
    for (const Person& p : plan_.people) {
      line("person", p.id.view(), p.name.view(), p.name_zh.view(), id_of(plan_.groups, p.group),
           id_of(plan_.places, p.place), p.role.view(), skills(p.skills), skills(p.languages),
           p.is_local, p.is_leader, id_of(plan_.teams, p.team), p.basis.view());
    }
    describe_field();
    describe_laboratories();
    for (const Need& n : plan_.needs)
      line("need", id_of(plan_.places, n.place), n.role.view(), n.count, when(n.by),
           n.basis.view());
    for (const Target& t : plan_.targets) {
      line("target", t.id.view(), t.name.view(), t.name_zh.view(), t.unit.view(), t.side.view(),
           id_of(plan_.targets, t.parent), exact(t.weight), maybe(t.base), maybe(t.goal),
           t.by.minutes(), static_cast<int>(t.direction));
      line("  scored", id_of(plan_.targets, t.of), static_cast<int>(t.rule), maybe(t.low),
           maybe(t.high), maybe(t.step), maybe(t.cap), t.is_veto, maybe(t.effort_gain));
      line("  rolled up", static_cast<int>(t.measure), static_cast<int>(t.accrual),
           static_cast<int>(t.roll_up), maybe(t.share));
    }
    for (const Peer& p : plan_.peers) {
      line("peer", id_of(plan_.targets, p.target), p.id.view(), p.name.view(), p.name_zh.view());
    }
    for (const Effect& e : plan_.effects) {
      line("effect", task(e.task), id_of(plan_.targets, e.target), exact(e.amount), e.ramp);
    }
    describe_uncertainty();
    for (const Decision& d : plan_.decisions) {
      line("decision", d.id.view(), d.title.view(), d.title_zh.view(), d.source.view(),
           when(d.date));
    }
    for (const ForeignColumn& column : plan_.foreign) {
      line("foreign", column.table, column.name);
      for (const auto& [row, text] : column.cells) line("  cell", row, text.view());
    }
  }

  const Plan& plan_;
  std::ostringstream out_;
};

inline std::string described(const Plan& plan) { return Description(plan).text(); }

}  // namespace diaodu
