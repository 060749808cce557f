#include "diaodu/track/entry_json.h"

#include <array>
#include <type_traits>

#include "diaodu/core/civil.h"
#include "diaodu/track/canonical_json.h"

namespace diaodu::track {
namespace {

constexpr int kWholePercent = 100'00;
constexpr std::array<std::string_view, 6> kMeasures = {
    "level", "level_to_date", "growth", "growth_to_date", "base", "base_to_date"};

void write(CanonicalWriter& json, const TaskFact& fact) {
  if (fact.actual_finish) json.member("actual_finish", fact.actual_finish->minutes());
  if (fact.actual_start) json.member("actual_start", fact.actual_start->minutes());
  if (fact.percent) json.member("percent", std::int64_t{*fact.percent});
  if (fact.physical_percent) json.member("physical", std::int64_t{*fact.physical_percent});
  if (fact.remaining) json.member("remaining", fact.remaining->count());
  if (!fact.steps_done.empty()) {
    json.name("steps");
    json.open('[');
    for (const std::string& step : fact.steps_done) json.string(valid_text(step));
    json.close(']');
  }
  json.member("task", fact.task);
}

void write(CanonicalWriter& json, const CostFact& fact) {
  json.member("amount", fact.amount.count());
  json.member_unless_empty("resource", fact.resource);
  json.member("task", fact.task);
}

void write(CanonicalWriter& json, const Observation& fact) {
  json.member("measure", name_of(fact.measure));
  json.member("period", show(fact.period));
  json.member_unless_empty("source", fact.source);
  json.member("target", fact.target);
  json.name("value");
  json.real(fact.value);
}

void write(CanonicalWriter& json, const Baseline& fact) {
  json.member("name", fact.name);
  json.name("rows");
  json.open('[');
  for (const Baseline::Row& row : fact.rows) {
    json.open('{');
    json.member("cost", row.cost.count());
    json.member("finish", row.finish.minutes());
    json.member("start", row.start.minutes());
    json.member("task", row.task);
    json.close('}');
  }
  json.close(']');
}

void write(CanonicalWriter& json, const PlanChange& fact) {
  json.member("hash", fact.hash);
  json.member("what", fact.what);
}

void write(CanonicalWriter& json, const Remark& fact) {
  json.member_unless_empty("subject", fact.subject);
  json.member("text", fact.text);
}

void write(CanonicalWriter& /*json*/, const Withdrawal& /*fact*/) {}

// No calendar is asked about other years.
constexpr std::int64_t kFirstMinute = std::int64_t{-25'567} * kMinutesPerDay;  // 1900-01-01
constexpr std::int64_t kLastMinute = std::int64_t{84'006} * kMinutesPerDay;    // 2200-01-01

Instant instant(CanonicalReader& json) { return Instant{json.whole(kFirstMinute, kLastMinute)}; }

TaskFact read_progress(CanonicalReader& json) {
  TaskFact fact;
  json.object([&](std::string_view name) {
    if (name == "actual_finish") {
      fact.actual_finish = instant(json);
    } else if (name == "actual_start") {
      fact.actual_start = instant(json);
    } else if (name == "percent") {
      fact.percent = static_cast<int>(json.whole(0, kWholePercent));
    } else if (name == "physical") {
      fact.physical_percent = static_cast<int>(json.whole(0, kWholePercent));
    } else if (name == "remaining") {
      fact.remaining = WorkTime{json.whole(0, CanonicalReader::kMostWhole)};
    } else if (name == "steps") {
      json.array([&] { fact.steps_done.push_back(json.string()); });
    } else if (name == "task") {
      fact.task = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

CostFact read_cost(CanonicalReader& json) {
  CostFact fact;
  json.object([&](std::string_view name) {
    if (name == "amount") {
      fact.amount = Money{json.whole()};
    } else if (name == "resource") {
      fact.resource = json.string();
    } else if (name == "task") {
      fact.task = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

Observation read_observation(CanonicalReader& json) {
  Observation fact;
  json.object([&](std::string_view name) {
    if (name == "measure") {
      const auto measure = measure_of(json.string());
      measure ? void(fact.measure = *measure) : json.fail();
    } else if (name == "period") {
      const auto period = parse_period(json.string());
      period ? void(fact.period = *period) : json.fail();
    } else if (name == "source") {
      fact.source = json.string();
    } else if (name == "target") {
      fact.target = json.string();
    } else if (name == "value") {
      fact.value = json.real();
    } else {
      json.fail();
    }
  });
  return fact;
}

Baseline read_baseline(CanonicalReader& json) {
  Baseline fact;
  json.object([&](std::string_view name) {
    if (name == "name") {
      fact.name = json.string();
    } else if (name == "rows") {
      json.array([&] {
        Baseline::Row& row = fact.rows.emplace_back();
        json.object([&](std::string_view of) {
          if (of == "cost") {
            row.cost = Money{json.whole()};
          } else if (of == "finish") {
            row.finish = instant(json);
          } else if (of == "start") {
            row.start = instant(json);
          } else if (of == "task") {
            row.task = json.string();
          } else {
            json.fail();
          }
        });
      });
    } else {
      json.fail();
    }
  });
  return fact;
}

PlanChange read_plan_change(CanonicalReader& json) {
  PlanChange fact;
  json.object([&](std::string_view name) {
    if (name == "hash") {
      fact.hash = json.string();
      const auto bytes = bytes_of_hexadecimal(fact.hash);
      if (!bytes || bytes->size() != Hash{}.size()) json.fail();
    } else if (name == "what") {
      fact.what = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

Remark read_remark(CanonicalReader& json, bool is_decision) {
  Remark fact;
  fact.is_decision = is_decision;
  json.object([&](std::string_view name) {
    if (name == "subject") {
      fact.subject = json.string();
    } else if (name == "text") {
      fact.text = json.string();
    } else {
      json.fail();
    }
  });
  return fact;
}

void set_effective(Fact& fact, Instant effective) {
  std::visit(
      [effective](auto& of) {
        using Of = std::decay_t<decltype(of)>;
        if constexpr (std::is_same_v<Of, Observation>) {
          of.published = effective;
        } else if constexpr (std::is_same_v<Of, Baseline>) {
          of.taken = effective;
        } else {
          of.when = effective;
        }
      },
      fact);
}

std::optional<Fact> read_fact(std::string_view kind, CanonicalReader& json) {
  if (kind == "progress") return read_progress(json);
  if (kind == "cost") return read_cost(json);
  if (kind == "observation") return read_observation(json);
  if (kind == "baseline") return read_baseline(json);
  if (kind == "plan") return read_plan_change(json);
  if (kind == "decision") return read_remark(json, true);
  if (kind == "note") return read_remark(json, false);
  if (kind != "withdrawal") return {};
  json.object([&json](std::string_view) { json.fail(); });
  return Withdrawal{};
}

}  // namespace

std::string content_of(const Fact& fact) {
  CanonicalWriter json;
  json.open('{');
  std::visit([&json](const auto& of) { write(json, of); }, fact);
  json.close('}');
  return json.take();
}

std::optional<Fact> fact_of(std::string_view kind, std::string_view content, Instant effective) {
  if (effective.minutes() < kFirstMinute || effective.minutes() > kLastMinute) return {};
  CanonicalReader json(content);
  auto fact = read_fact(kind, json);
  if (!fact || !json.is_at_end()) return {};
  if (content_of(*fact) != content) return {};
  set_effective(*fact, effective);
  return fact;
}

std::string_view name_of(Measure measure) { return kMeasures[static_cast<std::size_t>(measure)]; }

std::optional<Measure> measure_of(std::string_view name) {
  for (std::size_t i = 0; i < kMeasures.size(); ++i) {
    if (kMeasures[i] == name) return static_cast<Measure>(i);
  }
  return {};
}

}  // namespace diaodu::track
