#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/objective.h"

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
  bool is_language_asked = false;  ///< by `--lang`, not by the system
  std::string program = "diaodu";  ///< as the user called it
  bool json = false;
  bool without_resources = false;
  std::string engine;  ///< of `risk` and `report`: "flow", "relevel" or nothing
  bool gantt = false;
  bool pdf = false;      ///< of `report`: the drawing beside the page too
  bool svg = false;      ///< likewise
  bool brief = false;    ///< of `report`: one page in sentences instead
  bool quality = false;  ///< of `check`: the fourteen points
  bool watch = false;    ///< of `report`: again whenever the plan changes
  std::uint64_t seed = 1;
  std::optional<int> threads;  ///< none: 1 for a search, all processors for trials
  std::optional<double> seconds;
  std::optional<std::int64_t> steps;
  std::optional<std::int64_t> trials;  ///< of `risk` and `report`
  std::optional<std::int64_t> trial;   ///< of `risk`: the one to rebuild
  std::optional<std::int64_t> until;   ///< likewise: minutes, of the band of the P80
  std::optional<double> confidence;    ///< likewise
  bool latin_hypercube = false;        ///< likewise
  std::string against;                 ///< of `risk`: the plan to compare with
  int days = 14;                       ///< of `status`: how far to look ahead
  std::vector<std::string> cancelled;  ///< of `dispatch`: routes that do not go
  std::string only;  ///< likewise: a person, group or team; of `schedule`: a resource or owner
  bool milestones = false;    ///< of `schedule`: calendars hold milestones alone
  std::string outline;        ///< likewise: a GeoJSON file, of the page's map
  bool without_risk = false;  ///< of `report`: no trials
  std::string scenario;       ///< of `convert`: which to read of a TaskJuggler project
  std::vector<std::string> outputs;
  std::string schedule;
  std::string baseline;
  std::vector<Objective> objectives;  ///< empty: the plan's
  std::string
      proof;  ///< of `schedule`: where to write the proof log; of `check`: the one to replay
  std::string csv;
  std::string as_of;            ///< the day of which what was known counts; empty: now
  std::string since;            ///< of `forecast`: the day with which it is compared
  bool without_record = false;  ///< the plan's files alone
  bool dry_run = false;         ///< of `log`: say what would be entered, and enter nothing
  std::string author;           ///< of `log`; empty: `$USER`
  std::string reason;           ///< likewise
  std::string recorded;         ///< likewise: when it became known; empty: now
  std::int64_t replaces = 0;    ///< likewise: the entry to correct
  std::string task;             ///< likewise: of which to show entries
  std::string target;           ///< likewise
  std::string key;              ///< likewise: the file of the secret key
  std::string head;             ///< likewise: the signed head
  std::string public_key;       ///< likewise
  std::vector<std::string>
      arguments;  ///< what the verb works on, in the order of `Verb::arguments`
};

/// One option: what it is called, what it means, which verbs take it, and where its value goes.
struct Option {
  std::string_view name;  ///< `--output`
  char letter = '\0';     ///< `o` of `-o`, if it has one
  Words value;            ///< what stands for its value in the help; empty: a switch
  Words meaning;
  unsigned verbs = 0;  ///< bits, see `Verb`
  bool (*take)(Options&,
               std::string_view value) = nullptr;  ///< false: the value is not what it must be
  Words wanted = {};                               ///< what it must be, for the complaint

  bool is_switch() const { return value.en.empty(); }
};

/// One verb.
struct Verb {
  std::string_view name;
  unsigned bit = 0;
  Words meaning;
  std::span<const Words> arguments;  ///< names of what it works on; the last may repeat
  bool last_repeats = false;
  int (*run)(const Options&) = nullptr;
  Words more = {};     ///< what may follow the arguments; empty: nothing may
  Words details = {};  ///< of what follows, for the verb's own help
};

/// The two tables that the parser, the help and the shell completion go by.
std::span<const Option> all_options();
std::span<const Verb> all_verbs();
const Verb* find_verb(std::string_view name);

/// The help of the program or of one verb, in lines of `width` columns.
std::string help(Language language, int width);
std::string help(const Verb& verb, Language language, int width);

/// Reads the command line and runs the verb.
int run(int argc, const char* const* argv);

}  // namespace diaodu::cli
