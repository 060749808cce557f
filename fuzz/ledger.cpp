// A record: the content of an entry (`kind {...}`), a whole file (`SQLite format 3...`), or a good one with some bytes
// changed (`P` and then offset, offset, byte, and so on) and its pages sealed anew, as one would who knows of seals.
#include "diaodu/track/ledger.h"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "diaodu/track/entry_json.h"
#include "diaodu/track/replay.h"
#include "diaodu/track/sealed_pages.h"
#include "diaodu/track/verify.h"
#include "fuzz.h"

using namespace diaodu;
using namespace diaodu::track;

namespace {

std::filesystem::path place() {
  const std::filesystem::path memory = "/dev/shm";
  const auto folder =
      std::filesystem::exists(memory) ? memory : std::filesystem::temp_directory_path();
  return folder / ("fuzz_ledger_" + std::to_string(::getpid()) + ".record.diaodu");
}

void remove_record(const std::filesystem::path& path) {
  for (const char* ending : {"", "-wal", "-shm", "-journal"})
    std::filesystem::remove(path.string() + ending);
}

std::string good_record(const std::filesystem::path& path) {
  remove_record(path);
  {
    Ledger ledger = Ledger::open_or_create(path);
    const Instant when{28'000'000};
    std::vector<Event> events = {
        {.fact = TaskFact{.task = "dig", .when = when, .actual_start = when, .percent = 40'00},
         .recorded = when},
        {.fact = Observation{"gdp", {2026, 1, 3}, Measure::growth, 5.2, when, "bureau"},
         .recorded = when},
        {.fact = track::Baseline{"first", when, {{"dig", when, when, Money{100}}}},
         .recorded = when},
        {.fact = TaskFact{.task = "dig", .when = when, .percent = 30'00},
         .recorded = when,
         .replaces = 1}};
    ledger.append(events);
  }
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

void look_at_content(std::string_view input) {
  const std::size_t blank = std::min(input.find(' '), input.size());
  const std::string_view kind = input.substr(0, blank);
  const std::string_view content = input.substr(std::min(blank + 1, input.size()));
  const auto fact = fact_of(kind, content, Instant{1});
  if (!fact) return;
  fuzz::require(kind_of(*fact) == kind, "a fact is of its kind");
  fuzz::require(content_of(*fact) == content, "what is read is what is written");
}

void look_at_file(const std::filesystem::path& path, std::string bytes) {
  for (std::size_t at = 0; at + kPageBytes <= bytes.size(); at += kPageBytes) {
    const Hash seal = seal_of(at / kPageBytes + 1, std::string_view(bytes).substr(at, kPageBytes));
    std::copy(seal.begin(), seal.end(),
              bytes.begin() + static_cast<std::ptrdiff_t>(at + kPageBytes - kSealBytes));
  }
  remove_record(path);
  std::ofstream(path, std::ios::binary) << bytes;
  bool is_good = false;
  try {
    const Verification verification = verify(path);
    is_good = !verification.findings.has_errors();
    for (const Finding& finding : verification.findings.kept())
      fuzz::require(!to_string(finding, Language::chinese).empty(), "a finding has words");
  } catch (const LedgerError&) {
  }
  try {
    Ledger ledger = Ledger::open(path);
    replay(ledger);
    ledger.append(std::vector<Event>{{.fact = Remark{.text = "more"}}});
  } catch (const LedgerError&) {
    fuzz::require(!is_good, "what verifies can be read and written");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::filesystem::path path = place();
  static const std::string good = good_record(path);
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  if (input.starts_with("SQLite format 3")) {
    look_at_file(path, std::string(input));
  } else if (input.starts_with('P')) {
    std::string bytes = good;
    for (std::size_t at = 1; at + 2 < size; at += 3) {
      const std::size_t offset = (data[at] * 256U + data[at + 1]) % bytes.size();
      bytes[offset] = static_cast<char>(data[at + 2]);
    }
    look_at_file(path, std::move(bytes));
  } else {
    look_at_content(input);
  }
  remove_record(path);
  return 0;
}
