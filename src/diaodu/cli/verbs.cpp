#include <array>

#include "diaodu/cli/commands.h"

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

constexpr unsigned kSolving = kSchedule | kReport | kWhy;
constexpr unsigned kAll = 255;

constexpr std::array kPlan = std::to_array<Words>({{"PLAN", "计划"}});
constexpr std::array kFolder = std::to_array<Words>({{"FOLDER", "文件夹"}});
constexpr std::array kPlanAndTask = std::to_array<Words>({{"PLAN", "计划"}, {"TASK", "任务"}});
constexpr std::array kFromAndTo = std::to_array<Words>({{"PLAN", "计划"}, {"TO", "目标"}});
constexpr std::array kFiles = std::to_array<Words>({{"FILES", "文件"}});
constexpr std::array kShell = std::to_array<Words>({{"SHELL", "SHELL"}});

constexpr std::array kVerbs = std::to_array<Verb>({
    {"init", kInit, {"begin a plan: a folder or .xlsx with a small example to edit", "新建计划：含小示例的文件夹或 .xlsx"},
     kFolder, false, run_init},
    {"check", kCheck, {"say all that is wrong with a plan, or with a schedule of it", "检查计划（或其进度安排）的全部问题"},
     kPlan, false, run_check},
    {"schedule", kSchedule, {"when each task is done: levelled, with a proof or gap", "编制进度：资源均衡，并给出最优证明或差距"},
     kPlan, false, run_schedule},
    {"report", kReport, {"schedule, and show it all: summary, Gantt chart, every task", "编制并展示全部：摘要、横道图、每项任务"},
     kPlan, false, run_report},
    {"why", kWhy, {"why a task is where it is", "说明某项任务为何排在此时"}, kPlanAndTask, false, run_why},
    {"convert", kConvert, {"write a plan as a folder or a workbook (.xlsx)", "将计划转存为文件夹或工作簿 (.xlsx)"},
     kFromAndTo, false, run_convert},
    {"bench", kBench, {"schedule many files and tabulate the results", "批量求解并列表比较结果"}, kFiles, true, run_bench},
    {"completion", kCompletion, {"print completions for bash, zsh or fish", "输出 bash、zsh 或 fish 的补全脚本"}, kShell, false, run_completion},
});

constexpr Words kNumber{"N", "N"};
constexpr Words kFile{"FILE", "文件"};

constexpr std::array kOptions = std::to_array<Option>({
    {"--json", {}, {"print one JSON document", "输出一个 JSON 文档"}, kCheck | kSolving},
    {"--without-resources", {}, {"links alone: the critical path", "只看逻辑关系：关键路径"}, kSolving | kBench},
    {"--gantt", {}, {"draw a Gantt chart too", "同时绘制横道图"}, kSchedule},
    {"-o,--output", kFile,
     {"write the schedule there: .csv .xlsx .ics .svg .json; repeatable", "写出进度：.csv .xlsx .ics .svg .json，可重复"},
     kSchedule | kReport},
    {"--schedule", {"FILE.csv", "文件.csv"},
     {"judge this schedule of the plan", "检验该计划的这份进度"}, kCheck},
    {"--seconds", {"S", "秒"}, {"search at most so long", "最长求解秒数"}, kSolving | kBench},
    {"--steps", kNumber, {"search at most so many steps; repeats exactly", "最多求解步数，结果可复现"}, kSolving | kBench},
    {"--seed", kNumber, {"seed of the search (1)", "随机种子（1）"}, kSolving | kBench},
    {"--threads", kNumber, {"threads to search with (1)", "求解线程数（1）"}, kSolving | kBench},
    {"--csv", kFile, {"write the table there", "将结果表写入文件"}, kBench},
    {"--lang", {"en|zh", "en|zh"}, {"language (by default the system's)", "语言（默认随系统）"}, kAll},
});

}  // namespace

std::span<const Option> all_options() { return kOptions; }
std::span<const Verb> all_verbs() { return kVerbs; }

}  // namespace diaodu::cli
