#pragma once

#include <cstdint>
#include <string_view>

namespace diaodu::formats {

/// Where in the document an element lies.
enum class MspdiPart : std::uint8_t {
  document,
  project,
  fields,
  field,
  calendars,
  calendar,
  days,
  day,
  shifts,
  shift,
  period,
  exceptions,
  exception,
  weeks,
  week,
  tasks,
  task,
  link,
  baseline,
  task_attribute,
  resources,
  resource,
  resource_attribute,
  availabilities,
  availability,
  assignments,
  assignment,
  leaf,
  ignored,
};

/// Where an element lies that stands in one that lies there.
MspdiPart mspdi_part(MspdiPart in, std::string_view element);

}  // namespace diaodu::formats
