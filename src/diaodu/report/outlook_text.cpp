#include "diaodu/report/outlook_text.h"

#include <algorithm>
#include <cmath>
#include <string_view>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/figure.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::Contribution;
using forecast::Outlook;
using forecast::TargetOutlook;

constexpr std::size_t kMostTargets = 20;
constexpr std::size_t kMostParents = 6;
constexpr std::size_t kMostPushes = 8;
constexpr std::size_t kMostNews = 10;

class OutlookScreen {
 public:
  OutlookScreen(const Plan& plan, const ToldOutlook& told, Language language, int width,
                bool has_colour)
      : plan_(plan),
        told_(told),
        outlook_(told.outlook),
        language_(language),
        width_(width),
        ink_{has_colour} {}

  std::string text() const {
    if (plan_.targets.empty()) return paragraph(in_words(words::outlook_no_targets), width_, 0);
    return top() + targets() + cannot() + effects() + gaps() + parts() + sides() + scores() +
           pushes() + news();
  }

 private:
  std::string in_words(const Words& sentence,
                       std::initializer_list<std::string> arguments = {}) const {
    return say(sentence, language_, arguments);
  }
  std::string heading(const std::string& words) const {
    return '\n' + ink_.bold(fit(words, width_)) + '\n';
  }
  std::string heading(const Words& words) const { return heading(in_words(words)); }
  std::string more(std::size_t count) const {
    if (count == 0) return {};
    return "  " + ink_.faint(in_words(words::and_more, {std::to_string(count)})) + '\n';
  }
  std::string name(TargetId id) const {
    return std::string(display_name(plan_.targets[id], language_));
  }
  std::string share(double share) const { return chance_words(share, language_); }
  std::string value(TargetId id, double number) const {
    return figure_with_unit(number, plan_.targets[id]);
  }

  /// Its unit, but for the percent of growths, would take the room of names.
  std::string goal(TargetId id) const {
    const Target& target = plan_.targets[id];
    const std::string number = figure(*outlook_[id].goal);
    return target.measure == Target::Measure::growth ? number + " %" : number;
  }

  std::string top() const {
    const std::string count = in_words(
        words::outlook_futures, {std::to_string(outlook_.num_paths), std::to_string(told_.seed),
                                 show_end(plan_, outlook_.as_of)});
    const int room = width_ - display_width(count) - 2;
    const std::string title{title_of(plan_, language_)};
    std::string lines = room < 8 ? ink_.faint(fit(count, width_)) + '\n'
                                 : ink_.bold(pad(title, room)) + "  " + ink_.faint(count) + '\n';
    const bool is_scored = !std::isnan(outlook_.points_end);
    const std::string score =
        is_scored ? in_words(words::outlook_score,
                             {figure(outlook_.points_today), figure(outlook_.points_half),
                              figure(outlook_.points_end), figure(outlook_.points_low),
                              figure(outlook_.points_high)})
                  : in_words(words::outlook_unscored);
    for (const std::string& line : wrap(score, width_)) lines += ink_.bold(line) + '\n';
    return lines;
  }

  /// Those with a goal, by their chance; then those without.
  std::vector<TargetId> by_chance() const {
    std::vector<TargetId> order;
    for (TargetId id : plan_.targets.ids()) {
      if (!outlook_[id].values.empty()) order.push_back(id);
    }
    std::stable_sort(order.begin(), order.end(), [&](TargetId a, TargetId b) {
      return outlook_[a].probability.value_or(2) < outlook_[b].probability.value_or(2);
    });
    return order;
  }

  std::string chance(const std::optional<double>& probability) const {
    if (!probability) return {};
    const std::string text = share(*probability);
    if (*probability < 0.25) return ink_.warm(text);
    return *probability < 0.75 ? ink_.amber(text) : ink_.good(text);
  }

  std::string targets() const {
    TextTable table({{in_words(words::outlook_column_target), Align::left, true},
                     {in_words(words::outlook_column_now), Align::right},
                     {in_words(words::outlook_column_year), Align::right},
                     {in_words(words::outlook_column_goal), Align::right},
                     {in_words(words::outlook_column_chance), Align::right},
                     {in_words(words::outlook_column_rest), Align::right}});
    const auto order = by_chance();
    for (std::size_t i = 0; i < std::min(order.size(), kMostTargets); ++i) {
      const TargetOutlook& each = outlook_[order[i]];
      const std::string range = in_words(
          words::outlook_range,
          {figure(each.quantile(0.5)), figure(each.quantile(0.1)), figure(each.quantile(0.9))});
      const std::string rate =
          each.run_rate ? in_words(words::outlook_rate, {figure(each.run_rate->needed)}) : "";
      table.add({name(order[i]), each.now ? figure(*each.now) : "", range,
                 each.goal ? goal(order[i]) : "", chance(each.probability), rate});
    }
    if (table.empty()) return {};
    return heading(words::outlook_targets) + table.str(width_, 2, ink_) +
           more(order.size() - table.size());
  }

  std::string cannot() const {
    std::string lines;
    for (TargetId id : plan_.targets.ids()) {
      const auto& why = outlook_[id].cannot;
      if (!why) continue;
      const bool is_english = language_ == Language::english;
      lines += paragraph(
          in_words(words::outlook_cannot_line, {name(id), is_english ? why->why : why->why_zh}),
          width_, 2);
    }
    return lines.empty() ? lines : heading(words::outlook_cannot) + lines;
  }

  std::string effects() const {
    std::string lines;
    for (TargetId id : plan_.targets.ids()) {
      const TargetOutlook& each = outlook_[id];
      if (!each.probability_as_scheduled || !each.probability) continue;
      lines += paragraph(
          in_words(words::outlook_effects_line,
                   {name(id), share(*each.probability), share(*each.probability_as_scheduled),
                    share(*each.probability_without_effects)}),
          width_, 2);
    }
    return lines.empty() ? lines : heading(words::outlook_effects) + lines;
  }

  std::string gaps() const {
    std::string lines;
    std::size_t count = 0;
    for (const TargetId id : by_chance()) {
      const TargetOutlook& each = outlook_[id];
      if (!each.gap || *each.probability >= 0.75 || ++count > kMostParents) continue;
      lines +=
          paragraph(in_words(words::outlook_gap_line,
                             {name(id), signed_figure(each.gap->so_far + each.gap->to_come),
                              signed_figure(each.gap->so_far), signed_figure(each.gap->to_come)}),
                    width_, 2);
    }
    return lines.empty() ? lines : heading(words::outlook_gaps) + lines;
  }

  std::string part_name(const Contribution& part) const {
    return part.child ? name(part.child) : in_words(words::outlook_discrepancy);
  }

  std::string parts() const {
    std::string lines;
    std::size_t count = 0;
    for (TargetId id : plan_.targets.ids()) {
      const auto& contributions = outlook_[id].contributions;
      if (contributions.empty() || count++ == kMostParents) continue;
      TextTable table({{in_words(words::outlook_column_part), Align::left, true},
                       {in_words(words::outlook_column_share), Align::right},
                       {in_words(words::outlook_column_value), Align::right},
                       {in_words(words::outlook_column_points), Align::right},
                       {in_words(words::outlook_column_gap), Align::right}});
      for (const Contribution& part : contributions) {
        table.add({part_name(part), part.child ? whole_percentage(part.weight, language_) : "",
                   part.child ? value(part.child, part.value) : "", signed_figure(part.points),
                   part.gap ? signed_figure(*part.gap) : ""});
      }
      lines += heading(in_words(words::outlook_parts, {name(id)})) + table.str(width_, 2, ink_);
    }
    return lines;
  }

  /// Children of one parent that are sides of the same accounts, beside what the parent itself says.
  std::string sides() const {
    std::string lines;
    for (TargetId parent : plan_.targets.ids()) {
      if (outlook_[parent].values.empty()) continue;
      TextTable table({{in_words(words::outlook_column_side), Align::left, true},
                       {in_words(words::outlook_column_value), Align::right},
                       {in_words(words::outlook_column_discrepancy), Align::right}});
      for (TargetId id : plan_.targets.ids()) {
        const Target& target = plan_.targets[id];
        if (target.parent != parent || target.side.empty() || outlook_[id].contributions.empty())
          continue;
        const double expected = outlook_[id].mean();
        table.add(
            {name(id), value(id, expected), signed_figure(outlook_[parent].mean() - expected)});
      }
      if (table.size() > 1) {
        lines +=
            heading(in_words(words::outlook_sides, {name(parent)})) + table.str(width_, 2, ink_);
      }
    }
    return lines;
  }

  std::string scores() const {
    TextTable table({{in_words(words::outlook_column_target), Align::left, true},
                     {in_words(words::outlook_column_weight), Align::right},
                     {in_words(words::outlook_column_today), Align::right},
                     {in_words(words::outlook_column_half), Align::right},
                     {in_words(words::outlook_column_end), Align::right},
                     {in_words(words::outlook_column_rank), Align::right}});
    const auto points = [](const std::optional<double>& each) {
      return each ? figure(*each) : std::string();
    };
    std::vector<TargetId> order = forecast::parents_first(plan_);
    for (const TargetId id : order) {
      const TargetOutlook& each = outlook_[id];
      if (!each.points_today && !each.points_end) continue;
      std::string indent;
      for (TargetId at = plan_.targets[id].parent; at; at = plan_.targets[at].parent)
        indent += "  ";
      std::string end = points(each.points_end);
      if (each.points_end && each.points_high > each.points_low) {
        end = in_words(words::outlook_range,
                       {end, figure(each.points_low), figure(each.points_high)});
      }
      const std::string rank =
          each.rank_end > 0 ? in_words(words::outlook_rank,
                                       {std::to_string(each.rank_today), figure(each.rank_end)})
                            : std::string();
      table.add({indent + name(id), figure(plan_.targets[id].weight), points(each.points_today),
                 points(each.points_half), end, rank});
    }
    if (table.empty()) return {};
    return heading(words::outlook_scores) + table.str(width_, 2, ink_);
  }

  std::string pushes() const {
    TextTable table({{in_words(words::outlook_column_target), Align::left, true},
                     {in_words(words::outlook_column_gain), Align::right},
                     {in_words(words::outlook_column_chance), Align::right},
                     {in_words(words::outlook_column_then), Align::right},
                     {in_words(words::outlook_column_first), Align::right}});
    for (const forecast::Push& push : told_.pushes) {
      if (table.size() == kMostPushes) break;
      const auto& now = outlook_[push.target].probability;
      table.add({name(push.target), signed_figure(push.points), now ? share(*now) : "",
                 now ? share(push.probability) : "", share(push.first_share)});
    }
    if (table.empty()) return {};
    return heading(words::outlook_pushes) + table.str(width_, 2, ink_) +
           more(told_.pushes.size() - table.size()) +
           paragraph(in_words(words::outlook_pushes_note), width_, 2);
  }

  std::string news() const {
    if (told_.since == kNever) return {};
    TextTable table({{in_words(words::outlook_column_target), Align::left, true},
                     {in_words(words::outlook_column_before), Align::right},
                     {in_words(words::outlook_column_revisions), Align::right},
                     {in_words(words::outlook_column_surprise), Align::right},
                     {in_words(words::outlook_column_other), Align::right},
                     {in_words(words::outlook_column_after), Align::right},
                     {in_words(words::outlook_column_chance), Align::right}});
    std::vector<const forecast::News*> order;
    for (const forecast::News& each : told_.news) order.push_back(&each);
    const auto moved = [](const forecast::News* each) {
      return std::abs(each->probability_after.value_or(0) - each->probability_before.value_or(0));
    };
    std::stable_sort(order.begin(), order.end(),
                     [&](const auto* a, const auto* b) { return moved(a) > moved(b); });
    for (const forecast::News* each : order) {
      if (table.size() == kMostNews) break;
      const std::string change =
          each->probability_before && each->probability_after
              ? in_words(words::outlook_chance_change,
                         {share(*each->probability_before), share(*each->probability_after)})
              : std::string();
      table.add({name(each->target), figure(each->before), signed_figure(each->revisions),
                 signed_figure(each->surprise), signed_figure(each->rest), figure(each->after),
                 change});
    }
    const std::string head = heading(in_words(words::outlook_news, {show_end(plan_, told_.since)}));
    if (table.empty()) return head + paragraph(in_words(words::outlook_no_news), width_, 2);
    return head + table.str(width_, 2, ink_) + more(order.size() - table.size());
  }

  const Plan& plan_;
  const ToldOutlook& told_;
  const Outlook& outlook_;
  Language language_;
  int width_;
  Ink ink_;
};

}  // namespace

std::string outlook_text(const Plan& plan, const ToldOutlook& told, Language language, int width,
                         bool has_colour) {
  return OutlookScreen(plan, told, language, width, has_colour).text();
}

}  // namespace diaodu::report
