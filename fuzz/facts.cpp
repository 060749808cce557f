#include "diaodu/formats/read_facts.h"

#include "diaodu/formats/csv.h"
#include "fuzz.h"

/// The first byte chooses which table the rest is said to be.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace diaodu;
  if (size == 0) return 0;
  static const Plan plan = [] {
    Findings findings;
    auto settings = formats::read_toml("[plan]\nstart = 2024-01-01\n", "plan.toml", findings);
    std::vector<formats::Sheet> sheets;
    for (const auto& [name, text] :
         {std::pair{"tasks", "id,duration\nA,5d\nB,5d\n"}, std::pair{"resources", "id\ncrane\n"},
          std::pair{"targets", "id\ngdp\n"}})
      sheets.push_back(formats::read_csv(text, name, name, findings));
    return formats::make_plan(std::move(settings), sheets, std::move(findings)).plan;
  }();
  constexpr const char* kFiles[] = {"progress.csv", "costs.csv", "observations.csv", "notes.csv"};
  const formats::ReadFacts facts = formats::read_facts(
      std::string_view{reinterpret_cast<const char*>(data) + 1, size - 1}, kFiles[data[0] % 4],
      plan, {.author = "lin", .recorded = plan.start, .now = kNever});
  fuzz::require(facts.events.size() == facts.where.size(), "every fact has its place");
  for (const Finding& finding : facts.findings.kept())
    fuzz::require(!to_string(finding, Language::chinese).empty(), "a finding has words");
  return 0;
}
