// A folder's files in one input: `=== plan.toml`, `=== tasks`, ...
#include "diaodu/formats/csv.h"
#include "diaodu/formats/settings.h"
#include "fuzz.h"

using namespace diaodu;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  Findings findings;
  std::vector<formats::Setting> settings;
  std::vector<formats::Sheet> sheets;
  for (const auto& [name, text] : fuzz::files_in(input)) {
    if (name == "plan.toml") {
      settings = formats::read_toml(text, "plan.toml", findings);
    } else {
      sheets.push_back(
          formats::read_csv(text, std::string(name) + ".csv", std::string(name), findings));
    }
  }
  fuzz::look_at(formats::make_plan(std::move(settings), sheets, std::move(findings)));
  return 0;
}
