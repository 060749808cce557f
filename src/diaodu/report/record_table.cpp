#include "diaodu/report/record_table.h"

#include <type_traits>

#include "diaodu/core/decimal.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"
#include "diaodu/track/canonical_json.h"
#include "diaodu/track/entry_json.h"

namespace diaodu::report {
namespace {

const Words& kind_in_words(const track::Fact& fact) {
  const auto* const remark = std::get_if<track::Remark>(&fact);
  if (remark != nullptr) return remark->is_decision ? words::log_decision : words::log_note;
  if (std::holds_alternative<track::TaskFact>(fact)) return words::log_progress;
  if (std::holds_alternative<track::CostFact>(fact)) return words::log_cost;
  if (std::holds_alternative<track::Observation>(fact)) return words::log_observation;
  if (std::holds_alternative<track::Baseline>(fact)) return words::log_baseline;
  if (std::holds_alternative<track::PlanChange>(fact)) return words::log_plan;
  return words::log_withdrawal;
}

const NamedCalendar& calendar_of(const Plan& plan, const std::string& id) {
  for (const Task& task : plan.tasks) {
    if (task.id == id && task.calendar) return plan.calendars[task.calendar];
  }
  return plan.calendars[plan.calendar];
}

/// A whole day is told by its date alone.
std::string day_or_time(const Plan& plan, Instant instant) {
  std::string shown = show_end(plan, instant);
  constexpr std::string_view kEndOfDay = " 24:00";
  if (shown.ends_with(kEndOfDay)) shown.resize(shown.size() - kEndOfDay.size());
  return shown;
}

/// To the minute only documents for programs tell it.
std::string day_in(const std::string& shown) { return shown.substr(0, shown.find(' ')); }

/// Days count to their end, except that what is published on one is known from its beginning.
std::string day_of(const Plan& plan, const track::Fact& fact) {
  const Instant when = track::effective_of(fact);
  return day_in(std::holds_alternative<track::Observation>(fact) ? show(plan, when)
                                                                 : show_end(plan, when));
}

/// Says of each kind of fact what it says.
class Teller {
 public:
  Teller(const Plan& plan, Language language) : plan_(plan), language_(language) {}

  std::string operator()(const track::TaskFact& fact) const {
    std::vector<std::string> parts;
    const auto add = [&](const Words& sentence, std::string value) {
      parts.push_back(say(sentence, language_, {std::move(value)}));
    };
    if (fact.actual_start) add(words::log_began, show(plan_, *fact.actual_start));
    if (fact.actual_finish) add(words::log_ended, day_or_time(plan_, *fact.actual_finish));
    if (fact.percent) add(words::log_done, decimal_string(*fact.percent, 2));
    if (fact.physical_percent) add(words::log_made, decimal_string(*fact.physical_percent, 2));
    if (fact.remaining)
      add(words::log_left,
          duration(plan_, *fact.remaining, calendar_of(plan_, fact.task), language_));
    if (!fact.steps_done.empty()) add(words::log_steps, joined(fact.steps_done, language_));
    return joined(parts, language_, parts.size());
  }
  std::string operator()(const track::CostFact& fact) const {
    const std::string money = money_words(fact.amount) + ' ' + plan_.currency;
    return fact.resource.empty() ? money : fact.resource + ' ' + money;
  }
  std::string operator()(const track::Observation& fact) const {
    return show(fact.period) + ' ' + std::string(name_of(fact.measure)) + ' ' +
           track::canonical_number(fact.value);
  }
  std::string operator()(const track::Baseline& fact) const {
    return say(words::log_tasks, language_, {std::to_string(fact.rows.size())});
  }
  std::string operator()(const track::PlanChange& fact) const {
    constexpr std::size_t kShown = 12;
    return fact.what + ' ' + fact.hash.substr(0, kShown);
  }
  std::string operator()(const track::Remark& fact) const { return fact.text; }
  std::string operator()(const track::Withdrawal& /*fact*/) const { return {}; }

 private:
  const Plan& plan_;
  Language language_;
};

std::string what_of(const Plan& plan, const track::Event& event, Language language) {
  std::vector<std::string> parts;
  if (std::string what = in_words(plan, event.fact, language); !what.empty())
    parts.push_back(std::move(what));
  if (event.replaces > 0) {
    const bool is_withdrawal = std::holds_alternative<track::Withdrawal>(event.fact);
    parts.push_back(say(is_withdrawal ? words::log_withdraws : words::log_corrects, language,
                        {std::to_string(event.replaces)}));
  }
  if (!event.reason.empty()) parts.push_back(event.reason);
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : " · ") + part;
  return text;
}

TextTable table_of(Language language) {
  const auto word = [language](const Words& of) { return std::string(of.in(language)); };
  return TextTable({{word(words::log_number), Align::right},
                    {word(words::log_recorded)},
                    {word(words::log_of)},
                    {word(words::log_author), Align::left, true},
                    {word(words::log_kind)},
                    {word(words::log_subject), Align::left, true},
                    {word(words::log_what), Align::left, true}});
}

std::vector<std::string> cells_of(const Plan& plan, const track::Event& event, std::string number,
                                  Language language) {
  return {std::move(number),
          day_in(show_end(plan, event.recorded)),
          day_of(plan, event.fact),
          event.author,
          std::string(kind_in_words(event.fact).in(language)),
          std::string(track::subject_of(event.fact)),
          what_of(plan, event, language)};
}

}  // namespace

std::string in_words(const Plan& plan, const track::Fact& fact, Language language) {
  return std::visit(Teller(plan, language), fact);
}

std::string record_table(const Plan& plan, const RecordRows& rows, Language language, int width,
                         bool has_colour) {
  const Ink ink{has_colour};
  TextTable table = table_of(language);
  for (const track::Entry& entry : rows.entries) {
    std::vector<std::string> cells =
        cells_of(plan, entry, std::to_string(entry.sequence), language);
    if (const auto by = rows.replaced_by.find(entry.sequence); by != rows.replaced_by.end()) {
      const std::string note =
          say(words::log_stands_no_more, language, {std::to_string(by->second)});
      cells.back() = note + (cells.back().empty() ? "" : " · " + cells.back());
      for (std::string& cell : cells) cell = ink.faint(cell);
    }
    table.add(std::move(cells));
  }
  return table.str(width, 0, ink);
}

std::string record_table(const Plan& plan, std::span<const track::Event> events, Language language,
                         int width, bool has_colour) {
  TextTable table = table_of(language);
  for (const track::Event& event : events) table.add(cells_of(plan, event, "", language));
  return table.str(width, 0, Ink{has_colour});
}

std::string record_json(const std::string& path, const RecordRows& rows, const Findings& findings,
                        Language language) {
  JsonWriter json;
  json.begin_object().key("path").text(path).key("entries").begin_array();
  for (const track::Entry& entry : rows.entries) {
    json.begin_object();
    json.key("sequence").number(entry.sequence);
    json.key("kind").text(track::kind_of(entry.fact));
    json.key("author").text(entry.author);
    json.key("recorded").number(entry.recorded.minutes());
    json.key("effective").number(track::effective_of(entry.fact).minutes());
    json.key("reason").text(entry.reason);
    json.key("replaces");
    entry.replaces == 0 ? json.null() : json.number(entry.replaces);
    json.key("replaced_by");
    const auto by = rows.replaced_by.find(entry.sequence);
    by == rows.replaced_by.end() ? json.null() : json.number(by->second);
    json.key("hash").text(track::hexadecimal(entry.hash));
    json.key("content").text(track::content_of(entry.fact));
    json.end_object();
  }
  json.end_array();
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

}  // namespace diaodu::report
