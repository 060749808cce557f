#include "diaodu/formats/list_header.h"

#include <algorithm>

#include "diaodu/formats/cells.h"
#include "diaodu/formats/columns.h"

namespace diaodu::formats {
namespace {

constexpr std::size_t kMostTitleRows = 40;

struct ColumnNames {
  ListColumn column;
  Words label;
  std::string_view names;  ///< bare, separated by `|`; the likelier ones first
};

using enum ListColumn;

/// What people, MS Project's exports and templates in English and Chinese call the columns.
constexpr std::array kNames = std::to_array<ColumnNames>({
    // clang-format off
    {id, {"id", "编号"}, "id|taskid|activityid|activitycode|标识号|任务编号|任务号|作业代码|作业编号|编号|序号|no|nr|number|itemno|item|项次|唯一标识号|uniqueid"},
    {name, {"name", "任务名称"}, "name|taskname|activityname|任务名称|名称|工作名称|作业名称|活动名称|工序名称|task|activity|任务|工作任务|工作内容|施工内容|工作项|工序|事项|分项工程|分部分项工程|分部分项|工程项目|施工项目|施工任务|施工工序|建设内容|项目内容|description|taskdescription|title|subject|deliverable|workitem|描述|内容"},
    {wbs, {"WBS", "WBS 代码"}, "wbs|wbscode|wbs代码|wbs编码|wbs编号|wbs号|outlinenumber|大纲数字|大纲编号|层级编号"},
    {level, {"outline level", "大纲级别"}, "outlinelevel|大纲级别|level|indent|级别|层级|层次"},
    {duration, {"duration", "工期"}, "duration|工期|持续时间|历时|dur|originalduration|origdur|plannedduration|计划工期|原定工期|days|daysrequired|天数|工期天数|持续天数|计划天数|施工天数|作业天数|工作日|所需时间|周期"},
    {start, {"start", "开始时间"}, "start|startdate|starttime|开始时间|开始日期|开始|plannedstart|plannedstartdate|scheduledstart|计划开始时间|计划开始日期|计划开始|起始时间|起始日期|开工日期|开工时间|计划开工|计划开工时间|计划开工日期|begin|begindate"},
    {finish, {"finish", "完成时间"}, "finish|finishdate|finishtime|完成时间|完成日期|完成|plannedfinish|plannedfinishdate|plannedend|plannedenddate|scheduledfinish|计划完成时间|计划完成日期|计划完成|结束时间|结束日期|结束|计划结束时间|计划结束日期|计划结束|终止时间|竣工日期|竣工时间|完工日期|完工时间|计划完工|计划完工时间|计划完工日期|end|enddate"},
    {actual_start, {"actual start", "实际开始"}, "actualstart|actualstartdate|实际开始时间|实际开始日期|实际开始|实际开工|实际开工时间|实际开工日期"},
    {actual_finish, {"actual finish", "实际完成"}, "actualfinish|actualfinishdate|actualend|actualenddate|实际完成时间|实际完成日期|实际完成|实际结束时间|实际结束日期|实际结束|实际完工|实际完工时间|实际完工日期"},
    {predecessors, {"predecessors", "前置任务"}, "predecessors|predecessor|preds|predecessordetails|前置任务|紧前任务|紧前工作|紧前工序|前导任务|前置|依赖任务|依赖|前置条件|dependson|dependencies|dependency"},
    {successors, {"successors", "后续任务"}, "successors|successor|succs|successordetails|后续任务|后继任务|后置任务|紧后任务|紧后工作|紧后工序|后续工作|后续工序|后续|紧后"},
    {resources, {"resources", "资源名称"}, "resourcenames|资源名称|resources|resource|resourcename|资源|assignedto|assignee|assignees|assigned|参与人员|执行人|人员"},
    {owner, {"owner", "负责人"}, "owner|负责人|责任人|责任单位|牵头单位|responsible|taskowner|contact"},
    {percent, {"percent complete", "完成百分比"}, "%complete|percentcomplete|complete|完成百分比|完成率|完成进度|progress|进度|%done|done|完成%|%完成|%|completion"},
    {milestone, {"milestone", "里程碑"}, "milestone|里程碑|是否里程碑"},
    {deadline, {"deadline", "期限"}, "deadline|期限|截止日期|最后期限|完成时限|截止时间|duedate|due"},
    {priority, {"priority", "优先级"}, "priority|优先级"},
    {constraint, {"constraint", "限制类型"}, "constrainttype|限制类型|constraint|约束类型"},
    {constraint_date, {"constraint date", "限制日期"}, "constraintdate|限制日期|约束日期"},
    {mode, {"task mode", "任务模式"}, "taskmode|任务模式"},
    {active, {"active", "活动"}, "active|活动|可用"},
    {notes, {"notes", "备注"}, "notes|note|备注|说明|注释|remarks|remark|comments|comment"},
    // clang-format on
});

/// Above a group of columns: theirs are not what is planned.
constexpr std::string_view kOtherGroups =
    "|baseline|actual|revised|forecast|基准|比较基准|实际|修订|预测|调整|";

void remove_all(std::string& text, std::string_view part) {
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at)) {
    text.erase(at, part.size());
  }
}

/// `Duration (days)` as `duration` and `days`; without blanks, marks and case.
struct BareName {
  std::string name;
  std::string unit;
};
BareName bare_name(std::string_view written) {
  constexpr std::size_t kLongestName = 60;  // longer ones are sentences
  BareName bare;
  if (written.size() > kLongestName) return bare;
  std::string text = folded(written);
  for (const std::string_view mark :
       {"_", "*", ":", "：", "\t", ".", "　", "\xC2\xA0", "\"", "#"}) {
    if (text != mark) remove_all(text, mark);
  }
  for (const auto& [open, close] : {std::pair<std::string_view, std::string_view>{"(", ")"},
                                    {"（", "）"},
                                    {"[", "]"},
                                    {"/", ""}}) {
    const std::size_t at = text.find(open);
    if (at == std::string::npos || at == 0) continue;
    std::size_t end = close.empty() ? text.size() : text.find(close, at);
    end = std::min(end, text.size());
    bare.unit = text.substr(at + open.size(), end - at - open.size());
    text.erase(at);
  }
  bare.name = text == "#" ? "no" : text;
  return bare;
}

struct Match {
  ListColumn column;
  std::size_t rank;  ///< the lower the likelier
};
std::optional<Match> match(std::string_view bare) {
  if (bare.empty()) return {};
  for (const ColumnNames& known : kNames) {
    std::string_view rest = known.names;
    for (std::size_t rank = 0; !rest.empty(); ++rank) {
      const std::string_view one = rest.substr(0, rest.find('|'));
      if (one == bare) return Match{known.column, rank};
      rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    }
  }
  return {};
}

std::string_view cell(const Sheet& grid, std::size_t row, std::size_t column) {
  return trimmed(grid.cell(grid.rows[row], column));
}

/// A unit of durations, as it stands in a header.
std::string unit_of(std::string_view written) {
  if (written.empty()) return {};
  const auto duration = parse_duration("1" + std::string(written));
  if (!duration) return {};
  switch (duration->unit) {
    case DurationText::Unit::minute:
      return "min";
    case DurationText::Unit::hour:
      return duration->is_elapsed ? "eh" : "h";
    case DurationText::Unit::week:
      return duration->is_elapsed ? "ew" : "w";
    case DurationText::Unit::month:
      return duration->is_elapsed ? "emo" : "mo";
    case DurationText::Unit::none:
    case DurationText::Unit::day:
      break;
  }
  return duration->is_elapsed ? "ed" : "d";
}

class HeaderReader {
 public:
  explicit HeaderReader(const Sheet& grid) : grid_(grid) {
    header_.columns.fill(ListHeader::kAbsent);
  }

  /// Reads the header in these rows of the grid; says how many columns of a list it names.
  std::size_t read(std::size_t row, std::size_t num_rows) {
    header_.row = row;
    header_.num_rows = num_rows;
    std::size_t width = 0;
    for (std::size_t i = 0; i < num_rows; ++i) {
      width = std::max<std::size_t>(width, grid_.rows[row + i].num_cells);
    }
    std::string_view group;
    for (std::size_t column = 0; column < width; ++column) {
      const std::string_view upper = cell(grid_, row, column);
      const std::string_view lower = num_rows > 1 ? cell(grid_, row + 1, column) : "";
      if (!upper.empty()) group = upper;
      read(column, lower.empty() ? upper : group, lower);
    }
    return num_found_;
  }

  ListHeader take() { return std::move(header_); }

 private:
  void read(std::size_t column, std::string_view upper, std::string_view lower) {
    std::string written(upper);
    if (!lower.empty() && lower != upper)
      written += (written.empty() ? "" : " ") + std::string(lower);
    header_.names.push_back(written);
    BareName bare = bare_name(written);
    auto found = match(bare.name);
    if (!found && !lower.empty()) {
      const std::string group = '|' + bare_name(upper).name + '|';
      if (kOtherGroups.find(group) == std::string_view::npos) {
        bare = bare_name(lower);
        found = match(bare.name);
      }
    }
    if (!found) return;
    std::size_t& place = header_.columns[static_cast<std::size_t>(found->column)];
    std::size_t& rank = ranks_[static_cast<std::size_t>(found->column)];
    if (place == ListHeader::kAbsent) {
      ++num_found_;
    } else if (rank <= found->rank) {
      return;  // the likelier one stays
    }
    place = column;
    rank = found->rank;
    if (found->column == duration) {
      header_.duration_unit = unit_of(bare.unit);
      if (header_.duration_unit.empty() && (bare.name.find("days") != std::string::npos ||
                                            bare.name.find("天数") != std::string::npos)) {
        header_.duration_unit = "d";
      }
    }
  }

  const Sheet& grid_;
  ListHeader header_;
  std::array<std::size_t, kNumListColumns> ranks_{};
  std::size_t num_found_ = 0;
};

/// A row below the first of a header has words too, and no numbers or dates.
bool may_be_header(const Sheet& grid, std::size_t row) {
  for (std::size_t column = 0; column < grid.rows[row].num_cells; ++column) {
    const std::string_view text = cell(grid, row, column);
    if (!text.empty() && text.find_first_not_of("0123456789.-/: ") == std::string_view::npos)
      return false;
  }
  return true;
}

bool says_when(const ListHeader& header) {
  return header.has(duration) || header.has(start) || header.has(finish) ||
         header.has(predecessors) || header.has(successors);
}

}  // namespace

Words label_of(ListColumn column) {
  for (const ColumnNames& known : kNames) {
    if (known.column == column) return known.label;
  }
  return {};
}

std::optional<ListHeader> find_list_header(const Sheet& grid) {
  std::optional<ListHeader> best;
  std::size_t most = 1;
  // Of one row first: a title above the header is no first row of it.
  for (const std::size_t num_rows : {1U, 2U}) {
    for (std::size_t row = 0; row < std::min(grid.rows.size(), kMostTitleRows); ++row) {
      const bool has_next = row + 1 < grid.rows.size() && may_be_header(grid, row + 1) &&
                            grid.rows[row + 1].line == grid.rows[row].line + 1;
      if (num_rows == 2 && !has_next) continue;
      HeaderReader reader(grid);
      const std::size_t num_found = reader.read(row, num_rows);
      if (num_found <= most) continue;
      ListHeader header = reader.take();
      if (!header.has(name) && !header.has(wbs) && !header.has(id)) continue;
      if (!says_when(header)) continue;
      most = num_found;
      best = std::move(header);
    }
  }
  return best;
}

bool is_task_list(const Sheet& grid) {
  const auto header = find_list_header(grid);
  if (!header) return false;
  if (header->row > 0 || header->num_rows > 1) return true;
  // A table of ours has ids, and of the columns that only lists have none.
  bool has_id = false;
  for (const std::string& written : header->names) {
    const Column* column = find_column(TableKind::tasks, written);
    has_id = has_id || (column != nullptr && column->name == "id");
    if (column != nullptr && (column->name == "parent" || column->name == "kind")) return false;
  }
  if (!has_id) return header->has(name);
  for (const ListColumn only : {wbs, level, start, finish, actual_start, actual_finish, successors,
                                resources, percent, mode, active}) {
    if (header->has(only)) return true;
  }
  return false;
}

}  // namespace diaodu::formats
