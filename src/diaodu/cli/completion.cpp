#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

constexpr std::string_view kShells = "bash zsh fish";

std::string options_of(const Verb& verb) {
  std::string words = "--help";
  for (const Option& option : all_options()) {
    if ((option.verbs & verb.bit) == 0) continue;
    if (option.letter != '\0') words += std::string(" -") + option.letter;
    words += " " + std::string(option.name);
  }
  return words;
}

std::string verb_names() {
  std::string names = "help";
  for (const Verb& verb : all_verbs()) names += " " + std::string(verb.name);
  return names;
}

/// Where nothing fits, `-o default` has the shell complete names of files, blanks and all.
std::string for_bash() {
  std::string script =
      "_diaodu() {\n"
      "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} words=\n"
      "  COMPREPLY=()\n"
      "  if ((COMP_CWORD == 1)); then\n"
      "    COMPREPLY=($(compgen -W '" +
      verb_names() +
      " --help --version --lang' -- \"$word\"))\n    return\n  fi\n"
      "  case $before in\n"
      "    --lang) COMPREPLY=($(compgen -W 'en zh' -- \"$word\")); return ;;\n"
      "    --engine) COMPREPLY=($(compgen -W 'flow relevel' -- \"$word\")); return ;;\n"
      "    help) COMPREPLY=($(compgen -W '" +
      verb_names() +
      "' -- \"$word\")); return ;;\n"
      "    completion) COMPREPLY=($(compgen -W '" +
      std::string(kShells) +
      "' -- \"$word\")); return ;;\n  esac\n"
      "  [[ $word == -* ]] || return\n"
      "  case ${COMP_WORDS[1]} in\n";
  for (const Verb& verb : all_verbs()) {
    script += "    " + std::string(verb.name) + ") words='" + options_of(verb) + "' ;;\n";
  }
  return script +
         "  esac\n  COMPREPLY=($(compgen -W \"$words\" -- \"$word\"))\n}\n"
         "complete -o default -F _diaodu diaodu\n";
}

std::string for_zsh() {
  return "autoload -U +X compinit && compinit\nautoload -U +X bashcompinit && bashcompinit\n" +
         for_bash();
}

/// In single quotes, as fish reads them.
std::string fish_quoted(std::string_view text) {
  std::string quoted = "'";
  for (const char letter : text) {
    if (letter == '\'' || letter == '\\') quoted += '\\';
    quoted += letter;
  }
  return quoted + "'";
}

std::string for_fish(Language language) {
  std::string script;
  for (const Verb& verb : all_verbs()) {
    const std::string name(verb.name);
    script += "complete -c diaodu -n __fish_use_subcommand -f -a " + name + " -d " +
              fish_quoted(verb.meaning.in(language)) + "\n";
    for (const Option& option : all_options()) {
      if ((option.verbs & verb.bit) == 0) continue;
      script += "complete -c diaodu -n '__fish_seen_subcommand_from " + name + "' -l " +
                std::string(option.name.substr(2)) +
                (option.letter != '\0' ? std::string(" -s ") + option.letter : std::string()) +
                (option.is_switch() ? "" : " -r") +
                (option.name == "--lang"     ? " -f -a 'en zh'"
                 : option.name == "--engine" ? " -f -a 'flow relevel'"
                                             : "") +
                " -d " + fish_quoted(option.meaning.in(language)) + "\n";
    }
  }
  script += "complete -c diaodu -n __fish_use_subcommand -f -a help\n";
  script += "complete -c diaodu -n '__fish_seen_subcommand_from help' -f -a " +
            fish_quoted(verb_names()) + "\n";
  return script + "complete -c diaodu -n '__fish_seen_subcommand_from completion' -f -a " +
         fish_quoted(kShells) + "\n";
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
    return fail(options, kWrongUsage,
                report::say(report::words::cli_shells, options.language, {shell}));
  }
  return kDone;
}

}  // namespace diaodu::cli
