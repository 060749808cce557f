#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iostream>
#include <new>

#include "diaodu/cli/console.h"
#include "diaodu/cli/options.h"
#include "diaodu/formats/columns.h"
#include "diaodu/report/words.h"
#include "diaodu/track/ledger_error.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

using Arguments = std::span<const char* const>;

/// What the rest goes by, and must be known before the first complaint: the language and whether a
/// program listens.
void look_ahead(Arguments arguments, Options& options) {
  std::string_view wanted;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view argument = arguments[i];
    if (argument == "--") break;
    if (argument == "--json") options.json = true;
    if (argument == "--lang" && i + 1 < arguments.size()) wanted = arguments[i + 1];
    if (argument.starts_with("--lang=")) wanted = argument.substr(7);
  }
  options.is_language_asked = !wanted.empty();
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (!wanted.empty()) break;
    const char* value = std::getenv(name);
    if (value != nullptr) wanted = value;
  }
  options.language = wanted.starts_with("zh") ? Language::chinese : Language::english;
}

/// The one of `known` that was probably meant, or nothing.
template <typename Row>
std::string_view nearest(std::string_view word, std::span<const Row> known) {
  constexpr std::size_t kMostMistakes = 2;
  std::string_view found;
  std::size_t least = kMostMistakes + 1;
  for (const Row& row : known) {
    const std::size_t distance = formats::edit_distance(word, row.name, least);
    if (distance >= least) continue;
    least = distance;
    found = row.name;
  }
  return found;
}

/// The command line, read word by word.
class Reader {
 public:
  Reader(Arguments arguments, Options& options) : arguments_(arguments), options_(options) {}

  /// False if something is wrong; then `complaint` says what.
  bool read() {
    bool are_options_over = false;
    for (at_ = 0; at_ < arguments_.size(); ++at_) {
      const std::string_view word = arguments_[at_];
      if (!are_options_over && word == "--") {
        are_options_over = true;
      } else if (!are_options_over && word.size() > 1 && word.starts_with("-")) {
        if (!read_option(word)) return false;
      } else if (!read_word(word)) {
        return false;
      }
    }
    return wants_help || wants_version || is_complete();
  }

  const Verb* verb = nullptr;
  bool wants_help = false;
  bool wants_version = false;
  std::string complaint;

 private:
  bool complain(const Words& sentence, std::initializer_list<std::string> arguments,
                std::string_view meant = {}) {
    complaint = report::say(sentence, options_.language, arguments);
    if (!meant.empty())
      complaint += report::say(words::cli_did_you_mean, options_.language, {std::string(meant)});
    return false;
  }

  bool read_word(std::string_view word) {
    if (verb == nullptr && word == "help" && !wants_help) {
      wants_help = true;
      return true;
    }
    if (verb == nullptr) {
      verb = find_verb(word);
      if (verb != nullptr || (wants_help && word == "help")) return true;
      return complain(words::cli_no_command, {std::string(word)}, nearest(word, all_verbs()));
    }
    if (!verb->last_repeats && verb->more.en.empty() &&
        options_.arguments.size() == verb->arguments.size()) {
      return complain(words::cli_too_many, {std::string(word)});
    }
    options_.arguments.emplace_back(word);
    return true;
  }

  /// `--seconds 5`, `--seconds=5`, `-o file`, `-ofile`.
  bool read_option(std::string_view word) {
    if (word == "--help" || word == "-h") return wants_help = true;
    if (word == "--version") return wants_version = true;
    const bool is_long = word.starts_with("--");
    const std::size_t end = is_long ? std::min(word.find('='), word.size()) : 2;
    const std::string_view name = word.substr(0, end);
    const Option* option = nullptr;
    for (const Option& each : all_options()) {
      if (is_long ? each.name == name : each.letter == name[1]) option = &each;
    }
    if (option == nullptr) {
      return complain(words::cli_no_option, {std::string(name)},
                      is_long ? nearest(name, all_options()) : "");
    }
    // Before a verb only the language can be asked for; what is asked of `help` does no harm.
    const bool is_taken =
        verb != nullptr ? (option->verbs & verb->bit) != 0 : option->name == "--lang";
    if (!is_taken && !wants_help) {
      if (verb == nullptr) return complain(words::cli_option_before_command, {std::string(name)});
      return complain(words::cli_option_of_others, {std::string(verb->name), std::string(name)});
    }
    std::string_view value = word.substr(end);
    const bool has_value = !value.empty();
    if (is_long && has_value) value.remove_prefix(1);
    if (option->is_switch()) {
      if (has_value) return complain(words::cli_takes_no_value, {std::string(name)});
    } else if (!has_value) {
      const bool is_last = at_ + 1 == arguments_.size();
      if (is_last || is_option(arguments_[at_ + 1])) {
        return complain(words::cli_value_missing,
                        {std::string(name), std::string(option->value.in(options_.language))});
      }
      value = arguments_[++at_];
    }
    if (option->take(options_, value)) return true;
    return complain(
        words::cli_bad_value,
        {std::string(name), std::string(option->wanted.in(options_.language)), std::string(value)});
  }

  /// So that `-o --json` does not write a file `--json`; a negative number is a value.
  static bool is_option(std::string_view word) {
    return word.size() > 1 && word[0] == '-' && !(word[1] >= '0' && word[1] <= '9');
  }

  bool is_complete() {
    if (verb == nullptr) return complain(words::cli_command_missing, {});
    const std::size_t given = options_.arguments.size();
    if (given >= verb->arguments.size()) return true;
    return complain(words::cli_argument_missing,
                    {std::string(verb->arguments[given].in(options_.language))});
  }

  Arguments arguments_;
  Options& options_;
  std::size_t at_ = 0;
};

int dispatch(Arguments arguments, Options& options) {
  if (arguments.empty()) {
    std::cout << help(options.language, width_of_output());
    return kWrongUsage;
  }
  Reader reader(arguments, options);
  if (!reader.read()) {
    fail(options, kWrongUsage, reader.complaint);
    const std::string verb = reader.verb != nullptr ? " " + std::string(reader.verb->name) : "";
    std::cerr << report::say(words::cli_see, options.language, {"diaodu" + verb + " --help"})
              << "\n";
    return kWrongUsage;
  }
  if (reader.wants_version) {
    std::cout << "diaodu " DIAODU_VERSION "\n";
    return kDone;
  }
  if (reader.wants_help) {
    const int width = width_of_output();
    std::cout << (reader.verb != nullptr ? help(*reader.verb, options.language, width)
                                         : help(options.language, width));
    return kDone;
  }
  // What is watched is written before it is told of, and ends with whoever reads that.
  if (!options.outputs.empty() && !options.watch) outlive_reader();
  return reader.verb->run(options);
}

}  // namespace

const Verb* find_verb(std::string_view name) {
  for (const Verb& verb : all_verbs()) {
    if (verb.name == name) return &verb;
  }
  return nullptr;
}

int run(int argc, const char* const* argv) {
  Options options;
  if (argc > 0) options.program = argv[0];
  const Arguments arguments(argv + std::min(argc, 1),
                            static_cast<std::size_t>(std::max(argc - 1, 0)));
  look_ahead(arguments, options);
  try {
    const int status = dispatch(arguments, options);
    std::cout.flush();
    if (std::cout.good()) return status;
    follow_reader();
    std::cerr << "diaodu" << report::say(words::cli_colon, options.language)
              << report::say(words::world_output, options.language) << "\n";
    return kWorldFailed;
  } catch (const track::LedgerError& error) {
    return fail(options, status_of(error), complaint_of(error, options.language));
  } catch (const std::filesystem::filesystem_error& error) {
    return fail(options, kWorldFailed, complaint_of(error, options.language));
  } catch (const std::bad_alloc&) {
    return fail(options, kWorldFailed, report::say(words::world_memory, options.language));
  } catch (const std::exception& error) {
    return fail(options, kWorldFailed, error.what());
  }
}

}  // namespace diaodu::cli
