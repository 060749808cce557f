#include <filesystem>
#include <iostream>

#include "diaodu/cli/commands.h"
#include "diaodu/cli/console.h"
#include "diaodu/cli/session.h"

namespace diaodu::cli {

int run_convert(const Options& options) {
  const bool is_chinese = options.language == Language::chinese;
  const formats::ReadPlan read = formats::read_plan(path_of(options.arguments.front()));
  print_findings(read.findings, options.language);
  if (read.findings.has_errors()) return kPlanIsWrong;
  const std::filesystem::path place = path_of(options.arguments.back());
  const std::string ending = place.extension().string();
  if (!ending.empty() && ending != ".xlsx" && !std::filesystem::is_directory(place)) {
    std::cerr << (is_chinese ? "只能写成文件夹或 .xlsx 工作簿，不能写成 " : "a plan is written as a folder or an .xlsx workbook, not as ")
              << ending << "\n";
    return kWrongUsage;
  }
  formats::write_plan(read.plan, place);
  std::cout << (is_chinese ? "已写入 " : "written: ") << options.arguments.back() << "\n";
  return kDone;
}

}  // namespace diaodu::cli
