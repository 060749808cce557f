// A schedule file against a plan that has all that such a file may speak of.
#include "diaodu/formats/schedule_file.h"

#include "diaodu/formats/csv.h"
#include "fuzz.h"

using namespace diaodu;

namespace {

constexpr std::pair<std::string_view, std::string_view> kTables[] = {
    {"tasks", "id,parent,duration\nS,,\nA,S,2d\nB,S,1d\nC,,0d\n"},
    {"resources", "id,capacity,skills\nanna,1,weld\ncrew,3,weld lift\n"},
    {"modes", "task,mode,duration\nB,fast,1d\nB,slow,3d\n"},
    {"demands", "task,mode,resource,skill,amount\nA,,,weld,1\nB,fast,,lift,2\nB,slow,crew,,1\n"},
};

Plan plan_of_tables(bool is_abstract) {
  Findings findings;
  std::vector<formats::Sheet> sheets;
  for (const auto& [name, text] : kTables) {
    sheets.push_back(formats::read_csv(text, std::string(name), std::string(name), findings));
  }
  std::vector<formats::Setting> settings = {{"plan", "start", "2025-01-06", "", {}}};
  if (is_abstract) settings.push_back({"plan", "time", "periods", "", {}});
  formats::ReadPlan read = formats::make_plan(std::move(settings), sheets, std::move(findings));
  fuzz::require(!read.findings.has_errors(), "the plan is sound");
  return std::move(read.plan);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Plan dated = plan_of_tables(false);
  static const Plan abstract = plan_of_tables(true);
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  for (const Plan* plan : {&dated, &abstract}) {
    Findings findings;
    const Schedule schedule = formats::read_schedule(bytes, "fuzz.csv", *plan, findings);
    fuzz::require(schedule.placements.size() == plan->tasks.size(), "every task has a placement");
    const Baseline baseline = formats::read_baseline(bytes, "fuzz.csv", *plan, findings);
    fuzz::require(baseline.size() == plan->tasks.size(), "every task has a place in the baseline");
    for (const Assignment& assignment : schedule.assignments) {
      fuzz::require(static_cast<bool>(assignment.resource), "somebody is assigned");
    }
    for (const Finding& finding : findings.kept()) {
      fuzz::require(!to_string(finding, Language::chinese).empty(), "a finding has words");
    }
  }
  return 0;
}
