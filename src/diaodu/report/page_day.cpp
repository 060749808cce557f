#include "diaodu/report/page_day.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "diaodu/check/muster_check.h"
#include "diaodu/report/dispatch_flow.h"
#include "diaodu/report/dispatch_hours.h"

namespace diaodu::report {
namespace {

constexpr std::size_t kMostMoments = 400;
constexpr std::int64_t kMostSteps = 400;

/// A quarter of an hour where that makes a few hundred steps, else so many whole hours.
Elapsed step_of(const Interval& hours) {
  constexpr Elapsed kQuarter{15};
  constexpr Elapsed kHour{60};
  const std::int64_t length = (hours.to - hours.from).count();
  if (length <= kMostSteps * kQuarter.count()) return kQuarter;
  const std::int64_t num_hours = (length / kHour.count() + kMostSteps - 1) / kMostSteps;
  return kHour * std::max<std::int64_t>(1, num_hours);
}

class DayPart {
 public:
  DayPart(PageWriter& writer, const Plan& plan, const Movement& movement)
      : writer_(writer),
        json_(writer.json()),
        plan_(plan),
        movement_(movement),
        arcs_(arcs_of(plan, movement)),
        routes_(arcs_.size()) {
    for (std::size_t arc = 0; arc < arcs_.size(); ++arc) {
      for (std::size_t row = 0; row < plan_.routes.size(); ++row) {
        const Route& route = plan_.routes[row];
        if (route.from == arcs_[arc].from && route.to == arcs_[arc].to) routes_[arc].push_back(row);
      }
    }
  }

  void write() {
    writer_.list("arcs", arcs_, [&](const Arc& arc) {
      json_.begin_object();
      json_.key("from").number(arc.from.index());
      json_.key("to").number(arc.to.index());
      json_.key("people").number(arc.people);
      json_.end_object();
    });
    write_hours();
    write_course();
    write_need();
    write_flow();
  }

 private:
  std::int64_t on_arc(std::size_t arc, const check::Whereabouts& where) const {
    std::int64_t count = 0;
    for (const std::size_t row : routes_[arc]) count += where.under_way[row];
    return count;
  }

  void write_hours() {
    const Interval hours = check::hours_of(movement_);
    std::vector<Instant> times;
    const Elapsed step = hours.from < hours.to ? step_of(hours) : Elapsed{60};
    for (Instant at = hours.from; at <= hours.to && hours.from < hours.to; at = at + step)
      times.push_back(at);
    std::vector<check::Whereabouts> all;
    for (const Instant at : times) all.push_back(check::whereabouts(plan_, movement_, at));
    json_.key("hours").begin_object();
    json_.key("step").number(step.count());
    writer_.list("times", times, [&](Instant at) { writer_.time(at); });
    const auto by_place = [&](std::string_view key, auto&& table) {
      writer_.list(key, plan_.places.ids(), [&](PlaceId place) {
        json_.begin_array();
        for (const check::Whereabouts& where : all) json_.number(table(where)[place]);
        json_.end_array();
      });
    };
    by_place(
        "at", [](const check::Whereabouts& where) -> const auto& { return where.at; });
    by_place(
        "ready", [](const check::Whereabouts& where) -> const auto& { return where.ready; });
    json_.key("under_way").begin_array();
    for (std::size_t arc = 0; arc < arcs_.size(); ++arc) {
      json_.begin_array();
      for (const check::Whereabouts& where : all) json_.number(on_arc(arc, where));
      json_.end_array();
    }
    json_.end_array();
    writer_.list("not_yet", all,
                 [&](const check::Whereabouts& where) { json_.number(where.not_yet); });
    writer_.list("in_places", all, [&](const check::Whereabouts& where) {
      std::int64_t count = 0;
      for (const PlaceId place : plan_.places.ids()) count += where.at[place];
      json_.number(count);
    });
    writer_.list("all", all, [&](const check::Whereabouts& where) { json_.number(where.total()); });
    std::vector<Doing> doing;
    for (const Instant at : times) doing.push_back(doing_at(plan_, movement_, at));
    write_doing(doing);
    json_.end_object();
  }

  void write_doing(const std::vector<Doing>& rows) {
    writer_.list("at_start", rows, [&](const Doing& row) { json_.number(row.at_start); });
    writer_.list("on_the_way", rows, [&](const Doing& row) { json_.number(row.on_the_way); });
    writer_.list("moving", rows, [&](const Doing& row) { json_.number(row.moving); });
    writer_.list("present", rows, [&](const Doing& row) { json_.number(row.ready); });
  }

  void write_course() {
    const std::vector<Instant> times = moments_of(movement_, kMostMoments);
    std::vector<Doing> rows;
    for (const Instant at : times) rows.push_back(doing_at(plan_, movement_, at));
    json_.key("course").begin_object();
    writer_.list("times", times, [&](Instant at) { writer_.time(at); });
    write_doing(rows);
    json_.end_object();
  }

  void write_need() {
    const NeedSteps need = need_steps(plan_);
    json_.key("need").begin_object();
    writer_.list("times", need.steps, [&](const NeedStep& step) { writer_.time(step.from); });
    writer_.list("count", need.steps, [&](const NeedStep& step) { json_.number(step.count); });
    json_.key("open").number(need.open);
    json_.end_object();
  }

  void write_flow() {
    const DispatchFlow flow = flow_of(movement_);
    json_.key("flow").begin_object();
    json_.key("columns").number(flow.num_columns);
    writer_.list("nodes", flow.nodes, [&](const DispatchFlow::Node& node) {
      json_.begin_object();
      json_.key("place").number(node.place.index());
      json_.key("column").number(node.column);
      json_.key("people").number(node.people);
      json_.end_object();
    });
    writer_.list("links", flow.links, [&](const DispatchFlow::Link& link) {
      json_.begin_object();
      json_.key("from").number(link.from);
      json_.key("to").number(link.to);
      json_.key("people").number(link.people);
      json_.end_object();
    });
    json_.end_object();
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Movement& movement_;
  std::vector<Arc> arcs_;
  std::vector<std::vector<std::size_t>> routes_;  // of each arc, rows of the plan
};

}  // namespace

void write_page_day(PageWriter& writer, const Plan& plan, const Movement& movement) {
  DayPart(writer, plan, movement).write();
}

}  // namespace diaodu::report
