#include "diaodu/cli/session.h"

#include <algorithm>
#include <cctype>
#include <iostream>
#include <limits>

#include "diaodu/cli/console.h"
#include "diaodu/formats/disk.h"
#include "diaodu/plan/tree.h"
#include "diaodu/report/gantt_svg.h"
#include "diaodu/report/ical.h"
#include "diaodu/report/schedule_json.h"
#include "diaodu/report/schedule_table.h"
#include "diaodu/report/workbook.h"

namespace diaodu::cli {
namespace {

bool is_known_ending(const std::string& ending) {
  return ending == ".csv" || ending == ".xlsx" || ending == ".ics" || ending == ".svg" || ending == ".json";
}

std::string ending_of(const std::string& output) {
  std::string ending = path_of(output).extension().string();
  std::transform(ending.begin(), ending.end(), ending.begin(),
                 [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
  return ending;
}

}  // namespace

std::filesystem::path path_of(const std::string& argument) {
  return {std::u8string(argument.begin(), argument.end())};
}

solve::Request request_of(const Options& options) {
  solve::Request request;
  request.with_resources = !options.without_resources;
  request.seed = options.seed;
  request.threads = options.threads;
  // Whoever limits the time wants it used; without a wish the usual steps make runs repeat exactly.
  if (options.seconds) {
    request.limits.seconds = *options.seconds;
    request.limits.steps = std::numeric_limits<std::int64_t>::max();
  }
  if (options.steps) request.limits.steps = *options.steps;
  return request;
}

solve::Answer solve_with_progress(const formats::ReadPlan& read, const Options& options) {
  solve::Request request = request_of(options);
  const Interruptible interruptible;
  request.limits.cancel = interruptible.flag();
  ProgressLine progress(read.plan, options.language, request.limits.seconds);
  request.on_progress = [&progress](const solve::Improvement& state) { progress.show(state); };
  return solve::solve(read.plan, read.sources, request);
}

int status_of(const solve::Answer& answer) {
  const bool is_good = answer.status == solve::Status::optimal || answer.status == solve::Status::feasible;
  return is_good ? kDone : kPlanIsWrong;
}

bool can_write_outputs(const Options& options) {
  for (const std::string& output : options.outputs) {
    if (is_known_ending(ending_of(output))) continue;
    std::cerr << (options.language == Language::chinese
                      ? "diaodu：不知道以何种格式写出 " + output + "；可用 .csv .xlsx .ics .svg .json\n"
                      : "diaodu: cannot tell what to write into " + output + "; use .csv .xlsx .ics .svg .json\n");
    return false;
  }
  return true;
}

void write_outputs(const Plan& plan, const solve::Answer& answer, const Options& options) {
  const Language language = options.language;
  formats::FileSet files;
  for (const std::string& output : options.outputs) {
    const std::filesystem::path place = path_of(output);
    const std::string ending = ending_of(output);
    if (ending == ".xlsx") report::write_schedule_workbook(plan, answer, language, files.beside(place));
    if (ending == ".csv") files.add(place, report::schedule_csv(plan, answer, language));
    if (ending == ".ics") files.add(place, report::icalendar(plan, answer, language));
    if (ending == ".svg") files.add(place, report::gantt_svg(plan, answer, {.language = language}));
    if (ending == ".json") files.add(place, report::schedule_json(plan, answer, language) + "\n");
  }
  files.commit();
  for (const std::string& output : options.outputs) {
    std::cerr << (language == Language::chinese ? "已写入 " : "written: ") << output << "\n";
  }
}

TaskId find_task(const Plan& plan, const std::string& wanted, Language language) {
  const bool is_chinese = language == Language::chinese;
  std::vector<TaskId> named;
  std::vector<TaskId> containing;
  for (TaskId id : plan.tasks.ids()) {
    const Task& task = plan.tasks[id];
    if (task.id == wanted) return id;
    if (task.name == wanted || task.name_zh == wanted) named.push_back(id);
    const bool contains = task.name.view().find(wanted) != std::string_view::npos ||
                          task.name_zh.view().find(wanted) != std::string_view::npos;
    if (contains && !wanted.empty()) containing.push_back(id);
  }
  if (named.empty()) named = containing;
  if (named.size() == 1) return named.front();
  if (named.empty()) {
    std::cerr << (is_chinese ? "没有任务“" + wanted + "”；请用任务编号或名称\n"
                             : "there is no task '" + wanted + "'; use a task's id or name\n");
    return {};
  }
  constexpr std::size_t kMostNamed = 10;
  std::cerr << (is_chinese ? "有多个任务与“" + wanted + "”相符，请用编号：\n"
                           : "several tasks match '" + wanted + "'; use an id:\n");
  for (std::size_t i = 0; i < std::min(named.size(), kMostNamed); ++i) {
    std::cerr << "  " << plan.tasks[named[i]].id.view() << "  " << path_name(plan, named[i], language) << "\n";
  }
  return {};
}

}  // namespace diaodu::cli
