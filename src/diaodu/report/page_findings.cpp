#include "diaodu/report/page_findings.h"

#include <algorithm>
#include <vector>

#include "diaodu/report/names.h"
#include "diaodu/report/words.h"

namespace diaodu::report {

void write_page_findings(PageWriter& writer, const Findings& findings) {
  JsonWriter& json = writer.json();
  std::vector<const Finding*> told;
  for (const Finding& finding : findings.kept()) told.push_back(&finding);
  std::stable_sort(told.begin(), told.end(), [](const Finding* a, const Finding* b) {
    return a->kind->severity > b->kind->severity;
  });
  const std::size_t num_all = told.size();
  told.resize(std::min(num_all, kMostPageFindings));
  writer.list("findings", told, [&](const Finding* finding) {
    json.begin_object();
    json.key("severity").text(name_of(finding->kind->severity));
    json.key("code").text(finding->kind->code);
    json.key("where").text(place_of(finding->where));
    writer.pair("message", [&](Language language) { return finding->message(language); });
    writer.pair("hint", [&](Language language) { return finding->hint(language); });
    json.end_object();
  });
  json.key("num_findings_dropped").number(num_all - told.size() + findings.num_dropped());
}

}  // namespace diaodu::report
