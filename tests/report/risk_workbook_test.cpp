#include "diaodu/report/risk_workbook.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "diaodu/formats/plan_file.h"
#include "diaodu/solve/solve.h"
#include "report/python.h"
#include "support/tables.h"

namespace diaodu::report {
namespace {

/// A (2000 min) or, one time in four, 3000 min; then B (1000 min), which costs 100.
struct Case {
  formats::ReadPlan read;
  solve::Answer answer;
  forecast::Forecast forecast;

  explicit Case(bool has_cost = true) {
    std::string tasks = "id,name,name_zh,duration,predecessors,deadline,cost\n";
    tasks += "A,Dig,开挖,2000min,,,\nB,Pour,浇筑,1000min,A,2024-01-03 02:00,";
    tasks += has_cost ? "100\n" : "\n";
    read = read_tables({{"tasks", tasks},
                        {"risks",
                         "id,name,name_zh,task,probability,impact\n"
                         "R,Rain,下雨,A,0.25,1000min\n"}},
                       "[plan]\nstart = 2024-01-01\ncalendar = \"24h\"\n");
    solve::Request request;
    request.limits.steps = 100;
    answer = solve::solve(read.plan, read.sources, request);
    forecast = forecast::simulate(read.plan, answer, {.trials = 1000});
  }
  std::string workbook(Language language = Language::english) const {
    const std::filesystem::path path = std::filesystem::temp_directory_path() /
                                       ("diaodu_risk_" + std::to_string(getpid()) + ".xlsx");
    write_risk_workbook(read.plan, answer, forecast, language, path);
    std::ifstream file(path, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(file), {}};
    std::filesystem::remove(path);
    return bytes;
  }
};

/// `sheet(name)`: its rows as lists; dates as Excel counts them, others as they are; `looks(name)` says which cells of
/// its second row are shown as dates.
std::string read_by(const std::string& what) {
  return "import io, re, sys, zipfile, xml.etree.ElementTree as E\n"
         "z = zipfile.ZipFile(io.BytesIO(sys.stdin.buffer.read()))\n"
         "assert z.testzip() is None\n"
         "n = '{http://schemas.openxmlformats.org/spreadsheetml/2006/main}'\n"
         "names = [s.get('name') for s in E.fromstring(z.read('xl/workbook.xml')).iter(n + "
         "'sheet')]\n"
         "strings = [''.join(t.text or '' for t in s.iter(n + 't'))\n"
         "           for s in E.fromstring(z.read('xl/sharedStrings.xml')).iter(n + 'si')]\n"
         "styles = E.fromstring(z.read('xl/styles.xml'))\n"
         "codes = {f.get('numFmtId'): f.get('formatCode') for f in styles.iter(n + 'numFmt')}\n"
         "xfs = [codes.get(x.get('numFmtId'), '') for x in styles.find(n + 'cellXfs')]\n"
         "def cells(name):\n"
         "  x = E.fromstring(z.read(f'xl/worksheets/sheet{names.index(name) + 1}.xml'))\n"
         "  return [list(r.iter(n + 'c')) for r in x.iter(n + 'row')]\n"
         "def value(c):\n"
         "  v = c.find(n + 'v')\n"
         "  if v is None: return None\n"
         "  return strings[int(v.text)] if c.get('t') == 's' else round(float(v.text), 4)\n"
         "def sheet(name): return [[value(c) for c in r] for r in cells(name)]\n"
         "def looks(name):\n"
         "  return ''.join('d' if xfs[int(c.get('s'))].startswith('yyyy') else '-'\n"
         "                 for c in cells(name)[1])\n" +
         what;
}

TEST(RiskWorkbook, holds_every_part_with_real_dates) {
  const Case of;
  // 2024-01-01 is day 45292 of Excel; the plan takes 3000 of a day's 1440 minutes, or 4000.
  EXPECT_EQ(python(read_by("print(names)\ns = sheet('Finish')\n"
                           "print([r[:3] for r in s[1:4]])\nprint(s[1][3], looks('Finish'))\n"
                           "print(sheet('Tornado')[2], looks('Tornado'))\n"
                           "t = sheet('Tasks')\nprint(t[2][:3], t[2][8:12], looks('Tasks'))\n"
                           "print(sheet('Dates')[1][0], looks('Dates'))\n"
                           "h = sheet('Histogram')\n"
                           "print(sum(r[2] for r in h[1:]), h[-1][3], looks('Histogram'))\n"),
                   of.workbook()),
            "['Finish', 'Dates', 'Tasks', 'Drivers', 'Tornado', 'Risks', 'Histogram']\n"
            "[['P10', 0.1, 45294.0833], ['P50', 0.5, 45294.0833], ['P80', 0.8, 45294.7778]]\n"
            "100.0 --d-\n"
            "['R', 'Rain', 45294.0833, 45294.7778, 0.6944] --dd-\n"
            "['B', 'Pour', 45293.3889] [45294.0833, 45294.0833, 45294.7778, 45294.7778] "
            "--dddddddddd-\n"
            "B --d-ddddd-\n"
            "1000.0 1.0 dd--\n");
}

TEST(RiskWorkbook, speaks_chinese_and_is_the_same_each_time) {
  const Case of;
  EXPECT_EQ(python(read_by("print(names)\nprint(sheet('风险')[1][1], sheet('任务')[1][1])\n"),
                   of.workbook(Language::chinese)),
            "['完工', '日期', '任务', '主导任务', '龙卷风图', '风险', '直方图']\n下雨 开挖\n");
  EXPECT_EQ(of.workbook(), of.workbook());
}

TEST(RiskWorkbook, without_cost_its_column_is_empty) {
  EXPECT_EQ(python(read_by("print([r[3] for r in sheet('Finish')])\n"), Case(false).workbook()),
            "['Cost', None, None, None, None, None, None, None]\n");
}

}  // namespace
}  // namespace diaodu::report
