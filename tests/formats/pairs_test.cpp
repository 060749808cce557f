#include "diaodu/formats/plan_file.h"
#include "formats/random_plan.h"
#include "formats/told_by_primavera.h"
#include "formats/told_by_project.h"
#include "support/describe.h"
#include "support/findings.h"
#include "support/property.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

/// What can be written and read, and what of a plan has a place there, in words.
struct Form {
  const char* file;
  std::string (*told)(const Plan&);
  void (*narrow)(Plan&) = [](Plan&) {};  ///< to what can come back as it was
};

std::string told_by_project(const Plan& plan) { return ToldByProject(plan).str(); }
std::string told_by_primavera(const Plan& plan) {
  std::string all;
  for (const std::string& line : ToldByPrimavera(plan).lines()) all += line + '\n';
  return all;
}

constexpr std::array kForms =
    std::to_array<Form>({{"plan", described},
                         {"plan.xlsx", described},
                         {"plan.xml", told_by_project, [](Plan& plan) { cut_lags(plan); }},
                         {"plan.xer", told_by_primavera, narrow_to_primavera}});

ReadPlan written(const Plan& plan, const Form& form, const std::filesystem::path& folder,
                 Language language) {
  std::filesystem::create_directory(folder);
  write_plan(plan, folder / form.file, language);
  return read_plan(folder / form.file);
}

TEST(Pairs, a_plan_that_comes_from_any_form_keeps_in_any_other_what_has_a_place_there) {
  holds(120, [] {
    const Form& from = *rc::gen::elementOf(kForms);
    const Form& to = *rc::gen::elementOf(kForms);
    const auto language = *rc::gen::element(Language::english, Language::chinese);
    Plan plan = RandomPlan(*rc::gen::arbitrary<std::uint64_t>(), 8).make();
    from.narrow(plan);
    const TemporaryFolder folder;
    ReadPlan first = written(plan, from, folder.path() / "a", language);
    to.narrow(first.plan);
    const ReadPlan second = written(first.plan, to, folder.path() / "b", language);
    RC_LOG() << from.file << " to " << to.file << '\n' << words_of(second.findings);
    RC_ASSERT(to.told(second.plan) == to.told(first.plan));
  });
}

}  // namespace
}  // namespace diaodu::formats
