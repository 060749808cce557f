#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/quantity.h"

namespace diaodu::formats {

/// One of `Anna[50%]; Bob, Concrete[10 m3]`.
struct ListResource {
  std::string name;
  Amount amount = kOne;
  bool is_material = false;
};

/// Nothing where it cannot be read.
std::optional<ListResource> parse_list_resource(std::string_view text);

/// The parts of a cell of resources: separated by `;`, `,`, `、`, `&` or a new line, but not within brackets.
std::vector<std::string_view> list_resources_in(std::string_view text);

}  // namespace diaodu::formats
