#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/language.h"

namespace diaodu::cli {

/// Exit statuses; the shell's contract.
enum Exit : int {
  kDone = 0,
  kPlanIsWrong = 1,  ///< the plan has errors, or no schedule exists
  kWrongUsage = 2,
  kWorldFailed = 3,  ///< disk, memory
};

/// Everything that can stand on the command line, whatever the verb.
struct Options {
  Language language = Language::english;
  bool json = false;
  bool without_resources = false;
  bool gantt = false;
  std::uint64_t seed = 1;
  int threads = 1;
  std::optional<double> seconds;
  std::optional<std::int64_t> steps;
  std::vector<std::string> outputs;
  std::string schedule;
  std::string csv;
  std::vector<std::string> arguments;  ///< what the verb works on, in the order of `Verb::arguments`
};

/// One option: what it is called, what it means, and which verbs take it.
struct Option {
  std::string_view name;   ///< as CLI11 reads it: `-o,--output`
  Words value;             ///< what stands for its value in the help; empty: a switch
  Words meaning;
  unsigned verbs = 0;      ///< bits, see `Verb`
};

/// One verb.
struct Verb {
  std::string_view name;
  unsigned bit = 0;
  Words meaning;
  std::span<const Words> arguments;  ///< names of what it works on; the last may repeat
  bool last_repeats = false;
  int (*run)(const Options&) = nullptr;
};

/// The two tables that the parser, the help and the shell completion go by.
std::span<const Option> all_options();
std::span<const Verb> all_verbs();

/// Reads the command line and runs the verb.
int run(int argc, const char* const* argv);

}  // namespace diaodu::cli
