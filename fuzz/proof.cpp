// A proof log, replayed alone and against a plan.  Whatever it says, nothing false is proven.
#include "diaodu/check/proof.h"

#include <sstream>

#include "diaodu/formats/csv.h"
#include "fuzz.h"

using namespace diaodu;

namespace {

/// Three tasks on one machine: 8 minutes of work from 8:00 on, whatever the order.
constexpr Elapsed kLength{8 * 60 + 8};
constexpr std::pair<std::string_view, std::string_view> kTables[] = {
    {"tasks", "id,duration\nA,3m\nB,3m\nC,2m\n"},
    {"resources", "id,capacity\nm,1\n"},
    {"demands", "task,resource\nA,m\nB,m\nC,m\n"},
};

Plan small_plan() {
  Findings findings;
  std::vector<formats::Sheet> sheets;
  for (const auto& [name, text] : kTables) {
    sheets.push_back(formats::read_csv(text, std::string(name), std::string(name), findings));
  }
  std::vector<formats::Setting> settings = {{"plan", "start", "2025-01-06", "", {}},
                                            {"plan", "time", "periods", "", {}}};
  formats::ReadPlan read = formats::make_plan(std::move(settings), sheets, std::move(findings));
  fuzz::require(!read.findings.has_errors(), "the plan is sound");
  return std::move(read.plan);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const Plan plan = small_plan();
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  std::istringstream log(bytes);
  Findings findings;
  const check::ProofVerdict verdict = check::check_proof(log, "fuzz", plan, findings);
  fuzz::require(verdict.holds != findings.has_errors(), "what is rejected is told");
  if (verdict.holds && verdict.is_of_plan) {
    fuzz::require(!verdict.is_infeasible, "there is a schedule");
    fuzz::require(verdict.finish <= plan.start + kLength, "one ends at 8:08");
  }
  for (const Finding& finding : findings.kept()) {
    fuzz::require(!to_string(finding, Language::chinese).empty(), "a finding has words");
  }
  return 0;
}
