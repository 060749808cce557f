#include "diaodu/formats/list_resources.h"

#include <array>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/cells.h"

namespace diaodu::formats {

std::vector<std::string_view> list_resources_in(std::string_view text) {
  constexpr std::array<std::string_view, 9> kSeparators = {";",   ",",  "；", "，", "、",
                                                           " & ", "\n", "\r", "＆"};
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  bool is_inside = false;
  const auto take = [&](std::size_t end) {
    const std::string_view part = trimmed(text.substr(begin, end - begin));
    if (!part.empty()) parts.push_back(part);
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '[') is_inside = true;
    if (text[at] == ']') is_inside = false;
    if (is_inside) continue;
    for (const std::string_view separator : kSeparators) {
      if (!text.substr(at).starts_with(separator)) continue;
      take(at);
      begin = at + separator.size();
      at = begin - 1;
      break;
    }
  }
  if (begin < text.size()) take(text.size());
  return parts;
}

std::optional<ListResource> parse_list_resource(std::string_view text) {
  ListResource resource;
  const std::size_t open = text.find('[');
  resource.name = trimmed(text.substr(0, open));
  if (resource.name.empty() || resource.name.find(']') != std::string::npos) return {};
  if (open == std::string_view::npos) return resource;
  const std::size_t close = text.find(']', open);
  if (close == std::string_view::npos || !trimmed(text.substr(close + 1)).empty()) return {};
  std::string_view inside = trimmed(text.substr(open + 1, close - open - 1));
  const std::size_t end = std::min(inside.find_first_not_of("0123456789.,"), inside.size());
  std::string number(inside.substr(0, end));
  if (number.find('.') == std::string::npos) {
    // `1,200`: a thousand and more to one reader, one and a fifth to another; no thousands begin with a zero.
    const std::size_t comma = number.rfind(',');
    const bool is_unclear = comma != std::string::npos && number.size() == comma + 4 &&
                            comma <= 3 && number.front() != '0';
    if (is_unclear) return {};
    for (char& c : number) c = c == ',' ? '.' : c;
  }
  const std::string_view unit = trimmed(inside.substr(end));
  const bool is_percent = unit == "%" || unit == "％";
  const auto amount = parse_decimal(number, is_percent ? 1 : 3);
  constexpr std::int64_t kMost = 1'000'000'000'000;
  if (!amount || *amount <= 0 || *amount > kMost) return {};
  resource.amount = Amount{*amount};
  resource.is_material = !unit.empty() && !is_percent;
  return resource;
}

}  // namespace diaodu::formats
