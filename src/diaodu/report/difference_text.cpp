#include "diaodu/report/difference_text.h"

#include <algorithm>
#include <array>

#include "diaodu/plan/show.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/grid.h"
#include "diaodu/report/json.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

using Change = Difference::Change;

constexpr std::size_t kMostOfGroup = 12;

struct GroupName {
  std::string_view name;
  const Words& words;
};
const std::array<GroupName, kNumDifferenceGroups> kGroups = {{
    {"plan", words::diff_group_plan},
    {"tasks", words::diff_group_tasks},
    {"critical", words::diff_group_critical},
    {"dates", words::diff_group_dates},
    {"durations", words::diff_group_durations},
    {"links", words::diff_group_links},
    {"limits", words::diff_group_limits},
    {"calendars", words::diff_group_calendars},
    {"resources", words::diff_group_resources},
    {"progress", words::diff_group_progress},
    {"cost", words::diff_group_cost},
    {"total_float", words::diff_group_float},
    {"others", words::diff_group_others},
}};

const GroupName& group_name(DifferenceGroup group) {
  return kGroups[static_cast<std::size_t>(group)];
}

const Words& change_word(Change change) {
  switch (change) {
    case Change::added:
      return words::diff_added;
    case Change::removed:
      return words::diff_removed;
    case Change::changed:
      return words::diff_changed;
  }
  return words::diff_changed;
}

std::string_view name_of(Change change) {
  switch (change) {
    case Change::added:
      return "added";
    case Change::removed:
      return "removed";
    case Change::changed:
      return "changed";
  }
  return {};
}

/// What differs, in the language: the column, the setting's key, or that the row is new or gone.
std::string field_words(const Difference& difference, Language language) {
  if (difference.change != Change::changed)
    return std::string(change_word(difference.change).in(language));
  return difference.label;
}

std::string by_words(const ComparedPlans& compared, const Difference& difference,
                     Language language) {
  if (!difference.by) return {};
  const std::string days = signed_days(compared.after, *difference.by, difference.task, language);
  return *difference.by > WorkTime{} ? '+' + days : days;
}

std::string or_nothing(const Difference& difference, const std::string& value, Language language) {
  if (!value.empty() || difference.change != Change::changed) return in_line(value);
  return say(words::diff_nothing, language);
}

std::vector<std::string> sentences_of(const ComparedPlans& compared, Language language) {
  const Differences& all = compared.differences;
  const std::string pair =
      say(words::diff_between, language, {compared.name_before, compared.name_after});
  if (all.all.empty()) return {say(words::diff_none, language)};
  std::vector<std::string> sentences = {
      all.all.size() == 1
          ? say(words::diff_one, language, {pair})
          : say(words::diff_title, language, {pair, std::to_string(all.all.size())})};
  if (!all.finish) {
    sentences.push_back(say(words::diff_no_dates, language));
    return sentences;
  }
  const WorkTime by = all.finish->by;
  const std::string before = show(compared.before, all.finish->before);
  const std::string after = show(compared.after, all.finish->after);
  if (all.finish->before == all.finish->after) {
    sentences.push_back(say(words::diff_finish_same, language, {after}));
  } else {
    const bool is_later = all.finish->after > all.finish->before;
    const WorkTime size = by < WorkTime{} ? -by : by;
    sentences.push_back(say(is_later ? words::diff_finish_later : words::diff_finish_earlier,
                            language,
                            {signed_days(compared.after, size, {}, language), before, after}));
  }
  const auto& [cost_before, cost_after] = *all.cost;
  if (cost_before != cost_after) {
    const bool is_dearer = cost_after > cost_before;
    const Money more = is_dearer ? cost_after - cost_before : cost_before - cost_after;
    sentences.push_back(
        say(is_dearer ? words::diff_dearer : words::diff_cheaper, language,
            {money_words(more), money_words(cost_before), money_words(cost_after)}));
  }
  return sentences;
}

/// Runs of one group.
template <class Visit>
void each_group(const std::vector<Difference>& all, Visit visit) {
  for (std::size_t begin = 0; begin < all.size();) {
    std::size_t end = begin;
    while (end < all.size() && all[end].group == all[begin].group) ++end;
    visit(begin, end);
    begin = end;
  }
}

Grid grid_of(const ComparedPlans& compared, Language language) {
  const auto word = [language](const Words& words) { return std::string(words.in(language)); };
  constexpr double kNarrow = 14;
  constexpr double kWide = 36;
  Grid grid{&words::diff_sheet,
            {{word(words::diff_column_group), kNarrow},
             {word(words::diff_column_change), kNarrow},
             {word(words::id), kNarrow},
             {word(words::diff_column_subject), kWide},
             {word(words::diff_column_field), kNarrow},
             {word(words::diff_column_before), kWide},
             {word(words::diff_column_after), kWide},
             {word(words::diff_column_by), kNarrow, "0.00"}},
            {}};
  for (const Difference& each : compared.differences.all) {
    grid.rows.push_back(
        {word(group_name(each.group).words), word(change_word(each.change)), each.key, each.subject,
         each.label, each.before, each.after,
         each.by ? Cell(number_of_days(compared.after, *each.by, each.task)) : Cell()});
  }
  return grid;
}

}  // namespace

std::string_view name_of(DifferenceGroup group) { return group_name(group).name; }

std::string difference_text(const ComparedPlans& compared, Language language, int width,
                            bool has_colour) {
  const Ink ink{has_colour};
  const std::vector<std::string> sentences = sentences_of(compared, language);
  std::string lines = paragraph(sentences.front(), width, 0);
  for (std::size_t i = 1; i < sentences.size(); ++i) lines += paragraph(sentences[i], width, 0);
  const std::vector<Difference>& all = compared.differences.all;
  each_group(all, [&](std::size_t begin, std::size_t end) {
    const std::string heading = std::string(group_name(all[begin].group).words.in(language)) +
                                " (" + std::to_string(end - begin) + ')';
    lines += '\n' + ink.bold(fit(heading, width)) + '\n';
    TextTable table({{"", Align::left, true},
                     {"", Align::left, true},
                     {"", Align::left, true},
                     {"", Align::left},
                     {"", Align::left, true},
                     {"", Align::right}});
    const std::size_t shown = std::min(end - begin, kMostOfGroup);
    for (std::size_t i = begin; i < begin + shown; ++i) {
      const Difference& each = all[i];
      const std::string field = in_line(field_words(each, language));
      table.add({in_line(each.subject),
                 each.change == Change::added     ? ink.good(field)
                 : each.change == Change::removed ? ink.warm(field)
                                                  : field,
                 or_nothing(each, each.before, language), each.change == Change::changed ? "→" : "",
                 or_nothing(each, each.after, language), by_words(compared, each, language)});
    }
    lines += table.str(width, 2, ink);
    if (end - begin > shown) {
      lines += "  " +
               ink.faint(fit(say(words::and_more, language, {std::to_string(end - begin - shown)}),
                             width - 2)) +
               '\n';
    }
  });
  return lines;
}

std::string difference_json(const ComparedPlans& compared, const Findings& findings,
                            Language language) {
  const Differences& all = compared.differences;
  JsonWriter json;
  json.begin_object();
  json.key("before").text(compared.name_before);
  json.key("after").text(compared.name_after);
  json.key("finish");
  if (all.finish) {
    json.begin_object();
    json.key("before").text(show(compared.before, all.finish->before));
    json.key("after").text(show(compared.after, all.finish->after));
    json.key("by_minutes").number(all.finish->by.count());
    json.end_object();
  } else {
    json.null();
  }
  json.key("cost");
  if (all.cost) {
    json.begin_object();
    json.key("before").number(static_cast<double>(all.cost->first.count()) / kCentsInOne);
    json.key("after").number(static_cast<double>(all.cost->second.count()) / kCentsInOne);
    json.end_object();
  } else {
    json.null();
  }
  json.key("counts").begin_object();
  each_group(all.all, [&](std::size_t begin, std::size_t end) {
    json.key(name_of(all.all[begin].group)).number(end - begin);
  });
  json.end_object();
  json.key("differences").begin_array();
  for (const Difference& each : all.all) {
    json.begin_object();
    json.key("group").text(name_of(each.group));
    json.key("change").text(name_of(each.change));
    json.key("table").text(each.table);
    json.key("key").text(each.key);
    json.key("what").text(each.subject);
    json.key("field");
    each.field.empty() ? json.null() : json.text(each.field);
    json.key("before");
    each.before.empty() ? json.null() : json.text(each.before);
    json.key("after");
    each.after.empty() ? json.null() : json.text(each.after);
    json.key("by_minutes");
    each.by ? json.number(each.by->count()) : json.null();
    json.end_object();
  }
  json.end_array();
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

std::string difference_csv(const ComparedPlans& compared, Language language) {
  return grid_csv(compared.after, grid_of(compared, language));
}

void write_difference_workbook(const ComparedPlans& compared, Language language,
                               const std::filesystem::path& path) {
  write_grids(compared.after, {grid_of(compared, language)}, language,
              sentences_of(compared, language).front(), path);
}

std::string difference_page(const ComparedPlans& compared, Language language) {
  const std::vector<std::string> sentences = sentences_of(compared, language);
  const std::string title =
      xml_text(say(words::diff_between, language, {compared.name_before, compared.name_after}));
  std::string html =
      "<!doctype html>\n<html lang=\"" +
      std::string(language == Language::chinese ? "zh-CN" : "en") +
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n<title>" +
      title +
      "</title>\n<style>\n"
      ":root{color-scheme:light dark}\n"
      "body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}\n"
      "h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}\n"
      "table{border-collapse:collapse;width:100%}\n"
      "th,td{text-align:start;vertical-align:top;padding:.3rem .6rem;"
      "border-bottom:1px solid #8885;overflow-wrap:anywhere}\n"
      "td.number{text-align:end;white-space:nowrap}\n"
      "tr.added td:first-child{border-inline-start:3px solid #2a8a4a}\n"
      "tr.removed td:first-child{border-inline-start:3px solid #c0392b}\n"
      "@media print{body{margin:0;max-width:none}}\n</style>\n</head>\n<body>\n<main>\n<h1>" +
      title + "</h1>\n";
  for (const std::string& sentence : sentences) html += "<p>" + xml_text(sentence) + "</p>\n";
  const std::vector<Difference>& all = compared.differences.all;
  each_group(all, [&](std::size_t begin, std::size_t end) {
    html += "<h2>" + xml_text(group_name(all[begin].group).words.in(language)) + " (" +
            std::to_string(end - begin) + ")</h2>\n<table>\n<thead><tr>";
    for (const Words* words :
         {&words::diff_column_subject, &words::diff_column_field, &words::diff_column_before,
          &words::diff_column_after, &words::diff_column_by})
      html += "<th scope=\"col\">" + xml_text(words->in(language)) + "</th>";
    html += "</tr></thead>\n<tbody>\n";
    for (std::size_t i = begin; i < end; ++i) {
      const Difference& each = all[i];
      html += "<tr class=\"" + std::string(name_of(each.change)) + "\"><td>" +
              xml_text(each.subject) + "</td><td>" + xml_text(field_words(each, language)) +
              "</td><td>" + xml_text(or_nothing(each, each.before, language)) + "</td><td>" +
              xml_text(or_nothing(each, each.after, language)) + "</td><td class=\"number\">" +
              xml_text(by_words(compared, each, language)) + "</td></tr>\n";
    }
    html += "</tbody>\n</table>\n";
  });
  return html + "</main>\n</body>\n</html>\n";
}

}  // namespace diaodu::report
