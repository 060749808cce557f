#include <algorithm>
#include <map>
#include <string>
#include <unordered_set>

#include "diaodu/formats/capped_demand.h"
#include "diaodu/formats/xer_reader.h"
#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/validate_demands.h"

namespace diaodu::formats {
namespace {

constexpr Words kNoResource{"an assignment of a resource that is not in the file is left out",
                            "其分配的资源不在文件中，已忽略"};

/// A row of RSRCRATE: from `from` on, so much of the resource at that price.
struct Rate {
  Instant from;
  Amount capacity;
  Money price;
};
using Rates = std::unordered_map<std::string_view, std::vector<Rate>>;

Rates read_rates(XerReader& reader) {
  const XerCells cells(reader, "RSRCRATE");
  const std::size_t resource = cells.column("rsrc_id");
  const std::size_t most = cells.column("max_qty_per_hr");
  const std::size_t price = cells.column("cost_per_qty");
  const std::size_t from = cells.column("start_date");
  Rates rates;
  for (const XerTable::Row& row : cells.rows()) {
    const Amount capacity = cells.amount(row, most).value_or(Amount{});
    rates[cells.text(row, resource)].push_back(
        {.from = cells.date(row, from).value_or(kEver),
         .capacity = capacity > Amount{} ? capacity : kUnlimited,
         .price = cells.money(row, price).value_or(Money{})});
  }
  for (auto& [id, of_resource] : rates) {
    std::stable_sort(of_resource.begin(), of_resource.end(),
                     [](const Rate& a, const Rate& b) { return a.from < b.from; });
  }
  return rates;
}

/// The number of those that hold at the plan's start.
std::size_t present_of(const std::vector<Rate>& rates, const Plan& plan) {
  std::size_t present = 0;
  while (present + 1 < rates.size() && rates[present + 1].from <= plan.start) ++present;
  return present;
}

/// What holds at the plan's start stands in the resource; what differs later, in rows of
/// availability.
void apply(const std::vector<Rate>& rates, ResourceId id, const XerTable::Row& row,
           XerReader& reader) {
  const Instant end{LocalTime::at(Date::from(kLastYear, 12, 31), 0).minutes};
  Resource& resource = reader.plan.resources[id];
  const std::size_t present = present_of(rates, reader.plan);
  resource.capacity = rates[present].capacity;
  resource.rate = rates[present].price;
  for (std::size_t i = present + 1; i < rates.size(); ++i) {
    const Instant to = i + 1 < rates.size() ? rates[i + 1].from : end;
    if (rates[i].capacity == resource.capacity || to <= rates[i].from) continue;
    reader.plan.availability.push_back(
        {.resource = id, .during = {rates[i].from, to}, .capacity = rates[i].capacity});
    reader.accept(TableKind::availability, row);
  }
}

ResourceKind kind_of(std::string_view type) {
  if (type == "RT_Mat") return ResourceKind::material;
  return type == "RT_Equip" ? ResourceKind::machine : ResourceKind::people;
}

void cap_demands(XerReader& reader) {
  Plan& plan = reader.plan;
  const Table<ResourceId, Amount> largest = largest_capacities(plan);
  for (DemandId id : plan.demands.ids()) {
    Demand& demand = plan.demands[id];
    const Resource& resource = plan.resources[demand.resource];
    if (!is_renewable(resource.kind) || demand.amount <= largest[demand.resource]) continue;
    tell_of_capped_demand(reader.findings, reader.sources.at(TableKind::demands, id.index()),
                          plan.tasks[demand.task].id.view(), demand.amount, resource.id.view(),
                          largest[demand.resource]);
    demand.amount = largest[demand.resource];
  }
}

/// Resource-dependent activities work when the resources that drive their dates do.  Primavera lets each assignment
/// run by its own calendar and ends with the last: where calendars differ, that is most often the one that works
/// least.
void settle_calendars(XerReader& reader, const std::map<TaskId, std::vector<ResourceId>>& driving) {
  Plan& plan = reader.plan;
  for (const auto& [task, primary] : reader.resource_dependent) {
    std::vector<ResourceId> resources;
    if (primary && plan.resources[primary].calendar) resources.push_back(primary);
    if (const auto assigned = driving.find(task); assigned != driving.end()) {
      const bool has_primary = std::find(assigned->second.begin(), assigned->second.end(),
                                         primary) != assigned->second.end();
      if (!has_primary) resources.clear();  // it is not assigned, or does not drive
      resources.insert(resources.end(), assigned->second.begin(), assigned->second.end());
    }
    if (resources.empty()) continue;
    const auto calendar_of = [&plan](ResourceId id) { return plan.resources[id].calendar; };
    const auto week_of = [&](ResourceId id) { return plan.calendars[calendar_of(id)].week; };
    const ResourceId slowest =
        *std::min_element(resources.begin(), resources.end(),
                          [&](ResourceId a, ResourceId b) { return week_of(a) < week_of(b); });
    plan.tasks[task].calendar = calendar_of(slowest);
    const bool is_one = std::all_of(resources.begin(), resources.end(), [&](ResourceId id) {
      return calendar_of(id) == calendar_of(slowest);
    });
    if (is_one) continue;
    const std::string calendar = plan.calendars[calendar_of(slowest)].rule.id;
    reader.findings.add(found::not_kept, reader.sources.at(TableKind::tasks, task.index()),
                        {plan.tasks[task].id.str(),
                         {"its resources work by calendars that differ; all of it is planned by "
                          "that of the least hours, '" +
                              calendar + "'",
                          "其资源的日历不同；全部按工时最少的日历“" + calendar + "”安排"}});
  }
}

}  // namespace

void read_xer_resources(XerReader& reader) {
  const XerCells cells(reader, "RSRC");
  const std::size_t number = cells.column("rsrc_id");
  const std::size_t short_name = cells.column("rsrc_short_name");
  const std::size_t name = cells.column("rsrc_name");
  const std::size_t calendar = cells.column("clndr_id");
  const std::size_t type = cells.column("rsrc_type");
  const std::size_t is_levelled = cells.column("level_flag");
  reader.sources[TableKind::resources].file = reader.file.file;
  reader.sources[TableKind::availability].file = reader.file.file;
  const Rates rates = read_rates(reader);
  std::unordered_set<std::string> taken;
  for (const XerTable::Row& row : cells.rows()) {
    const std::string_view key = cells.text(row, number);
    if (!cells.require(row, number, "rsrc_id")) continue;
    const ResourceId id{reader.plan.resources.size()};
    if (const auto [first, is_new] = reader.resources.insert({key, id}); !is_new) {
      const auto line = reader.sources[TableKind::resources].lines[first->second.index()];
      cells.report(found::duplicate_id, row, number, {key, std::to_string(line)});
      continue;
    }
    std::string own(cells.text(row, short_name).empty() ? key : cells.text(row, short_name));
    while (!taken.insert(own).second) own += "#" + std::string(key);
    Resource resource;
    resource.id = reader.plan.text(own);
    resource.name = reader.plan.text(cells.text(row, name));
    resource.kind = kind_of(cells.text(row, type));
    resource.calendar = XerReader::find(reader.calendars, cells.text(row, calendar));
    resource.capacity = kUnlimited;
    reader.plan.resources.add(resource);
    reader.accept(TableKind::resources, row);
    const auto of_resource = rates.find(key);
    if (of_resource == rates.end()) continue;
    // A material's maximum is a rate of use, not a stock; and what P6 does not level, it overbooks.
    if (is_renewable(resource.kind) && cells.text(row, is_levelled) != "N") {
      apply(of_resource->second, id, row, reader);
    } else {
      const std::vector<Rate>& all = of_resource->second;
      reader.plan.resources[id].rate = all[present_of(all, reader.plan)].price;
    }
  }
}

void read_xer_demands(XerReader& reader) {
  const XerCells cells(reader, "TASKRSRC");
  const std::size_t task_column = cells.column("task_id");
  const std::size_t resource_column = cells.column("rsrc_id");
  const std::size_t planned_rate = cells.column("target_qty_per_hr");
  const std::size_t remaining_rate = cells.column("remain_qty_per_hr");
  const std::size_t quantity = cells.column("target_qty");
  const std::size_t drives = cells.column("rollup_dates_flag");
  Plan& plan = reader.plan;
  reader.sources[TableKind::demands].file = reader.file.file;
  Table<TaskId, char> is_started(plan.tasks.size(), 0);
  for (const Progress& progress : plan.progress) is_started[progress.task] = 1;
  std::map<TaskId, std::vector<ResourceId>> driving;
  for (const XerTable::Row& row : cells.rows()) {
    const TaskId task = XerReader::find(reader.tasks, cells.text(row, task_column));
    if (!task) continue;                                     // of another project, or left out
    if (cells.text(row, resource_column).empty()) continue;  // a role that nobody fills yet
    const ResourceId resource = XerReader::find(reader.resources, cells.text(row, resource_column));
    if (!resource) {
      cells.report(found::not_kept, row, resource_column, {plan.tasks[task].id.str(), kNoResource});
      continue;
    }
    const bool is_material = plan.resources[resource].kind == ResourceKind::material;
    std::optional<Amount> amount;
    if (is_material) {
      amount = cells.amount(row, quantity);
    } else {
      const auto planned = cells.amount(row, planned_rate);
      const auto remaining = cells.amount(row, remaining_rate);
      amount = is_started[task] != 0 && remaining ? remaining : planned ? planned : remaining;
      if (!amount) amount = kOne;
    }
    if (!is_material && plan.resources[resource].calendar && cells.text(row, drives) != "N")
      driving[task].push_back(resource);
    if (amount.value_or(Amount{}) <= Amount{}) continue;
    plan.demands.add({.task = task, .resource = resource, .amount = *amount});
    reader.accept(TableKind::demands, row);
  }
  cap_demands(reader);
  settle_calendars(reader, driving);
}

}  // namespace diaodu::formats
