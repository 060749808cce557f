#include "diaodu/report/comparison.h"

#include <cmath>
#include <functional>
#include <optional>

#include "diaodu/core/decimal.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

void write_difference(JsonWriter& json, std::string_view key,
                      const std::optional<forecast::Difference>& difference, double unit) {
  json.key(key);
  if (!difference) {
    json.null();
    return;
  }
  json.begin_object();
  json.key("p10").number(difference->p10 / unit);
  json.key("p50").number(difference->p50 / unit);
  json.key("p80").number(difference->p80 / unit);
  json.key("p90").number(difference->p90 / unit);
  json.key("mean").number(difference->mean / unit);
  json.key("error").number(difference->error / unit);
  json.key("less").number(difference->less_share);
  json.key("same").number(difference->same_share);
  json.end_object();
}

}  // namespace

std::string comparison_text(const Plan& plan, std::string_view name,
                            const forecast::Comparison& comparison, Language language, int width,
                            bool has_colour) {
  const Ink ink{has_colour};
  const auto in_words = [&](const Words& words) { return std::string(words.in(language)); };
  TextTable table({{"", Align::left, true},
                   {"P10", Align::right},
                   {"P50", Align::right},
                   {"P80", Align::right},
                   {"P90", Align::right},
                   {in_words(words::risk_column_mean), Align::right},
                   {"±", Align::right}});
  const auto days = [&](double minutes) {
    const double value = plan.is_abstract ? minutes : minutes / double{kMinutesPerDay};
    return decimal_string(std::llround(value * 10), 1);
  };
  const auto money = [](double cents) {
    return money_words(Money{std::llround(cents / kCentsInOne) * std::int64_t{100}});
  };
  const auto add = [&](const Words& what, const forecast::Difference& of,
                       const std::function<std::string(double)>& number) {
    table.add({in_words(what), number(of.p10), number(of.p50), number(of.p80), number(of.p90),
               number(of.mean), number(of.error)});
  };
  if (comparison.finish) add(words::risk_ends_later, *comparison.finish, days);
  if (comparison.cost) add(words::risk_costs_more, *comparison.cost, money);
  std::string lines =
      '\n' + ink.bold(fit(say(words::risk_against, language, {std::string(name)}), width)) + '\n' +
      table.str(width, 2, ink);
  const auto note = [&](const Words& words, const forecast::Difference& of) {
    lines += paragraph(
        say(words, language,
            {chance_words(of.less_share, language), chance_words(of.same_share, language)}),
        width, 2);
  };
  if (comparison.finish) note(words::risk_ends_earlier_in, *comparison.finish);
  if (comparison.cost) note(words::risk_costs_less_in, *comparison.cost);
  return lines;
}

void write_comparison_json(JsonWriter& json, std::string_view name,
                           const forecast::Comparison& comparison) {
  json.key("against").begin_object();
  json.key("plan").text(name);
  json.key("trials").number(comparison.num_trials);
  json.key("without_dates").number(comparison.num_without_dates);
  write_difference(json, "finish", comparison.finish, 1);
  write_difference(json, "cost", comparison.cost, kCentsInOne);
  json.end_object();
}

}  // namespace diaodu::report
