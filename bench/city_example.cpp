// Writes the indicators of examples/city-year: a synthetic city whose truth is known.
//
//   bench_city_example FOLDER
//
// targets.csv, peers.csv and facts/observations.csv are made anew: eight years of figures by the conventions
// of Chinese statistics and the first half of 2026, all assumed.  The same program makes the same files.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "city.h"
#include "diaodu/core/civil.h"
#include "diaodu/core/zone.h"
#include "diaodu/forecast/stream.h"
#include "diaodu/track/observation.h"

namespace {

using namespace diaodu;
using bench::Course;
using bench::Process;
using bench::Publication;

constexpr std::uint64_t kSeed = 20260812;
constexpr int kFirstYear = 2018;
constexpr std::size_t kHistory = 8 * 12 + 6;

/// A row of the tree.  Those without a name of a process have no figures of their own.
struct Row {
  const char* id;
  const char* parent;
  const char* name;
  const char* name_zh;
  double weight;
  const char* rule;  // and its columns, as in targets.csv
  const char* of = "";
  const char* roll_up = "";
  const char* side = "";
  double share = 0;
  const char* unit = "";
  bool has_figures = false;
  Process process = {};
  bool is_level = false;  // the goal is a level, not a growth
  bool less_is_better = false;
  double ambition =
      0;  // how much the goal asks beyond the year before: points of growth, or percent of a level
  double effort = 0;  // what a unit of effort adds
  bool is_veto = false;
};

Process process(Publication publication, double start, double growth, double drift, double noise,
                double season, double loading = 0.5) {
  return {.publication = publication,
          .start = start,
          .growth = growth,
          .drift = drift,
          .loading = loading,
          .noise = noise,
          .season = season};
}

using P = Publication;

// clang-format off
const std::vector<Row> kRows = {
  {"Y", "", "City programme 2026", "2026 年度目标", 1, ""},
  {"R", "Y", "Economy", "经济运行", 35, ""},
  {"GT", "R", "GDP: goal reached", "地区生产总值：达标", 40, "threshold", "G"},
  {"GR", "R", "GDP: rank in the province", "地区生产总值：全省位次", 60, "rank", "G"},
  {"G", "R", "Gross domestic product", "地区生产总值增速", 0, "", "", "", "production", 0, "亿元", true, process(P::quarter, 105, .055, .004, .006, .06, .8), false, false, .2, .1},
  {"GP", "G", "By industries", "生产法", 0, "", "", "growth", "production"},
  {"G1", "GP", "Primary industry", "第一产业增加值增速", 0, "", "", "", "production", 1, "亿元", true, process(P::quarter, 1.1, .022, .003, .02, .3), false, false, 0, 0},
  {"G2", "GP", "Secondary industry", "第二产业增加值增速", 0, "", "", "", "production", 47, "亿元", true, process(P::quarter, 50, .06, .006, .008, .05, .8), false, false, .3, .3},
  {"G3", "GP", "Tertiary industry", "第三产业增加值增速", 0, "", "", "", "production", 52, "亿元", true, process(P::quarter, 54, .055, .004, .006, .04, .7), false, false, .2, .3},
  {"GE", "G", "By uses: three drivers", "支出法：三驾马车", 0, "", "", "growth", "expenditure"},
  {"GC", "GE", "Final consumption", "最终消费增速", 0, "", "", "", "expenditure", 48, "亿元", true, process(P::quarter, 50, .055, .005, .008, .04, .6), false, false, .2, 0},
  {"GI", "GE", "Capital formation", "资本形成增速", 0, "", "", "", "expenditure", 40, "亿元", true, process(P::quarter, 42, .055, .008, .01, .06, .6), false, false, .2, 0},
  {"GX", "GE", "Net exports", "净出口增速", 0, "", "", "", "expenditure", 12, "亿元", true, process(P::quarter, 13, .06, .015, .03, .08, .6), false, false, 0, 0},
  {"GW", "G", "By incomes: three pockets", "收入法：三个口袋", 0, "", "", "growth", "income"},
  {"W1", "GW", "Households: pay", "居民：劳动者报酬增速", 0, "", "", "", "income", 50, "亿元", true, process(P::quarter, 52, .057, .003, .006, .03, .6), false, false, 0, 0},
  {"W2", "GW", "Government: net taxes", "政府：生产税净额增速", 0, "", "", "", "income", 15, "亿元", true, process(P::quarter, 15, .05, .008, .015, .05, .6), false, false, 0, 0},
  {"W3", "GW", "Firms: surplus and depreciation", "企业：营业盈余与折旧增速", 0, "", "", "", "income", 35, "亿元", true, process(P::quarter, 37, .056, .008, .012, .05, .6), false, false, 0, 0},
  {"IVA", "R", "Value added of larger industry", "规上工业增加值增速", 30, "efficacy", "", "", "", 0, "", true, process(P::industry, 60, .065, .008, .012, .06, .7), false, false, .4, .8},
  {"ELE", "R", "Electricity used by industry", "工业用电量增速", 10, "proportional", "", "", "", 0, "亿千瓦时", true, process(P::trade, 45, .05, .008, .02, .12, .7), false, false, .2, .6},
  {"PRO", "R", "Profits of larger industry", "规上工业利润增速", 15, "efficacy", "", "", "", 0, "", true, process(P::investment, 12, .05, .02, .04, .15, .5), false, false, .5, 1.2},

  {"D", "Y", "Demand: three drivers", "三驾马车", 30, ""},
  {"RET", "D", "Retail sales of consumer goods", "社会消费品零售总额增速", 30, "threshold", "", "", "", 0, "亿元", true, process(P::retail, 260, .05, .006, .012, .08, .6), false, false, .5, .8},
  {"ONL", "D", "Online retail", "网上零售额增速", 10, "proportional", "", "", "", 0, "亿元", true, process(P::retail, 40, .11, .012, .03, .15, .4), false, false, .5, 1.5},
  {"FAI", "D", "Fixed-asset investment", "固定资产投资增速", 25, "threshold", "", "", "", 0, "", true, process(P::investment, 300, .045, .01, .02, .2, .5), false, false, .6, .7},
  {"FAIN", "D", "Investment in industry", "工业投资增速", 15, "rank", "", "", "", 0, "", true, process(P::investment, 100, .07, .012, .03, .2, .5), false, false, .5, 1},
  {"EXP", "D", "Exports", "出口增速", 15, "efficacy", "", "", "", 0, "亿元", true, process(P::trade, 330, .05, .015, .04, .1, .5), false, false, 1, 1},
  {"FDI", "D", "Foreign capital used", "实际使用外资", 5, "proportional", "", "", "", 0, "亿美元", true, process(P::trade, 3.2, .03, .015, .1, .2, .2), true, false, 3, 4},

  {"W", "Y", "Income: three pockets", "三个口袋", 15, ""},
  {"REV", "W", "General public budget revenue", "一般公共预算收入", 40, "proportional", "", "", "", 0, "亿元", true, process(P::retail, 98, .04, .007, .03, .15, .5), true, false, .5, 1},
  {"TAX", "W", "Taxes in it", "其中：税收增速", 10, "per_point", "", "", "", 0, "亿元", true, process(P::retail, 80, .042, .007, .03, .15, .5), false, false, .2, .8},
  {"INC", "W", "Disposable income per head", "居民人均可支配收入增速", 30, "threshold", "", "", "", 0, "元", true, process(P::quarter, 5600, .053, .004, .006, .08, .5), false, false, .2, .4},
  {"DEP", "W", "Deposits", "本外币存款余额增速", 8, "efficacy", "", "", "", 0, "亿元", true, process(P::stock, 22000, .09, .005, .006, .01, .3), false, false, .2, .5},
  {"LOA", "W", "Loans", "本外币贷款余额增速", 12, "efficacy", "", "", "", 0, "亿元", true, process(P::stock, 17000, .11, .005, .004, .01, .3), false, false, .3, .5},

  {"Q", "Y", "High-quality development", "高质量发展", 15, ""},
  {"HIT", "Q", "Output of high-tech industry", "高新技术产业产值增速", 20, "efficacy", "", "", "", 0, "", true, process(P::industry, 150, .08, .008, .02, .06, .5), false, false, .4, .9},
  {"SOF", "Q", "Revenue of software", "软件业务收入增速", 12, "proportional", "", "", "", 0, "亿元", true, process(P::retail, 32, .11, .01, .03, .1, .3), false, false, .5, 1.2},
  {"BAT", "Q", "Output of power batteries", "动力电池产量", 10, "threshold", "", "", "", 0, "GWh", true, process(P::trade, 1.1, .2, .03, .06, .12, .2), true, false, 3, 3},
  {"PAT", "Q", "Patents for inventions", "发明专利授权量增速", 8, "proportional", "", "", "", 0, "件", true, process(P::trade, 900, .09, .015, .08, .1, .1), false, false, 1, 2},
  {"PM", "Q", "PM2.5", "PM2.5 平均浓度", 15, "threshold", "", "", "", 0, "µg/m³", true, process(P::index, 38, -.04, .01, .09, .35, 0), true, true, -2, -3},
  {"AIR", "Q", "Days with good air", "空气质量优良天数比率", 10, "threshold", "", "", "", 0, "%", true, process(P::index, 79, .007, .002, .05, .1, 0), true, false, .5, 1},
  {"WAT", "Q", "Good water at the gauged sections", "国省考断面水质优Ⅲ比例", 10, "threshold", "", "", "", 0, "%", true, process(P::index, 88, .008, .001, .012, .02, 0), true, false, .3, .4},
  {"ENE", "Q", "Energy used for a unit of GDP, index", "单位 GDP 能耗指数", 15, "proportional", "", "", "", 0, "", true, process(P::index, 100, -.03, .003, .02, .08, .2), true, true, -.5, -.8},

  {"L", "Y", "People", "民生与安全", 5, ""},
  {"JOB", "L", "New jobs in towns", "城镇新增就业", 30, "proportional", "", "", "", 0, "万人", true, process(P::trade, 1.3, .01, .006, .05, .2, .3), true, false, 1, 2},
  {"CPI", "L", "Consumer prices, month on the year before", "居民消费价格指数", 20, "threshold", "", "", "", 0, "上年同月=100", true, process(P::index, 101.5, 0, .003, .002, .001, .2), true, true, .4, 0},
  {"UNE", "L", "Registered unemployment", "城镇登记失业率", 20, "threshold", "", "", "", 0, "%", true, process(P::index, 1.85, .005, .006, .012, .02, -.3), true, true, 4, -2},
  {"ACC", "L", "Deaths in accidents at work", "生产安全事故死亡人数", 30, "threshold", "", "", "", 0, "人", true, process(P::trade, 4.5, -.05, .01, .15, .1, 0), true, true, -2, -5, true},
  // A row's place gives it its random numbers: what is new comes last, wherever it belongs.
  {"SER", "R", "Revenue of larger services", "规上服务业营业收入增速", 10, "proportional", "", "", "", 0, "亿元", true, process(P::retail, 70, .08, .008, .02, .08, .5), false, false, .3, .8},
  {"FRE", "R", "Freight carried", "货运量增速", 5, "proportional", "", "", "", 0, "万吨", true, process(P::trade, 1500, .035, .008, .03, .1, .5), false, false, .3, .6},
  {"HOU", "D", "Housing sold", "商品房销售面积增速", 5, "proportional", "", "", "", 0, "万平方米", true, process(P::retail, 95, .01, .03, .06, .2, .4), false, false, .5, 1.5},
  {"TOU", "D", "Visitors received", "接待游客人次增速", 5, "efficacy", "", "", "", 0, "万人次", true, process(P::trade, 900, .07, .015, .06, .25, .3), false, false, .5, 2},
};
const std::vector<std::array<const char*, 3>> kCities = {
  {"NJ", "Nanjing", "南京"}, {"SZ", "Suzhou", "苏州"}, {"CZ", "Changzhou", "常州"}, {"NT", "Nantong", "南通"},
  {"XZ", "Xuzhou", "徐州"}, {"YZ", "Yangzhou", "扬州"}, {"ZJ", "Zhenjiang", "镇江"}, {"TZ", "Taizhou", "泰州"},
};
// clang-format on

std::string number(double value, int places) {
  std::array<char, 40> text{};
  std::snprintf(text.data(), text.size(), "%.*f", places, value);
  std::string digits(text.data());
  if (digits.find('.') != std::string::npos) {
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  return digits == "-0" ? "0" : digits;
}

std::string quoted(std::string_view text) {
  return text.find(',') == std::string_view::npos ? std::string(text)
                                                  : '"' + std::string(text) + '"';
}

class Example {
 public:
  Example() {
    common_ = bench::normals(kSeed, forecast::variable_number('c', "common"), 0, kHistory);
  }

  void run(const std::filesystem::path& folder) {
    std::filesystem::create_directories(folder / "facts");
    std::ofstream targets(folder / "targets.csv");
    targets << "# assumed: every weight, goal, rule and share; the three sides are from the report "
               "(S3)\n"
               "# 假设：全部权重、目标、计分规则与比重；三种核算方法出自报告（S3）\n"
               "id,name,name_zh,parent,weight,unit,direction,measure,accrual,base,goal,by,roll_up,"
               "share,side,of,rule,step,veto,effort_gain\n";
    for (std::size_t i = 0; i < kRows.size(); ++i) targets << told(kRows[i], i) << '\n';
    std::ofstream peers(folder / "peers.csv");
    peers << "# assumed: their figures are synthetic / "
             "假设：各市数据均为模拟\ntarget,id,name,name_zh\n";
    std::size_t row_number = 0;
    for (const Row& row : kRows) {
      const bool is_ranked =
          std::string_view(row.id) == "G" || std::string_view(row.rule) == "rank";
      ++row_number;
      if (!row.has_figures || !is_ranked) continue;
      for (std::size_t city = 0; city < kCities.size(); ++city) {
        peers << row.id << ',' << kCities[city][0] << ',' << kCities[city][1] << ','
              << kCities[city][2] << '\n';
        const std::uint64_t stream = 1000 + row_number * 100 + city;
        const Course course(row.process, kSeed, stream, kHistory, common_);
        bench::publish(observations_, std::string(row.id) + '@' + kCities[city][0], row.process,
                       course.levels(), kFirstYear, kSeed, stream);
      }
    }
    write_observations(folder);
  }

 private:
  std::string told(const Row& row, std::size_t i) {
    std::string base;
    std::string goal;
    std::string accrual;
    if (row.has_figures) {
      const Course course(row.process, kSeed, i, kHistory, common_);
      bench::publish(observations_, row.id, row.process, course.levels(), kFirstYear, kSeed, i);
      const auto measure = row.is_level ? Target::Measure::level : Target::Measure::growth;
      const double before =
          bench::value_of_year(row.process, measure, course.levels().first(8 * 12));
      // As goals are set: between last year and the long run, and a little more.
      const double usual = 100 * (std::exp(row.process.growth) - 1);
      const double wanted = row.is_level
                                ? before * std::exp(row.process.growth) * (1 + row.ambition / 100)
                                : 0.4 * before + 0.6 * usual + row.ambition;
      const int places = row.is_level && wanted >= 100 ? 0 : 1;
      base = number(before, places);
      goal = number(wanted, places);
      if (row.process.publication == Publication::index) accrual = "mean";
      if (row.process.publication == Publication::stock) accrual = "last";
    }
    std::string line = std::string(row.id) + ',' + quoted(row.name) + ',' + quoted(row.name_zh) +
                       ',' + row.parent + ',' + number(row.weight, 1) + ',' + row.unit + ',' +
                       (row.less_is_better ? "less" : "more") + ',';
    const bool is_growth =
        !row.is_level && (row.has_figures || std::string_view(row.roll_up) == "growth");
    line += is_growth ? "growth," : ",";
    line += accrual + ',' + base + ',' + goal + ',';
    line += row.has_figures ? "2026-12-31," : ",";
    line += std::string(row.roll_up) + ',' + (row.share > 0 ? number(row.share, 1) : "") + ',' +
            row.side + ',' + row.of + ',' + row.rule + ',';
    line += std::string(std::string_view(row.rule) == "rank" ? "5" : "") + ',' +
            (row.is_veto ? "yes" : "") + ',';
    return line + (row.effort != 0 ? number(row.effort, 1) : "");
  }

  void write_observations(const std::filesystem::path& folder) {
    const Zone zone("Asia/Shanghai", 8 * 60, {});
    std::ofstream file(folder / "facts" / "observations.csv");
    file << "# synthetic, by bench/city_example.cpp / 模拟数据，由 bench/city_example.cpp 生成\n"
            "target,period,measure,value,published\n";
    std::stable_sort(observations_.begin(), observations_.end(),
                     [](const auto& a, const auto& b) { return a.published < b.published; });
    // Of the years before 2025 only the last word is kept.
    std::map<std::pair<std::string, std::pair<track::Measure, track::Period>>, std::size_t> last;
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      const auto& each = observations_[i];
      last[{each.target, {each.measure, each.period}}] = i;
    }
    for (std::size_t i = 0; i < observations_.size(); ++i) {
      const auto& each = observations_[i];
      if (each.period.year < 2025 && last[{each.target, {each.measure, each.period}}] != i)
        continue;
      constexpr std::array kMeasures = {"level",          "level_to_date", "growth",
                                        "growth_to_date", "base",          "base_to_date"};
      const YearMonthDay day = year_month_day(zone.to_local(each.published).date());
      const std::string month = track::show({day.year, day.month, day.month});
      const std::string date = month + (day.day < 10 ? "-0" : "-") + std::to_string(day.day);
      file << each.target << ',' << track::show(each.period) << ','
           << kMeasures[static_cast<std::size_t>(each.measure)] << ',' << number(each.value, 2)
           << ',' << date << '\n';
    }
  }

  std::vector<double> common_;
  std::vector<track::Observation> observations_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: bench_city_example FOLDER\n", stderr);
    return 2;
  }
  Example().run(argv[1]);
}
