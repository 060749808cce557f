#include "diaodu/core/decimal.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {
namespace {

std::string amount_text(const std::optional<Amount>& amount) {
  return amount ? to_string(*amount) : std::string();
}

}  // namespace

WrittenTable write_places(const Plan& plan) {
  TableMaker maker(TableKind::places, plan.places.size());
  const auto place = [&plan](std::size_t row) -> const Place& { return plan.places[PlaceId{row}]; };
  const auto degrees = [=](std::size_t row, double value) {
    const bool is_nowhere = place(row).latitude == 0 && place(row).longitude == 0;
    return is_nowhere ? std::string() : real_text(value);
  };
  maker.names(place)
      .column("latitude", [=](std::size_t row) { return degrees(row, place(row).latitude); })
      .column("longitude", [=](std::size_t row) { return degrees(row, place(row).longitude); })
      .column("transfer", [=](std::size_t row) { return clock_text(place(row).transfer); })
      .column("throughput", [=](std::size_t row) { return amount_text(place(row).throughput); })
      .column("basis", [=](std::size_t row) { return place(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_routes(const Plan& plan) {
  TableMaker maker(TableKind::routes, plan.routes.size());
  const auto route = [&plan](std::size_t row) -> const Route& { return plan.routes[row]; };
  maker.column("id", [=](std::size_t row) { return route(row).id.str(); })
      .column("from", [=, &plan](std::size_t row) { return id_of(plan.places, route(row).from); })
      .column("to", [=, &plan](std::size_t row) { return id_of(plan.places, route(row).to); })
      .column("via", [=](std::size_t row) { return route(row).via.str(); })
      .column("duration", [=](std::size_t row) { return clock_text(route(row).duration); })
      .column("seats", [=](std::size_t row) { return amount_text(route(row).seats); })
      .column("departs",
              [=, &plan](std::size_t row) { return date_text(plan, route(row).departs); })
      .column("cost", [=](std::size_t row) { return money_text(route(row).cost); })
      .column("vehicle", [=](std::size_t row) { return route(row).vehicle.str(); })
      .column("basis", [=](std::size_t row) { return route(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_groups(const Plan& plan) {
  TableMaker maker(TableKind::groups, plan.groups.size());
  const auto group = [&plan](std::size_t row) -> const Group& { return plan.groups[GroupId{row}]; };
  maker.names(group)
      .column("place", [=, &plan](std::size_t row) { return id_of(plan.places, group(row).place); })
      .column("role", [=](std::size_t row) { return group(row).role.str(); })
      .column("count", [=](std::size_t row) { return std::to_string(group(row).count); })
      .column("ready", [=, &plan](std::size_t row) { return date_text(plan, group(row).ready); })
      .column("team", [=](std::size_t row) { return group(row).team.str(); })
      .column("basis", [=](std::size_t row) { return group(row).basis.str(); });
  return maker.take(plan);
}

WrittenTable write_needs(const Plan& plan) {
  TableMaker maker(TableKind::needs, plan.needs.size());
  const auto need = [&plan](std::size_t row) -> const Need& { return plan.needs[row]; };
  maker.column("place", [=, &plan](std::size_t row) { return id_of(plan.places, need(row).place); })
      .column("role", [=](std::size_t row) { return need(row).role.str(); })
      .column("count", [=](std::size_t row) { return std::to_string(need(row).count); })
      .column("by", [=, &plan](std::size_t row) { return end_text(plan, need(row).by); })
      .column("basis", [=](std::size_t row) { return need(row).basis.str(); });
  return maker.take(plan);
}

}  // namespace diaodu::formats
