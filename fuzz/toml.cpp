// What is read from a plan.toml without complaint is written and read back as the same.
#include "diaodu/formats/settings.h"
#include "fuzz.h"

using namespace diaodu;

namespace {

std::string rewritten(std::string_view text, Findings& findings) {
  Plan plan;
  Sources sources;
  const auto settings = formats::read_toml(text, "plan.toml", findings);
  formats::apply_settings(settings, plan, sources, findings);
  return formats::toml_of(formats::settings_of(plan));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Findings findings;
  const std::string once = rewritten({reinterpret_cast<const char*>(data), size}, findings);
  if (findings.has_errors()) return 0;
  Findings again;
  fuzz::require(rewritten(once, again) == once, "settings are read back as they were written");
  fuzz::require(!again.has_errors(), "what was written has no errors");
  return 0;
}
