#include "diaodu/report/page_resources.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/load.h"
#include "diaodu/report/names.h"
#include "diaodu/report/time_axis.h"

namespace diaodu::report {
namespace {

using solve::Answer;

/// Of calendar time; in a benchmark instance of 1, 2, 5, 10, 20 ... periods.
std::vector<Interval> divisions_of(const Plan& plan, const Interval& range, Scale scale) {
  if (scale != Scale::period) return divisions(plan, range, scale);
  std::int64_t step = 1;
  for (int i = 0; range.length().count() > step * kMostDivisions; ++i) {
    step = i % 3 == 1 ? step / 2 * 5 : step * 2;
  }
  std::vector<Interval> all;
  for (Instant at = range.from; at < range.to; at = at + Elapsed{step}) {
    all.push_back({at, at + Elapsed{step}});
  }
  return all;
}

/// Neighbours that say the same are one.
std::vector<LoadStretch> joined_stretches(const std::vector<LoadStretch>& stretches) {
  std::vector<LoadStretch> joined;
  for (const LoadStretch& stretch : stretches) {
    const bool is_more_of_it = !joined.empty() && joined.back().during.to == stretch.during.from &&
                               joined.back().used == stretch.used &&
                               joined.back().capacity == stretch.capacity;
    if (is_more_of_it) {
      joined.back().during.to = stretch.during.to;
    } else {
      joined.push_back(stretch);
    }
  }
  return joined;
}

/// Where nothing is offered, whatever is used is more than there is.
constexpr std::int64_t kOfNothing = 999;

class ResourcePart {
 public:
  ResourcePart(PageWriter& writer, const Plan& plan, const Answer& answer)
      : writer_(writer), json_(writer.json()), plan_(plan), answer_(answer) {
    if (!answer.has_schedule) return;
    const Interval range = span_of(plan, answer.schedule);
    scale_ = scale_for(plan, range, kMostDivisions);
    divisions_ = divisions_of(plan, range, scale_);
    loads_ = resource_loads(plan, answer.schedule);
    std::size_t num_stretches = 0;
    for (ResourceLoad& load : loads_) {
      load.stretches = joined_stretches(load.stretches);
      num_stretches += load.stretches.size();
    }
    is_exact_ = num_stretches <= kMostStretches;
  }

  void write() {
    json_.key("resources").begin_array();
    if (answer_.has_schedule) {
      for (const ResourceId resource : plan_.resources.ids()) write_resource(resource);
    }
    json_.end_array();
    write_divisions();
    write_overloads();
  }

 private:
  bool is_unlimited(ResourceId resource) const {
    return plan_.resources[resource].capacity >= kUnlimited;
  }

  void write_resource(ResourceId resource) {
    const Resource& row = plan_.resources[resource];
    const ResourceLoad& load = loads_[resource];
    const std::vector<Bucket> buckets = in_buckets(load, divisions_);
    json_.begin_object();
    json_.key("id").text(row.id);
    writer_.pair("name", [&](Language language) { return display_name(row, language); });
    json_.key("kind").text(name_of(row.kind));
    json_.key("unlimited").boolean(is_unlimited(resource));
    json_.key("capacity");
    writer_.amount(is_unlimited(resource) ? Amount{} : row.capacity);
    json_.key("load");
    is_exact_ ? write_exact(load) : write_peaks(buckets);
    json_.key("exact").boolean(is_exact_);
    writer_.list("share", buckets,
                 [&](const Bucket& bucket) { write_share(bucket, is_unlimited(resource)); });
    json_.key("peak");
    writer_.amount(load.peak);
    json_.key("utilisation");
    writer_.share(is_unlimited(resource) ? 0 : load.utilisation());
    json_.key("used_up");
    write_used_up(resource);
    json_.end_object();
  }

  void write_stretch(const Interval& during, Amount used, Amount capacity) {
    writer_.time(during.from);
    writer_.time(during.to);
    writer_.amount(used);
    writer_.amount(capacity < kUnlimited ? capacity : used);
  }

  void write_exact(const ResourceLoad& load) {
    json_.begin_array();
    for (const LoadStretch& stretch : load.stretches) {
      write_stretch(stretch.during, stretch.used, stretch.capacity);
    }
    json_.end_array();
  }

  void write_peaks(const std::vector<Bucket>& buckets) {
    json_.begin_array();
    for (const Bucket& bucket : buckets) {
      if (bucket.peak > Amount{})
        write_stretch(bucket.during, bucket.peak, bucket.capacity_at_peak);
    }
    json_.end_array();
  }

  /// In whole percent; more than there is stays more than 100.
  void write_share(const Bucket& bucket, bool is_of_no_limit) {
    const bool is_idle = bucket.used == Effort{} && bucket.offered == Effort{};
    if (is_idle || is_of_no_limit) {
      json_.null();
    } else if (bucket.offered == Effort{}) {
      json_.number(kOfNothing);
    } else {
      const double share =
          static_cast<double>(bucket.used.count()) / static_cast<double>(bucket.offered.count());
      const std::int64_t percent = std::llround(100 * share);
      json_.number(share > 1 ? std::max<std::int64_t>(101, percent) : percent);
    }
  }

  void write_used_up(ResourceId resource) {
    const ResourceKind kind = plan_.resources[resource].kind;
    if (kind != ResourceKind::material && kind != ResourceKind::money) {
      json_.null();
      return;
    }
    writer_.amount(consumption(plan_, answer_.schedule, resource, {kEver, kNever}));
  }

  void write_divisions() {
    json_.key("divisions").begin_object();
    json_.key("scale").text(name_of(scale_));
    writer_.list("from", divisions_, [&](const Interval& each) { writer_.time(each.from); });
    json_.key("to");
    writer_.time(divisions_.empty() ? plan_.start : divisions_.back().to);
    json_.end_object();
  }

  void write_overloads() {
    json_.key("overloads").begin_array();
    if (answer_.has_schedule) {
      for (const Overload& each : overloads(plan_, answer_.schedule)) write_overload(each);
    }
    json_.end_array();
  }

  void write_overload(const Overload& overload) {
    json_.begin_object();
    json_.key("resource").number(overload.resource.index());
    json_.key("days").number(overload.num_days);
    json_.key("when");
    writer_.time(overload.when);
    json_.key("used");
    writer_.amount(overload.used);
    json_.key("capacity");
    writer_.amount(overload.capacity);
    writer_.list("tasks", overload.tasks, [&](TaskId task) { json_.number(task.index()); });
    json_.end_object();
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Answer& answer_;
  Scale scale_ = Scale::day;
  std::vector<Interval> divisions_;
  Table<ResourceId, ResourceLoad> loads_;
  bool is_exact_ = true;
};

}  // namespace

void write_page_resources(PageWriter& writer, const Plan& plan, const Answer& answer) {
  ResourcePart(writer, plan, answer).write();
}

}  // namespace diaodu::report
