#include "diaodu/formats/zone_database.h"

#include <date/tz.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace diaodu::formats {

std::optional<Zone> find_zone(std::string_view name) {
  if (name.empty() || name == "UTC" || name == "utc") return Zone{};
  const date::time_zone* zone = nullptr;
  try {
    zone = date::locate_zone(std::string(name));
  } catch (const std::runtime_error&) {
    return {};  // the library's way to say: no such zone
  }
  using std::chrono::duration_cast;
  using std::chrono::minutes;
  const auto first = date::sys_days(date::year(kFirstYear) / 1 / 1);
  const auto last = date::sys_days(date::year(kLastYear + 1) / 1 / 1);
  const auto offset = [](const date::sys_info& info) {
    return static_cast<int>(duration_cast<minutes>(info.offset).count());
  };
  date::sys_info info = zone->get_info(first);
  const int first_offset = offset(info);
  int last_offset = first_offset;
  std::vector<Zone::Change> changes;
  while (info.end < last) {
    const auto from = info.end;
    info = zone->get_info(from);
    if (offset(info) == last_offset) continue;  // only its abbreviation changed
    last_offset = offset(info);
    changes.push_back(
        {Instant{duration_cast<minutes>(from.time_since_epoch()).count()}, last_offset});
  }
  return Zone(std::string(name), first_offset, std::move(changes));
}

}  // namespace diaodu::formats
