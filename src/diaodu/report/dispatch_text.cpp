#include "diaodu/report/dispatch_text.h"

#include <algorithm>
#include <variant>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/dispatch_cells.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

std::string in_words(const Plan& plan, const Cell& cell) {
  if (const auto* words = std::get_if<std::string>(&cell)) return *words;
  if (const auto* instant = std::get_if<Instant>(&cell)) return show(plan, *instant);
  if (const auto* number = std::get_if<double>(&cell))
    return std::to_string(static_cast<std::int64_t>(*number));
  return {};
}

std::int64_t num_people(const Plan& plan) {
  std::int64_t sum = 0;
  for (const Group& group : plan.groups) sum += group.count;
  return sum;
}

template <class Rows>
std::string num_assumed(const Rows& rows) {
  return std::to_string(std::count_if(rows.begin(), rows.end(),
                                      [](const auto& row) { return is_assumed(row.basis); }));
}

class Screen {
 public:
  Screen(const Mustered& mustered, Language language, int width, bool has_colour)
      : mustered_(mustered), language_(language), width_(width), ink_{has_colour} {}

  std::string run() {
    const Plan& plan = mustered_.plan;
    const std::string size = dispatch_size(plan, language_);
    const int room = width_ - display_width(size) - 2;
    text_ += room < 8
                 ? ink_.faint(fit(size, width_)) + '\n'
                 : ink_.bold(pad(title_of(plan, language_), room)) + "  " + ink_.faint(size) + '\n';
    text_ += ink_.bold(fit(dispatch_headline(mustered_, language_), width_)) + '\n';
    note(dispatch_late(mustered_, language_));
    note(dispatch_changed(mustered_, language_));
    note(dispatch_proof(mustered_, language_));
    show_table(needs_table(mustered_, language_),
               {"place", "role", "needed", "by", "there", "missing", "why"}, 40);
    show_table(departures_table(mustered_, language_),
               {"route", "from", "to", "departs", "people", "seats", "roles"}, 40);
    show_table(changes_table(mustered_, language_), {"group", "from", "to", "before", "now"}, 20);
    show_table(bottlenecks_table(mustered_, language_), {"what", "gain"}, 6);
    show_table(hours_table(mustered_), {"hour", "at_start", "on_the_way", "moving", "ready", "all"},
               48);
    if (!mustered_.only.empty()) {
      show_table(itineraries_table(mustered_, language_),
                 {"person", "route", "from", "departs", "to", "arrives"}, 60);
    }
    show_assumptions();
    return std::move(text_);
  }

 private:
  void note(const std::string& sentence) {
    if (!sentence.empty()) text_ += paragraph(sentence, width_, 2);
  }

  void show_table(const DispatchTable& table, std::initializer_list<std::string_view> keys,
                  std::size_t most) {
    if (table.rows.empty()) return;
    std::vector<std::size_t> shown;
    std::vector<TextTable::Column> columns;
    for (const std::string_view key : keys) {
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        if (table.columns[i].key != key) continue;
        const bool is_empty = std::all_of(
            table.rows.begin(), table.rows.end(),
            [i](const auto& row) { return std::holds_alternative<std::monostate>(row[i]); });
        if (is_empty) continue;
        shown.push_back(i);
        columns.push_back({say(*table.columns[i].header, language_),
                           table.columns[i].is_number ? Align::right : Align::left,
                           !table.columns[i].is_number});
      }
    }
    TextTable lines(columns);
    for (std::size_t row = 0; row < std::min(table.rows.size(), most); ++row) {
      std::vector<std::string> cells;
      for (const std::size_t i : shown)
        cells.push_back(cells::short_date(in_words(mustered_.plan, table.rows[row][i])));
      lines.add(std::move(cells));
    }
    text_ += '\n' + ink_.bold(fit(say(*table.name, language_), width_)) + '\n';
    text_ += lines.str(width_, 2, ink_);
    if (table.rows.size() > most) {
      const std::string rest =
          say(words::dispatch_more_rows, language_, {std::to_string(table.rows.size() - most)});
      text_ += "  " + ink_.faint(fit(rest, width_ - 2)) + '\n';
    }
  }

  void show_assumptions() {
    const std::string assumed = dispatch_assumed(mustered_.plan, language_);
    if (assumed.empty()) return;
    text_ += '\n';
    note(assumed);
  }

  const Mustered& mustered_;
  Language language_;
  int width_;
  Ink ink_;
  std::string text_;
};

}  // namespace

std::string dispatch_size(const Plan& plan, Language language) {
  return say(words::dispatch_size, language,
             {std::to_string(num_people(plan)), std::to_string(plan.groups.size())});
}

std::string dispatch_late(const Mustered& mustered, Language language) {
  const dispatch::MusterAnswer& answer = mustered.answer;
  if (answer.value.missing == 0) return {};
  return say(words::dispatch_late, language,
             {std::to_string(answer.value.missing),
              std::to_string(std::min(answer.bound.missing, answer.value.missing))});
}

std::string dispatch_changed(const Mustered& mustered, Language language) {
  if (mustered.published == nullptr) return {};
  const dispatch::MusterAnswer& answer = mustered.answer;
  return say(words::dispatch_changed, language,
             {std::to_string(answer.value.changed), std::to_string(num_people(mustered.plan)),
              std::to_string(std::min(answer.bound.changed, answer.value.changed))});
}

std::string dispatch_proof(const Mustered& mustered, Language language) {
  const dispatch::MusterAnswer& answer = mustered.answer;
  if (answer.is_optimal) {
    return say(
        mustered.published != nullptr ? words::dispatch_optimal_changed : words::dispatch_optimal,
        language);
  }
  return say(
      words::dispatch_bound, language,
      {std::to_string(answer.bound.unmet), std::to_string(answer.bound.missing),
       answer.bound.full_strength == kEver ? std::string("—")
                                           : show(mustered.plan, answer.bound.full_strength)});
}

std::string dispatch_assumed(const Plan& plan, Language language) {
  const auto places = num_assumed(plan.places);
  const auto routes = num_assumed(plan.routes);
  const auto groups = num_assumed(plan.groups);
  const auto needs = num_assumed(plan.needs);
  if (places == "0" && routes == "0" && groups == "0" && needs == "0") return {};
  return say(words::dispatch_assumptions, language, {places, routes, groups, needs});
}

std::string dispatch_headline(const Mustered& mustered, Language language) {
  const dispatch::MusterValue& value = mustered.answer.value;
  const Plan& plan = mustered.plan;
  if (value.full_strength == kEver) return say(words::dispatch_nobody, language);
  const std::string when = show_with_weekday(plan, value.full_strength, language);
  const std::string strength =
      value.unmet == 0 ? say(words::dispatch_full, language, {when})
                       : say(words::dispatch_as_far, language, {when, std::to_string(value.unmet)});
  const std::vector<std::string> parts = {
      strength, say(words::dispatch_cost, language, {money_words(value.cost), plan.currency})};
  return joined(parts, language);
}

std::string dispatch_text(const Mustered& mustered, Language language, int width, bool has_colour) {
  return Screen(mustered, language, width, has_colour).run();
}

}  // namespace diaodu::report
