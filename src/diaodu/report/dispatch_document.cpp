#include "diaodu/report/dispatch_document.h"

#include <algorithm>
#include <set>
#include <variant>

#include "diaodu/plan/tree.h"
#include "diaodu/report/dispatch_hours.h"
#include "diaodu/report/dispatch_text.h"
#include "diaodu/report/ical_lines.h"
#include "diaodu/report/page_day.h"
#include "diaodu/report/page_field.h"
#include "diaodu/report/page_findings.h"
#include "diaodu/report/page_orders.h"
#include "diaodu/report/page_parts.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

class DispatchDocument {
 public:
  DispatchDocument(const Dispatched& told, const Mustered& mustered, const Findings& findings,
                   const DispatchPageOptions& options)
      : told_(told),
        mustered_(mustered),
        plan_(mustered.plan),
        answer_(mustered.answer),
        findings_(findings),
        options_(options),
        writer_(mustered.plan) {}

  std::string write() {
    json_.begin_object();
    json_.key("form").text("diaodu dispatch page 1");
    json_.key("by").text(options_.by);
    json_.key("language").text(options_.language == Language::chinese ? "zh" : "en");
    write_plan();
    write_sentences();
    write_answer();
    write_outline();
    write_places();
    write_page_day(writer_, plan_, answer_.movement);
    write_needs();
    write_bottlenecks();
    write_page_orders(writer_, mustered_);
    write_changes();
    write_page_field(writer_, told_);
    write_page_findings(writer_, findings_);
    json_.end_object();
    return writer_.take();
  }

 private:
  void write_plan() {
    json_.key("plan").begin_object();
    writer_.pair("name", [&](Language language) { return title_of(plan_, language); });
    json_.key("start");
    writer_.time(plan_.start);
    json_.key("currency").text(plan_.currency);
    json_.key("zone").text(plan_.zone.name());
    json_.key("stamp_utc").text(utc(plan_.data_date.value_or(plan_.start)));
    json_.end_object();
  }

  void write_sentences() {
    json_.key("says").begin_object();
    writer_.pair("size", [&](Language language) { return dispatch_size(plan_, language); });
    writer_.pair("headline",
                 [&](Language language) { return dispatch_headline(mustered_, language); });
    writer_.pair("late", [&](Language language) { return dispatch_late(mustered_, language); });
    writer_.pair("changed",
                 [&](Language language) { return dispatch_changed(mustered_, language); });
    writer_.pair("proof", [&](Language language) { return dispatch_proof(mustered_, language); });
    writer_.pair("assumed", [&](Language language) { return dispatch_assumed(plan_, language); });
    json_.end_object();
  }

  void write_value(const dispatch::MusterValue& value) {
    constexpr double kHundredths = 100;
    json_.begin_object();
    json_.key("unmet").number(value.unmet);
    json_.key("missing").number(value.missing);
    json_.key("changed");
    mustered_.published != nullptr ? json_.number(value.changed) : json_.null();
    json_.key("full_strength");
    writer_.time_or_null(value.full_strength);
    json_.key("cost").number(static_cast<double>(value.cost.count()) / kHundredths);
    json_.end_object();
  }

  void write_answer() {
    std::int64_t people = 0;
    std::int64_t needed = 0;
    for (const Group& group : plan_.groups) people += told_.muster != nullptr ? group.count : 0;
    const NeedSteps steps = need_steps(plan_);
    needed = steps.open + (steps.steps.empty() ? 0 : steps.steps.back().count);
    json_.key("answer").begin_object();
    json_.key("mustered").boolean(told_.muster != nullptr);
    json_.key("optimal").boolean(answer_.is_optimal);
    json_.key("people").number(people);
    json_.key("needed").number(needed);
    json_.key("value");
    write_value(answer_.value);
    json_.key("bound");
    write_value(answer_.bound);
    json_.end_object();
  }

  void write_outline() {
    static const formats::Outline nothing;
    const formats::Outline& outline = options_.outline ? *options_.outline : nothing;
    writer_.list("outline", outline.lines, [&](const formats::Outline::Line& line) {
      json_.begin_array();
      for (const double degrees : line) json_.number(degrees);
      json_.end_array();
    });
  }

  void write_places() {
    std::set<PlaceId> origins;
    std::set<PlaceId> destinations;
    std::set<PlaceId> used;
    for (const Group& group : plan_.groups) origins.insert(group.place);
    for (const Need& need : plan_.needs) destinations.insert(need.place);
    for (const Party& party : answer_.movement.parties) {
      for (const Stop& stop : party.stops) used.insert(stop.place);
    }
    json_.key("places").begin_array();
    for (const PlaceId id : plan_.places.ids()) {
      const Place& place = plan_.places[id];
      json_.begin_object();
      json_.key("id").text(place.id);
      writer_.pair("name", [&](Language language) { return display_name(place, language); });
      json_.key("latitude").number(place.latitude);
      json_.key("longitude").number(place.longitude);
      json_.key("located").boolean(place.latitude != 0 || place.longitude != 0);
      json_.key("part").text(origins.contains(id)        ? "origin"
                             : destinations.contains(id) ? "destination"
                             : used.contains(id)         ? "hub"
                                                         : "unused");
      json_.key("transfer").number(place.transfer.count());
      json_.key("throughput");
      place.throughput ? writer_.amount(*place.throughput) : static_cast<void>(json_.null());
      json_.key("people").number(people_at(id));
      json_.key("basis").text(place.basis);
      json_.key("assumed").boolean(is_assumed(place.basis));
      json_.end_object();
    }
    json_.end_array();
  }

  /// Who are ever there, each counted once.
  std::int64_t people_at(PlaceId place) const {
    std::int64_t count = 0;
    for (const Party& party : answer_.movement.parties) {
      const bool is_there = std::any_of(party.stops.begin(), party.stops.end(),
                                        [&](const Stop& stop) { return stop.place == place; });
      count += is_there ? party.count : 0;
    }
    return count;
  }

  void write_needs() {
    writer_.list("needs", plan_.needs, [&](const Need& need) {
      const std::int64_t there = there_for(mustered_, need);
      const std::int64_t missing = std::max(need.count - there, std::int64_t{0});
      const Words* reason = reason_of(mustered_, need);
      json_.begin_object();
      json_.key("place").number(need.place.index());
      json_.key("role").text(need.role);
      json_.key("count").number(need.count);
      json_.key("by");
      writer_.time_or_null(need.by.value_or(kNever));
      json_.key("there").number(there);
      json_.key("missing").number(missing);
      writer_.pair("why", [&](Language language) {
        return reason != nullptr ? say(*reason, language) : std::string();
      });
      json_.key("basis").text(need.basis);
      json_.key("assumed").boolean(is_assumed(need.basis));
      json_.end_object();
    });
    writer_.list("shortfalls", answer_.shortfalls, [&](const dispatch::Shortfall& shortfall) {
      json_.begin_object();
      json_.key("place").number(shortfall.place.index());
      json_.key("role").text(shortfall.role);
      json_.key("needed").number(shortfall.needed);
      json_.key("missing").number(shortfall.missing);
      writer_.pair(
          "why", [&](Language language) { return say(reason_words(shortfall.reason), language); });
      json_.end_object();
    });
  }

  void write_bottlenecks() {
    writer_.list("bottlenecks", answer_.bottlenecks, [&](const dispatch::Bottleneck& bottleneck) {
      json_.begin_object();
      writer_.pair(
          "what", [&](Language language) { return measure_in_words(plan_, bottleneck, language); });
      writer_.pair("gain",
                   [&](Language language) { return gain_in_words(plan_, bottleneck, language); });
      json_.key("full_strength");
      writer_.time_or_null(bottleneck.after.full_strength);
      json_.key("assumed").boolean(bottleneck.route
                                       ? is_assumed(plan_.routes[bottleneck.route.index()].basis)
                                       : is_assumed(plan_.places[bottleneck.place].basis));
      json_.end_object();
    });
  }

  void write_changes() {
    const DispatchTable english = changes_table(mustered_, Language::english);
    const DispatchTable chinese = changes_table(mustered_, Language::chinese);
    json_.key("changes").begin_array();
    for (std::size_t row = 0; row < english.rows.size(); ++row) {
      const auto text = [&](std::size_t column, Language language) {
        const DispatchTable& table = language == Language::chinese ? chinese : english;
        return std::get<std::string>(table.rows[row][column]);
      };
      const auto number = [&](std::size_t column) {
        return static_cast<std::int64_t>(std::get<double>(english.rows[row][column]));
      };
      json_.begin_object();
      json_.key("group").text(text(0, Language::english));
      json_.key("first").number(number(1));
      json_.key("last").number(number(2));
      writer_.pair("before", [&](Language language) { return text(3, language); });
      writer_.pair("now", [&](Language language) { return text(4, language); });
      json_.end_object();
    }
    json_.end_array();
  }

  const Dispatched& told_;
  const Mustered& mustered_;
  const Plan& plan_;
  const dispatch::MusterAnswer& answer_;
  const Findings& findings_;
  const DispatchPageOptions& options_;
  PageWriter writer_;
  JsonWriter& json_ = writer_.json();
};

}  // namespace

std::string dispatch_document(const Dispatched& told, const Findings& findings,
                              const DispatchPageOptions& options) {
  static const dispatch::MusterAnswer nothing;
  const Mustered nobody{.plan = told.plan, .answer = nothing};
  return DispatchDocument(told, told.muster != nullptr ? *told.muster : nobody, findings, options)
      .write();
}

}  // namespace diaodu::report
