#include "diaodu/report/brief.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/figure.h"
#include "diaodu/report/status_words.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"
#include "diaodu/report/xml.h"

namespace diaodu::report {
namespace {

using forecast::TargetOutlook;

constexpr double kLikely = 0.75;
constexpr double kUnlikely = 0.25;
constexpr std::size_t kMostTargets = 4;
constexpr std::size_t kMostPushes = 3;
constexpr std::size_t kMostChanges = 3;
constexpr std::size_t kMostTasks = 3;

/// Blank, tab or nothing between sentences.
void add(std::string& paragraph, const std::string& sentence, Language language) {
  if (!paragraph.empty() && language == Language::english) paragraph += ' ';
  paragraph += sentence;
}

class BriefWriter {
 public:
  BriefWriter(const Plan& plan, const ToldOutlook* told, const track::Status* status,
              Language language)
      : plan_(plan), told_(told), status_(status), language_(language) {}

  Brief write() {
    brief_.title = in_words(words::brief_title, {std::string(title_of(plan_, language_))});
    const Instant as_of = told_ != nullptr     ? told_->outlook.as_of
                          : status_ != nullptr ? status_->as_of
                                               : plan_.start;
    brief_.as_of = in_words(words::brief_as_of, {day(as_of)});
    if (told_ != nullptr) {
      open();
      section(words::brief_attention, attention());
      section(words::brief_push, pushes());
      section(words::brief_effects, effects());
      if (told_->since != kNever) {
        section(in_words(words::brief_changes, {day(told_->since)}), changes());
      }
      brief_.note = in_words(words::brief_note, {std::to_string(told_->outlook.num_paths)});
    }
    if (status_ != nullptr) section(words::brief_projects, projects());
    if (brief_.opening.empty() && brief_.sections.empty()) {
      brief_.opening.push_back(in_words(words::brief_nothing));
    }
    return std::move(brief_);
  }

 private:
  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language_, arguments);
  }
  void section(const std::string& heading, std::vector<std::string> paragraphs) {
    if (!paragraphs.empty()) brief_.sections.push_back({heading, std::move(paragraphs)});
  }
  void section(const Words& heading, std::vector<std::string> paragraphs) {
    section(in_words(heading), std::move(paragraphs));
  }
  std::string name(TargetId id) const {
    return std::string(display_name(plan_.targets[id], language_));
  }
  std::string value(TargetId id, double number) const {
    const Target& target = plan_.targets[id];
    const bool is_growth = target.measure == Target::Measure::growth;
    const std::string unit = is_growth ? "%" : target.unit.str();
    if (unit.empty()) return figure(number);
    // A number and its unit stay on one line.
    return figure(number) + (is_growth && language_ == Language::chinese ? "" : "\u00a0") + unit;
  }
  std::string share(double share) const { return chance_words(share, language_); }
  /// The day that an instant ends, without its clock.
  std::string day(Instant instant) const {
    constexpr std::size_t kLetters = 10;  // 2026-09-11
    return show_end(plan_, instant).substr(0, kLetters);
  }

  void open() {
    const forecast::Outlook& outlook = told_->outlook;
    if (!std::isnan(outlook.points_end) && !std::isnan(outlook.points_today)) {
      brief_.opening.push_back(
          in_words(words::brief_score, {figure(outlook.points_today), figure(outlook.points_end),
                                        figure(outlook.points_low), figure(outlook.points_high)}));
    }
    std::size_t all = 0;
    std::size_t likely = 0;
    std::size_t unlikely = 0;
    for (const TargetOutlook& each : outlook.targets) {
      if (!each.probability) continue;
      ++all;
      likely += *each.probability >= kLikely ? 1 : 0;
      unlikely += *each.probability < kUnlikely ? 1 : 0;
    }
    if (all == 0) return;
    brief_.opening.push_back(in_words(
        words::brief_counts, {std::to_string(all), std::to_string(likely),
                              std::to_string(all - likely - unlikely), std::to_string(unlikely)}));
  }

  /// What a target's points count in the whole: its weight's share on every level, and those of whoever scores it.
  double importance(TargetId id) const {
    double sum = 0;
    for (const TargetId scorer : plan_.targets.ids()) {
      const Target& row = plan_.targets[scorer];
      if (row.rule == Target::Rule::none || (row.of ? row.of : scorer) != id) continue;
      double share = 1;
      for (TargetId at = scorer; at; at = plan_.targets[at].parent) share *= share_of(at);
      sum += share;
    }
    return sum;
  }
  double share_of(TargetId id) const {
    double all = 0;
    for (const Target& each : plan_.targets) {
      if (each.parent == plan_.targets[id].parent) all += each.weight;
    }
    return all > 0 ? plan_.targets[id].weight / all : 0;
  }

  /// Targets that are not sure, those first whose miss costs most.
  std::vector<std::string> attention() const {
    std::vector<std::pair<double, TargetId>> order;
    for (const TargetId id : plan_.targets.ids()) {
      const auto& probability = told_->outlook[id].probability;
      if (probability && *probability < kLikely) {
        order.emplace_back((1 - *probability) * importance(id), id);
      }
    }
    std::stable_sort(order.begin(), order.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<std::string> paragraphs;
    for (const auto& [weight, id] : order) {
      if (paragraphs.size() == kMostTargets) break;
      paragraphs.push_back(about(id));
    }
    return paragraphs;
  }

  std::string about(TargetId id) const {
    const TargetOutlook& each = told_->outlook[id];
    const std::string expected = value(id, each.mean());
    const std::string goal = value(id, *each.goal);
    std::string paragraph =
        each.now ? in_words(words::brief_target, {name(id), value(id, *each.now), expected, goal,
                                                  share(*each.probability)})
                 : in_words(words::brief_target_unseen,
                            {name(id), expected, goal, share(*each.probability)});
    if (each.run_rate && each.run_rate->num_years > 1) add(paragraph, rate(id), language_);
    return paragraph;
  }

  std::string rate(TargetId id) const {
    const forecast::RunRate& rate = *told_->outlook[id].run_rate;
    const std::string years = std::to_string(rate.num_years);
    const std::string reached = std::to_string(rate.num_reached);
    if (plan_.targets[id].direction == Target::Direction::less_is_better) {
      const bool may_grow = rate.needed >= 0;
      return in_words(may_grow ? words::brief_rate_at_most : words::brief_rate_fall,
                      {figure(std::abs(rate.needed)), reached, years});
    }
    return rate.num_reached == 0
               ? in_words(words::brief_rate_never, {figure(rate.needed), years})
               : in_words(words::brief_rate_years, {figure(rate.needed), reached, years});
  }

  std::vector<std::string> pushes() const {
    std::vector<std::string> paragraphs;
    for (const forecast::Push& push : told_->pushes) {
      if (paragraphs.size() == kMostPushes || push.points < 0.005) break;
      const auto& now = told_->outlook[push.target].probability;
      paragraphs.push_back(
          now ? in_words(words::brief_push_line, {name(push.target), figure(push.points),
                                                  share(*now), share(push.probability)})
              : in_words(words::brief_push_alone, {name(push.target), figure(push.points)}));
    }
    if (paragraphs.size() > 1) {
      paragraphs.push_back(
          in_words(words::brief_push_stable, {share(told_->pushes.front().first_share)}));
    }
    return paragraphs;
  }

  std::vector<std::string> effects() const {
    std::vector<std::string> paragraphs;
    for (const TargetId id : plan_.targets.ids()) {
      const TargetOutlook& each = told_->outlook[id];
      if (!each.probability_as_scheduled || !each.probability) continue;
      paragraphs.push_back(
          in_words(words::brief_effect,
                   {name(id), share(*each.probability), share(*each.probability_as_scheduled),
                    share(*each.probability_without_effects)}));
      if (paragraphs.size() == kMostChanges) break;
    }
    return paragraphs;
  }

  std::vector<std::string> changes() const {
    std::vector<const forecast::News*> order;
    for (const forecast::News& each : told_->news) {
      if (each.probability_before && each.probability_after) order.push_back(&each);
    }
    const auto moved = [&](const forecast::News* each) {
      return std::abs(*each->probability_after - *each->probability_before) *
             (0.001 + importance(each->target));
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](const auto* a, const auto* b) { return moved(a) > moved(b); });
    std::vector<std::string> paragraphs;
    for (const forecast::News* each : order) {
      if (paragraphs.size() == kMostChanges) break;
      paragraphs.push_back(in_words(
          words::brief_change,
          {name(each->target), value(each->target, each->before), value(each->target, each->after),
           share(*each->probability_before), share(*each->probability_after)}));
    }
    return paragraphs;
  }

  static std::string whole(Money money) {
    constexpr std::int64_t kCents = 100;
    return money_words(Money{(money.count() + kCents / 2) / kCents * kCents});
  }
  /// Tasks of one name under different parents are told apart.
  std::string name_in_outline(TaskId task) const {
    const Task& row = plan_.tasks[task];
    const std::string name{display_name(row, language_)};
    if (!row.parent) return name;
    return std::string(display_name(plan_.tasks[row.parent], language_)) + " › " + name;
  }

  std::vector<std::string> projects() const {
    std::vector<std::string> paragraphs;
    std::size_t completed = 0;
    std::size_t started = 0;
    std::size_t waiting = 0;
    std::vector<std::pair<WorkTime, TaskId>> late;
    for (const TaskId task : plan_.tasks.ids()) {
      if (plan_.tasks[task].kind == TaskKind::summary) continue;
      const track::TaskStatus& each = status_->tasks[task];
      completed += each.stage == track::Stage::completed ? 1 : 0;
      started += each.stage == track::Stage::started ? 1 : 0;
      waiting += each.stage == track::Stage::not_started ? 1 : 0;
      if (each.light.light == track::Light::red && each.stage != track::Stage::completed) {
        late.emplace_back(each.slip.total, task);
      }
    }
    std::string first =
        in_words(words::brief_progress, {std::to_string(completed), std::to_string(started),
                                         std::to_string(waiting), day(status_->finish)});
    const auto performance = status_->value.schedule_performance();
    if (performance) {
      add(first,
          in_words(words::brief_earned,
                   {whole(status_->value.earned), plan_.currency, whole(status_->value.planned),
                    figure(100 * *performance)}),
          language_);
    }
    paragraphs.push_back(std::move(first));
    std::stable_sort(late.begin(), late.end(),
                     [](const auto& a, const auto& b) { return a.first > b.first; });
    for (const auto& [slip, task] : late) {
      if (paragraphs.size() > kMostTasks) break;
      paragraphs.push_back(
          in_words(words::brief_late,
                   {name_in_outline(task),
                    reasons_words(plan_, status_->tasks[task].light, task, language_, 2)}));
    }
    return paragraphs;
  }

  const Plan& plan_;
  const ToldOutlook* told_;
  const track::Status* status_;
  Language language_;
  Brief brief_;
};

constexpr std::string_view kStyle =
    ":root{color-scheme:light "
    "dark;--ink:#1d1f21;--faint:#5d646b;--paper:#fff;--line:#d8dadd;--mark:#0b5cad}"
    "@media "
    "(prefers-color-scheme:dark){:root{--ink:#e6e7e8;--faint:#a2a9b0;--paper:#16181a;--line:#"
    "3a3f44;"
    "--mark:#7db8f0}}"
    "*{box-sizing:border-box}html{background:var(--paper)}"
    "body{margin:0 auto;padding:9vh 24px "
    "40px;max-width:44rem;color:var(--ink);background:var(--paper);"
    "font:17px/1.6 system-ui,'Noto Sans','Noto Sans CJK SC','PingFang SC','Microsoft "
    "YaHei',sans-serif}"
    "header{border-bottom:2px solid var(--mark);padding-bottom:10px;margin-bottom:18px}"
    "h1{font-size:1.65rem;line-height:1.25;margin:0}header p{margin:.2em 0 "
    "0;color:var(--faint);font-size:.9rem}"
    ".opening p{font-size:1.08rem;margin:.4em 0}"
    "h2{font-size:1.02rem;margin:1.5em 0 .3em;color:var(--mark)}"
    "section p{margin:.35em 0;padding-left:1em;text-indent:-1em}"
    "section "
    "p::before{content:'\\2013';display:inline-block;width:1em;text-indent:0;color:var(--faint)}"
    "footer{margin-top:2em;border-top:1px solid "
    "var(--line);padding-top:8px;color:var(--faint);font-size:.82rem}"
    "html[lang=zh] body{line-height:1.75}"
    "@media print{@page{size:A4;margin:12mm 16mm}"
    "body{padding:0;max-width:none;font-size:9pt;line-height:1.3}"
    "html[lang=zh] body{line-height:1.5}header{margin-bottom:8px}.opening p,section p{margin:.15em "
    "0}"
    "section{break-inside:avoid}h2{margin:.75em 0 .15em}footer{margin-top:1em}}";

}  // namespace

Brief brief_of(const Plan& plan, const ToldOutlook* told, const track::Status* status,
               Language language) {
  return BriefWriter(plan, told, status, language).write();
}

std::string brief_html(const Brief& brief, Language language) {
  const auto paragraphs = [](const std::vector<std::string>& all) {
    std::string text;
    for (const std::string& each : all) text += "<p>" + xml_text(each) + "</p>\n";
    return text;
  };
  std::string page = "<!DOCTYPE html>\n<html lang=\"";
  page += language == Language::english ? "en" : "zh";
  page +=
      "\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src "
      "'unsafe-inline'\">\n"
      "<title>" +
      xml_text(brief.title) + "</title>\n<style>";
  page += kStyle;
  page += "</style>\n</head>\n<body>\n<header>\n<h1>" + xml_text(brief.title) + "</h1>\n<p>" +
          xml_text(brief.as_of) + "</p>\n</header>\n<main>\n<div class=\"opening\">\n" +
          paragraphs(brief.opening) + "</div>\n";
  for (const Brief::Section& section : brief.sections) {
    page += "<section>\n<h2>" + xml_text(section.heading) + "</h2>\n" +
            paragraphs(section.paragraphs) + "</section>\n";
  }
  page += "</main>\n";
  if (!brief.note.empty()) page += "<footer>" + xml_text(brief.note) + "</footer>\n";
  return page + "</body>\n</html>\n";
}

std::string brief_text(const Brief& brief, int width) {
  std::string text = fit(brief.title, width) + '\n' + fit(brief.as_of, width) + "\n\n";
  for (const std::string& each : brief.opening) text += paragraph(each, width, 0);
  for (const Brief::Section& section : brief.sections) {
    text += '\n' + fit(section.heading, width) + '\n';
    for (const std::string& each : section.paragraphs) text += paragraph(each, width, 2);
  }
  return text;
}

}  // namespace diaodu::report
