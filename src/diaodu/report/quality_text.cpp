#include "diaodu/report/quality_text.h"

#include <algorithm>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/grid.h"
#include "diaodu/report/json.h"
#include "diaodu/report/quality_words.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using check::QualityFlaw;
using check::QualityResult;
using Verdict = QualityResult::Verdict;

constexpr std::size_t kMostFlaws = 8;
constexpr double kWhole = 10'000;

struct Kept {
  std::size_t kept = 0;
  std::size_t judged = 0;
};
Kept kept_of(const check::Quality& quality) {
  Kept points;
  for (const QualityResult& result : quality.points) {
    points.kept += result.verdict == Verdict::kept ? 1 : 0;
    points.judged += result.verdict == Verdict::kept || result.verdict == Verdict::broken ? 1 : 0;
  }
  return points;
}

bool is_measured(const QualityResult& result) { return result.verdict != Verdict::not_applicable; }

/// Points that count nothing have an index or a share of one.
bool has_counts(const QualityResult& result) {
  return is_measured(result) && result.of > 0 && result.point != QualityPoint::critical_path_test;
}

std::string number_of(const QualityResult& result) {
  return std::to_string(static_cast<int>(result.point) + 1);
}

std::string_view name_of_task(const Plan& plan, TaskId task, Language language) {
  return display_name(plan.tasks[task], language);
}

std::string table_of(const MeasuredQuality& measured, Language language, int width,
                     const Ink& ink) {
  const auto word = [language](const Words& words) { return std::string(words.in(language)); };
  TextTable table({{"", Align::right},
                   {word(words::quality_column_point), Align::left, true},
                   {word(words::quality_column_count), Align::right},
                   {word(words::quality_column_of), Align::right},
                   {word(words::quality_column_value), Align::right},
                   {word(words::quality_column_limit), Align::left},
                   {word(words::quality_column_verdict), Align::left}});
  for (const QualityResult& result : measured.quality.points) {
    const bool has = has_counts(result);
    const std::string verdict = verdict_words(measured.plan, measured.evidence, result, language);
    table.add({number_of(result), word(point_word(result.point)),
               has ? std::to_string(result.count) : "", has ? std::to_string(result.of) : "",
               is_measured(result) ? measure_words(result.point, result.value, language) : "–",
               limit_words(measured.plan, result.point, language),
               result.verdict == Verdict::broken ? ink.warm(verdict)
               : result.verdict == Verdict::kept ? ink.good(verdict)
                                                 : ink.faint(verdict)});
  }
  return table.str(width, 2, ink);
}

std::string flaws_of(const MeasuredQuality& measured, const QualityResult& result,
                     Language language, int width, const Ink& ink) {
  if (result.flaws.empty()) return {};
  const std::string heading =
      number_of(result) + ' ' + std::string(point_word(result.point).in(language));
  std::string lines = '\n' + ink.bold(fit(heading, width)) + '\n';
  TextTable table({{"", Align::left, true}, {"", Align::left, true}, {"", Align::left, true}});
  const std::size_t shown = std::min(result.flaws.size(), kMostFlaws);
  for (std::size_t i = 0; i < shown; ++i) {
    const QualityFlaw& flaw = result.flaws[i];
    table.add({measured.plan.tasks[flaw.task].id.str(),
               std::string(name_of_task(measured.plan, flaw.task, language)),
               flaw_words(measured.plan, flaw, language)});
  }
  lines += table.str(width, 2, ink);
  const std::size_t more = result.flaws.size() - shown;
  if (more > 0) {
    lines += "  " +
             ink.faint(fit(say(words::and_more, language, {std::to_string(more)}), width - 2)) +
             '\n';
  }
  return lines;
}

class Document {
 public:
  Document(const MeasuredQuality& measured, Language language)
      : measured_(measured), language_(language) {}

  std::string write(const Findings& findings) {
    const Plan& plan = measured_.plan;
    const check::Quality& quality = measured_.quality;
    json_.begin_object();
    json_.key("plan").text(title_of(plan, language_));
    json_.key("as_of");
    plan.data_date ? json_.text(show(plan, *plan.data_date)) : json_.null();
    json_.key("baseline");
    if (measured_.evidence.baseline.empty()) {
      json_.null();
    } else {
      json_.text(measured_.baseline);
    }
    json_.key("open").number(quality.num_open);
    json_.key("completed").number(quality.num_completed);
    const Kept points = kept_of(quality);
    json_.key("kept").number(points.kept);
    json_.key("judged").number(points.judged);
    json_.key("points").begin_array();
    for (const QualityResult& result : quality.points) write(result);
    json_.end_array();
    write_path();
    write_delay();
    write_findings_json(json_, findings, language_);
    json_.end_object();
    return json_.take();
  }

 private:
  void write(const QualityResult& result) {
    const QualityRule& rule = rule_of(result.point);
    json_.begin_object();
    json_.key("point").text(rule.key);
    json_.key("name").text(point_word(result.point).in(language_));
    json_.key("count");
    has_counts(result) ? json_.number(result.count) : json_.null();
    json_.key("of");
    has_counts(result) ? json_.number(result.of) : json_.null();
    json_.key("value");
    is_measured(result) ? json_.number(result.value) : json_.null();
    json_.key("limit");
    const std::optional<int> limit = measured_.plan.quality[result.point];
    limit ? json_.number(*limit / kWhole) : json_.null();
    json_.key("least").boolean(rule.is_least);
    json_.key("verdict").text(report::name_of(result.verdict));
    json_.key("why");
    is_measured(result)
        ? json_.null()
        : json_.text(verdict_words(measured_.plan, measured_.evidence, result, language_));
    json_.key("flaws").begin_array();
    for (const QualityFlaw& flaw : result.flaws) write(flaw);
    json_.end_array();
    json_.end_object();
  }

  void write(const QualityFlaw& flaw) {
    const Plan& plan = measured_.plan;
    json_.begin_object();
    json_.key("kind").text(report::name_of(flaw.kind));
    json_.key("task").text(plan.tasks[flaw.task].id);
    json_.key("name").text(name_of_task(plan, flaw.task, language_));
    if (flaw.link) json_.key("from").text(plan.tasks[plan.links[flaw.link].from].id);
    json_.key("what").text(flaw_words(plan, flaw, language_));
    json_.end_object();
  }

  void write_path() {
    const check::Quality& quality = measured_.quality;
    json_.key("path").begin_object();
    json_.key("finish").text(show(measured_.plan, measured_.evidence.finish));
    json_.key("to_meet");
    quality.to_meet ? json_.text(show(measured_.plan, *quality.to_meet)) : json_.null();
    json_.key("minutes").number(quality.path_length.count());
    json_.key("float_minutes");
    quality.to_meet ? json_.number(quality.path_float.count()) : json_.null();
    json_.end_object();
  }

  void write_delay() {
    json_.key("delay");
    if (!measured_.evidence.delay) {
      json_.null();
      return;
    }
    const check::DelayTest& test = *measured_.evidence.delay;
    json_.begin_object();
    json_.key("task").text(measured_.plan.tasks[test.task].id);
    json_.key("minutes").number(test.delay.count());
    json_.key("moved_minutes").number(test.moved.count());
    json_.key("finish").text(show(measured_.plan, test.before));
    json_.key("finish_delayed").text(show(measured_.plan, test.after));
    json_.end_object();
  }

  const MeasuredQuality& measured_;
  Language language_;
  JsonWriter json_;
};

constexpr double kNarrow = 10;
constexpr double kWide = 36;
constexpr const char* kRatio = "0.0000";

Grid point_grid(const MeasuredQuality& measured, Language language) {
  const auto word = [language](const Words& words) { return std::string(words.in(language)); };
  Grid grid{&words::quality_sheet_points,
            {{word(words::quality_column_point), kWide},
             {word(words::quality_column_count), kNarrow, "0"},
             {word(words::quality_column_of), kNarrow, "0"},
             {word(words::quality_column_value), kNarrow, kRatio},
             {word(words::quality_column_limit), kNarrow},
             {word(words::quality_column_verdict), kWide}},
            {}};
  for (const QualityResult& result : measured.quality.points) {
    const bool has = has_counts(result);
    grid.rows.push_back({number_of(result) + ' ' + word(point_word(result.point)),
                         has ? Cell(static_cast<double>(result.count)) : Cell(),
                         has ? Cell(static_cast<double>(result.of)) : Cell(),
                         is_measured(result) ? Cell(result.value) : Cell(),
                         limit_words(measured.plan, result.point, language),
                         verdict_words(measured.plan, measured.evidence, result, language)});
  }
  return grid;
}

Grid flaw_grid(const MeasuredQuality& measured, Language language) {
  const auto word = [language](const Words& words) { return std::string(words.in(language)); };
  Grid grid{&words::quality_sheet_flaws,
            {{word(words::quality_column_point), kWide},
             {word(words::id), kNarrow},
             {word(words::status_column_task), kWide},
             {word(words::quality_column_what), kWide * 2}},
            {}};
  for (const QualityResult& result : measured.quality.points) {
    for (const QualityFlaw& flaw : result.flaws) {
      grid.rows.push_back({number_of(result) + ' ' + word(point_word(result.point)),
                           measured.plan.tasks[flaw.task].id.str(),
                           std::string(name_of_task(measured.plan, flaw.task, language)),
                           flaw_words(measured.plan, flaw, language)});
    }
  }
  return grid;
}

}  // namespace

std::string quality_text(const MeasuredQuality& measured, Language language, int width,
                         bool has_colour) {
  const Ink ink{has_colour};
  const Plan& plan = measured.plan;
  const Kept points = kept_of(measured.quality);
  const auto note = [&](const std::string& text) {
    return text.empty() ? std::string() : paragraph(text, width, 2);
  };
  std::string lines =
      ink.bold(fit(say(words::quality_title, language,
                       {std::to_string(points.kept), std::to_string(points.judged)}),
                   width)) +
      '\n';
  std::string state = say(
      words::quality_tasks, language,
      {std::to_string(measured.quality.num_open), std::to_string(measured.quality.num_completed)});
  std::vector<std::string> sentences = {state};
  if (!measured.evidence.baseline.empty()) {
    sentences.push_back(say(words::status_against, language,
                            {measured.baseline.empty() ? say(words::status_against_plan, language)
                                                       : measured.baseline}));
  }
  lines += note(joined_sentences(sentences, language)) + '\n';
  lines += table_of(measured, language, width, ink);
  const std::string path = path_words(plan, measured.evidence, measured.quality, language);
  const std::string delay = delay_words(plan, measured.evidence, language);
  if (!path.empty() || !delay.empty()) lines += '\n' + note(delay) + note(path);
  for (const QualityResult& result : measured.quality.points)
    lines += flaws_of(measured, result, language, width, ink);
  return lines;
}

std::string quality_json(const MeasuredQuality& measured, const Findings& findings,
                         Language language) {
  return Document(measured, language).write(findings);
}

std::string quality_csv(const MeasuredQuality& measured, Language language) {
  return grid_csv(measured.plan, flaw_grid(measured, language));
}

void write_quality_workbook(const MeasuredQuality& measured, Language language,
                            const std::filesystem::path& path) {
  write_grids(measured.plan, {point_grid(measured, language), flaw_grid(measured, language)},
              language,
              say(words::quality_title, language,
                  {std::to_string(kept_of(measured.quality).kept),
                   std::to_string(kept_of(measured.quality).judged)}),
              path);
}

}  // namespace diaodu::report
