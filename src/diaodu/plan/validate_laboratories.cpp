#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "diaodu/plan/finding_kinds.h"
#include "diaodu/plan/validate_field.h"

namespace diaodu {
namespace {

class LaboratoryValidator {
 public:
  LaboratoryValidator(const Plan& plan, const Sources& sources, Findings& findings)
      : plan_(plan), sources_(sources), findings_(findings) {}

  void run() {
    check_stages();
    check_shifts();
    check_tubes();
    check_regions();
  }

 private:
  void add(const FindingKind& kind, TableKind table, std::size_t row, std::string_view column,
           std::vector<Argument> arguments = {}) {
    findings_.add(kind, sources_.at(table, row, column), std::move(arguments));
  }
  std::string clock(Instant instant) const { return to_string(plan_.zone.to_local(instant)); }
  std::string date(Instant instant) const { return to_string(plan_.zone.to_local(instant).date()); }
  std::int64_t day_number(Instant instant) const {
    return plan_.zone.to_local(instant).date().days;
  }
  std::string_view id(LaboratoryId laboratory) const { return plan_.laboratories[laboratory].id; }
  std::string_view id(PlaceId place) const { return plan_.places[place].id; }

  void check_stages() {
    Table<LaboratoryId, bool> has_stages(plan_.laboratories.size(), false);
    for (std::size_t row = 0; row < plan_.lab_stages.size(); ++row) {
      const LaboratoryStage& stage = plan_.lab_stages[row];
      has_stages[stage.laboratory] = true;
      if (!stages_.insert({stage.laboratory, stage.id.view()}).second) {
        add(found::stage_repeated, TableKind::lab_stages, row, "id",
            {id(stage.laboratory), stage.id.view()});
      }
      if (stage.duration <= Elapsed{})
        add(found::stage_takes_no_time, TableKind::lab_stages, row, "duration", {stage.id.view()});
      if (stage.between_failures > Elapsed{} && stage.repair <= Elapsed{})
        add(found::stage_never_repaired, TableKind::lab_stages, row, "repair", {stage.id.view()});
    }
    for (LaboratoryId each : plan_.laboratories.ids()) {
      if (!has_stages[each])
        add(found::lab_without_stages, TableKind::laboratories, each.index(), "id", {id(each)});
    }
  }

  void check_shifts() {
    std::map<LaboratoryId, std::vector<std::size_t>> of_lab;
    std::set<std::tuple<LaboratoryId, Instant, Instant, std::string_view>> told;
    for (std::size_t row = 0; row < plan_.lab_shifts.size(); ++row) {
      const LaboratoryShift& shift = plan_.lab_shifts[row];
      if (shift.hours.is_empty()) {
        add(found::hours_are_backwards, TableKind::lab_shifts, row, "until",
            {id(shift.laboratory), clock(shift.hours.from), clock(shift.hours.to)});
        continue;
      }
      if (!shift.stage.empty() && !stages_.contains({shift.laboratory, shift.stage.view()})) {
        add(found::unknown_lab_stage, TableKind::lab_shifts, row, "stage",
            {id(shift.laboratory), shift.stage.view()});
      }
      if (!told.insert({shift.laboratory, shift.hours.from, shift.hours.to, shift.stage.view()})
               .second) {
        add(found::shift_machines_twice, TableKind::lab_shifts, row, "stage",
            {shift.stage.empty() ? id(shift.laboratory) : shift.stage.view()});
      }
      of_lab[shift.laboratory].push_back(row);
    }
    for (auto& [laboratory, rows] : of_lab) {
      std::stable_sort(rows.begin(), rows.end(), [this](std::size_t a, std::size_t b) {
        return plan_.lab_shifts[a].hours.from < plan_.lab_shifts[b].hours.from;
      });
      for (std::size_t i = 1; i < rows.size(); ++i) {
        const Interval& before = plan_.lab_shifts[rows[i - 1]].hours;
        const Interval& after = plan_.lab_shifts[rows[i]].hours;
        if (before == after || !overlap(before, after)) continue;
        add(found::shifts_overlap, TableKind::lab_shifts, rows[i], "from",
            {id(laboratory), clock(after.from), clock(before.to)});
      }
    }
  }

  void check_tubes() {
    std::map<PlaceId, Instant> last_counts;
    std::set<std::pair<PlaceId, std::int32_t>> told;  // by day, at whatever hour
    const auto day_of = [this](Instant when) { return plan_.zone.to_local(when).date().days; };
    for (std::size_t row = 0; row < plan_.cases.size(); ++row) {
      const CaseCount& count = plan_.cases[row];
      Instant& last = last_counts.emplace(count.place, count.day).first->second;
      last = std::max(last, count.day);
      if (!told.insert({count.place, day_of(count.day)}).second)
        add(found::cases_repeated, TableKind::cases, row, "day",
            {id(count.place), date(count.day)});
    }
    told.clear();
    for (std::size_t row = 0; row < plan_.testing.size(); ++row) {
      const Testing& testing = plan_.testing[row];
      if (!told.insert({testing.place, day_of(testing.day)}).second) {
        add(found::testing_repeated, TableKind::testing, row, "day",
            {id(testing.place), date(testing.day)});
      }
      if (!testing.people) check_expected(row, last_counts);
      if (testing.by && *testing.by <= testing.day) {
        add(found::hours_are_backwards, TableKind::testing, row, "by",
            {id(testing.place), clock(testing.day), clock(*testing.by)});
      }
    }
    check_unsent(last_counts.size());
    if (!plan_.arrivals.empty() && plan_.laboratories.empty())
      findings_.add(found::tubes_without_lab, {.file = sources_[TableKind::arrivals].file}, {});
  }

  /// Is there a day to come of which cases are worked out?
  void check_expected(std::size_t row, const std::map<PlaceId, Instant>& last_counts) {
    const Testing& testing = plan_.testing[row];
    const auto last = last_counts.find(testing.place);
    if (last == last_counts.end()) {
      add(found::testing_unknown, TableKind::testing, row, "people", {id(testing.place)});
      return;
    }
    const std::int64_t ahead = day_number(testing.day) - day_number(last->second);
    if (ahead >= 1 && ahead <= kMostDaysToCome) return;
    add(found::testing_beyond_cases, TableKind::testing, row, "people",
        {id(testing.place), date(testing.day), std::to_string(kMostDaysToCome),
         date(last->second)});
  }

  /// Whatever may go to any laboratory is tried at each of them, by a day of that laboratory.
  void check_unsent(std::size_t num_places_with_cases) {
    constexpr std::size_t kMostUnsent = 2'000;
    std::size_t unsent = 0;
    const auto count = [&](std::size_t more, TableKind table, std::size_t row,
                           std::string_view column) {
      const bool is_told = unsent > kMostUnsent;
      unsent += more;
      if (is_told || unsent <= kMostUnsent) return;
      add(found::too_many, table, row, column,
          {std::to_string(kMostUnsent), Words{"lots without a laboratory", "未指定实验室的样本"}});
    };
    for (std::size_t row = 0; row < plan_.arrivals.size(); ++row) {
      if (!plan_.arrivals[row].laboratory) count(1, TableKind::arrivals, row, "laboratory");
    }
    if (plan_.laboratories.empty()) return;
    for (std::size_t row = 0; row < plan_.testing.size(); ++row)
      count(1, TableKind::testing, row, "place");
    if (plan_.testing.empty() && num_places_with_cases > 0) {
      count(num_places_with_cases * static_cast<std::size_t>(plan_.field.days), TableKind::cases, 0,
            "place");
    }
  }

  void check_regions() {
    std::map<std::string_view, std::int64_t> offered;
    std::map<std::string_view, std::int64_t> wanted;
    std::map<std::string_view, std::size_t> row_of;
    std::set<std::pair<PlaceId, std::string_view>> told;
    for (std::size_t row = 0; row < plan_.offers.size(); ++row) {
      const Offer& offer = plan_.offers[row];
      offered[offer.good.view()] += offer.amount;
      if (!told.insert({offer.place, offer.good.view()}).second) {
        add(found::offer_repeated, TableKind::offers, row, "good",
            {id(offer.place), offer.good.view()});
      }
    }
    told.clear();
    for (std::size_t row = 0; row < plan_.wishes.size(); ++row) {
      const Wish& wish = plan_.wishes[row];
      wanted[wish.good.view()] += wish.amount;
      row_of.emplace(wish.good.view(), row);
      if (!told.insert({wish.place, wish.good.view()}).second)
        add(found::wish_repeated, TableKind::wishes, row, "good",
            {id(wish.place), wish.good.view()});
    }
    for (const auto& [good, amount] : wanted) {
      if (amount <= offered[good]) continue;
      add(found::wish_above_supply, TableKind::wishes, row_of[good], "amount",
          {good, std::to_string(amount), std::to_string(offered[good])});
    }
    std::set<std::tuple<PlaceId, PlaceId, std::string_view>> pairs;
    for (std::size_t row = 0; row < plan_.preferences.size(); ++row) {
      const Preference& pair = plan_.preferences[row];
      if (!pairs.insert({pair.from, pair.to, pair.good.view()}).second)
        add(found::preference_repeated, TableKind::preferences, row, "to",
            {id(pair.from), id(pair.to)});
    }
  }

  const Plan& plan_;
  const Sources& sources_;
  Findings& findings_;
  std::set<std::pair<LaboratoryId, std::string_view>> stages_;
};

}  // namespace

void validate_laboratories(const Plan& plan, const Sources& sources, Findings& findings) {
  LaboratoryValidator(plan, sources, findings).run();
}

}  // namespace diaodu
