#include <iostream>

#include "diaodu/cli/commands.h"

namespace diaodu::cli {
namespace {

/// `-o,--output` as separate words.
std::string spellings(std::string_view name) {
  std::string words(name);
  for (char& letter : words) {
    if (letter == ',') letter = ' ';
  }
  return words;
}

std::string options_of(const Verb& verb) {
  std::string words = "--help";
  for (const Option& option : all_options()) {
    if ((option.verbs & verb.bit) != 0) words += " " + spellings(option.name);
  }
  return words;
}

std::string verb_names() {
  std::string names = "help";
  for (const Verb& verb : all_verbs()) names += " " + std::string(verb.name);
  return names;
}

std::string for_bash() {
  std::string script = "_diaodu() {\n  local word=${COMP_WORDS[COMP_CWORD]} verb=${COMP_WORDS[1]} words=\n"
                       "  if ((COMP_CWORD == 1)); then\n    COMPREPLY=($(compgen -W '" +
                       verb_names() + " --help --version' -- \"$word\"))\n    return\n  fi\n  case $verb in\n";
  for (const Verb& verb : all_verbs()) {
    script += "    " + std::string(verb.name) + ") words='" + options_of(verb) + "' ;;\n";
  }
  script += "  esac\n  if [[ $word == -* ]]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n"
            "  else\n    COMPREPLY=($(compgen -f -- \"$word\"))\n  fi\n}\n"
            "complete -o filenames -F _diaodu diaodu\n";
  return script;
}

std::string for_zsh() {
  return "autoload -U +X bashcompinit && bashcompinit\n" + for_bash();
}

std::string for_fish(Language language) {
  std::string script = "complete -c diaodu -n __fish_use_subcommand -f\n";
  for (const Verb& verb : all_verbs()) {
    const std::string name(verb.name);
    script += "complete -c diaodu -n __fish_use_subcommand -a " + name + " -d '" +
              std::string(verb.meaning.in(language)) + "'\n";
    for (const Option& option : all_options()) {
      if ((option.verbs & verb.bit) == 0) continue;
      const std::string spelled = spellings(option.name);
      const auto dashes = spelled.find("--");
      script += "complete -c diaodu -n '__fish_seen_subcommand_from " + name + "' -l " + spelled.substr(dashes + 2) +
                (dashes > 0 ? " -s " + spelled.substr(1, 1) : std::string()) +
                (option.value.en.empty() ? "" : " -r") + " -d '" + std::string(option.meaning.in(language)) + "'\n";
    }
  }
  return script;
}

}  // namespace

int run_completion(const Options& options) {
  const std::string& shell = options.arguments.front();
  if (shell == "bash") {
    std::cout << for_bash();
  } else if (shell == "zsh") {
    std::cout << for_zsh();
  } else if (shell == "fish") {
    std::cout << for_fish(options.language);
  } else {
    std::cerr << "diaodu: bash, zsh, fish\n";
    return kWrongUsage;
  }
  return kDone;
}

}  // namespace diaodu::cli
