#include <span>
#include <unordered_set>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostSkills = 100'000;

}  // namespace

std::vector<SkillId> read_skills(PlanReader& reader, TableReader& table, std::size_t row,
                                 std::size_t column) {
  std::string_view text = table.text(row, column);
  const std::span<const std::string_view> separators =
      text.ends_with(';') ? std::span(kListSeparators).first(1) : std::span(kListSeparators);
  std::vector<SkillId> skills;
  std::unordered_set<std::size_t> seen;
  while (!text.empty()) {
    const std::string_view name = take_part(text, separators);
    if (name.empty()) continue;
    SkillId skill = reader.skills.find(name);
    if (!skill) {
      if (reader.plan.skills.size() == kMostSkills) {
        table.report(found::too_many, row, column,
                     {std::to_string(kMostSkills), Words{"skills", "技能"}});
        return skills;
      }
      const Text kept = reader.plan.text(name);
      skill = reader.plan.skills.add(Skill{.id = kept});
      reader.skills.add(kept, skill);
    }
    if (seen.insert(skill.index()).second) skills.push_back(skill);
  }
  return skills;
}

void read_resources(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::resources, sheet);
  if (!table.is_usable()) return;
  const std::size_t id_column = table.column("id");
  const std::size_t name_column = table.column("name");
  const std::size_t name_zh_column = table.column("name_zh");
  const std::size_t kind_column = table.column("kind");
  const std::size_t capacity_column = table.column("capacity");
  const std::size_t calendar_column = table.column("calendar");
  const std::size_t skills_column = table.column("skills");
  const std::size_t place_column = table.column("place");
  const std::size_t rate_column = table.column("rate");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const auto id = table.required(row, id_column);
    if (!id) continue;
    Resource resource;
    resource.id = reader.plan.text(*id);
    resource.name = reader.plan.text(table.text(row, name_column));
    resource.name_zh = reader.plan.text(table.text(row, name_zh_column));
    resource.kind =
        table.choice<ResourceKind>(row, kind_column, kResourceKinds).value_or(ResourceKind::people);
    resource.capacity = table.amount(row, capacity_column, Amount{}).value_or(kUnlimited);
    resource.calendar =
        reader.refer(table, row, calendar_column, reader.calendars, found::unknown_calendar);
    resource.place = reader.refer(table, row, place_column, reader.places, found::unknown_place);
    resource.rate = table.money(row, rate_column).value_or(Money{});
    if (!takes_id(reader, table, row, TableKind::resources, resource.id, reader.resources,
                  reader.plan.resources))
      continue;
    resource.skills = read_skills(reader, table, row, skills_column);
    reader.plan.resources.add(std::move(resource));
    table.accept(row);
  }
}

void read_demands(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::demands, sheet);
  if (!table.is_usable()) return;
  const std::size_t task_column = table.column("task");
  const std::size_t mode_column = table.column("mode");
  const std::size_t resource_column = table.column("resource");
  const std::size_t skill_column = table.column("skill");
  const std::size_t amount_column = table.column("amount");
  constexpr Amount kLeast{-1'000'000'000'000};
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Demand demand;
    demand.task = reader.refer_required(table, row, task_column, reader.tasks, found::unknown_task);
    const std::string_view mode = table.text(row, mode_column);
    if (demand.task && !mode.empty()) {
      const auto modes = reader.modes_of.find(demand.task.index());
      if (modes != reader.modes_of.end()) demand.mode = modes->second.find(mode);
      if (!demand.mode) {
        table.report(found::unknown_mode, row, mode_column, {table.text(row, task_column), mode});
      }
    }
    const std::string_view resource = table.text(row, resource_column);
    const std::string_view skill = table.text(row, skill_column);
    if (!resource.empty() && !skill.empty()) {
      table.report(found::both_resource_and_skill, row, skill_column, {});
    } else if (!skill.empty()) {
      demand.skill = reader.refer(table, row, skill_column, reader.skills, found::unknown_skill);
    } else if (resource.empty()) {
      const bool has_column = resource_column != TableReader::kAbsent;
      table.report(found::missing_cell, row, has_column ? resource_column : skill_column,
                   {"resource"});
    } else {
      demand.resource = reader.resources.find(resource);
      if (!demand.resource) demand.skill = reader.skills.find(resource);
      if (!demand.resource && !demand.skill) {
        reader.report_unknown(table, row, resource_column, resource, reader.resources,
                              found::unknown_resource_or_skill);
      }
    }
    demand.amount = table.amount(row, amount_column, kLeast).value_or(kOne);
    const bool is_reservoir =
        demand.resource && reader.plan.resources[demand.resource].kind == ResourceKind::reservoir;
    if (demand.amount < Amount{} && !is_reservoir) {
      table.report(found::number_out_of_range, row, amount_column,
                   {table.text(row, amount_column), "0", "1000000000"});
    }
    if (reader.findings.num_errors() > num_errors || demand.amount == Amount{}) continue;
    reader.plan.demands.add(demand);
    table.accept(row);
  }
}

void read_availability(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::availability, sheet);
  if (!table.is_usable()) return;
  const std::size_t resource_column = table.column("resource");
  const std::size_t from_column = table.column("from");
  const std::size_t to_column = table.column("to");
  const std::size_t capacity_column = table.column("capacity");
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const ResourceId resource = reader.refer_required(table, row, resource_column, reader.resources,
                                                      found::unknown_resource);
    bool is_complete = true;  // all that is missing is reported at once
    for (const std::size_t column : {from_column, to_column, capacity_column}) {
      if (!table.required(row, column)) is_complete = false;
    }
    const auto from = table.date(row, from_column, false);
    const auto to = table.date(row, to_column, false);
    const auto capacity = table.amount(row, capacity_column, Amount{});
    if (!resource || !is_complete || !from || !to || !capacity) continue;
    reader.plan.availability.push_back(
        {.resource = resource, .during = {*from, *to}, .capacity = *capacity});
    table.accept(row);
  }
}

}  // namespace diaodu::formats
