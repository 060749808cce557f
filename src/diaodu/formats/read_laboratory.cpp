#include "diaodu/formats/cells.h"
#include "diaodu/formats/choices.h"
#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

constexpr std::int64_t kMostOffered = 1'000'000'000;
constexpr std::int64_t kLargestPool = 100;

/// `1 5 10 20`
std::vector<std::int64_t> read_pools(TableReader& table, std::size_t row) {
  std::vector<std::int64_t> pools;
  const std::size_t column = table.column("pools");
  std::string_view text = table.text(row, column);
  while (!text.empty()) {
    const std::string_view part = take_part(text, kListSeparators);
    if (part.empty()) continue;
    const auto size = parse_number(part, 0, false);
    if (!size) {
      table.report(found::bad_number, row, column, {part});
    } else if (*size < 1 || *size > kLargestPool) {
      table.report(found::number_out_of_range, row, column,
                   {part, "1", std::to_string(kLargestPool)});
    } else {
      pools.push_back(*size);
    }
  }
  return pools;
}

}  // namespace

void read_laboratories(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::laboratories, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    table.required(row, table.column("id"));
    Laboratory laboratory;
    laboratory.place =
        reader.refer(table, row, table.column("place"), reader.places, found::unknown_place);
    if (!table.text(row, table.column("recall")).empty())
      laboratory.recall = clock_time(reader, table, row, "recall");
    if (!table.text(row, table.column("retests_first")).empty())
      laboratory.retests_first = table.yes_no(row, table.column("retests_first")).value_or(true);
    laboratory.pools = read_pools(table, row);
    laboratory.until = table.date(row, table.column("until"), true);
    if (reader.findings.num_errors() > num_errors) continue;
    read_names(reader, table, row, laboratory);
    if (!takes_id(reader, table, row, TableKind::laboratories, laboratory.id, reader.laboratories,
                  reader.plan.laboratories))
      continue;
    reader.plan.laboratories.add(std::move(laboratory));
    table.accept(row);
  }
}

void read_lab_stages(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::lab_stages, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    LaboratoryStage stage;
    stage.laboratory = reader.refer_required(table, row, table.column("laboratory"),
                                             reader.laboratories, found::unknown_laboratory);
    const auto id = table.required(row, table.column("id"));
    table.required(row, table.column("machines"));
    table.required(row, table.column("duration"));
    stage.machines = table.number(row, table.column("machines"), 0, 1, 100'000).value_or(1);
    stage.batch = table.number(row, table.column("batch"), 0, 1, 1'000'000).value_or(1);
    stage.duration = clock_time(reader, table, row, "duration");
    stage.longest_wait = clock_time(reader, table, row, "longest_wait");
    stage.between_failures = clock_time(reader, table, row, "between_failures");
    stage.repair = clock_time(reader, table, row, "repair");
    stage.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    stage.id = reader.plan.text(*id);
    reader.plan.lab_stages.push_back(stage);
    table.accept(row);
  }
}

void read_lab_shifts(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::lab_shifts, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    LaboratoryShift shift;
    shift.laboratory = reader.refer_required(table, row, table.column("laboratory"),
                                             reader.laboratories, found::unknown_laboratory);
    table.required(row, table.column("from"));
    table.required(row, table.column("until"));
    shift.hours.from = table.date(row, table.column("from"), false).value_or(Instant{});
    shift.hours.to = table.date(row, table.column("until"), true).value_or(Instant{});
    shift.machines = table.number(row, table.column("machines"), 0, 0, 100'000);
    if (reader.findings.num_errors() > num_errors) continue;
    shift.stage = reader.plan.text(table.text(row, table.column("stage")));
    shift.basis = reader.plan.text(table.text(row, table.column("basis")));
    reader.plan.lab_shifts.push_back(shift);
    table.accept(row);
  }
}

void read_arrivals(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::arrivals, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    TubeLot lot;
    lot.laboratory = reader.refer(table, row, table.column("laboratory"), reader.laboratories,
                                  found::unknown_laboratory);
    lot.place =
        reader.refer(table, row, table.column("place"), reader.places, found::unknown_place);
    table.required(row, table.column("at"));
    table.required(row, table.column("tubes"));
    lot.at = table.date(row, table.column("at"), false).value_or(Instant{});
    lot.tubes = table.number(row, table.column("tubes"), 0, 0, 10'000'000).value_or(0);
    lot.people_per_tube =
        table.number(row, table.column("people_per_tube"), 0, 1, kLargestPool).value_or(1);
    lot.prevalence = table.real(row, table.column("prevalence"), 0, 1).value_or(0);
    lot.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.arrivals.push_back(lot);
    table.accept(row);
  }
}

void read_cases(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::cases, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    CaseCount count;
    count.place = reader.refer_required(table, row, table.column("place"), reader.places,
                                        found::unknown_place);
    table.required(row, table.column("day"));
    table.required(row, table.column("cases"));
    count.day = table.date(row, table.column("day"), false).value_or(Instant{});
    count.cases = table.number(row, table.column("cases"), 0, 0, 10'000'000).value_or(0);
    count.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.cases.push_back(count);
    table.accept(row);
  }
}

void read_testing(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::testing, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Testing testing;
    testing.place = reader.refer_required(table, row, table.column("place"), reader.places,
                                          found::unknown_place);
    table.required(row, table.column("day"));
    testing.day = table.date(row, table.column("day"), false).value_or(Instant{});
    testing.people = table.number(row, table.column("people"), 0, 0, 100'000'000);
    testing.people_per_tube =
        table.number(row, table.column("people_per_tube"), 0, 1, kLargestPool);
    testing.prevalence = table.real(row, table.column("prevalence"), 0, 1);
    testing.by = table.date(row, table.column("by"), true);
    testing.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.testing.push_back(testing);
    table.accept(row);
  }
}

void read_offers(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::offers, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Offer offer;
    offer.place = reader.refer_required(table, row, table.column("place"), reader.places,
                                        found::unknown_place);
    const auto good = table.required(row, table.column("good"));
    table.required(row, table.column("amount"));
    offer.amount = table.number(row, table.column("amount"), 0, 0, kMostOffered).value_or(0);
    offer.cost = table.money(row, table.column("cost")).value_or(Money{});
    offer.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    offer.good = reader.plan.text(*good);
    reader.plan.offers.push_back(offer);
    table.accept(row);
  }
}

void read_wishes(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::wishes, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Wish wish;
    wish.place = reader.refer_required(table, row, table.column("place"), reader.places,
                                       found::unknown_place);
    const auto good = table.required(row, table.column("good"));
    table.required(row, table.column("amount"));
    wish.amount = table.number(row, table.column("amount"), 0, 0, kMostOffered).value_or(0);
    wish.priority = table.number(row, table.column("priority"), 0, 1, 1000).value_or(1);
    wish.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    wish.good = reader.plan.text(*good);
    reader.plan.wishes.push_back(wish);
    table.accept(row);
  }
}

void read_preferences(PlanReader& reader, const Sheet& sheet) {
  TableReader table = reader.table(TableKind::preferences, sheet);
  if (!table.is_usable()) return;
  for (std::size_t row = 0; row < table.num_rows(); ++row) {
    const std::size_t num_errors = reader.findings.num_errors();
    Preference preference;
    preference.from = reader.refer_required(table, row, table.column("from"), reader.places,
                                            found::unknown_place);
    preference.to =
        reader.refer_required(table, row, table.column("to"), reader.places, found::unknown_place);
    preference.rank = table.number(row, table.column("rank"), 0, 0, 100).value_or(1);
    preference.capacity = table.number(row, table.column("capacity"), 0, 0, kMostOffered);
    preference.good = reader.plan.text(table.text(row, table.column("good")));
    preference.basis = reader.plan.text(table.text(row, table.column("basis")));
    if (reader.findings.num_errors() > num_errors) continue;
    reader.plan.preferences.push_back(preference);
    table.accept(row);
  }
}

}  // namespace diaodu::formats
