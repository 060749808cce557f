#include <array>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/verb_bits.h"

namespace diaodu::cli {
namespace {

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

}  // namespace

std::span<const Verb> all_verbs() { return kVerbs; }

}  // namespace diaodu::cli
