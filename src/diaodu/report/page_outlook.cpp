#include "diaodu/report/page_outlook.h"

#include <cmath>
#include <optional>
#include <string_view>

#include "diaodu/plan/tree.h"
#include "diaodu/report/names.h"

namespace diaodu::report {
namespace {

using forecast::TargetOutlook;

class OutlookPart {
 public:
  OutlookPart(PageWriter& writer, const Plan& plan, const ToldOutlook& told)
      : writer_(writer), json_(writer.json()), plan_(plan), told_(told), outlook_(told.outlook) {}

  void write() {
    json_.key("outlook").begin_object();
    json_.key("year").number(outlook_.year);
    json_.key("as_of");
    writer_.time(outlook_.as_of);
    json_.key("paths").number(outlook_.num_paths);
    json_.key("seed").number(told_.seed);
    write_score();
    json_.key("targets").begin_array();
    for (const TargetId id : plan_.targets.ids()) write_target(id);
    json_.end_array();
    writer_.list("pushes", told_.pushes, [&](const forecast::Push& push) { write_push(push); });
    json_.key("since");
    writer_.time_or_null(told_.since);
    writer_.list("news", told_.news, [&](const forecast::News& news) { write_news(news); });
    json_.end_object();
  }

 private:
  void figure(std::string_view key, double value) {
    json_.key(key);
    writer_.figure(value);
  }
  void figure(std::string_view key, const std::optional<double>& value) {
    json_.key(key);
    value ? writer_.figure(*value) : static_cast<void>(json_.null());
  }
  void share(std::string_view key, const std::optional<double>& share) {
    json_.key(key);
    share ? writer_.share(*share) : static_cast<void>(json_.null());
  }
  /// Null, or an object of what `write` writes.
  template <class Write>
  void object(std::string_view key, bool is_there, Write&& write) {
    json_.key(key);
    if (!is_there) {
      json_.null();
      return;
    }
    json_.begin_object();
    write();
    json_.end_object();
  }

  void write_score() {
    object("score", !std::isnan(outlook_.points_end), [&] {
      figure("today", outlook_.points_today);
      figure("half", outlook_.points_half);
      figure("end", outlook_.points_end);
      figure("low", outlook_.points_low);
      figure("high", outlook_.points_high);
    });
  }

  void write_target(TargetId id) {
    const Target& target = plan_.targets[id];
    const TargetOutlook& each = outlook_[id];
    const bool is_growth = target.measure == Target::Measure::growth;
    json_.begin_object();
    json_.key("id").text(target.id);
    writer_.pair("name", [&](Language language) { return display_name(target, language); });
    json_.key("parent");
    writer_.reference(target.parent);
    json_.key("side").text(target.side);
    json_.key("unit").text(is_growth ? std::string_view("%") : std::string_view(target.unit));
    json_.key("growth").boolean(is_growth);
    json_.key("less_is_better").boolean(target.direction == Target::Direction::less_is_better);
    json_.key("veto").boolean(target.is_veto);
    json_.key("weight").number(target.weight);
    json_.key("source").text(name_of(each.source));
    json_.key("cannot");
    if (each.cannot) {
      writer_.pair([&](Language language) {
        return language == Language::chinese ? each.cannot->why_zh : each.cannot->why;
      });
    } else {
      json_.null();
    }
    write_year(each);
    write_run_rate(each);
    write_gap(each);
    write_fan(each);
    write_parts(each);
    write_points(each);
    json_.end_object();
  }

  void write_year(const TargetOutlook& each) {
    object("expected", !each.values.empty(), [&] {
      figure("mean", each.mean());
      figure("p10", each.quantile(0.1));
      figure("p50", each.quantile(0.5));
      figure("p90", each.quantile(0.9));
    });
    figure("now", each.now);
    json_.key("known_to");
    each.known_to ? json_.text(track::show(*each.known_to)) : json_.null();
    figure("hand_rule", each.hand_rule);
    figure("goal", each.goal);
    share("chance", each.probability);
    share("chance_as_scheduled", each.probability_as_scheduled);
    share("chance_without_effects", each.probability_without_effects);
    figure("rolled_up", each.rolled_up);
  }

  void write_run_rate(const TargetOutlook& each) {
    object("run_rate", each.run_rate.has_value(), [&] {
      figure("needed", each.run_rate->needed);
      figure("so_far", each.run_rate->so_far);
      json_.key("years").number(each.run_rate->num_years);
      json_.key("reached").number(each.run_rate->num_reached);
    });
  }

  void write_gap(const TargetOutlook& each) {
    object("gap", each.gap.has_value(), [&] {
      figure("so_far", each.gap->so_far);
      figure("to_come", each.gap->to_come);
    });
  }

  void write_fan(const TargetOutlook& each) {
    writer_.list("fan", each.fan, [&](const forecast::FanPoint& point) {
      json_.begin_object();
      json_.key("period").text(track::show(point.period));
      writer_.list("quantiles", point.quantiles, [&](double value) { writer_.figure(value); });
      figure("actual", point.actual);
      figure("planned", point.planned);
      json_.end_object();
    });
  }

  void write_parts(const TargetOutlook& each) {
    writer_.list("parts", each.contributions, [&](const forecast::Contribution& part) {
      json_.begin_object();
      json_.key("target");
      writer_.reference(part.child);
      share("weight", part.child ? std::optional(part.weight) : std::nullopt);
      figure("value", part.child ? std::optional(part.value) : std::nullopt);
      figure("points", part.points);
      figure("gap", part.gap);
      json_.end_object();
    });
  }

  void write_points(const TargetOutlook& each) {
    object("points", each.points_today || each.points_end, [&] {
      figure("today", each.points_today);
      figure("half", each.points_half);
      figure("end", each.points_end);
      const bool has_end = each.points_end.has_value();
      figure("low", has_end ? std::optional(each.points_low) : std::nullopt);
      figure("high", has_end ? std::optional(each.points_high) : std::nullopt);
    });
    object("rank", each.rank_end > 0, [&] {
      json_.key("today").number(each.rank_today);
      figure("end", each.rank_end);
    });
  }

  void write_push(const forecast::Push& push) {
    json_.begin_object();
    json_.key("target").number(push.target.index());
    figure("points", push.points);
    figure("error", push.standard_error);
    figure("own_points", push.own_points);
    share("chance", push.probability);
    share("first", push.first_share);
    share("first_three", push.first_three_share);
    json_.end_object();
  }

  void write_news(const forecast::News& news) {
    json_.begin_object();
    json_.key("target").number(news.target.index());
    figure("before", news.before);
    figure("after", news.after);
    figure("revisions", news.revisions);
    figure("surprise", news.surprise);
    figure("rest", news.rest);
    share("chance_before", news.probability_before);
    share("chance_after", news.probability_after);
    json_.key("published").number(news.published.size());
    json_.end_object();
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const ToldOutlook& told_;
  const forecast::Outlook& outlook_;
};

}  // namespace

void write_page_outlook(PageWriter& writer, const Plan& plan, const ToldOutlook* told) {
  if (told == nullptr || plan.targets.empty()) {
    writer.json().key("outlook").null();
    return;
  }
  OutlookPart(writer, plan, *told).write();
}

}  // namespace diaodu::report
