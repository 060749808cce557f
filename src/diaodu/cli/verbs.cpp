#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <system_error>
#include <utility>

#include "diaodu/cli/commands.h"
#include "diaodu/formats/objectives.h"

namespace diaodu::cli {
namespace {

constexpr unsigned kInit = 1;
constexpr unsigned kCheck = 2;
constexpr unsigned kSchedule = 4;
constexpr unsigned kReport = 8;
constexpr unsigned kWhy = 16;
constexpr unsigned kConvert = 32;
constexpr unsigned kBench = 64;
constexpr unsigned kCompletion = 128;
constexpr unsigned kRisk = 256;
constexpr unsigned kLog = 512;
constexpr unsigned kForecast = 1024;
constexpr unsigned kStatus = 2048;
constexpr unsigned kDispatch = 4096;
constexpr unsigned kDiff = 8192;

constexpr unsigned kSolving =
    kSchedule | kReport | kWhy | kRisk | kLog | kStatus | kForecast | kDiff;
// Take what has happened into account.
constexpr unsigned kRecord =
    kSchedule | kReport | kWhy | kRisk | kCheck | kStatus | kForecast | kDiff;
constexpr unsigned kAll = 16383;

constexpr std::array kPlan = std::to_array<Words>({{"PLAN", "计划"}});
constexpr std::array kNewPlan = std::to_array<Words>({{"NEW_PLAN", "新计划"}});
constexpr std::array kPlanAndTask = std::to_array<Words>({{"PLAN", "计划"}, {"TASK", "任务"}});
constexpr std::array kFromAndTo = std::to_array<Words>({{"PLAN", "计划"}, {"NEW_PLAN", "新计划"}});
constexpr std::array kFiles = std::to_array<Words>({{"FILES", "文件"}});
constexpr std::array kShell = std::to_array<Words>({{"SHELL", "SHELL"}});

constexpr std::array kVerbs = std::to_array<Verb>({
    {"init",
     kInit,
     {"begin a plan: a folder or .xlsx with a small example to edit",
      "新建计划：含小示例的文件夹或 .xlsx"},
     kNewPlan,
     false,
     run_init},
    {"check",
     kCheck,
     {"say all that is wrong with a plan, or with a schedule of it",
      "检查计划（或其进度安排）的全部问题"},
     kPlan,
     false,
     run_check},
    {"schedule",
     kSchedule,
     {"when each task is done: levelled, with a proof or gap",
      "编制进度：资源均衡，并给出最优证明或差距"},
     kPlan,
     false,
     run_schedule},
    {"report",
     kReport,
     {"schedule, and write one page that shows and explains it",
      "编制进度，并写成一页可查看、可追溯的报告"},
     kPlan,
     false,
     run_report},
    {"why",
     kWhy,
     {"why a task is where it is", "说明某项任务为何排在此时"},
     kPlanAndTask,
     false,
     run_why},
    {"risk",
     kRisk,
     {"how sure its dates are: many trials of what is uncertain",
      "日期有多大把握：对不确定的量做大量模拟"},
     kPlan,
     false,
     run_risk},
    {"forecast",
     kForecast,
     {"will the targets be reached: chances, gaps, scores, where a push helps",
      "目标能否实现：把握、差距、得分、何处加力"},
     kPlan,
     false,
     run_forecast},
    {"status",
     kStatus,
     {"where it stands: earned value, slips and their causes, what comes next",
      "现状：挣值、拖期及其成因、近期工作"},
     kPlan,
     false,
     run_status},
    {"log",
     kLog,
     {"what has happened, on a record that cannot be altered unseen", "已发生之事：不可暗改的记录"},
     kPlan,
     false,
     run_log,
     {"[ACTION ...]", "[操作 ……]"},
     {"Actions: show (the usual one), add TABLE NAME=VALUE ..., import FILE ..., baseline NAME, "
      "plan (it was changed), withdraw ENTRY, verify, sign, key. Tables to add to: progress, cost, "
      "observation, note, "
      "decision.",
      "操作：show（默认）、add 表 列=值 ……、import 文件 ……、baseline "
      "名称、plan（计划已修改）、withdraw "
      "条目、verify、sign、key。"
      "可添加到的表：progress、cost、observation、note、decision。"}},
    {"dispatch",
     kDispatch,
     {"who goes where, in which team, on which tour; what laboratories can take",
      "人员调度：集结运送、编组、走访路线、实验室检测"},
     kPlan,
     false,
     run_dispatch},
    {"diff",
     kDiff,
     {"what differs between two plans, or two dates of one", "比较两份计划，或同一计划的两个日期"},
     kPlan,
     false,
     run_diff,
     {"[PLAN]", "[计划]"},
     {"Two plans; or one with --since DATE (and --as-of DATE). First what matters most.",
      "两份计划；或一份计划加 --since 日期（及 --as-of 日期）。重要差异在前。"}},
    {"convert",
     kConvert,
     {"write a plan as a folder, a workbook (.xlsx), .xml or .xer",
      "将计划转存为文件夹、工作簿 (.xlsx)、.xml 或 .xer"},
     kFromAndTo,
     false,
     run_convert},
    {"bench",
     kBench,
     {"schedule many files and tabulate the results", "批量求解并列表比较结果"},
     kFiles,
     true,
     run_bench},
    {"completion",
     kCompletion,
     {"print completions for bash, zsh or fish", "输出 bash、zsh 或 fish 的补全脚本"},
     kShell,
     false,
     run_completion},
});

/// The whole text as a number within its limits.
template <typename Number>
bool read_number(std::string_view text, Number least, Number most, Number& number) {
  Number read{};
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, read);
  if (error != std::errc() || stopped != end || !(read >= least && read <= most)) return false;
  number = read;
  return true;
}

bool take_json(Options& options, std::string_view) { return options.json = true; }
bool take_without_resources(Options& options, std::string_view) {
  return options.without_resources = true;
}
bool take_without_risk(Options& options, std::string_view) { return options.without_risk = true; }
bool take_gantt(Options& options, std::string_view) { return options.gantt = true; }
bool take_pdf(Options& options, std::string_view) { return options.pdf = true; }
bool take_svg(Options& options, std::string_view) { return options.svg = true; }
bool take_brief(Options& options, std::string_view) { return options.brief = true; }
bool take_quality(Options& options, std::string_view) { return options.quality = true; }
bool take_watch(Options& options, std::string_view) { return options.watch = true; }
bool take_output(Options& options, std::string_view value) {
  options.outputs.emplace_back(value);
  return !value.empty();
}
bool take_schedule(Options& options, std::string_view value) {
  options.schedule = value;
  return !value.empty();
}
bool take_baseline(Options& options, std::string_view value) {
  options.baseline = value;
  return !value.empty();
}
bool take_objective(Options& options, std::string_view value) {
  auto objectives = formats::parse_objectives(value);
  if (objectives) options.objectives = std::move(*objectives);
  return objectives.has_value();
}
bool take_proof(Options& options, std::string_view value) {
  options.proof = value;
  return !value.empty();
}
bool take_csv(Options& options, std::string_view value) {
  options.csv = value;
  return !value.empty();
}
bool take_seconds(Options& options, std::string_view value) {
  return read_number(value, 0.0, 1e9, options.seconds.emplace());
}
bool take_steps(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::int64_t{1} << 60;
  return read_number(value, std::int64_t{0}, kMost, options.steps.emplace());
}
bool take_seed(Options& options, std::string_view value) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint64_t>::max();
  return read_number(value, std::uint64_t{0}, kMost, options.seed);
}
bool take_threads(Options& options, std::string_view value) {
  int threads = 1;
  const bool is_read = read_number(value, 1, 256, threads);
  if (is_read) options.threads = threads;
  return is_read;
}
bool take_trials(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = 10'000'000;
  return read_number(value, std::int64_t{1}, kMost, options.trials.emplace());
}
bool take_trial(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return read_number(value, std::int64_t{0}, kMost, options.trial.emplace());
}
/// `80%` or `0.8`.
bool take_confidence(Options& options, std::string_view value) {
  const bool is_percentage = value.ends_with('%');
  if (is_percentage) value.remove_suffix(1);
  double read = 0;
  if (!read_number(value, 0.0, 100.0, read)) return false;
  if (is_percentage) read /= 100;
  options.confidence = read;
  return read > 0 && read < 1;
}
/// `0.5d` of 24 hours each, `12h` or `90min`.
bool take_until(Options& options, std::string_view value) {
  static constexpr std::pair<std::string_view, double> kUnits[] = {
      {"min", 1}, {"h", 60}, {"d", kMinutesPerDay}};
  for (const auto& [unit, minutes] : kUnits) {
    if (!value.ends_with(unit)) continue;
    constexpr double kMost = 1e6;
    double read = 0;
    if (!read_number(value.substr(0, value.size() - unit.size()), 0.0, kMost, read)) return false;
    options.until = std::llround(read * minutes);
    return *options.until > 0;
  }
  return false;
}
bool take_latin_hypercube(Options& options, std::string_view) {
  return options.latin_hypercube = true;
}
bool take_against(Options& options, std::string_view value) {
  options.against = value;
  return !value.empty();
}
bool take_days(Options& options, std::string_view value) {
  constexpr int kMost = 3660;
  return read_number(value, 0, kMost, options.days);
}
bool take_cancelled(Options& options, std::string_view value) {
  options.cancelled.emplace_back(value);
  return !value.empty();
}
bool take_only(Options& options, std::string_view value) {
  options.only = value;
  return !value.empty();
}
bool take_outline(Options& options, std::string_view value) {
  options.outline = value;
  return !value.empty();
}
bool take_engine(Options& options, std::string_view value) {
  options.engine = value;
  return value == "flow" || value == "relevel";
}
template <std::string Options::*kField>
bool take_text(Options& options, std::string_view value) {
  options.*kField = value;
  return !value.empty();
}
bool take_without_record(Options& options, std::string_view) {
  return options.without_record = true;
}
bool take_dry_run(Options& options, std::string_view) { return options.dry_run = true; }
bool take_replaces(Options& options, std::string_view value) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  return read_number(value, std::int64_t{1}, kMost, options.replaces);
}
bool take_language(Options& options, std::string_view value) {
  options.language = value == "zh" ? Language::chinese : Language::english;
  return value == "en" || value == "zh";
}

constexpr Words kNumber{"N", "N"};
constexpr Words kFile{"FILE", "文件"};
constexpr Words kName{"the name of a file", "文件名"};
constexpr Words kDay{"DATE", "日期"};
constexpr Words kADay{"a date", "日期"};
constexpr Words kText{"TEXT", "文字"};
constexpr Words kAText{"some text", "文字"};

constexpr std::array kOptions = std::to_array<Option>({
    {"--json",
     '\0',
     {},
     {"print one JSON document", "输出一个 JSON 文档"},
     kAll & ~kCompletion,
     take_json},
    {"--without-resources",
     '\0',
     {},
     {"links alone: the critical path", "只看逻辑关系：关键路径"},
     kSolving | kBench,
     take_without_resources},
    {"--gantt", '\0', {}, {"draw a Gantt chart too", "同时绘制横道图"}, kSchedule, take_gantt},
    {"--output",
     'o',
     kFile,
     {"write there: .html .pdf .svg .xlsx .csv .ics .json .xml .xer (risk: .xlsx .json; status and "
      "check --quality: .csv .xlsx .json; diff: .html .csv .xlsx .json; dispatch: .html .xlsx .csv "
      ".ics "
      ".json); repeatable",
      "写出到：.html .pdf .svg .xlsx .csv .ics .json .xml .xer（risk：.xlsx .json；status 与 "
      "check --quality：.csv .xlsx .json；diff：.html .csv .xlsx .json；dispatch：.html .xlsx .csv "
      ".ics "
      ".json），可重复"},
     kSchedule | kReport | kRisk | kStatus | kLog | kDispatch | kCheck | kDiff,
     take_output,
     kName},
    {"--write",
     '\0',
     kFile,
     {"write the Primavera file (.xer) there again, with the new dates",
      "将 Primavera 文件（.xer）连同新日期写出到该处"},
     kSchedule,
     take_output,
     kName},
    {"--pdf", '\0', {}, {"the Gantt chart as a PDF too", "同时写出 PDF 横道图"}, kReport, take_pdf},
    {"--svg",
     '\0',
     {},
     {"the Gantt chart as an SVG too", "同时写出 SVG 横道图"},
     kReport,
     take_svg},
    {"--brief",
     '\0',
     {},
     {"one page in sentences for a leader instead", "改写一页供领导阅读的简报"},
     kReport,
     take_brief},
    {"--watch",
     '\0',
     {},
     {"write again whenever the plan's files change", "计划文件一有改动即重新写出"},
     kReport,
     take_watch},
    {"--quality",
     '\0',
     {},
     {"the DCMA's fourteen points: open ends, leads, float, critical path test ...",
      "DCMA 十四项质量检查：开口任务、提前量、时差、关键路径测试等"},
     kCheck,
     take_quality},
    {"--schedule",
     '\0',
     {"FILE.csv", "文件.csv"},
     {"check: judge this schedule of the plan; log: its baseline is this one",
      "check：检验该计划的这份进度；log：以此为基准"},
     kCheck | kLog,
     take_schedule,
     kName},
    {"--objective",
     '\0',
     {"LIST", "列表"},
     {"what counts, the most important first: finish, tardiness, stability",
      "优化目标，重要者在前：完工、延误、稳定"},
     kSolving,
     take_objective,
     {"a list of finish, tardiness, stability, each once", "完工、延误、稳定的列表，各至多一次"}},
    {"--baseline",
     '\0',
     kFile,
     {"keep to this schedule, made earlier: .csv .xlsx (status: measure against it)",
      "尽量保持先前的进度：.csv .xlsx（status：与之对照）"},
     kSolving | kCheck,
     take_baseline,
     kName},
    {"--proof",
     '\0',
     kFile,
     {"schedule: write the proof log there; check: replay this one",
      "schedule：写出证明日志；check：重放该日志"},
     kSchedule | kCheck,
     take_proof,
     kName},
    {"--trials",
     '\0',
     kNumber,
     {"how many trials (the plan's, 10000; of forecast: 2000)",
      "模拟次数（计划中的设定，10000；forecast：2000）"},
     kRisk | kReport | kForecast,
     take_trials,
     {"a number from 1 to 10000000", " 1 至 10000000 之间的整数"}},
    {"--until",
     '\0',
     {"0.5d", "0.5d"},
     {"stop once the P80 is sure to this, 19 times of 20", "P80 的 95% 误差不超过此值即停止"},
     kRisk | kReport,
     take_until,
     {"a time above 0, such as 0.5d, 12h or 90min", "大于 0 的时长，如 0.5d、12h 或 90min"}},
    {"--confidence",
     '\0',
     {"80%", "80%"},
     {"how sure the promised date shall be", "承诺日期的把握"},
     kRisk | kReport,
     take_confidence,
     {"a share between 0 and 1, or 80%", "0 与 1 之间的比例，或 80%"}},
    {"--latin-hypercube",
     '\0',
     {},
     {"spread the trials evenly over each quantity", "各量分层抽样（拉丁超立方）"},
     kRisk | kReport,
     take_latin_hypercube},
    {"--without-risk",
     '\0',
     {},
     {"no trials of what is uncertain", "不做模拟，不考虑不确定性"},
     kReport,
     take_without_risk},
    {"--engine",
     '\0',
     {"flow|relevel", "flow|relevel"},
     {"flow: keep who waits for whom in the schedule; relevel: level each trial anew",
      "flow：保持进度中的先后等待；relevel：每次模拟重新平衡资源"},
     kRisk | kReport,
     take_engine,
     {"flow or relevel", "flow 或 relevel"}},
    {"--against",
     '\0',
     {"PLAN", "计划"},
     {"compare with that plan, trial by trial (dispatch: keep to its orders)",
      "与该计划逐次比较（dispatch：尽量保持其安排）"},
     kRisk | kDispatch,
     take_against,
     {"the name of a plan", "计划名"}},
    {"--days",
     '\0',
     kNumber,
     {"how far to look ahead (14)", "向前看的天数（14）"},
     kStatus,
     take_days,
     {"a number from 0 to 3660", " 0 至 3660 之间的整数"}},
    {"--cancel",
     '\0',
     {"ROUTE", "路线"},
     {"this route does not go: change as few orders as possible; repeatable",
      "该路线取消：尽量少变更已有安排，可重复"},
     kDispatch,
     take_cancelled,
     {"the id of a route", "路线编号"}},
    {"--for",
     '\0',
     {"ID", "编号"},
     {"only what concerns this person, group, team, duty or visit",
      "仅列出与该人员、队伍、编组、出勤或走访有关的内容"},
     kDispatch,
     take_only,
     {"the id of a person, group, team, duty or visit", "人员、队伍、编组、出勤或走访编号"}},
    {"--scenario",
     '\0',
     {"NAME", "名称"},
     {"which scenario of a TaskJuggler project to read (the first)",
      "读取 TaskJuggler 项目的哪个场景（第一个）"},
     kConvert,
     take_text<&Options::scenario>,
     {"the name of a scenario", "场景名称"}},
    {"--outline",
     '\0',
     kFile,
     {"lines of land for the map of the page: a GeoJSON file", "页面地图的轮廓线：GeoJSON 文件"},
     kDispatch,
     take_outline,
     kName},
    {"--trial",
     '\0',
     kNumber,
     {"rebuild this trial as a schedule", "还原该次模拟的进度"},
     kRisk,
     take_trial,
     {"a whole number", "整数"}},
    {"--seconds",
     '\0',
     {"S", "秒"},
     {"search at most so long", "最长求解秒数"},
     kSolving | kBench | kDispatch,
     take_seconds,
     {"a number of seconds", "秒数"}},
    {"--steps",
     '\0',
     kNumber,
     {"search at most so many steps; repeats exactly", "最多求解步数，结果可复现"},
     kSolving | kBench | kDispatch,
     take_steps,
     {"a whole number", "整数"}},
    {"--seed",
     '\0',
     kNumber,
     {"seed of the search and the trials (1)", "求解与模拟的随机种子（1）"},
     kSolving | kBench | kDispatch,
     take_seed,
     {"a whole number", "整数"}},
    {"--threads",
     '\0',
     kNumber,
     {"threads to work with (1; for trials all processors)", "线程数（1；模拟时为全部处理器）"},
     kSolving | kBench,
     take_threads,
     {"a number from 1 to 256", " 1 至 256 之间的整数"}},
    {"--as-of",
     '\0',
     kDay,
     {"answer with what was on record at the end of that day", "以该日结束时记录所知作答"},
     kRecord | kLog,
     take_text<&Options::as_of>,
     kADay},
    {"--since",
     '\0',
     kDay,
     {"what has changed since the end of that day", "自该日结束以来的变化"},
     kForecast | kReport | kDiff,
     take_text<&Options::since>,
     kADay},
    {"--without-record",
     '\0',
     {},
     {"leave the plan's record aside", "不采用计划的记录"},
     kRecord,
     take_without_record},
    {"--dry-run",
     '\0',
     {},
     {"say what would be entered, and enter nothing", "只预览，不登记"},
     kLog,
     take_dry_run},
    {"--author",
     '\0',
     {"NAME", "姓名"},
     {"who says so (by default $USER)", "登记人（默认为 $USER）"},
     kLog,
     take_text<&Options::author>,
     kAText},
    {"--reason", '\0', kText, {"why", "原因"}, kLog, take_text<&Options::reason>, kAText},
    {"--recorded",
     '\0',
     kDay,
     {"when it became known (now)", "获知时间（默认现在）"},
     kLog,
     take_text<&Options::recorded>,
     kADay},
    {"--replaces",
     '\0',
     {"ENTRY", "条目"},
     {"add: correct that entry", "add：更正该条目"},
     kLog,
     take_replaces,
     {"the number of an entry", "条目编号"}},
    {"--task",
     '\0',
     {"ID", "编号"},
     {"show: only entries about that task", "show：只看该任务"},
     kLog,
     take_text<&Options::task>,
     kAText},
    {"--target",
     '\0',
     {"ID", "编号"},
     {"show: only entries about that target", "show：只看该指标"},
     kLog,
     take_text<&Options::target>,
     kAText},
    {"--key",
     '\0',
     kFile,
     {"sign: with this secret key; key: make it, and FILE.pub",
      "sign：用此私钥签名；key：生成私钥及 文件.pub"},
     kLog,
     take_text<&Options::key>,
     kName},
    {"--head",
     '\0',
     kFile,
     {"verify: is what was signed there still on record?", "verify：核对已签名的记录头"},
     kLog,
     take_text<&Options::head>,
     kName},
    {"--public-key",
     '\0',
     kFile,
     {"verify: whose signature it must be", "verify：签名者的公钥"},
     kLog,
     take_text<&Options::public_key>,
     kName},
    {"--csv", '\0', kFile, {"write the table there", "将结果表写入文件"}, kBench, take_csv, kName},
    {"--lang",
     '\0',
     {"en|zh", "en|zh"},
     {"language (by default the system's)", "语言（默认随系统）"},
     kAll,
     take_language,
     {"en or zh", " en 或 zh"}},
});

}  // namespace

std::span<const Option> all_options() { return kOptions; }
std::span<const Verb> all_verbs() { return kVerbs; }

}  // namespace diaodu::cli
