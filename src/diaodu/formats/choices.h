#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/plan/plan.h"

namespace diaodu::formats {

/// A word that a cell may hold, and what it means.
template <class Value>
struct Choice {
  std::string_view names;  ///< folded, separated by `|`; the first is the one we write
  Value value;
};

inline constexpr std::array kTaskKinds = std::to_array<Choice<TaskKind>>(
    {{"task|任务", TaskKind::task},
     {"milestone|finish_milestone|里程碑|完成里程碑", TaskKind::finish_milestone},
     {"start_milestone|开始里程碑", TaskKind::start_milestone},
     {"summary|汇总|汇总任务", TaskKind::summary},
     {"hammock|level_of_effort|loe|吊床任务|投入量", TaskKind::hammock}});

inline constexpr std::array kConstraintKinds = std::to_array<Choice<ConstraintKind>>({
    {"none|as_soon_as_possible|asap|越早越好", ConstraintKind::none},
    {"start_on_or_after|start_no_earlier_than|snet|不得早于...开始|不得早于…开始|不早于…开始|"
     "不得早于_开始",
     ConstraintKind::start_on_or_after},
    {"start_on_or_before|start_no_later_than|snlt|不得晚于...开始|不得晚于…开始|不晚于…开始|"
     "不得晚于_开始",
     ConstraintKind::start_on_or_before},
    {"start_on|must_start_on|mso|必须开始于", ConstraintKind::start_on},
    {"finish_on_or_after|finish_no_earlier_than|fnet|不得早于...完成|不得早于…完成|不早于…完成|"
     "不得早于_完成",
     ConstraintKind::finish_on_or_after},
    {"finish_on_or_before|finish_no_later_than|fnlt|不得晚于...完成|不得晚于…完成|不晚于…完成|"
     "不得晚于_完成",
     ConstraintKind::finish_on_or_before},
    {"finish_on|must_finish_on|mfo|必须完成于", ConstraintKind::finish_on},
    {"mandatory_start|强制开始", ConstraintKind::mandatory_start},
    {"mandatory_finish|强制完成", ConstraintKind::mandatory_finish},
    {"as_late_as_possible|alap|越晚越好", ConstraintKind::as_late_as_possible},
});

inline constexpr std::array kLinkTypes = std::to_array<Choice<LinkType>>(
    {{"fs|finish_to_start|完成_开始|结束_开始", LinkType::finish_to_start},
     {"ss|start_to_start|开始_开始", LinkType::start_to_start},
     {"ff|finish_to_finish|完成_完成|结束_结束", LinkType::finish_to_finish},
     {"sf|start_to_finish|开始_完成|开始_结束", LinkType::start_to_finish}});

inline constexpr std::array kResourceKinds = std::to_array<Choice<ResourceKind>>(
    {{"people|person|labour|labor|人员|人工", ResourceKind::people},
     {"machine|machines|equipment|机械|设备", ResourceKind::machine},
     {"material|materials|材料", ResourceKind::material},
     {"money|资金", ResourceKind::money},
     {"reservoir|储备|水库", ResourceKind::reservoir}});

inline constexpr std::array kDirections = std::to_array<Choice<Target::Direction>>(
    {{"more|up|更多|越多越好|正向", Target::Direction::more_is_better},
     {"less|down|更少|越少越好|逆向", Target::Direction::less_is_better}});

inline constexpr std::array kAccruals =
    std::to_array<Choice<Target::Accrual>>({{"sum|求和|累计", Target::Accrual::sum},
                                            {"mean|average|平均|均值", Target::Accrual::mean},
                                            {"last|end|期末", Target::Accrual::last}});

inline constexpr std::array kTargetMeasures = std::to_array<Choice<Target::Measure>>(
    {{"level|水平|总量", Target::Measure::level}, {"growth|增速|增长", Target::Measure::growth}});

inline constexpr std::array kRollUps =
    std::to_array<Choice<Target::RollUp>>({{"none|无", Target::RollUp::none},
                                           {"sum|求和", Target::RollUp::sum},
                                           {"growth|增速加权", Target::RollUp::growth},
                                           {"mean|average|加权平均", Target::RollUp::mean}});

inline constexpr std::array kScoreRules =
    std::to_array<Choice<Target::Rule>>({{"none|无", Target::Rule::none},
                                         {"threshold|达标", Target::Rule::threshold},
                                         {"proportional|完成率", Target::Rule::proportional},
                                         {"efficacy|功效系数", Target::Rule::efficacy},
                                         {"rank|争先进位|排名", Target::Rule::rank},
                                         {"per_point|逐点加减", Target::Rule::per_point}});

inline constexpr std::array kEarningRules = std::to_array<Choice<EarningRule>>(
    {{"duration|工期", EarningRule::duration},
     {"work|effort|工时|工作量", EarningRule::work},
     {"physical|实物|形象进度", EarningRule::physical},
     {"0/100|zero_hundred|0_100", EarningRule::zero_hundred},
     {"50/50|fifty_fifty|50_50", EarningRule::fifty_fifty},
     {"steps|weighted_steps|步骤|加权步骤", EarningRule::steps}});

inline constexpr std::array kUncertainQuantities =
    std::to_array<Choice<Uncertainty::Of>>({{"duration|工期", Uncertainty::Of::duration},
                                            {"cost|费用|成本", Uncertainty::Of::cost},
                                            {"rate|费率|单价", Uncertainty::Of::rate}});

/// Those of points come last.
inline constexpr std::array kShapes = std::to_array<Choice<Distribution::Shape>>(
    {{"fixed|固定", Distribution::Shape::fixed},
     {"triangular|triangle|三角|三角分布", Distribution::Shape::triangular},
     {"pert|beta_pert|beta", Distribution::Shape::pert},
     {"uniform|均匀|均匀分布", Distribution::Shape::uniform},
     {"normal|正态|正态分布", Distribution::Shape::normal},
     {"lognormal|log_normal|对数正态|对数正态分布", Distribution::Shape::lognormal},
     {"discrete|离散|离散分布", Distribution::Shape::discrete},
     {"empirical|经验|经验分布", Distribution::Shape::empirical}});
inline constexpr std::span kShapesWithEnds = std::span(kShapes).first<6>();

inline constexpr std::array kTeamRules = std::to_array<Choice<PlannedTeamRule::Kind>>(
    {{"balance|均衡", PlannedTeamRule::Kind::balance},
     {"at_least|至少", PlannedTeamRule::Kind::at_least},
     {"at_most|至多", PlannedTeamRule::Kind::at_most},
     {"together|同组", PlannedTeamRule::Kind::together},
     {"apart|分开", PlannedTeamRule::Kind::apart},
     {"stay|留任", PlannedTeamRule::Kind::stay}});

/// What may stand between the skills of a resource; a list that ends with the first is separated by
/// it alone.
inline constexpr std::array<std::string_view, 7> kListSeparators = {";", "；", " ", ",",
                                                                    "|", "、", "，"};

/// The word that we write, and the one that a Chinese table holds.
constexpr Words in_both_languages(std::string_view names) {
  const std::string_view first = names.substr(0, names.find('|'));
  for (std::string_view rest = names; !rest.empty();) {
    const std::string_view name = rest.substr(0, rest.find('|'));
    if (static_cast<unsigned char>(name.front()) >= 0x80) return {first, name};
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return {first, first};
}

/// All words that may stand there, for a finding.
template <class Choices>
Argument all_words_of(const Choices& choices) {
  Argument all(std::string{});
  for (const auto& choice : choices) {
    const Words words = in_both_languages(choice.names);
    if (!all.en.empty()) {
      all.en += ", ";
      all.zh += "、";
    }
    all.en += words.en;
    all.zh += words.zh;
  }
  return all;
}

/// The word for `value`.
template <class Choices, class Value>
std::string word_for(const Choices& choices, Value value) {
  for (const auto& choice : choices) {
    if (choice.value == value) return std::string(choice.names.substr(0, choice.names.find('|')));
  }
  return {};
}

/// A bare date means the whole day: it begins what must not start before, and ends what must not
/// end after.
constexpr bool counts_to_end_of_day(ConstraintKind kind) {
  return kind == ConstraintKind::finish_on_or_after ||
         kind == ConstraintKind::finish_on_or_before || kind == ConstraintKind::finish_on ||
         kind == ConstraintKind::mandatory_finish || kind == ConstraintKind::start_on_or_before;
}

}  // namespace diaodu::formats
