#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <iostream>
#include <memory>
#include <new>

#include "diaodu/cli/console.h"
#include "diaodu/cli/options.h"
#include "diaodu/formats/columns.h"

namespace diaodu::cli {
namespace {

/// `--lang` must be known before the help is written; without it the system's language counts.
Language language_of(int argc, const char* const* argv) {
  std::string_view wanted;
  for (int i = 1; i < argc; ++i) {
    const std::string_view argument = argv[i];
    if (argument == "--lang" && i + 1 < argc) wanted = argv[i + 1];
    if (argument.starts_with("--lang=")) wanted = argument.substr(7);
  }
  if (wanted.empty()) {
    for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
      const char* value = std::getenv(name);
      if (value == nullptr || *value == '\0') continue;
      wanted = value;
      break;
    }
  }
  return wanted.starts_with("zh") ? Language::chinese : Language::english;
}

std::string group_of_options(Language language) {
  return std::string(Words{"Options", "选项"}.in(language));
}

/// Ties an option of the table to its field.
void bind(CLI::App& app, const Option& option, Options& options) {
  const std::string name(option.name);
  const std::string meaning(option.meaning.in(options.language));
  CLI::Option* bound = nullptr;
  if (name == "--json") bound = app.add_flag(name, options.json, meaning);
  if (name == "--without-resources") bound = app.add_flag(name, options.without_resources, meaning);
  if (name == "--gantt") bound = app.add_flag(name, options.gantt, meaning);
  if (name == "-o,--output") {
    bound = app.add_option(name, options.outputs, meaning);
    bound->expected(1);
    bound->take_all();
  }
  if (name == "--schedule") bound = app.add_option(name, options.schedule, meaning);
  if (name == "--csv") bound = app.add_option(name, options.csv, meaning);
  if (name == "--seconds") {
    bound = app.add_option(name, options.seconds, meaning)->check(CLI::Range(0.0, 1e9).description(""));
  }
  if (name == "--steps") {
    bound = app.add_option(name, options.steps, meaning)
                ->check(CLI::Range(std::int64_t{0}, std::int64_t{1} << 60).description(""));
  }
  if (name == "--seed") bound = app.add_option(name, options.seed, meaning);
  if (name == "--threads") bound = app.add_option(name, options.threads, meaning)->check(CLI::Range(1, 256).description(""));
  if (name == "--lang") {
    static std::string language;
    bound = app.add_option(name, language, meaning)->check(CLI::IsMember({"en", "zh"}).description(""));
  }
  if (bound == nullptr) throw std::logic_error("an option of the table is bound to nothing: " + name);
  bound->group(group_of_options(options.language));
  if (!option.value.en.empty()) bound->type_name(std::string(option.value.in(options.language)));
}

constexpr Words kAbout{"diaodu plans, levels and explains programmes of work.",
                       "diaodu（调度）：编制、均衡并解释工程与项目计划。"};
constexpr Words kFooter{
    "A plan is a folder with plan.toml, an .xlsx workbook, a Primavera .xer file, or a benchmark\n"
    "instance (.sm .mm .rcp); what a file is, is told by its content.\n"
    "Begin with `diaodu init my-plan`.",
    "计划可以是含 plan.toml 的文件夹、.xlsx 工作簿、Primavera .xer 文件或标准算例\n"
    "（.sm .mm .rcp），按内容识别。\n"
    "从 `diaodu init 我的计划` 开始。"};

void set_labels(CLI::App& app, Language language) {
  const auto formatter = std::make_shared<CLI::Formatter>();
  formatter->column_width(30);
  if (language == Language::chinese) {
    formatter->label("Usage", "用法");
    formatter->label("OPTIONS", "选项");
    formatter->label("Options", "选项");
    formatter->label("Positionals", "参数");
    formatter->label("SUBCOMMAND", "命令");
    formatter->label("SUBCOMMANDS", "命令");
    formatter->label("Subcommands", "命令");
    formatter->label("REQUIRED", "（必需）");
  }
  app.formatter(formatter);
  app.set_help_flag("-h,--help", std::string(Words{"show this help", "显示帮助"}.in(language)));
  app.get_help_ptr()->group(group_of_options(language));
}

/// True (and a word on stderr) if the first word of the command line is no verb.
bool is_no_verb(std::string_view word, Language language) {
  if (word.starts_with("-") || word == "help") return false;
  constexpr std::size_t kMostMistakes = 2;
  std::string_view nearest;
  std::size_t least = kMostMistakes + 1;
  for (const Verb& verb : all_verbs()) {
    if (verb.name == word) return false;
    const std::size_t distance = formats::edit_distance(word, verb.name, least);
    if (distance >= least) continue;
    least = distance;
    nearest = verb.name;
  }
  const bool is_chinese = language == Language::chinese;
  std::cerr << (is_chinese ? "diaodu：没有命令“" : "diaodu: there is no command '") << word << (is_chinese ? "”" : "'");
  if (!nearest.empty()) std::cerr << (is_chinese ? "，是否应为“" : "; did you mean '") << nearest << (is_chinese ? "”？" : "'?");
  std::cerr << (is_chinese ? "\n用法见 diaodu --help\n" : "\nsee diaodu --help\n");
  return true;
}

/// What is wrong with the command line, in the user's language.
std::string complaint(const CLI::ParseError& error, Language language) {
  if (language == Language::english) return error.what();
  const std::string& kind = error.get_name();
  const Words words = [&]() -> Words {
    if (kind == "ExtrasError") return {"", "不认识的参数"};
    if (kind == "RequiredError") return {"", "缺少必需的参数"};
    if (kind == "ConversionError") return {"", "参数的值无法识别"};
    if (kind == "ValidationError") return {"", "参数的值不在允许范围内"};
    if (kind == "ArgumentMismatch") return {"", "参数个数不对"};
    return {"", "用法有误"};
  }();
  return std::string(words.zh) + "：" + error.what();
}

int dispatch(int argc, const char* const* argv) {
  Options options;
  options.language = language_of(argc, argv);
  const Language language = options.language;
  if (argc > 1 && is_no_verb(argv[1], language)) return kWrongUsage;
  CLI::App app{std::string(kAbout.in(language)), "diaodu"};
  app.footer(std::string(kFooter.in(language)));
  app.require_subcommand(1);
  set_labels(app, language);
  app.set_version_flag("--version", std::string("diaodu " DIAODU_VERSION),
                       std::string(Words{"show the version", "显示版本"}.in(language)))
      ->group(group_of_options(language));
  for (const Option& option : all_options()) {
    if (option.name == "--lang") bind(app, option, options);
  }
  std::array<std::string, 2> single;  // what a verb works on, where that is not a list
  for (const Verb& verb : all_verbs()) {
    CLI::App* command = app.add_subcommand(std::string(verb.name), std::string(verb.meaning.in(language)));
    set_labels(*command, language);
    for (const Option& option : all_options()) {
      if ((option.verbs & verb.bit) != 0) bind(*command, option, options);
    }
    for (std::size_t i = 0; i < verb.arguments.size(); ++i) {
      const std::string name(verb.arguments[i].in(language));
      CLI::Option* bound = verb.last_repeats ? command->add_option(name, options.arguments)
                                             : command->add_option(name, single[i]);
      bound->required()->type_name("");
    }
  }
  CLI::App* help = app.add_subcommand("help", std::string(Words{"show help", "显示帮助"}.in(language)));
  std::string topic;
  help->add_option("verb", topic, "");

  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success, std::cout, std::cerr);
  } catch (const CLI::ParseError& error) {
    if (argc <= 1) {
      std::cout << app.help();
      return kWrongUsage;
    }
    std::cerr << "diaodu: " << complaint(error, language) << "\n";
    const CLI::App* verb = nullptr;
    for (const CLI::App* used : app.get_subcommands()) verb = used;
    std::cerr << (language == Language::chinese ? "用法见 diaodu " : "see diaodu ")
              << (verb != nullptr ? verb->get_name() + " " : std::string()) << "--help\n";
    return kWrongUsage;
  }
  if (help->parsed()) {
    const auto is_topic = [&topic](const CLI::App* command) { return command->get_name() == topic; };
    const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
    const auto wanted = std::find_if(commands.begin(), commands.end(), is_topic);
    const bool is_known = topic.empty() || wanted != commands.end();
    std::cout << (topic.empty() || !is_known ? app.help() : (*wanted)->help());
    return is_known ? kDone : kWrongUsage;
  }
  for (const Verb& verb : all_verbs()) {
    if (!app.got_subcommand(std::string(verb.name))) continue;
    if (!verb.last_repeats) options.arguments.assign(single.begin(), single.begin() + static_cast<std::ptrdiff_t>(verb.arguments.size()));
    return verb.run(options);
  }
  return kWrongUsage;
}

}  // namespace

int run(int argc, const char* const* argv) {
  try {
    return dispatch(argc, argv);
  } catch (const std::bad_alloc&) {
    std::cerr << "diaodu: out of memory\n";
  } catch (const std::exception& error) {
    std::cerr << "diaodu: " << error.what() << "\n";
  }
  return kWorldFailed;
}

}  // namespace diaodu::cli
