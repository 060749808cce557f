#include "diaodu/report/risk_json.h"

#include <cmath>
#include <string_view>

#include "diaodu/plan/show.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/cents.h"
#include "diaodu/report/comparison.h"
#include "diaodu/report/findings_json.h"
#include "diaodu/report/json.h"
#include "diaodu/report/names.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

using forecast::DateForecast;
using forecast::Forecast;

std::string_view kind_name(DateForecast::Kind kind) {
  switch (kind) {
    case DateForecast::Kind::finish:
      return "finish";
    case DateForecast::Kind::summary:
      return "summary";
    case DateForecast::Kind::milestone:
      return "milestone";
    case DateForecast::Kind::deadline:
      return "deadline";
  }
  return {};
}

class RiskDocument {
 public:
  RiskDocument(const Plan& plan, const solve::Answer& answer, Language language)
      : plan_(plan), answer_(answer), language_(language) {}

  std::string write(const Forecast& forecast, const Findings& findings, const Against& against) {
    json_.begin_object();
    json_.key("plan").text(title_of(plan_, language_));
    json_.key("kind").text(name_of(forecast.kind));
    json_.key("status").text(name_of(answer_.status));
    json_.key("trials").number(forecast.num_trials);
    json_.key("asked").number(forecast.num_asked);
    json_.key("seed").number(forecast.seed);
    json_.key("confidence").number(forecast.confidence);
    json_.key("latin_hypercube").boolean(forecast.latin_hypercube);
    json_.key("until");
    forecast.until > Elapsed{} ? json_.number(forecast.until.count()) : json_.null();
    json_.key("cancelled").boolean(forecast.was_cancelled);
    if (forecast.has_trials) write_results(forecast);
    if (against.comparison != nullptr) {
      write_comparison_json(json_, against.name, *against.comparison);
    } else {
      json_.key("against").null();
    }
    write_findings_json(json_, findings, language_);
    json_.end_object();
    return json_.take();
  }

  std::string write(const forecast::Trial& trial, std::int64_t number, const Findings& findings) {
    json_.begin_object();
    json_.key("trial").number(number);
    date("finish", trial.finish);
    json_.key("cost").number(trial.cost / kCentsInOne);
    json_.key("risks").begin_array();
    for (const std::size_t risk : trial.struck) json_.text(plan_.risks[risk].id);
    json_.end_array();
    json_.key("tasks").begin_array();
    for (const TaskId task : plan_.tasks.ids()) write_task(trial, task);
    json_.end_array();
    write_findings_json(json_, findings, language_);
    json_.end_object();
    return json_.take();
  }

 private:
  void date(std::string_view key, Instant instant) {
    json_.key(key);
    if (instant >= kNever || instant <= kEver) {
      json_.null();
    } else if (plan_.is_abstract) {
      json_.number((instant - plan_.start).count());
    } else {
      json_.text(show(plan_, instant));
    }
  }

  void write_quantiles(const forecast::Quantiles<Instant>& dates) {
    date("p10", dates.p10);
    date("p50", dates.p50);
    date("p80", dates.p80);
    date("p90", dates.p90);
    date("at_confidence", dates.at_confidence);
    date("mean", dates.mean);
  }

  void write_sampled(const forecast::Sampled& sampled) {
    json_.key("sampled");
    if (sampled.num_judged == 0) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("judged").number(sampled.num_judged);
    json_.key("within").number(sampled.num_within);
    json_.key("exceeded").begin_array();
    for (const ResourceId each : sampled.exceeded) json_.text(plan_.resources[each].id);
    json_.end_array();
    json_.end_object();
  }

  void write_results(const Forecast& forecast) {
    json_.key("without_dates").number(forecast.num_without_dates);
    json_.key("p80_error");
    forecast.p80_error > 0 ? json_.number(forecast.p80_error) : json_.null();
    json_.key("deterministic").begin_object();
    date("finish", forecast.finish().planned);
    json_.key("share").number(forecast.finish().planned_share);
    json_.end_object();
    json_.key("finish").begin_object();
    write_quantiles(forecast.finish().dates);
    json_.end_object();
    write_dates(forecast);
    write_cost(forecast);
    write_tasks(forecast);
    write_points(forecast);
    write_drivers(forecast);
    write_risks(forecast);
    write_mitigations(forecast);
    write_contingency(forecast);
    write_convergence(forecast);
    write_movers("tornado", forecast.tornado, false);
    write_movers("cost_tornado", forecast.cost_tornado, true);
    json_.key("histogram").begin_object();
    date("from", forecast.histogram.from);
    json_.key("width").number(forecast.histogram.width.count());
    json_.key("counts").begin_array();
    for (const std::int64_t count : forecast.histogram.counts) json_.number(count);
    json_.end_array();
    json_.end_object();
    write_sampled(forecast.sampled);
    json_.key("links_only");
    if (!forecast.links_only) {
      json_.null();
      return;
    }
    json_.begin_object();
    json_.key("finish").begin_object();
    write_quantiles(forecast.links_only->finish);
    json_.end_object();
    json_.key("too_early").number(forecast.links_only->too_early.count());
    write_sampled(forecast.links_only->sampled);
    json_.end_object();
  }

  void write_dates(const Forecast& forecast) {
    json_.key("dates").begin_array();
    for (const DateForecast& each : forecast.dates) {
      if (!each.task) continue;
      json_.begin_object();
      json_.key("kind").text(kind_name(each.kind));
      write_name(each.task, "task");
      date("planned", each.planned);
      json_.key("share").number(each.planned_share);
      write_quantiles(each.dates);
      date("deadline", each.deadline);
      json_.key("chance");
      each.deadline < kNever ? json_.number(each.deadline_share) : json_.null();
      json_.key("drivers").begin_array();
      for (const forecast::DateDriver& driver : each.drivers) {
        json_.begin_object();
        write_name(driver.task, "task");
        json_.key("correlation").number(driver.correlation);
        json_.key("delay").number(driver.delay);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
    json_.key("not_watched").number(forecast.num_not_watched);
  }

  void write_cost(const Forecast& forecast) {
    json_.key("cost");
    if (!forecast.cost) {
      json_.null();
      return;
    }
    const forecast::CostForecast& cost = *forecast.cost;
    json_.begin_object();
    json_.key("currency").text(plan_.currency);
    json_.key("planned").number(cost.planned / kCentsInOne);
    json_.key("share").number(cost.planned_share);
    json_.key("joint_share").number(cost.joint_share);
    json_.key("p10").number(cost.costs.p10 / kCentsInOne);
    json_.key("p50").number(cost.costs.p50 / kCentsInOne);
    json_.key("p80").number(cost.costs.p80 / kCentsInOne);
    json_.key("p90").number(cost.costs.p90 / kCentsInOne);
    json_.key("at_confidence").number(cost.costs.at_confidence / kCentsInOne);
    json_.key("mean").number(cost.costs.mean / kCentsInOne);
    json_.end_object();
  }

  void write_span(std::string_view key, const forecast::TaskDates::Quantiles& dates) {
    json_.key(key).begin_object();
    date("p10", dates.p10);
    date("p50", dates.p50);
    date("p80", dates.p80);
    date("p90", dates.p90);
    json_.end_object();
  }

  void write_tasks(const Forecast& forecast) {
    json_.key("tasks").begin_array();
    for (const TaskId task : plan_.tasks.ids()) {
      const forecast::TaskDates& told = forecast.tasks[task];
      if (!told.is_there) continue;
      json_.begin_object();
      write_name(task, "task");
      write_span("start", told.start);
      write_span("finish", told.finish);
      json_.key("criticality").number(told.criticality);
      json_.end_object();
    }
    json_.end_array();
    json_.key("task_trials").number(forecast.num_of_task_dates);
  }

  void write_points(const Forecast& forecast) {
    json_.key("points").begin_array();
    for (const forecast::Point& each : forecast.points) {
      json_.begin_object();
      date("finish", each.finish);
      json_.key("cost").number(each.cost / kCentsInOne);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_name(TaskId task, std::string_view key) {
    json_.key(key).text(plan_.tasks[task].id);
    json_.key("name").text(display_name(plan_.tasks[task], language_));
  }

  void write_drivers(const Forecast& forecast) {
    json_.key("drivers").begin_array();
    for (const forecast::Driver& each : forecast.drivers) {
      json_.begin_object();
      write_name(each.task, "task");
      json_.key("criticality").number(each.criticality);
      json_.key("planned").number(each.planned);
      json_.key("mean").number(each.mean);
      json_.key("deviation").number(each.deviation);
      json_.key("swing").number(each.swing);
      json_.key("delay").number(each.delay);
      json_.key("sensitivity").number(each.sensitivity);
      json_.end_object();
    }
    json_.end_array();
    json_.key("correlated_trials").number(forecast.num_correlated);
  }

  void write_risks(const Forecast& forecast) {
    json_.key("risks").begin_array();
    for (const forecast::RiskEffect& each : forecast.risks) {
      json_.begin_object();
      json_.key("risk").text(plan_.risks[each.risk].id);
      json_.key("name").text(display_name(plan_.risks[each.risk], language_));
      json_.key("struck").number(each.struck);
      json_.key("delay_if_struck").number(each.delay_if_struck);
      json_.key("delay").number(each.delay);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_mitigations(const Forecast& forecast) {
    json_.key("mitigations").begin_array();
    for (const forecast::Mitigation& each : forecast.mitigations) {
      json_.begin_object();
      json_.key("risk").text(plan_.risks[each.risk].id);
      json_.key("name").text(display_name(plan_.risks[each.risk], language_));
      json_.key("gain").number(each.gain);
      json_.key("p80_gain").number(each.p80_gain.count());
      json_.key("saving").number(each.saving / kCentsInOne);
      json_.key("price").number(each.price / kCentsInOne);
      json_.key("net").number(each.net() / kCentsInOne);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_contingency(const Forecast& forecast) {
    json_.key("contingency").begin_object();
    json_.key("time");
    const auto time = forecast.time_contingency();
    time ? json_.number(time->count()) : json_.null();
    json_.key("cost");
    forecast.cost ? json_.number(forecast.cost->contingency() / kCentsInOne) : json_.null();
    json_.end_object();
    json_.key("joint");
    if (!forecast.joint) {
      json_.null();
      return;
    }
    const forecast::JointConfidence& joint = *forecast.joint;
    json_.begin_object();
    json_.key("shares").begin_array();
    for (const auto& row : joint.shares) {
      json_.begin_array();
      for (const double share : row) json_.number(share);
      json_.end_array();
    }
    json_.end_array();
    date("finish", joint.finish);
    json_.key("cost");
    joint.marginal > 0 ? json_.number(joint.cost / kCentsInOne) : json_.null();
    json_.key("marginal");
    joint.marginal > 0 ? json_.number(joint.marginal) : json_.null();
    json_.end_object();
  }

  void write_convergence(const Forecast& forecast) {
    json_.key("convergence").begin_array();
    for (const forecast::Convergence& each : forecast.convergence) {
      json_.begin_object();
      json_.key("trials").number(each.num_trials);
      date("p80", each.p80);
      json_.key("error");
      each.error > 0 ? json_.number(each.error) : json_.null();
      json_.end_object();
    }
    json_.end_array();
  }

  void write_movers(std::string_view key, const std::vector<forecast::Mover>& movers,
                    bool is_cost) {
    const auto end = [&](std::string_view name, double value) {
      if (!is_cost) return date(name, plan_.start + Elapsed{std::llround(value)});
      json_.key(name).number(value / kCentsInOne);
    };
    json_.key(key).begin_array();
    for (const forecast::Mover& each : movers) {
      json_.begin_object();
      if (each.task) {
        write_name(each.task, "task");
      } else {
        json_.key("risk").text(plan_.risks[each.risk].id);
        json_.key("name").text(display_name(plan_.risks[each.risk], language_));
      }
      end("low", each.low);
      end("high", each.high);
      json_.key("spread").number(is_cost ? each.spread() / kCentsInOne : each.spread());
      json_.end_object();
    }
    json_.end_array();
  }

  void write_task(const forecast::Trial& trial, TaskId task) {
    const Placement& placed = trial.schedule.placements[task];
    const auto duration = [&](const Plan& plan) {
      return (placed.mode ? plan.modes[placed.mode].duration : plan.tasks[task].duration).count();
    };
    json_.begin_object();
    write_name(task, "id");
    date("start", placed.start);
    date("finish", placed.finish);
    const bool is_summary = plan_.tasks[task].kind == TaskKind::summary;
    json_.key("duration");
    is_summary ? json_.null() : json_.number(duration(trial.plan));
    json_.key("planned");
    is_summary ? json_.null() : json_.number(duration(plan_));
    json_.end_object();
  }

  const Plan& plan_;
  const solve::Answer& answer_;
  Language language_;
  JsonWriter json_;
};

}  // namespace

std::string_view name_of(forecast::RiskRequest::Kind kind) {
  using Kind = forecast::RiskRequest::Kind;
  if (kind == Kind::links_only) return "links_only";
  return kind == Kind::relevel ? "relevelled" : "resource_flow";
}

std::string risk_json(const Plan& plan, const solve::Answer& answer, const Forecast& forecast,
                      const Findings& findings, Language language, const Against& against) {
  return RiskDocument(plan, answer, language).write(forecast, findings, against);
}

std::string trial_json(const Plan& plan, const solve::Answer& answer, const forecast::Trial& trial,
                       std::int64_t number, const Findings& findings, Language language) {
  return RiskDocument(plan, answer, language).write(trial, number, findings);
}

}  // namespace diaodu::report
