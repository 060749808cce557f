#include "diaodu/report/outlook_json.h"

#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/json.h"
#include "diaodu/report/names.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::FanPoint;
using forecast::TargetOutlook;

class OutlookDocument {
 public:
  OutlookDocument(const Plan& plan, Language language) : plan_(plan), language_(language) {}

  std::string write(const ToldOutlook* told, const Findings& findings) {
    json_.begin_object();
    json_.key("plan").text(title_of(plan_, language_));
    if (told != nullptr) write_told(*told);
    write_findings_json(json_, findings, language_);
    json_.end_object();
    return json_.take();
  }

 private:
  /// NaN is written as null.
  void number(std::string_view key, double value) { json_.key(key).number(value); }
  void number(std::string_view key, const std::optional<double>& value) {
    json_.key(key);
    value ? json_.number(*value) : json_.null();
  }
  void id(std::string_view key, TargetId target) {
    json_.key(key);
    target ? json_.text(plan_.targets[target].id) : json_.null();
  }

  void write_told(const ToldOutlook& told) {
    const forecast::Outlook& outlook = told.outlook;
    json_.key("as_of").text(show(plan_, outlook.as_of));
    json_.key("year").number(outlook.year);
    json_.key("futures").number(outlook.num_paths);
    json_.key("seed").number(told.seed);
    json_.key("score").begin_object();
    number("today", outlook.points_today);
    number("half_year", outlook.points_half);
    number("year_end", outlook.points_end);
    number("p10", outlook.points_low);
    number("p90", outlook.points_high);
    json_.end_object();
    json_.key("targets").begin_array();
    for (const TargetId target : plan_.targets.ids()) write_target(target, outlook[target]);
    json_.end_array();
    write_pushes(told);
    write_news(told);
  }

  void write_target(TargetId target, const TargetOutlook& each) {
    const Target& row = plan_.targets[target];
    json_.begin_object();
    json_.key("id").text(row.id);
    json_.key("name").text(display_name(row, language_));
    id("parent", row.parent);
    json_.key("measure").text(row.measure == Target::Measure::growth ? "growth" : "level");
    json_.key("unit").text(row.measure == Target::Measure::growth ? "%" : row.unit.view());
    json_.key("source").text(name_of(each.source));
    json_.key("cannot");
    if (each.cannot) {
      json_.text(language_ == Language::english ? each.cannot->why : each.cannot->why_zh);
    } else {
      json_.null();
    }
    json_.key("known_to");
    each.known_to ? json_.text(track::show(*each.known_to)) : json_.null();
    number("now", each.now);
    number("goal", each.goal);
    write_year(each);
    number("probability", each.probability);
    number("probability_as_scheduled", each.probability_as_scheduled);
    number("probability_without_effects", each.probability_without_effects);
    number("hand_rule", each.hand_rule);
    write_run_rate(each);
    write_gap(each);
    write_fan(each);
    write_contributions(each);
    number("rolled_up", each.rolled_up);
    write_points(each);
    json_.end_object();
  }

  void write_year(const TargetOutlook& each) {
    json_.key("year_end");
    if (each.values.empty()) {
      json_.null();
      return;
    }
    json_.begin_object();
    number("mean", each.mean());
    for (const auto& [key, share] :
         {std::pair{"p10", 0.1}, {"p50", 0.5}, {"p80", 0.8}, {"p90", 0.9}}) {
      number(key, each.quantile(share));
    }
    json_.end_object();
    json_.key("data").begin_object();
    json_.key("chained_from_growths").boolean(each.year && each.year->is_chained);
    json_.key("bridged_gaps").number(each.year ? each.year->num_filled : 0);
    number("base_revision", each.year ? each.year->base_revision : 1.0);
    json_.key("past_revisions").number(each.year ? each.year->num_revisions : 0);
    json_.end_object();
  }

  void write_run_rate(const TargetOutlook& each) {
    json_.key("run_rate");
    if (!each.run_rate) {
      json_.null();
      return;
    }
    json_.begin_object();
    number("needed", each.run_rate->needed);
    number("so_far", each.run_rate->so_far);
    json_.key("years").number(each.run_rate->num_years);
    json_.key("years_reached").number(each.run_rate->num_reached);
    json_.end_object();
  }

  void write_gap(const TargetOutlook& each) {
    json_.key("gap");
    if (!each.gap) {
      json_.null();
      return;
    }
    json_.begin_object();
    number("so_far", each.gap->so_far);
    number("to_come", each.gap->to_come);
    json_.end_object();
  }

  void write_fan(const TargetOutlook& each) {
    json_.key("fan").begin_array();
    for (const FanPoint& point : each.fan) {
      json_.begin_object();
      json_.key("to").text(track::show({point.period.year, point.period.last, point.period.last}));
      number("actual", point.actual);
      number("planned", point.planned);
      json_.key("quantiles").begin_array();
      for (const double quantile : point.quantiles) json_.number(quantile);
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void write_contributions(const TargetOutlook& each) {
    json_.key("contributions").begin_array();
    for (const forecast::Contribution& part : each.contributions) {
      json_.begin_object();
      id("target", part.child);
      number("share", part.child ? part.weight : std::nan(""));
      number("value", part.value);
      number("points", part.points);
      number("gap", part.gap);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_points(const TargetOutlook& each) {
    json_.key("score").begin_object();
    number("today", each.points_today);
    number("half_year", each.points_half);
    number("year_end", each.points_end);
    number("p10", each.points_end ? each.points_low : std::nan(""));
    number("p90", each.points_end ? each.points_high : std::nan(""));
    number("rank_today", each.rank_today > 0 ? each.rank_today : std::nan(""));
    number("rank_expected", each.rank_end > 0 ? each.rank_end : std::nan(""));
    json_.end_object();
  }

  void write_pushes(const ToldOutlook& told) {
    json_.key("pushes").begin_array();
    for (const forecast::Push& push : told.pushes) {
      json_.begin_object();
      id("target", push.target);
      number("points", push.points);
      number("standard_error", push.standard_error);
      number("own_points", push.own_points);
      number("probability", push.probability);
      number("first_share", push.first_share);
      number("first_three_share", push.first_three_share);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_news(const ToldOutlook& told) {
    json_.key("since");
    told.since == kNever ? json_.null() : json_.text(show(plan_, told.since));
    json_.key("news").begin_array();
    for (const forecast::News& each : told.news) {
      json_.begin_object();
      id("target", each.target);
      number("before", each.before);
      number("revisions", each.revisions);
      number("surprise", each.surprise);
      number("rest", each.rest);
      number("after", each.after);
      number("probability_before", each.probability_before);
      number("probability_after", each.probability_after);
      json_.key("published").begin_array();
      for (const track::Observation& one : each.published) json_.text(track::show(one.period));
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  const Plan& plan_;
  Language language_;
  JsonWriter json_;
};

}  // namespace

std::string outlook_json(const Plan& plan, const ToldOutlook* told, const Findings& findings,
                         Language language) {
  return OutlookDocument(plan, language).write(told, findings);
}

}  // namespace diaodu::report
