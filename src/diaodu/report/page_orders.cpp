#include "diaodu/report/page_orders.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/dispatch_departures.h"
#include "diaodu/report/ical_lines.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

/// Who is told things together: a team, or a group that is in none.
struct Sheet {
  std::string_view team;
  std::vector<GroupId> groups;
};

std::vector<Sheet> sheets_of(const Plan& plan) {
  std::vector<Sheet> sheets;
  std::map<std::string_view, std::size_t> of_team;
  for (const GroupId id : plan.groups.ids()) {
    const std::string_view team = plan.groups[id].team.view();
    const auto found = of_team.find(team);
    if (!team.empty() && found != of_team.end()) {
      sheets[found->second].groups.push_back(id);
      continue;
    }
    if (!team.empty()) of_team[team] = sheets.size();
    sheets.push_back({team, {id}});
  }
  return sheets;
}

class OrdersPart {
 public:
  OrdersPart(PageWriter& writer, const Mustered& mustered)
      : writer_(writer),
        json_(writer.json()),
        plan_(mustered.plan),
        movement_(mustered.answer.movement),
        departures_(departures_of(plan_, movement_)) {
    for (std::size_t i = 0; i < departures_.size(); ++i)
      numbers_[{departures_[i].departs, departures_[i].route}] = i;
  }

  void write() {
    writer_.list("departures", departures_,
                 [&](const Departure& departure) { write_departure(departure); });
    write_groups();
    writer_.list("parties", movement_.parties, [&](const Party& party) { write_party(party); });
    writer_.list("sheets", sheets_of(plan_), [&](const Sheet& sheet) { write_sheet(sheet); });
  }

 private:
  void write_departure(const Departure& departure) {
    const Route& route = plan_.routes[departure.route.index()];
    json_.begin_object();
    json_.key("route").text(route_name(plan_, departure.route));
    json_.key("via").text(route.via);
    json_.key("from").number(route.from.index());
    json_.key("to").number(route.to.index());
    json_.key("departs");
    writer_.time(departure.departs);
    json_.key("arrives");
    writer_.time(departure.arrives);
    json_.key("departs_utc").text(utc(departure.departs));
    json_.key("arrives_utc").text(utc(departure.arrives));
    json_.key("scheduled").boolean(route.departs.has_value());
    json_.key("people").number(departure.people);
    json_.key("seats");
    departure.seats > 0 ? json_.number(departure.seats) : json_.null();
    json_.key("vehicles").number(departure.vehicles);
    writer_.pair("roles",
                 [&](Language language) { return roles_in_words(departure.roles, language); });
    json_.key("basis").text(route.basis);
    json_.key("assumed").boolean(is_assumed(route.basis));
    writer_.list("parties", departure.parties, [&](std::size_t party) { json_.number(party); });
    json_.end_object();
  }

  void write_groups() {
    Table<GroupId, std::vector<PersonId>> named(plan_.groups.size());
    for (const PersonId person : plan_.people.ids()) {
      const GroupId group = plan_.people[person].group;
      if (group) named[group].push_back(person);  // else only teams of the field know them
    }
    writer_.list("groups", plan_.groups.ids(), [&](GroupId id) {
      const Group& group = plan_.groups[id];
      json_.begin_object();
      json_.key("id").text(group.id);
      writer_.pair("name", [&](Language language) { return display_name(group, language); });
      json_.key("place").number(group.place.index());
      json_.key("role").text(group.role);
      json_.key("team").text(group.team);
      json_.key("count").number(group.count);
      json_.key("ready");
      writer_.time(group.ready.value_or(plan_.start));
      json_.key("basis").text(group.basis);
      json_.key("assumed").boolean(is_assumed(group.basis));
      writer_.list("people", named[id], [&](PersonId person) {
        json_.begin_object();
        json_.key("id").text(plan_.people[person].id);
        writer_.pair("name", [&](Language language) {
          return display_name(plan_.people[person], language);
        });
        json_.end_object();
      });
      json_.end_object();
    });
  }

  void write_party(const Party& party) {
    json_.begin_object();
    json_.key("group").number(party.group.index());
    json_.key("first").number(party.first);
    json_.key("count").number(party.count);
    writer_.list("stops", party.stops, [&](const Stop& stop) {
      json_.begin_object();
      json_.key("place").number(stop.place.index());
      json_.key("arrives");
      writer_.time_or_null(stop.arrives);
      json_.key("ready");
      writer_.time_or_null(stop.ready);
      json_.end_object();
    });
    writer_.list("departures", party.legs, [&](const Leg& leg) {
      json_.number(numbers_.at({leg.departs, leg.route}));
    });
    writer_.pair("way", [&](Language language) { return way_in_words(plan_, party, language); });
    json_.end_object();
  }

  void write_sheet(const Sheet& sheet) {
    std::int64_t people = 0;
    for (const GroupId group : sheet.groups) people += plan_.groups[group].count;
    json_.begin_object();
    json_.key("team").text(sheet.team);
    json_.key("people").number(people);
    writer_.list("groups", sheet.groups, [&](GroupId group) { json_.number(group.index()); });
    json_.key("parties").begin_array();
    for (const GroupId group : sheet.groups) {
      for (std::size_t i = 0; i < movement_.parties.size(); ++i)
        if (movement_.parties[i].group == group) json_.number(i);
    }
    json_.end_array();
    json_.end_object();
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Movement& movement_;
  std::vector<Departure> departures_;
  std::map<std::pair<Instant, RouteId>, std::size_t> numbers_;
};

}  // namespace

void write_page_orders(PageWriter& writer, const Mustered& mustered) {
  OrdersPart(writer, mustered).write();
}

}  // namespace diaodu::report
