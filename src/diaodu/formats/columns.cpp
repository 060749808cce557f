#include "diaodu/formats/columns.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>
#include <vector>

#include "diaodu/formats/cells.h"

namespace diaodu::formats {
namespace {

using enum TableKind;

constexpr std::array kColumns = std::to_array<Column>({
    // clang-format off
    {tasks, "id", "编号|任务编号|序号|标识号|任务号|task_id|activity_id", true, {"unique name of the task", "任务编号"}},
    {tasks, "name", "名称|任务名称|任务|task_name|activity_name|英文名称", false, {"what people call it", "任务名称"}},
    {tasks, "name_zh", "中文名称|中文名", false, {"what people call it in Chinese", "中文名称"}},
    {tasks, "parent", "上级|父任务|上级任务|所属", false, {"id of the summary it belongs to", "上级任务编号"}},
    {tasks, "duration", "工期|持续时间|历时", false, {"3d, 16h, 2w; low/likely/high; empty for a summary", "工期，可写三点估计"}},
    {tasks, "kind", "类型|任务类型", false, {"task, milestone, start_milestone or hammock", "任务、里程碑、开始里程碑或吊床任务"}},
    {tasks, "calendar", "日历|任务日历", false, {"calendar it is worked on", "任务日历"}},
    {tasks, "place", "地点", false, {"id of the place", "地点编号"}},
    {tasks, "owner", "负责人|责任人|责任单位|牵头单位", false, {"who answers for it", "负责人"}},
    {tasks, "priority", "优先级", false, {"0 to 1000; the higher goes first where resources are short", "优先级，0 至 1000"}},
    {tasks, "constraint", "约束|限制类型|约束类型", false, {"start_on_or_after, finish_on_or_before, ...", "约束类型"}},
    {tasks, "date", "日期|约束日期|限制日期|constraint_date", false, {"date of the constraint", "约束日期"}},
    {tasks, "second_constraint", "第二约束", false, {"a second constraint", "第二约束"}},
    {tasks, "second_date", "第二约束日期", false, {"its date", "第二约束日期"}},
    {tasks, "deadline", "期限|截止日期|最后期限|完成时限", false, {"wanted finish; missing it is reported", "完成期限"}},
    {tasks, "weight", "权重|延误权重|拖期权重", false, {"0 to 10000; what a day past its deadline counts; empty: 1", "期限延误的权重，0 至 10000，留空为 1"}},
    {tasks, "optional", "可选", false, {"yes: a schedule of yours may leave it out; `schedule` never does", "是否可选；自拟进度可舍弃，排程不会舍弃"}},
    {tasks, "ignore_resource_calendars", "忽略资源日历", false, {"yes: worked on its own calendar alone", "忽略资源日历"}},
    {tasks, "cost", "费用|成本|固定成本|投资", false, {"fixed cost", "固定费用"}},
    {tasks, "earned_by", "挣值规则|完成度规则|计量规则|完成百分比类型", false, {"duration, work, physical, 0/100, 50/50 or steps; empty: duration", "工期、工时、实物、0/100、50/50 或步骤，留空为工期"}},
    {tasks, "decision", "决定|依据", false, {"id of the decision it carries out", "所落实的决定"}},
    {tasks, "predecessors", "前置任务|紧前任务|前置", false, {"links in short: A3; B7SS+2d", "前置任务简写"}},
    {tasks, "notes", "备注|说明", false, {"anything", "备注"}},

    {links, "from", "前置|前置任务|predecessor", true, {"id of the task before", "前置任务编号"}},
    {links, "to", "后续|后续任务|successor", true, {"id of the task after", "后续任务编号"}},
    {links, "type", "类型|关系|关系类型", false, {"FS, SS, FF or SF", "关系类型"}},
    {links, "lag", "间隔|延隔|延隔时间", false, {"least time between: 2d, -1d, 3ed, 50% (not after a summary)", "最小间隔"}},
    {links, "max_lag", "最大间隔", false, {"largest time between", "最大间隔"}},

    {modes, "task", "任务|任务编号", true, {"id of the task", "任务编号"}},
    {modes, "mode", "方式|id|模式", true, {"name of the mode, unique for its task", "方式名称"}},
    {modes, "duration", "工期", true, {"how long the task takes this way", "工期"}},
    {modes, "cost", "费用|成本", false, {"what this way costs", "费用"}},

    {resources, "id", "编号|资源编号", true, {"unique name of the resource", "资源编号"}},
    {resources, "name", "名称|资源名称", false, {"what people call it", "资源名称"}},
    {resources, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {resources, "kind", "类型|资源类型", false, {"people, machine, material, money or reservoir", "人员、机械、材料、资金或储备"}},
    {resources, "capacity", "数量|容量|最大单位|供应量", false, {"how much there is; empty: no limit", "数量，留空为不限"}},
    {resources, "calendar", "日历|资源日历", false, {"when it is at work", "资源日历"}},
    {resources, "skills", "技能", false, {"skills, separated by blanks or ;", "技能"}},
    {resources, "place", "地点", false, {"id of the place", "地点编号"}},
    {resources, "rate", "费率|单价|标准费率", false, {"for an hour of one; for one unit of what is used up", "费率"}},

    {demands, "task", "任务|任务编号", true, {"id of the task", "任务编号"}},
    {demands, "mode", "方式|模式", false, {"only in this mode", "仅限某方式"}},
    {demands, "resource", "资源|资源编号", false, {"id of a resource (or a skill)", "资源编号（或技能）"}},
    {demands, "skill", "技能", false, {"anybody with this skill", "技能"}},
    {demands, "amount", "数量|需求量|单位", false, {"how much of it at once; empty: 1", "数量，留空为 1"}},

    {availability, "resource", "资源|资源编号", true, {"id of the resource", "资源编号"}},
    {availability, "from", "开始|自", true, {"from then on", "开始"}},
    {availability, "to", "结束|至", true, {"until then (a bare date: its first minute)", "结束（只写日期时为当日零时）"}},
    {availability, "capacity", "数量|容量", true, {"how much there is in that time", "此时段的数量"}},

    {places, "id", "编号|地点编号", true, {"unique name of the place", "地点编号"}},
    {places, "name", "名称", false, {"what people call it", "名称"}},
    {places, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {places, "latitude", "纬度|lat", false, {"degrees north", "纬度"}},
    {places, "longitude", "经度|lon|lng", false, {"degrees east", "经度"}},
    {places, "transfer", "中转时间|停留时间", false, {"walking, security, briefing: before going on or counting as present", "步行、安检、交底所需时间，之后方可继续或计为到位"}},
    {places, "throughput", "通过能力|每小时人数", false, {"people an hour who may begin that; empty: no limit", "每小时可开始办理的人数，留空为不限"}},
    {places, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {routes, "id", "编号|路线编号", false, {"unique name; empty: what it is via", "编号，留空则以班次称呼"}},
    {routes, "from", "起点|出发地", true, {"id of a place", "起点"}},
    {routes, "to", "终点|目的地", true, {"id of a place", "终点"}},
    {routes, "via", "方式|途径|班次", false, {"road, rail, a flight's number", "交通方式或班次"}},
    {routes, "duration", "时长|耗时", false, {"how long it takes, on the clock", "耗时"}},
    {routes, "seats", "座位|座位数", false, {"of the departure, or of each vehicle that goes whenever wanted; empty: no limit", "班次或每辆随时可发车辆的座位数，留空为不限"}},
    {routes, "departs", "出发|出发时间|起飞时间", false, {"empty: whenever wanted", "出发时间，留空为随时"}},
    {routes, "cost", "费用|票价", false, {"for one person", "每人费用"}},
    {routes, "vehicle", "飞机|交通工具|机号", false, {"the one aircraft, ship or train; never under way twice at once", "执行的飞机、船或列车，同一时间只能在途一次"}},
    {routes, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {groups, "id", "编号|队伍编号", true, {"unique name of the group", "队伍编号"}},
    {groups, "name", "名称", false, {"what people call it", "名称"}},
    {groups, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {groups, "place", "地点|出发地|集结地", true, {"id of the place where they start", "出发地点编号"}},
    {groups, "role", "职责|岗位|角色", true, {"what all of them are: sampler, leader, expert", "岗位：采样员、领队、专家等"}},
    {groups, "count", "人数|数量", false, {"how many; empty: the people named for it, else 1", "人数，留空为名单中的人数，没有名单则为 1"}},
    {groups, "ready", "就绪时间|可出发时间", false, {"when they can be there; empty: the plan's start", "可到位时间，留空为计划开始"}},
    {groups, "team", "团队|小队|同行", false, {"groups of one team travel together", "同一团队的人同行"}},
    {groups, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {people, "id", "编号|人员编号", true, {"unique name of the person", "人员编号"}},
    {people, "name", "姓名|名称", false, {"what people call them", "姓名"}},
    {people, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文姓名"}},
    {people, "group", "队伍|队伍编号", false, {"id of the group they belong to; empty: not mustered, only put into a team", "所属队伍编号，留空为不参加集结，仅参加编组"}},
    {people, "place", "地点", false, {"id of the place where they are; empty: their group's", "所在地点编号，留空为所属队伍的地点"}},
    {people, "role", "职责|岗位|角色", false, {"empty: their group's", "岗位，留空为所属队伍的岗位"}},
    {people, "skills", "技能|专长", false, {"skills, separated by blanks or ;", "技能"}},
    {people, "languages", "语言", false, {"languages, likewise", "语言"}},
    {people, "local", "本地|当地", false, {"yes: is from where the team works", "是否当地人员"}},
    {people, "leader", "领队|组长", false, {"yes: can lead a team", "是否可任组长"}},
    {people, "team", "昨日编组|原编组", false, {"id of the team of yesterday", "昨日所在编组"}},
    {people, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {needs, "place", "地点|目的地", true, {"id of the place that needs them", "需要人员的地点编号"}},
    {needs, "role", "职责|岗位|角色", true, {"who is needed", "所需岗位"}},
    {needs, "count", "人数|数量", true, {"how many must be there, those of earlier rows included", "届时应到位的人数，含此前各行"}},
    {needs, "by", "期限|到位时间", false, {"when; empty: as early as possible", "到位期限，留空为尽早"}},
    {needs, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {visits, "id", "编号|走访编号", true, {"unique name of the visit", "走访编号"}},
    {visits, "name", "名称", false, {"what people call it", "名称"}},
    {visits, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {visits, "place", "地点|走访地点", true, {"id of the place", "地点编号"}},
    {visits, "windows", "时间窗|可走访时间", false, {"when it may begin: 2022-08-13 08:00..12:00; more after a ;", "可开始的时段，如 2022-08-13 08:00..12:00，多段以 ; 分隔"}},
    {visits, "duration", "时长|停留时间|耗时", false, {"how long it takes, on the clock", "所需时间"}},
    {visits, "due", "期限|截止时间", false, {"begins later: late", "最迟应开始时间，之后为误期"}},
    {visits, "priority", "优先级|重要性", false, {"what it counts if nobody comes; 0: optional; empty: 1", "无人前往时的代价，0 为可选，留空为 1"}},
    {visits, "prize", "价值|值得行程", false, {"travel that an optional visit is worth, as a duration", "可选走访值得付出的行程时间"}},
    {visits, "skills", "技能|所需技能", false, {"skills that the team must have", "所需技能"}},
    {visits, "load", "载荷|用量", false, {"what it takes of the team's capacity", "占用的小组容量"}},
    {visits, "together", "同时|会合", false, {"visits of one word begin at the same instant, by different teams", "同一标记的走访由不同小组同时开始"}},
    {visits, "duty", "出勤|已定出勤", false, {"id of the duty that people were told makes it", "已通知的出勤编号"}},
    {visits, "start", "已定时间|开始", false, {"when they were told it begins", "已通知的开始时间"}},
    {visits, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {duties, "id", "编号|出勤编号", true, {"unique name of the duty", "出勤编号"}},
    {duties, "name", "名称", false, {"what people call it", "名称"}},
    {duties, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {duties, "team", "小组|队伍", false, {"duties of one team are its days; empty: a team of its own", "同一小组的各日出勤，留空为独立小组"}},
    {duties, "start", "起点|出发地", true, {"id of the place where it begins", "出发地点编号"}},
    {duties, "end", "终点|返回地", false, {"id of the place where it ends; empty: where it begins", "返回地点编号，留空为出发地点"}},
    {duties, "from", "开始|开始时间", true, {"leaves then or later", "最早出发时间"}},
    {duties, "until", "结束|结束时间", true, {"back by then; later is overtime", "应返回时间，之后为加班"}},
    {duties, "latest", "最晚|最晚返回", false, {"never back later; empty: no overtime", "最晚返回时间，留空为不加班"}},
    {duties, "skills", "技能", false, {"skills of the team", "小组技能"}},
    {duties, "capacity", "容量|装载量", false, {"how much its visits may load; empty: no limit", "装载容量，留空为不限"}},
    {duties, "pause", "休息|午休", false, {"a pause taken on a day with visits", "休息时长"}},
    {duties, "pause_from", "休息开始|最早休息", false, {"the pause begins then or later; empty: with the duty", "休息最早开始时间，留空为出勤开始"}},
    {duties, "pause_until", "休息截止|最晚休息", false, {"and before then; empty: with the duty", "休息最晚开始时间，留空为出勤结束"}},
    {duties, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {travel_times, "from", "起点", true, {"id of a place", "起点"}},
    {travel_times, "to", "终点", true, {"id of a place", "终点"}},
    {travel_times, "duration", "时长|耗时", true, {"how long a team drives; the way back too, unless it has a row", "行车时间，未另列时也用于返程"}},
    {travel_times, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {teams, "id", "编号|编组编号", true, {"unique name of the team", "编组编号"}},
    {teams, "name", "名称", false, {"what people call it", "名称"}},
    {teams, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {teams, "place", "地点|工作地点", false, {"filled with those who are there; empty: with anybody", "由该地点人员组成，留空为不限"}},
    {teams, "min", "最少|最少人数", false, {"people at least", "最少人数"}},
    {teams, "max", "最多|最多人数", false, {"people at most; both empty: as equal as can be", "最多人数，均留空为尽量均等"}},
    {teams, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {team_rules, "kind", "类型|规则", true, {"balance, at_least, at_most, together, apart or stay", "均衡、至少、至多、同组、分开或留任"}},
    {team_rules, "trait", "特征|属性", false, {"a role, skill, language, local, leader, or the id of the place somebody is from", "岗位、技能、语言、local（当地）、leader（组长）或来源地点编号"}},
    {team_rules, "count", "人数|数量", false, {"of at_least and at_most; empty: 1", "至少或至多的人数，留空为 1"}},
    {team_rules, "people", "人员|名单", false, {"of together and apart: ids of people, groups or teams that travel together", "同组或分开的人员、队伍或团队编号"}},
    {team_rules, "weight", "权重", false, {"what each unit by which it is broken counts; empty: 1", "每违反一个单位的代价，留空为 1"}},
    {team_rules, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {laboratories, "id", "编号|实验室编号", true, {"unique name of the laboratory", "实验室编号"}},
    {laboratories, "name", "名称", false, {"what people call it", "名称"}},
    {laboratories, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {laboratories, "place", "地点", false, {"id of the place", "地点编号"}},
    {laboratories, "recall", "召回时间|复采时间", false, {"from a positive pool's result until a tube of each of its people is there; empty: nobody is tested again", "混采阳性后至逐人复采样到达的时间，留空为不复测"}},
    {laboratories, "retests_first", "复测优先", false, {"no: retests wait like all others; empty: yes", "否：复测同样排队，留空为是"}},
    {laboratories, "pools", "混采比例|混检人数", false, {"people per tube to compare: 1 5 10 20", "参与比较的每管人数，如 1 5 10 20"}},
    {laboratories, "until", "期限|出结果期限", false, {"when results are wanted", "应出结果时间"}},
    {laboratories, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {lab_stages, "laboratory", "实验室", true, {"id of the laboratory", "实验室编号"}},
    {lab_stages, "id", "编号|工序", true, {"name of the stage, such as extraction", "工序名称"}},
    {lab_stages, "machines", "设备数|机器数|数量", true, {"how many", "设备数量"}},
    {lab_stages, "batch", "批量|每批管数", false, {"tubes that a machine takes at once; empty: 1", "每批管数，留空为 1"}},
    {lab_stages, "duration", "时长|每批时间", true, {"of a batch", "每批耗时"}},
    {lab_stages, "longest_wait", "最长等待", false, {"a batch that is not full starts when its first tube has waited so long; empty: at once", "不满一批时首管最长等待时间，留空为不等"}},
    {lab_stages, "between_failures", "故障间隔", false, {"mean running time until a machine fails; empty: never", "平均无故障时间，留空为不故障"}},
    {lab_stages, "repair", "修复时间", false, {"mean time until it runs again", "平均修复时间"}},
    {lab_stages, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {lab_shifts, "laboratory", "实验室", true, {"id of the laboratory", "实验室编号"}},
    {lab_shifts, "from", "开始|开始时间", true, {"batches are started from then", "开始时间"}},
    {lab_shifts, "until", "结束|结束时间", true, {"and before then", "结束时间"}},
    {lab_shifts, "stage", "工序", false, {"only this stage; empty: all", "仅限该工序，留空为全部"}},
    {lab_shifts, "machines", "设备数|机器数|数量", false, {"that people can keep running; empty: all", "可开动的设备数，留空为全部"}},
    {lab_shifts, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {arrivals, "laboratory", "实验室", false, {"id of the laboratory; empty: whichever reports them first", "实验室编号，留空为最早出结果者"}},
    {arrivals, "place", "地点|采样地点", false, {"where they were taken; empty: at the laboratory", "采样地点，留空为实验室"}},
    {arrivals, "at", "时间|送出时间", true, {"when they leave there", "送出时间"}},
    {arrivals, "tubes", "管数", true, {"how many tubes; a tube is not a person", "管数（一管不等于一人）"}},
    {arrivals, "people_per_tube", "每管人数|混采人数", false, {"1 to 100; empty: 1", "每管人数，留空为 1"}},
    {arrivals, "prevalence", "阳性率|感染率", false, {"chance that one of these people is infected, 0 to 1", "每人感染的概率"}},
    {arrivals, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {cases, "place", "地点", true, {"id of the place", "地点编号"}},
    {cases, "day", "日期|发病日期", true, {"day of onset", "发病日期"}},
    {cases, "cases", "病例数|例数", true, {"how many fell ill; days between without a row: none", "发病例数，其间未列日期为 0"}},
    {cases, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {testing, "place", "地点", true, {"id of the place", "地点编号"}},
    {testing, "day", "日期|采样日期", true, {"day of sampling, from 08:00 on or when it says", "采样日期，自 8 时或所写时间开始"}},
    {testing, "people", "人数|采样人数", false, {"to be sampled; empty: by the cases expected", "采样人数，留空按预计病例推算"}},
    {testing, "people_per_tube", "每管人数|混采人数", false, {"empty: the pool with the fewest tests", "每管人数，留空取检测次数最少者"}},
    {testing, "prevalence", "阳性率|感染率", false, {"empty: by the cases expected", "感染率，留空按预计病例推算"}},
    {testing, "by", "期限|出结果期限", false, {"results wanted; empty: a day after the sampling", "应出结果时间，留空为采样次日末"}},
    {testing, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {offers, "place", "地点|地区", true, {"id of the region", "地区编号"}},
    {offers, "good", "物资|品类", true, {"what it is", "品类"}},
    {offers, "amount", "数量", true, {"how much it has", "可供数量"}},
    {offers, "cost", "单价|费用", false, {"of one", "单价"}},
    {offers, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {wishes, "place", "地点|地区", true, {"id of the region", "地区编号"}},
    {wishes, "good", "物资|品类", true, {"what it is", "品类"}},
    {wishes, "amount", "数量", true, {"how much it wants", "所需数量"}},
    {wishes, "priority", "优先级|重要性", false, {"what one that is missing counts; empty: 1", "每缺一个的代价，留空为 1"}},
    {wishes, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {preferences, "from", "供方|起点", true, {"id of the region that has", "供方地区编号"}},
    {preferences, "to", "需方|终点", true, {"id of the region that wants", "需方地区编号"}},
    {preferences, "good", "物资|品类", false, {"empty: all", "品类，留空为全部"}},
    {preferences, "rank", "次序|偏好", false, {"1 is best; 0: never; empty: 1", "偏好次序，1 最优，0 为不许，留空为 1"}},
    {preferences, "capacity", "上限|运力", false, {"how much may go; empty: no limit", "数量上限，留空为不限"}},
    {preferences, "basis", "依据|数据来源", false, {"where its figures come from: a source, or assumed", "数据依据：来源，或 assumed（假设）"}},

    {targets, "id", "编号|指标编号", true, {"unique name of the target", "指标编号"}},
    {targets, "name", "名称|指标|指标名称", false, {"what people call it", "指标名称"}},
    {targets, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {targets, "parent", "上级", false, {"id of the target it is part of", "上级指标"}},
    {targets, "weight", "权重", false, {"within its parent; empty: 1", "权重，留空为 1"}},
    {targets, "unit", "单位", false, {"unit of its level", "单位"}},
    {targets, "direction", "方向", false, {"more or less (is better)", "越多越好（more）或越少越好（less）"}},
    {targets, "measure", "口径|目标口径", false, {"base and goal are a level or a growth (in percent); empty: level", "基数与目标为水平（level）或增速（growth，%），留空为水平"}},
    {targets, "accrual", "累计方式", false, {"what a year makes of its months: sum, mean or last; empty: sum", "全年由各月求和（sum）、平均（mean）或取期末（last），留空为求和"}},
    {targets, "base", "基数|基期", false, {"where it stood", "基数"}},
    {targets, "goal", "目标|目标值", false, {"where it shall stand", "目标值"}},
    {targets, "by", "期限|截止日期", false, {"when", "期限"}},
    {targets, "roll_up", "汇总方式", false, {"how its value follows from its children's: sum, growth or mean", "如何由下级汇总：求和、增速加权或加权平均"}},
    {targets, "share", "比重|基期比重", false, {"of its parent in the base year, for a growth that is rolled up", "基期占上级的比重，用于增速加权"}},
    {targets, "side", "核算方法|法", false, {"production, expenditure or income", "生产法、支出法或收入法"}},
    {targets, "of", "计分指标", false, {"id of the target whose value is scored; empty: its own", "按哪个指标的数值计分，留空为自身"}},
    {targets, "rule", "规则|计分规则", false, {"threshold, proportional, efficacy, rank or per_point", "计分规则：达标、完成率、功效系数、争先进位或逐点加减"}},
    {targets, "low", "不允许值|下限", false, {"scores 60 by efficacy; empty: the base", "功效系数法得 60 分的值，留空为基数"}},
    {targets, "high", "满意值|上限", false, {"scores 100 by efficacy; empty: the goal", "功效系数法得 100 分的值，留空为目标"}},
    {targets, "step", "分档|每点分值", false, {"points lost a rank (5), or points for each unit (1)", "每降一名所扣分（5），或每点分值（1）"}},
    {targets, "cap", "封顶", false, {"most points (proportional: 100), most points more or less (per_point: 20)", "最高分（完成率：100）或最多加减分（逐点：20）"}},
    {targets, "veto", "一票否决", false, {"yes: short of 100 points its parent gets none", "是：未得满分则上级得零分"}},
    {targets, "effort_gain", "单位投入增量", false, {"what a unit of effort adds to the rest of the year: percent of a level, points of a growth", "一个单位的投入使年内余下部分增加多少（水平：%，增速：百分点）"}},

    {peers, "target", "指标|指标编号", true, {"id of the target they are ranked by", "据以排名的指标"}},
    {peers, "id", "编号|地区编号", true, {"their figures are recorded for target@id", "编号，数据记为 指标@编号"}},
    {peers, "name", "名称|地区", false, {"what people call it", "名称"}},
    {peers, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},

    {effects, "task", "任务|任务编号", true, {"id of the task", "任务编号"}},
    {effects, "target", "指标|指标编号", true, {"id of the target that it adds to when finished", "完成后影响的指标"}},
    {effects, "amount", "增量|月增量", true, {"added to each month's level from then on, in the target's unit", "此后每月增加多少，按指标单位"}},
    {effects, "ramp", "爬坡月数|爬坡", false, {"months in which it grows to that; empty: 0", "爬坡至该量的月数，留空为 0"}},

    {risks, "id", "编号|风险编号", true, {"unique name of the risk", "风险编号"}},
    {risks, "name", "名称|风险|风险名称", false, {"what people call it", "风险名称"}},
    {risks, "name_zh", "中文名称|中文名", false, {"in Chinese", "中文名称"}},
    {risks, "task", "任务|任务编号", true, {"ids of the tasks it strikes: A3; B4", "受影响任务：A3; B4"}},
    {risks, "probability", "概率|可能性", true, {"0 to 1, or 20%", "概率"}},
    {risks, "impact", "影响|工期影响", false, {"5d, or 20% of the duration; low/likely/high of either", "影响：5d 或工期的 20%，可写三点"}},
    {risks, "cost_impact", "费用影响", false, {"what it costs; low/likely/high", "费用影响，可写三点"}},
    {risks, "mitigated_probability", "缓解后概率|应对后概率", false, {"its probability when something is done about it", "采取应对措施后的概率"}},
    {risks, "mitigation_cost", "缓解费用|应对费用", false, {"what doing so costs", "应对措施的费用"}},

    {decisions, "id", "编号|决定编号", true, {"unique name of the decision", "决定编号"}},
    {decisions, "title", "名称|标题|决定", false, {"what was decided", "决定标题"}},
    {decisions, "title_zh", "中文名称|中文标题", false, {"in Chinese", "中文标题"}},
    {decisions, "date", "日期", false, {"when", "日期"}},
    {decisions, "source", "来源|会议|文件", false, {"the session or paper", "来源"}},

    {progress, "task", "任务|任务编号|id|编号", true, {"id of the task", "任务编号"}},
    {progress, "actual_start", "实际开始|实际开始时间", false, {"when it began", "实际开始"}},
    {progress, "actual_finish", "实际完成|实际完成时间|实际结束", false, {"when it ended", "实际完成"}},
    {progress, "remaining", "剩余工期|剩余", false, {"of the duration, from the data date", "剩余工期"}},
    {progress, "resumes", "恢复|恢复日期|继续日期", false, {"when what remains of an interrupted task may go on", "中断的任务何时可以继续"}},
    {progress, "percent", "完成百分比|进度|完成率|percent_complete", false, {"of the duration done", "完成百分比"}},

    {progress, "physical_percent", "实物完成百分比|实物进度|形象进度", false, {"of the thing made", "实物完成百分比"}},

    {steps, "task", "任务|任务编号", true, {"id of the task", "任务编号"}},
    {steps, "id", "编号|步骤编号|步骤|step", true, {"name of the step, unique for its task", "步骤编号，任务内不重复"}},
    {steps, "name", "名称|步骤名称", false, {"what people call it", "步骤名称"}},
    {steps, "weight", "权重", false, {"what it counts among the steps; empty: 1", "在各步骤中的权重，留空为 1"}},
    {steps, "done", "完成|已完成|是否完成", false, {"yes: it is done", "是否已完成"}},

    {costs, "task", "任务|任务编号", true, {"id of the task", "任务编号"}},
    {costs, "resource", "资源|资源编号", false, {"id of the resource it was spent on", "所花费的资源"}},
    {costs, "date", "日期|发生日期|when", true, {"when it was spent", "发生日期"}},
    {costs, "amount", "金额|费用|实际费用|实际成本", true, {"money; negative: it came back", "金额，负数为退回"}},

    {uncertainty, "task", "任务|任务编号", false, {"id of the task; a summary: all below it; * or empty: all", "任务编号；汇总任务指其全部下级；* 或留空指全部"}},
    {uncertainty, "resource", "资源|资源编号", false, {"only tasks that demand it", "仅限需要该资源的任务"}},
    {uncertainty, "mode", "方式|模式", false, {"only in this mode", "仅限某方式"}},
    {uncertainty, "of", "对象|不确定量", false, {"duration, cost or rate; empty: duration", "工期、费用或费率，留空为工期"}},
    {uncertainty, "shape", "形状|分布|分布形状", false, {"triangular, pert, uniform, normal, lognormal, discrete, empirical or fixed", "三角、PERT、均匀、正态、对数正态、离散、经验或固定"}},
    {uncertainty, "low", "乐观|最小|最低|最乐观", false, {"80% of what is planned, or 3d, or money", "计划值的 80%，或 3d，或金额"}},
    {uncertainty, "likely", "可能|最可能", false, {"likewise; empty: as planned", "同上，留空为计划值"}},
    {uncertainty, "high", "悲观|最大|最高|最悲观", false, {"likewise", "同上"}},
    {uncertainty, "values", "取值|取值表|样本", false, {"3d:0.7; 5d:0.3, each with its weight", "3d:0.7; 5d:0.3，各带权重"}},
    {uncertainty, "percentiles", "分位|分位数", false, {"yes: low and high are P10 and P90", "是：乐观与悲观为 P10 与 P90"}},
    {uncertainty, "factor", "因素|公共因素|因子", false, {"what moves it and others together", "使其与其他量同向变动的因素"}},
    {uncertainty, "loading", "载荷|因素载荷", false, {"-1 to 1: its correlation with the factor", "与该因素的相关程度，-1 至 1"}},

    {correlations, "a", "甲|项一", true, {"id of a task or name of a factor", "任务编号或因素名称"}},
    {correlations, "b", "乙|项二", true, {"likewise", "同上"}},
    {correlations, "value", "相关系数|系数|值", true, {"-1 to 1", "-1 至 1"}},

    {weather, "calendar", "日历|日历编号", true, {"id of the calendar", "日历编号"}},
    {weather, "month", "月份|月", true, {"1 to 12, or its name", "1 至 12"}},
    {weather, "shape", "形状|分布|分布形状", false, {"triangular, pert, uniform, normal, lognormal or fixed", "三角、PERT、均匀、正态、对数正态或固定"}},
    {weather, "low", "最少|乐观|最小|最低", false, {"working days lost at least", "最少损失的工作日数"}},
    {weather, "likely", "可能|最可能", false, {"working days lost most likely", "最可能损失的工作日数"}},
    {weather, "high", "最多|悲观|最大|最高", false, {"working days lost at most", "最多损失的工作日数"}},

    {branches, "group", "分组|组|分支", true, {"name of the choice", "分支名称"}},
    {branches, "task", "任务|任务编号", true, {"id of a task that is then done", "届时执行的任务"}},
    {branches, "probability", "概率|可能性", true, {"0 to 1, or 20%", "概率"}},

    {plan, "key", "项|设置", true, {"name of a setting", "设置项"}},
    {plan, "value", "值", false, {"its value", "设置值"}},
    {calendars, "calendar", "日历|id|编号", true, {"unique name of the calendar", "日历编号"}},
    {calendars, "setting", "项|设置", true, {"name, base, a weekday, or dates", "名称、基础日历、星期或日期"}},
    {calendars, "value", "值|时段", false, {"its value; hours, empty for a day off", "设置值；时段，休息日留空"}},
    {calendars, "note", "说明|备注|名称", false, {"what the dates are", "说明"}},
    // clang-format on
});

constexpr std::array kChineseTables = std::to_array<std::pair<std::string_view, TableKind>>(
    // clang-format off
    {{"计划", plan},
     {"日历", calendars},
     {"任务", tasks},
     {"关系", links},
     {"方式", modes},
     {"资源", resources},
     {"需求", demands},
     {"可用量", availability},
     {"地点", places},
     {"路线", routes},
     {"指标", targets},
     {"风险", risks},
     {"决定", decisions},
     {"不确定性", uncertainty},
     {"相关", correlations},
     {"天气", weather},
     {"分支", branches},
     {"对标", peers},
     {"成效", effects},
     {"队伍", groups},
     {"名单", people},
     {"派遣需求", needs},
     {"进展", progress},
     {"步骤", steps},
     {"费用", costs},
     {"走访", visits},
     {"出勤", duties},
     {"行车时间", travel_times},
     {"编组", teams},
     {"编组规则", team_rules},
     {"实验室", laboratories},
     {"检测工序", lab_stages},
     {"检测班次", lab_shifts},
     {"送样", arrivals},
     {"病例", cases},
     {"采样任务", testing},
     {"供给", offers},
     {"所需", wishes},
     {"供需偏好", preferences}});
// clang-format on

}  // namespace

std::span<const Column> all_columns() { return kColumns; }

Argument label_of(const Column& column) {
  const std::string_view first = column.aliases.substr(0, column.aliases.find('|'));
  const bool is_chinese = !first.empty() && static_cast<unsigned char>(first.front()) >= 0x80;
  return {std::string(column.name), std::string(is_chinese ? first : column.name)};
}

const Column* find_column(TableKind table, std::string_view header) {
  const std::string wanted = folded(header);
  for (const Column& column : kColumns) {
    if (column.table == table && column.name == wanted) return &column;
  }
  for (const Column& column : kColumns) {
    if (column.table != table) continue;
    for (std::string_view rest = column.aliases; !rest.empty();) {
      const std::size_t end = std::min(rest.find('|'), rest.size());
      if (rest.substr(0, end) == wanted) return &column;
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
  }
  return nullptr;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size()) std::swap(a, b);
  if (b.size() - a.size() > limit) return limit + 1;
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::size_t diagonal = row[0];
    row[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      const std::size_t above = row[i];
      row[i] = std::min({row[i] + 1, row[i - 1] + 1, diagonal + (a[i - 1] == b[j - 1] ? 0U : 1U)});
      diagonal = above;
    }
  }
  return row.back();
}

std::string_view nearest_column(TableKind table, std::string_view header) {
  const std::string wanted = folded(header);
  if (wanted.size() < 3 || wanted.size() > 40) return {};
  std::string_view nearest;
  std::size_t least = 3;  // more mistakes than that are no misspelling
  for (const Column& column : kColumns) {
    if (column.table != table) continue;
    const std::size_t distance = edit_distance(wanted, column.name, least);
    if (distance < least && distance * 2 < column.name.size()) {
      least = distance;
      nearest = column.name;
    }
  }
  return nearest;
}

std::string_view sheet_name(TableKind table, Language language) {
  if (language == Language::english) return table_name(table);
  const auto found = std::find_if(kChineseTables.begin(), kChineseTables.end(),
                                  [table](const auto& each) { return each.second == table; });
  return found->first;
}

const TableKind* find_table(std::string_view name) {
  const std::string wanted = folded(name);
  for (const auto& [chinese, kind] : kChineseTables) {
    if (chinese == wanted || table_name(kind) == wanted) return &kind;
  }
  return nullptr;
}

}  // namespace diaodu::formats
