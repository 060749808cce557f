#include <algorithm>

#include "diaodu/cli/options.h"
#include "diaodu/report/terminal.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

namespace words = report::words;

constexpr int kIndent = 2;
constexpr int kLeftColumn = 26;  // the longest option, its value and two blanks

/// A name and what it means, side by side.
std::string entry(const std::string& name, std::string_view meaning, int width) {
  std::string lines = report::paragraph(meaning, width, kLeftColumn);
  return lines.replace(0, kLeftColumn, report::pad(std::string(kIndent, ' ') + name, kLeftColumn));
}

std::string option_name(const Option& option, Language language) {
  std::string name = option.letter == '\0' ? "" : std::string("-") + option.letter + ", ";
  name += option.name;
  if (!option.is_switch()) name += " " + std::string(option.value.in(language));
  return name;
}

std::string help_option(Language language, int width) {
  return entry("-h, --help", words::cli_help.in(language), width);
}

std::string usage(const std::string& line, Language language) {
  return report::say(words::cli_usage, language, {line}) + "\n";
}

std::string heading(const Words& title, Language language) {
  return "\n" + std::string(title.in(language)) + "\n";
}

}  // namespace

std::string help(Language language, int width) {
  std::string text = report::paragraph(words::cli_about.in(language), width, 0);
  text += usage(report::say(words::cli_usage_of_all, language), language);
  text += heading(words::cli_commands, language);
  for (const Verb& verb : all_verbs())
    text += entry(std::string(verb.name), verb.meaning.in(language), width);
  text += entry("help", words::cli_help_of.in(language), width);
  text += heading(words::cli_options, language);
  text += help_option(language, width);
  text += entry("--version", words::cli_version.in(language), width);
  for (const Option& option : all_options()) {
    if (option.name == "--lang")
      text += entry(option_name(option, language), option.meaning.in(language), width);
  }
  text += "\n" + report::paragraph(words::cli_what_is_a_plan.in(language), width, 0);
  return text + report::paragraph(words::cli_begin.in(language), width, 0);
}

std::string help(const Verb& verb, Language language, int width) {
  std::string line =
      "diaodu " + std::string(verb.name) + " " + std::string(words::cli_usage_options.in(language));
  for (const Words& argument : verb.arguments) line += " " + std::string(argument.in(language));
  if (verb.last_repeats) line += "...";
  if (!verb.more.en.empty()) line += " " + std::string(verb.more.in(language));
  std::string text = report::paragraph(verb.meaning.in(language), width, 0) + usage(line, language);
  if (!verb.details.en.empty())
    text += "\n" + report::paragraph(verb.details.in(language), width, 0);
  text += heading(words::cli_options, language);
  for (const Option& option : all_options()) {
    if ((option.verbs & verb.bit) != 0)
      text += entry(option_name(option, language), option.meaning.in(language), width);
  }
  text += help_option(language, width);
  const bool reads_plan = std::any_of(verb.arguments.begin(), verb.arguments.end(),
                                      [](const Words& argument) { return argument.en == "PLAN"; });
  if (reads_plan)
    text += "\n" + report::paragraph(words::cli_what_is_a_plan.in(language), width, 0);
  return text;
}

}  // namespace diaodu::cli
