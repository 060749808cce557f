#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>

#include "diaodu/formats/folder.h"
#include "diaodu/formats/gan.h"
#include "diaodu/formats/pmxml.h"
#include "diaodu/formats/tjp.h"
#include "support/findings.h"

namespace diaodu::formats {
namespace {

std::string seed(const std::string& name) {
  std::ifstream file(std::filesystem::path(DIAODU_SOURCE_DIR) / "fuzz/seeds" / name,
                     std::ios::binary);
  EXPECT_TRUE(file.is_open()) << name;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// Some bytes changed, some parts left out, some twice.
std::string damaged(std::string text, std::mt19937& random) {
  const auto below = [&](std::size_t most) { return most == 0 ? 0 : random() % most; };
  for (std::size_t i = 1 + below(4); i > 0 && !text.empty(); --i) {
    const std::size_t at = below(text.size());
    const std::size_t length = below(std::min<std::size_t>(40, text.size() - at));
    switch (below(4)) {
      case 0:
        text[at] = static_cast<char>(below(256));
        break;
      case 1:
        text.erase(at, length);
        break;
      case 2:
        text = text.substr(0, at) + text.substr(below(text.size()), length) + text.substr(at);
        break;
      default:
        text = text.substr(0, at) + (i % 2 == 0 ? "99999999999" : "-0.5") + text.substr(at);
    }
  }
  return text;
}

template <class Read>
void read_damaged(const std::string& name, const Read& read) {
  const std::string whole = seed(name);
  std::mt19937 random(1);
  constexpr int kTimes = 400;
  for (int i = 0; i < kTimes; ++i) {
    const ReadPlan plan = read(damaged(whole, random));
    for (const Demand& demand : plan.plan.demands) ASSERT_TRUE(demand.resource || demand.skill);
    for (const Task& task : plan.plan.tasks) ASSERT_GE(task.duration, WorkTime{});
    words_of(plan.findings);
  }
}

TEST(DamagedFiles, of_lists_taskjuggler_ganttproject_and_primavera_are_read_as_far_as_they_go) {
  read_damaged("list/english",
               [](const std::string& text) { return read_lone_list(text, "x.csv"); });
  read_damaged("list/chinese",
               [](const std::string& text) { return read_lone_list(text, "x.csv"); });
  read_damaged("tjp/small", [](const std::string& text) { return read_tjp(text, "x.tjp"); });
  read_damaged("gan/small", [](const std::string& text) { return read_gan(text, "x.gan"); });
  read_damaged("pmxml/small", [](const std::string& text) { return read_pmxml(text, "x.xml"); });
}

}  // namespace
}  // namespace diaodu::formats
