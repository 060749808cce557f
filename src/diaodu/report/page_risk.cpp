#include "diaodu/report/page_risk.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <vector>

#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/risk_json.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::DateForecast;
using forecast::Forecast;
using forecast::Quantiles;
using forecast::Sampled;

bool is_like(const Quantiles<Instant>& one, const Quantiles<Instant>& other) {
  return one.p10 == other.p10 && one.p50 == other.p50 && one.p80 == other.p80 &&
         one.p90 == other.p90 && one.mean == other.mean;
}

/// The deadline of the plan's finish: the first of those of tasks that end when the plan does, in all that is told.
const DateForecast* deadline_of_finish(const Forecast& forecast) {
  const DateForecast* first = nullptr;
  for (const DateForecast& each : forecast.dates) {
    const bool is_of_finish = each.deadline < kNever && each.planned == forecast.finish().planned &&
                              is_like(each.dates, forecast.finish().dates);
    if (is_of_finish && (first == nullptr || each.deadline < first->deadline)) first = &each;
  }
  return first;
}

class RiskPart {
 public:
  RiskPart(PageWriter& writer, const Plan& plan, const Schedule& schedule, const Forecast& forecast)
      : writer_(writer),
        json_(writer.json()),
        plan_(plan),
        schedule_(schedule),
        forecast_(forecast) {}

  void write() {
    json_.key("risk").begin_object();
    json_.key("kind").text(name_of(forecast_.kind));
    json_.key("trials").number(forecast_.num_trials);
    json_.key("asked").number(forecast_.num_asked);
    json_.key("seed").number(forecast_.seed);
    json_.key("confidence");
    writer_.share(forecast_.confidence);
    json_.key("without_dates").number(forecast_.num_without_dates);
    write_finish();
    write_links();
    write_dates();
    write_cost();
    write_points();
    write_drivers();
    write_risks();
    write_tornado();
    write_sampled(forecast_.sampled);
    write_tasks();
    json_.end_object();
  }

 private:
  void write_minutes(double minutes) { json_.number(std::llround(minutes)); }
  void write_money(double cents) { json_.number(std::round(cents / kCentsInOne)); }
  void write_share(std::string_view key, double share) {
    json_.key(key);
    writer_.share(share);
  }

  void write_quantiles(const Quantiles<Instant>& dates) {
    const auto date = [&](std::string_view key, Instant instant) {
      json_.key(key);
      writer_.time_or_null(instant);
    };
    date("p10", dates.p10);
    date("p50", dates.p50);
    date("p80", dates.p80);
    date("p90", dates.p90);
    date("at_confidence", dates.at_confidence);
    date("mean", dates.mean);
  }

  void write_curve(const std::vector<Instant>& curve) {
    writer_.list("curve", curve, [&](Instant each) { writer_.time_or_null(each); });
  }

  void write_finish() {
    const DateForecast& finish = forecast_.finish();
    json_.key("planned");
    writer_.time_or_null(finish.planned);
    write_share("planned_share", finish.planned_share);
    json_.key("finish").begin_object();
    write_quantiles(finish.dates);
    json_.end_object();
    json_.key("p80_error");
    forecast_.p80_error > 0 ? write_minutes(forecast_.p80_error) : static_cast<void>(json_.null());
    write_curve(forecast_.curve);
    write_histogram();
    json_.key("deadline");
    const DateForecast* const deadline = deadline_of_finish(forecast_);
    if (deadline == nullptr) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("task").number(deadline->task.index());
    json_.key("time");
    writer_.time(deadline->deadline);
    write_share("chance", deadline->deadline_share);
    json_.end_object();
  }

  void write_histogram() {
    const forecast::Histogram& told = forecast_.histogram;
    json_.key("histogram").begin_object();
    json_.key("edges").begin_array();
    for (std::size_t i = 0; i <= told.counts.size() && !told.counts.empty(); ++i) {
      writer_.time(told.from + told.width * static_cast<std::int64_t>(i));
    }
    json_.end_array();
    writer_.list("counts", told.counts, [&](std::int64_t each) { json_.number(each); });
    json_.end_object();
  }

  void write_links() {
    json_.key("links_only");
    if (!forecast_.links_only) {
      json_.null();
      return;
    }
    const forecast::LinksOnly& links = *forecast_.links_only;
    json_.begin_object();
    json_.key("finish").begin_object();
    write_quantiles(links.finish);
    json_.end_object();
    write_curve(links.curve);
    json_.key("too_early").number(links.too_early.count());
    write_sampled(links.sampled);
    json_.end_object();
  }

  void write_sampled(const Sampled& sampled) {
    json_.key("sampled");
    if (sampled.num_judged == 0) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("judged").number(sampled.num_judged);
    json_.key("within").number(sampled.num_within);
    writer_.list("exceeded", sampled.exceeded,
                 [&](ResourceId each) { json_.number(each.index()); });
    json_.end_object();
  }

  void write_dates() {
    json_.key("dates").begin_array();
    for (const DateForecast& each : forecast_.dates) {
      if (!each.task) continue;
      json_.begin_object();
      json_.key("task").number(each.task.index());
      write_share("planned_share", each.planned_share);
      write_quantiles(each.dates);
      json_.key("chance");
      each.deadline < kNever ? writer_.share(each.deadline_share) : static_cast<void>(json_.null());
      json_.end_object();
    }
    json_.end_array();
  }

  void write_cost() {
    json_.key("cost");
    if (!forecast_.cost) {
      json_.null();
      return;
    }
    const forecast::CostForecast& cost = *forecast_.cost;
    const double in_time = forecast_.finish().planned_share;
    const auto money = [&](std::string_view key, double cents) {
      json_.key(key);
      write_money(cents);
    };
    json_.begin_object();
    money("planned", cost.planned);
    write_share("planned_share", cost.planned_share);
    money("p10", cost.costs.p10);
    money("p50", cost.costs.p50);
    money("p80", cost.costs.p80);
    money("p90", cost.costs.p90);
    money("at_confidence", cost.costs.at_confidence);
    money("mean", cost.costs.mean);
    write_share("joint_share", cost.joint_share);
    write_share("in_time_dearer", in_time - cost.joint_share);
    write_share("late_cheaper", cost.planned_share - cost.joint_share);
    write_share("late_dearer", 1 - in_time - cost.planned_share + cost.joint_share);
    json_.end_object();
  }

  /// Around the mean finish, on the clock; where a task takes long by chance the finish may be the earlier one.
  void write_tornado() {
    std::vector<forecast::Mover> told = forecast_.tornado;
    told.resize(std::min(told.size(), kMostPageMovers));
    const Instant mean = forecast_.finish().dates.mean;
    const double middle = mean < kNever ? static_cast<double>((mean - plan_.start).count()) : 0;
    writer_.list("tornado", told, [&](const forecast::Mover& each) {
      json_.begin_object();
      json_.key("task");
      writer_.reference(each.task);
      json_.key("name");
      if (each.task) {
        json_.null();
      } else {
        const Risk& risk = plan_.risks[each.risk];
        writer_.pair([&](Language language) { return display_name(risk, language); });
      }
      json_.key("low");
      write_minutes(each.low - middle);
      json_.key("high");
      write_minutes(each.high - middle);
      json_.end_object();
    });
  }

  void write_points() {
    json_.key("points");
    if (forecast_.points.empty()) {
      json_.null();
      return;
    }
    json_.begin_object();
    writer_.list("finish", forecast_.points,
                 [&](const forecast::Point& each) { writer_.time(each.finish); });
    writer_.list("cost", forecast_.points,
                 [&](const forecast::Point& each) { write_money(each.cost); });
    json_.end_object();
  }

  /// A column whose entries are all the same has one.
  template <class Write>
  void column(std::string_view name, Write&& write) {
    json_.key(name).begin_array();
    json_.watch_entries();
    for (const TaskId task : plan_.tasks.ids()) {
      write(task);
      json_.note_entry();
    }
    json_.fold_entries();
    json_.end_array();
  }

  /// How much later than planned: as dates they would be half as long again.
  void write_later(TaskId task, Instant date, Instant planned) {
    const bool is_there = forecast_.tasks[task].is_there && date < kNever && planned < kNever;
    is_there ? json_.number(writer_.minutes_of(date) - writer_.minutes_of(planned)) : json_.null();
  }

  void write_tasks() {
    json_.key("tasks");
    if (forecast_.tasks.empty()) {
      json_.null();
      return;
    }
    using Quantiles = forecast::TaskDates::Quantiles;
    const auto start = [&](std::string_view name, Instant Quantiles::*quantile) {
      column(name, [&](TaskId task) {
        write_later(task, forecast_.tasks[task].start.*quantile, schedule_.placements[task].start);
      });
    };
    const auto finish = [&](std::string_view name, Instant Quantiles::*quantile) {
      column(name, [&](TaskId task) {
        write_later(task, forecast_.tasks[task].finish.*quantile,
                    schedule_.placements[task].finish);
      });
    };
    json_.begin_object();
    start("start_p10", &Quantiles::p10);
    start("start_p90", &Quantiles::p90);
    finish("finish_p10", &Quantiles::p10);
    finish("finish_p80", &Quantiles::p80);
    finish("finish_p90", &Quantiles::p90);
    column("criticality", [&](TaskId task) { writer_.share(forecast_.tasks[task].criticality); });
    json_.end_object();
  }

  /// What the task delays by, in days of its own.
  double days_of(const forecast::Driver& driver) const {
    const bool is_elapsed = plan_.tasks[driver.task].is_elapsed;
    const WorkTime day = is_elapsed ? WorkTime{kMinutesPerDay} : terms_of(plan_, driver.task).day;
    return driver.delay / static_cast<double>(day.count());
  }

  /// Those that delay the finish most.
  void write_drivers() {
    std::vector<const forecast::Driver*> told;
    for (const forecast::Driver& each : forecast_.drivers) {
      if (each.swing > 0) told.push_back(&each);
    }
    const std::size_t num_all = told.size();
    std::stable_sort(told.begin(), told.end(),
                     [&](const auto* a, const auto* b) { return days_of(*a) > days_of(*b); });
    told.resize(std::min(num_all, kMostPageDrivers));
    writer_.list("drivers", told, [&](const forecast::Driver* each) {
      json_.begin_object();
      json_.key("task").number(each->task.index());
      write_share("criticality", each->criticality);
      json_.key("planned");
      write_minutes(each->planned);
      json_.key("mean");
      write_minutes(each->mean);
      json_.key("deviation");
      write_minutes(each->deviation);
      json_.key("delay");
      write_minutes(each->delay);
      write_share("sensitivity", each->sensitivity);
      json_.end_object();
    });
    json_.key("num_drivers").number(num_all);
  }

  void write_risks() {
    writer_.list("risks", forecast_.risks, [&](const forecast::RiskEffect& each) {
      const Risk& risk = plan_.risks[each.risk];
      json_.begin_object();
      json_.key("id").text(risk.id);
      writer_.pair("name", [&](Language language) { return display_name(risk, language); });
      write_share("struck", each.struck);
      json_.key("delay_if_struck");
      write_minutes(each.delay_if_struck);
      json_.key("delay");
      write_minutes(each.delay);
      json_.end_object();
    });
  }

  PageWriter& writer_;
  JsonWriter& json_;
  const Plan& plan_;
  const Schedule& schedule_;
  const Forecast& forecast_;
};

}  // namespace

void write_page_risk(PageWriter& writer, const Plan& plan, const Schedule& schedule,
                     const Forecast* forecast) {
  if (forecast == nullptr || !forecast->has_trials) {
    writer.json().key("risk").null();
    return;
  }
  RiskPart(writer, plan, schedule, *forecast).write();
}

Instant last_shown(const Forecast* forecast) {
  if (forecast == nullptr || !forecast->has_trials) return kEver;
  const forecast::Histogram& told = forecast->histogram;
  return told.from + told.width * static_cast<std::int64_t>(told.counts.size());
}

}  // namespace diaodu::report
