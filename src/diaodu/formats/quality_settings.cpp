#include "diaodu/formats/quality_settings.h"

#include <array>
#include <string>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kOff = "off";
constexpr int kSharePlaces = 4;
constexpr std::int64_t kMostShare = 10'000;  // 100 %, in those places
constexpr std::int64_t kMostIndex = 100'000;
constexpr int kDayPlaces = 3;
constexpr std::int64_t kMostDays = 100'000'000;

struct DaysKey {
  std::string_view key;
  std::int64_t QualityLimits::*days;
};
constexpr std::array kDays = std::to_array<DaysKey>({
    {"float_days", &QualityLimits::float_days},
    {"duration_days", &QualityLimits::duration_days},
    {"delay_days", &QualityLimits::delay_days},
});

std::string known_keys() {
  std::string keys;
  for (const QualityRule& rule : kQualityRules) keys += std::string(rule.key) + ", ";
  for (const DaysKey& days : kDays) keys += std::string(days.key) + ", ";
  keys.resize(keys.size() - 2);
  return keys;
}

std::optional<std::int64_t> read_number(const Setting& setting, int places, std::int64_t most,
                                        Findings& findings) {
  const auto value = parse_number(setting.value, places, false);
  if (!value) {
    findings.add(found::bad_number, setting.where, {setting.value});
  } else if (*value < 0 || *value > most) {
    findings.add(found::number_out_of_range, setting.where,
                 {setting.value, "0", decimal_string(most, places)});
  } else {
    return value;
  }
  return {};
}

}  // namespace

void read_quality_setting(const Setting& setting, QualityLimits& limits, Findings& findings) {
  for (const DaysKey& days : kDays) {
    if (days.key != setting.key) continue;
    if (const auto value = read_number(setting, kDayPlaces, kMostDays, findings))
      limits.*days.days = *value;
    return;
  }
  for (const QualityRule& rule : kQualityRules) {
    if (rule.key != setting.key) continue;
    if (setting.value == kOff) {
      limits[rule.point].reset();
    } else if (const auto value = read_number(setting, kSharePlaces,
                                              rule.is_index ? kMostIndex : kMostShare, findings)) {
      limits[rule.point] = static_cast<int>(*value);
    }
    return;
  }
  findings.add(found::unknown_key, setting.where, {setting.key, known_keys()});
}

std::vector<Setting> quality_settings(const QualityLimits& limits) {
  const QualityLimits usual;
  std::vector<Setting> settings;
  const auto add = [&settings](std::string_view key, std::string value) {
    settings.push_back({"quality", std::string(key), std::move(value), "", {}});
  };
  for (const QualityRule& rule : kQualityRules) {
    const std::optional<int> limit = limits[rule.point];
    if (limit == usual[rule.point]) continue;
    add(rule.key, limit ? decimal_string(*limit, kSharePlaces) : std::string(kOff));
  }
  for (const DaysKey& days : kDays) {
    if (limits.*days.days != usual.*days.days)
      add(days.key, decimal_string(limits.*days.days, kDayPlaces));
  }
  return settings;
}

}  // namespace diaodu::formats
