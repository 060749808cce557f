#include <chrono>
#include <filesystem>
#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"
#include "diaodu/core/civil.h"
#include "diaodu/formats/csv.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/plan_tables.h"
#include "diaodu/report/words.h"

namespace diaodu::cli {
namespace {

/// One file of the example: its name and text.  `{start}` is a Monday to come.
struct Example {
  std::string_view file;
  Words text;
};

constexpr Example kExample[] = {
    {"plan.toml",
     {R"(# A plan: this file says when and how time is counted; the tables beside it say what is to be done.
[plan]
name = "Workshop extension"
start = "{start}"
time_zone = "UTC"
currency = "CNY"
calendar = "standard"   # Monday to Friday 08:00-12:00 13:00-17:00; also: "cn" (with China's holidays), "24h"
)",
      R"(# 计划：本文件说明时间如何计算，同一文件夹中的各表说明要做什么。
[plan]
name = "车间扩建"
start = "{start}"
time_zone = "Asia/Shanghai"
currency = "CNY"
calendar = "cn"   # 周一至周五 08:00-12:00 13:00-17:00，含法定节假日与调休；另有 "standard"、"24h"
)"}},
    {"tasks.csv",
     {R"(id,name,parent,duration,predecessors,deadline,owner,notes
1,Design,,,,,Lin,
1.1,Survey the site,1,3d,,,Lin,
1.2,Draw the plans,1,2w,1.1,,Lin,
1.3,Building permit,1,15d,1.2,,Wang,waits on the authority
2,Building,,,,,Zhao,
2.1,Foundations,2,8d,1.3,,Zhao,
2.2,Concrete cures,2,7ed,2.1,,Zhao,elapsed days: nights and weekends count
2.3,Steel frame,2,10d,2.2,,Zhao,
2.4,Roof and walls,2,12d,2.3,,Zhao,
3,Machines,,,,,Wang,
3.1,Order machines,3,5d,1.2,,Wang,
3.2,Deliver machines,3,30d,3.1,,Wang,
3.3,Install machines,3,8d,2.4;3.2,,Wang,
3.4,Workshop in use,3,0d,3.3,,Wang,a milestone: it takes no time
)",
      R"(编号,名称,上级,工期,前置任务,期限,负责人,备注
1,设计,,,,,林,
1.1,现场勘测,1,3天,,,林,
1.2,绘制图纸,1,2周,1.1,,林,
1.3,施工许可,1,15天,1.2,,王,等待主管部门
2,土建,,,,,赵,
2.1,基础,2,8天,1.3,,赵,
2.2,混凝土养护,2,7ed,2.1,,赵,日历天：夜间与周末也算
2.3,钢结构,2,10天,2.2,,赵,
2.4,屋面与墙体,2,12天,2.3,,赵,
3,设备,,,,,王,
3.1,订购设备,3,5天,1.2,,王,
3.2,设备到货,3,30天,3.1,,王,
3.3,安装设备,3,8天,2.4;3.2,,王,
3.4,车间投用,3,0天,3.3,,王,里程碑：不占时间
)"}},
    {"resources.csv",
     {R"(id,name,kind,capacity
crew,Building crew,people,1
engineer,Engineer,people,1
crane,Mobile crane,machine,1
)",
      R"(编号,名称,类型,数量
crew,施工队,人员,1
engineer,工程师,人员,1
crane,汽车吊,机械,1
)"}},
    {"demands.csv",
     {R"(task,resource,amount
1.1,engineer,1
1.2,engineer,1
3.1,engineer,1
2.1,crew,1
2.3,crew,1
2.3,crane,1
2.4,crew,1
3.3,crew,1
3.3,crane,1
)",
      R"(任务,资源,数量
1.1,engineer,1
1.2,engineer,1
3.1,engineer,1
2.1,crew,1
2.3,crew,1
2.3,crane,1
2.4,crew,1
3.3,crew,1
3.3,crane,1
)"}},
};

/// The Monday after today, in UTC: where an example may begin.
std::string next_monday() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  Date date{static_cast<std::int32_t>(now.time_since_epoch().count())};
  do {
    date.days += 1;
  } while (weekday(date) != Weekday::monday);
  return to_string(date);
}

std::string with_start(std::string_view text, const std::string& start) {
  constexpr std::string_view kPlace = "{start}";
  std::string filled(text);
  const auto at = filled.find(kPlace);
  if (at != std::string::npos) filled.replace(at, kPlace.size(), start);
  return filled;
}

}  // namespace

int run_init(const Options& options) {
  const bool is_chinese = options.language == Language::chinese;
  const std::filesystem::path place = path_of(options.arguments.front());
  if (const std::string ending = ending_of(place); ending == ".xer" || ending == ".xml") {
    return fail(options, kWrongUsage,
                report::say(report::words::cli_new_plan_form, options.language, {ending}));
  }
  if (const int status = judge_new_plan(options, place); status != kDone) return status;
  const std::string start = next_monday();
  if (ending_of(place) == ".xlsx") {
    std::vector<formats::Sheet> sheets;
    std::vector<formats::Setting> settings;
    Findings findings;
    for (const Example& example : kExample) {
      const std::string file(example.file);
      const std::string text = with_start(example.text.in(options.language), start);
      if (file == "plan.toml") {
        settings = formats::read_toml(text, file, findings);
      } else {
        sheets.push_back(formats::read_csv(text, file, file.substr(0, file.find('.')), findings));
      }
    }
    formats::write_plan(formats::make_plan(std::move(settings), sheets, std::move(findings)).plan,
                        place, options.language);
  } else {
    std::filesystem::create_directories(place);
    formats::FileSet files;
    for (const Example& example : kExample) {
      std::string text = with_start(example.text.in(options.language), start);
      // A byte-order mark, so that spreadsheet programs show the Chinese letters.
      if (is_chinese && example.file.ends_with(".csv")) text.insert(0, "\xEF\xBB\xBF");
      const std::filesystem::path path = place / example.file;
      if (!std::filesystem::exists(path)) files.add(path, text);
    }
    files.commit();
  }
  if (options.json) return tell_of_new_plan(options, {});
  // The next steps as the user's shell takes them: the program as it was called, the name quoted where
  // it must be, the language where it is not the system's.
  const std::string name = shell_word(options.arguments.front());
  const std::string program = "  " + shell_word(options.program) + " ";
  const std::string language = !options.is_language_asked ? "\n"
                               : is_chinese               ? " --lang zh\n"
                                                          : " --lang en\n";
  std::cout << report::say(report::words::cli_begun, options.language, {options.arguments.front()})
            << "\n"
            << program << "check " << name << language << program << "schedule " << name << language
            << program << "why " << name << " 3.3" << language;
  return kDone;
}

}  // namespace diaodu::cli
