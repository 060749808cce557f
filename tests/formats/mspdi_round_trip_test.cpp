#include "diaodu/formats/mspdi.h"
#include "diaodu/formats/mspdi_write.h"
#include "diaodu/formats/settings.h"
#include "formats/random_plan.h"
#include "formats/told_by_project.h"
#include "support/findings.h"
#include "support/property.h"
#include "support/temporary.h"

namespace diaodu::formats {
namespace {

Plan random_plan(std::uint64_t seed, std::size_t size) { return RandomPlan(seed, size).make(); }

TEST(MspdiRoundTrip, what_project_has_a_place_for_reads_back_equal) {
  holds(1'000, [] {
    const Plan plan =
        random_plan(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 12));
    Findings lost;
    const std::string text = mspdi_of(plan, {}, lost);
    const ReadPlan read = read_mspdi(text, "plan.xml");
    RC_LOG() << words_of(read.findings) << text;
    RC_ASSERT(ToldByProject(read.plan).str() == ToldByProject(plan).str());
  });
}

TEST(MspdiRoundTrip, written_read_and_written_again_it_is_the_same_file) {
  holds(1'000, [] {
    const Plan plan =
        random_plan(*rc::gen::arbitrary<std::uint64_t>(), *rc::gen::inRange<std::size_t>(0, 12));
    Findings lost;
    const ReadPlan once = read_mspdi(mspdi_of(plan, {}, lost), "plan.xml");
    const ReadPlan twice = read_mspdi(mspdi_of(once.plan, {}, lost), "plan.xml");
    RC_ASSERT(ToldByProject(once.plan).str() == ToldByProject(twice.plan).str());
  });
}

}  // namespace
}  // namespace diaodu::formats
