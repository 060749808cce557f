#include "diaodu/formats/fact_columns.h"

#include <algorithm>
#include <string>

#include "diaodu/formats/cells.h"

namespace diaodu::formats {
namespace {

using enum FactTable;

constexpr std::array kColumns = std::to_array<FactColumn>({
    // clang-format off
    {progress, "task", "任务|任务编号|编号|id", true, {"id of the task", "任务编号"}},
    {progress, "date", "日期|截至日期|状态日期|统计日期|data_date", true, {"of which this is true: the end of that day, or a time", "状态日期（当日结束或指定时刻）"}},
    {progress, "actual_start", "实际开始|实际开始时间", false, {"when it began", "实际开始"}},
    {progress, "actual_finish", "实际完成|实际完成时间|实际结束", false, {"when it ended", "实际完成"}},
    {progress, "percent", "完成百分比|进度|完成率|percent_complete", false, {"of the duration done, 0 to 100", "工期完成百分比，0 至 100"}},
    {progress, "physical", "实物进度|形象进度|实物完成百分比|physical_percent", false, {"of the thing made, 0 to 100", "实物工程量完成百分比"}},
    {progress, "remaining", "剩余工期|剩余", false, {"of the duration, from that date on", "自该日起的剩余工期"}},
    {progress, "steps", "完成步骤|步骤|已完成步骤", false, {"ids of weighted steps that are done: S1; S2", "已完成的加权步骤：S1; S2"}},
    {progress, "recorded", "登记日期|登记时间|获知日期", false, {"when it became known; empty: now", "获知时间，留空为现在"}},
    {progress, "reason", "原因|说明|备注", false, {"why, in words", "原因说明"}},

    {costs, "task", "任务|任务编号|编号|id", true, {"id of the task", "任务编号"}},
    {costs, "resource", "资源|资源编号", false, {"id of the resource; empty: none in particular", "资源编号，可留空"}},
    {costs, "date", "日期|支出日期|发生日期", true, {"when it was spent", "支出日期"}},
    {costs, "amount", "金额|费用|支出", true, {"in the plan's currency; negative: it came back", "金额，负数为退回"}},
    {costs, "recorded", "登记日期|登记时间|获知日期", false, {"when it became known; empty: now", "获知时间，留空为现在"}},
    {costs, "reason", "原因|说明|备注", false, {"why, in words", "原因说明"}},

    {observations, "target", "指标|指标编号|编号|id", true, {"id of the target", "指标编号"}},
    {observations, "period", "时期|期间|月份|报告期", true, {"2026-03, 2026-01..02, 2026-Q2, 2026-H1 or 2026", "2026-03、2026-01..02、2026-Q2、2026-H1 或 2026，也可写 2026年1-2月"}},
    {observations, "measure", "口径|类型|统计口径", true, {"level, level_to_date, growth, growth_to_date, base or base_to_date", "当期值、累计值、增速、累计增速、上年同期或上年累计"}},
    {observations, "value", "值|数值|指标值", true, {"the number; growth in percent", "数值，增速以百分数计"}},
    {observations, "published", "发布日期|发布时间|公布日期", true, {"the vintage: not known before", "发布日期，此前未知"}},
    {observations, "source", "来源|数据来源", false, {"who published it", "数据来源"}},
    {observations, "recorded", "登记日期|登记时间|获知日期", false, {"when it became known; empty: now", "获知时间，留空为现在"}},
    {observations, "reason", "原因|说明|备注", false, {"why, in words", "原因说明"}},

    {notes, "date", "日期|时间", true, {"when", "日期"}},
    {notes, "subject", "对象|任务|指标", false, {"id of a task or target, or a word of yours", "任务或指标编号，或自拟"}},
    {notes, "text", "内容|说明|备注", true, {"what there is to say", "内容"}},
    {notes, "kind", "类别|类型", false, {"note or decision; empty: note", "备注或决定，留空为备注"}},
    {notes, "recorded", "登记日期|登记时间|获知日期", false, {"when it became known; empty: now", "获知时间，留空为现在"}},
    {notes, "reason", "原因", false, {"why, in words", "原因说明"}},
    // clang-format on
});

}  // namespace

std::span<const FactColumn> fact_columns() { return kColumns; }

bool is_among(std::string_view wanted, std::string_view names) {
  while (!names.empty()) {
    const std::size_t end = std::min(names.find('|'), names.size());
    if (names.substr(0, end) == wanted) return true;
    names.remove_prefix(std::min(end + 1, names.size()));
  }
  return false;
}

const FactColumn* find_fact_column(FactTable table, std::string_view header) {
  const std::string wanted = folded(header);
  for (const FactColumn& column : fact_columns()) {
    if (column.table == table && (column.name == wanted || is_among(wanted, column.aliases)))
      return &column;
  }
  return nullptr;
}

std::string_view names_of(FactTable table) {
  constexpr std::array<std::string_view, kFactTables.size()> kNames = {
      "progress|进展|进度", "costs|费用|支出|成本", "observations|观测|指标数据|指标值",
      "notes|备注|记录"};
  return kNames[static_cast<std::size_t>(table)];
}

}  // namespace diaodu::formats
