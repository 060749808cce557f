#include <array>
#include <unordered_map>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/plan_reader.h"
#include "diaodu/formats/settings.h"

namespace diaodu::formats {
namespace {

std::optional<Lag> read_lag(const PlanReader& reader, TableReader& table, std::size_t row,
                            std::size_t column, TaskId from, TaskId to) {
  const std::string_view written = table.text(row, column);
  if (written.empty()) return {};
  const auto lag = parse_lag(written, lag_calendar(reader.plan, from, to));
  if (!lag) table.report(found::bad_duration, row, column, {written});
  return lag;
}

}  // namespace

std::optional<Reference> split_reference(std::string_view text) {
  static constexpr std::array kNames = std::to_array<std::pair<std::string_view, LinkType>>(
      {{"FS", LinkType::finish_to_start},
       {"SS", LinkType::start_to_start},
       {"FF", LinkType::finish_to_finish},
       {"SF", LinkType::start_to_finish},
       {"完成-开始", LinkType::finish_to_start},
       {"结束-开始", LinkType::finish_to_start},
       {"开始-开始", LinkType::start_to_start},
       {"完成-完成", LinkType::finish_to_finish},
       {"结束-结束", LinkType::finish_to_finish},
       {"开始-完成", LinkType::start_to_finish},
       {"开始-结束", LinkType::start_to_finish}});
  const auto same_letters = [](std::string_view a, std::string_view b) {
    const bool may_be = a.size() >= b.size() && (a[0] == b[0] || a[0] == b[0] - 'A' + 'a');
    return may_be && folded(a.substr(0, b.size())) == folded(b);
  };
  // No type and lag are longer; an id may be, and is not searched for them from every letter.
  constexpr std::size_t kMostBehind = 64;
  const std::size_t first = text.size() > kMostBehind ? text.size() - kMostBehind : 1;
  for (std::size_t at = text.size(); at-- > first;) {
    for (const auto& [name, type] : kNames) {
      if (!same_letters(text.substr(at), name)) continue;
      std::string_view lag = text.substr(at + name.size());
      while (lag.starts_with(' ')) lag.remove_prefix(1);
      if (!lag.empty() && lag.front() != '+' && lag.front() != '-') continue;
      std::string_view id = text.substr(0, at);
      while (id.ends_with(' ')) id.remove_suffix(1);
      return Reference{id, type, lag};
    }
  }
  return {};
}

const NamedCalendar& lag_calendar(const Plan& plan, TaskId from, TaskId to) {
  CalendarId calendar;
  switch (plan.options.lag_calendar) {
    case Options::LagCalendar::predecessor:
      calendar = plan.tasks[from].calendar;
      break;
    case Options::LagCalendar::successor:
      calendar = plan.tasks[to].calendar;
      break;
    case Options::LagCalendar::project:
      break;
    case Options::LagCalendar::around_the_clock:
      calendar = find_calendar(plan, "24h");
      break;
  }
  return calendar_of(plan, calendar);
}

void read_links(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::links, sheet);
  if (!table.is_usable()) return;
  const std::size_t from_column = table.column("from");
  const std::size_t to_column = table.column("to");
  const std::size_t type_column = table.column("type");
  const std::size_t lag_column = table.column("lag");
  const std::size_t max_lag_column = table.column("max_lag");
  reader.plan.links.reserve(table.num_rows());
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    Link link;
    link.from = reader.refer_required(table, row, from_column, reader.tasks, found::unknown_task);
    link.to = reader.refer_required(table, row, to_column, reader.tasks, found::unknown_task);
    const std::size_t num_errors = reader.findings.num_errors();
    link.type =
        table.choice<LinkType>(row, type_column, kLinkTypes).value_or(LinkType::finish_to_start);
    if (!link.from || !link.to) continue;
    if (const auto lag = read_lag(reader, table, row, lag_column, link.from, link.to)) {
      link.lag = *lag;
    }
    if (const auto lag = read_lag(reader, table, row, max_lag_column, link.from, link.to)) {
      link.max_lag = *lag;
      link.has_max_lag = true;
    }
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.links.add(link);
    table.accept(row);
  }
}

void read_predecessors(PlanReader& reader) {
  for (const PlanReader::PredecessorsCell& cell : reader.predecessors) {
    std::string_view rest = cell.text;
    while (!rest.empty()) {
      const std::string_view token = take_part(rest, kReferenceSeparators);
      if (token.empty()) continue;
      if (reader.plan.links.size() == kMostRows) {
        reader.findings.add(found::too_many_rows, cell.where, {std::to_string(kMostRows)});
        return;
      }

      Reference reference{.id = token};
      if (!reader.tasks.find(token)) {
        if (const auto split = split_reference(token)) reference = *split;
      }
      Link link;
      link.from = reader.tasks.find(reference.id);
      link.to = cell.task;
      link.type = reference.type;
      if (!link.from) {
        reader.findings.add(found::unknown_task, cell.where,
                            {reference.id, did_you_mean(reader.tasks.nearest(reference.id))});
        continue;
      }
      if (!reference.lag.empty()) {
        const auto lag = parse_lag(reference.lag, lag_calendar(reader.plan, link.from, link.to));
        if (!lag) {
          reader.findings.add(found::bad_predecessors, cell.where, {token});
          continue;
        }
        link.lag = *lag;
      }
      reader.plan.links.add(link);
      reader.sources[TableKind::links].lines.push_back(Sources::in_task(cell.task.index()));
    }
  }
}

}  // namespace diaodu::formats
