#include <algorithm>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/table_maker.h"

namespace diaodu::formats {
namespace {

std::string percent_text(const std::optional<int>& hundredths) {
  return hundredths ? decimal_string(*hundredths, 2) : std::string();
}

/// With its clock even at midnight: a bare date would mean that day's working hours.
std::string exact_date(const Plan& plan, const std::optional<Instant>& instant) {
  return instant ? to_string(plan.zone.to_local(*instant)) : std::string();
}

}  // namespace

WrittenTable write_resources(const Plan& plan) {
  TableMaker maker(TableKind::resources, plan.resources.size());
  const auto resource = [&plan](std::size_t row) -> const Resource& {
    return plan.resources[ResourceId{row}];
  };
  maker.names(resource)
      .column("kind", [=](std::size_t row) { return word_for(kResourceKinds, resource(row).kind); })
      .column("capacity",
              [=](std::size_t row) {
                const Amount capacity = resource(row).capacity;
                return capacity >= kUnlimited ? std::string() : to_string(capacity);
              })
      .column("calendar",
              [=, &plan](std::size_t row) { return id_of(plan, resource(row).calendar); })
      .column("skills",
              [=, &plan](std::size_t row) { return skills_text(plan, resource(row).skills); })
      .column("place",
              [=, &plan](std::size_t row) { return id_of(plan.places, resource(row).place); })
      .column("rate", [=](std::size_t row) { return money_text(resource(row).rate); });
  return maker.take(plan);
}

WrittenTable write_demands(const Plan& plan) {
  TableMaker maker(TableKind::demands, plan.demands.size());
  const auto demand = [&plan](std::size_t row) -> const Demand& {
    return plan.demands[DemandId{row}];
  };
  maker.column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, demand(row).task); })
      .column("mode", [=, &plan](std::size_t row) { return id_of(plan.modes, demand(row).mode); })
      .column("resource",
              [=, &plan](std::size_t row) { return id_of(plan.resources, demand(row).resource); })
      .column("skill",
              [=, &plan](std::size_t row) { return id_of(plan.skills, demand(row).skill); })
      .column("amount", [=](std::size_t row) { return to_string(demand(row).amount); });
  return maker.take(plan);
}

WrittenTable write_availability(const Plan& plan) {
  TableMaker maker(TableKind::availability, plan.availability.size());
  maker
      .column("resource",
              [&plan](std::size_t row) {
                return id_of(plan.resources, plan.availability[row].resource);
              })
      .column("from",
              [&plan](std::size_t row) {
                return date_text(plan, plan.availability[row].during.from, false);
              })
      .column("to",
              [&plan](std::size_t row) {
                return date_text(plan, plan.availability[row].during.to, false);
              })
      .column("capacity",
              [&plan](std::size_t row) { return to_string(plan.availability[row].capacity); });
  return maker.take(plan);
}

WrittenTable write_decisions(const Plan& plan) {
  TableMaker maker(TableKind::decisions, plan.decisions.size());
  const auto decision = [&plan](std::size_t row) -> const Decision& {
    return plan.decisions[DecisionId{row}];
  };
  maker.column("id", [=](std::size_t row) { return decision(row).id.str(); })
      .column("title", [=](std::size_t row) { return decision(row).title.str(); })
      .column("title_zh", [=](std::size_t row) { return decision(row).title_zh.str(); })
      .column("date", [=, &plan](std::size_t row) { return date_text(plan, decision(row).date); })
      .column("source", [=](std::size_t row) { return decision(row).source.str(); });
  return maker.take(plan);
}

WrittenTable write_progress(const Plan& plan) {
  TableMaker maker(TableKind::progress, plan.progress.size());
  const auto progress = [&plan](std::size_t row) -> const Progress& { return plan.progress[row]; };
  maker
      .column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, progress(row).task); })
      .column("actual_start",
              [=, &plan](std::size_t row) { return exact_date(plan, progress(row).actual_start); })
      .column("actual_finish",
              [=, &plan](std::size_t row) { return exact_date(plan, progress(row).actual_finish); })
      .column("remaining",
              [=, &plan](std::size_t row) {
                const auto& remaining = progress(row).remaining;
                return remaining ? work_text(plan, progress(row).task, *remaining) : std::string();
              })
      .column("resumes",
              [=, &plan](std::size_t row) { return exact_date(plan, progress(row).resumes); })
      .column("percent", [=](std::size_t row) { return percent_text(progress(row).percent); })
      .column("physical_percent",
              [=](std::size_t row) { return percent_text(progress(row).physical_percent); });
  return maker.take(plan);
}

WrittenTable write_steps(const Plan& plan) {
  TableMaker maker(TableKind::steps, plan.steps.size());
  const auto step = [&plan](std::size_t row) -> const Step& { return plan.steps[row]; };
  maker.column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, step(row).task); })
      .column("id", [=](std::size_t row) { return step(row).id.str(); })
      .column("name", [=](std::size_t row) { return step(row).name.str(); })
      .column("weight",
              [=](std::size_t row) {
                const std::int64_t weight = step(row).weight;
                return weight == Step{}.weight ? std::string() : decimal_string(weight, 3);
              })
      .column("done", [=](std::size_t row) { return std::string(step(row).is_done ? "yes" : ""); });
  return maker.take(plan);
}

WrittenTable write_costs(const Plan& plan) {
  TableMaker maker(TableKind::costs, plan.costs.size());
  const auto spent = [&plan](std::size_t row) -> const Spending& { return plan.costs[row]; };
  maker.column("task", [=, &plan](std::size_t row) { return id_of(plan.tasks, spent(row).task); })
      .column("resource",
              [=, &plan](std::size_t row) { return id_of(plan.resources, spent(row).resource); })
      .column("date",
              [=, &plan](std::size_t row) { return date_text(plan, spent(row).when, false); })
      .column("amount", [=](std::size_t row) { return to_string(spent(row).amount); });
  return maker.take(plan);
}

}  // namespace diaodu::formats
