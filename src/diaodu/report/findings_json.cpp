#include "diaodu/report/findings_json.h"

#include "diaodu/plan/show.h"
#include "diaodu/report/names.h"
#include "diaodu/report/table_counts.h"
#include "diaodu/report/words.h"

namespace diaodu::report {

void write_findings_json(JsonWriter& json, const Findings& findings, Language language) {
  const auto text_or_null = [&json](std::string_view key, std::string_view value) {
    json.key(key);
    value.empty() ? json.null() : json.text(value);
  };
  const auto number_or_null = [&json](std::string_view key, int value) {
    json.key(key);
    value > 0 ? json.number(value) : json.null();
  };
  json.key("findings").begin_array();
  for (const Finding& finding : findings.kept()) {
    json.begin_object();
    json.key("severity").text(name_of(finding.kind->severity));
    json.key("code").text(finding.kind->code);
    text_or_null("file", finding.where.file);
    number_or_null("line", finding.where.line);
    number_or_null("column", finding.where.column);
    json.key("message").text(finding.message(language));
    text_or_null("hint", finding.hint(language));
    json.end_object();
  }
  json.end_array();
}

std::string check_json(const Plan& plan, const Findings& findings, const check::Verdict* verdict,
                       const check::ProofVerdict* proof, Language language,
                       const ObjectiveValues& values, bool has_baseline) {
  JsonWriter json;
  json.begin_object();
  json.key("plan").text(title_of(plan, language));
  json.key("tasks").number(plan.tasks.size());
  json.key("links").number(plan.links.size());
  json.key("resources").number(plan.resources.size());
  json.key("demands").number(plan.demands.size());
  json.key("tables").begin_object();
  for (const TableCount& each : table_counts(plan))
    json.key(table_name(each.table)).number(each.num_rows);
  json.end_object();
  json.key("errors").number(findings.num_errors());
  json.key("warnings").number(findings.num_warnings());
  if (verdict != nullptr) {
    json.key("legal").boolean(verdict->is_legal);
    json.key("violations").begin_array();
    for (const check::Violation& violation : verdict->first) {
      json.text(check::to_string(violation, plan, language));
    }
    json.end_array();
    if (plan.is_abstract) {
      json.key("finish").number((values.finish - plan.start).count());
    } else {
      json.key("finish").text(show(plan, values.finish));
    }
    json.key("tardiness").number(values.tardiness.count());
    json.key("stability");
    has_baseline ? json.number(values.stability.count()) : json.null();
  }
  if (proof != nullptr) {
    const bool has_finish = proof->holds && proof->is_of_plan && !proof->is_infeasible;
    json.key("proof").begin_object();
    json.key("holds").boolean(proof->holds);
    json.key("of_plan").boolean(proof->is_of_plan);
    json.key("infeasible").boolean(proof->is_infeasible);
    json.key("finish");
    has_finish ? json.text(show(plan, proof->finish)) : json.null();
    json.key("bound").number(proof->bound * proof->minutes);
    json.key("clauses").number(proof->num_clauses);
    json.key("rules").number(proof->num_rules);
    json.end_object();
  }
  write_findings_json(json, findings, language);
  json.end_object();
  return json.take();
}

}  // namespace diaodu::report
