#include "diaodu/formats/mspdi_cell.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include "diaodu/core/decimal.h"
#include "diaodu/formats/mspdi_values.h"

namespace diaodu::formats {
namespace {

/// `1E-05`, as programs write what is small.
std::optional<std::int64_t> with_exponent(std::string_view text, int places) {
  constexpr double kLargest = 1e15;
  double number = 0;
  const char* const end = text.data() + text.size();
  const auto [stopped, error] = std::from_chars(text.data(), end, number);
  if (error != std::errc{} || stopped != end) return {};
  for (; places > 0; --places) number *= 10;
  return std::abs(number) <= kLargest ? std::optional<std::int64_t>(std::llround(number))
                                      : std::nullopt;
}

}  // namespace

std::optional<std::int64_t> MspdiCell::number(int places) const {
  if (text_.empty()) return {};
  std::optional<std::int64_t> value = parse_decimal(text_, places);
  if (!value) value = with_exponent(text_, places);
  if (!value) findings_.add(found::bad_number, where(), {text_});
  return value;
}

void MspdiCell::uid(std::int64_t& value) const { whole(value, -65535, 4'000'000'000); }

void MspdiCell::thousandths(std::int64_t& value) const {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  if (const auto read = number(3)) value = std::clamp(*read, -kMost, kMost);
}

void MspdiCell::hundredths(std::int64_t& value) const {
  constexpr std::int64_t kMost = 1'000'000'000'000'000;
  if (const auto read = number(0)) value = std::clamp(*read, -kMost, kMost);
}

void MspdiCell::flag(bool& value) const { value = text_ == "1" || text_ == "true"; }
void MspdiCell::date(Instant& value) const {
  if (text_.empty() || text_ == "NA") return;
  bool is_rounded = false;
  if (const auto read = parse_mspdi_date(text_, is_rounded)) {
    value = *read;
    document_.num_rounded += is_rounded ? 1 : 0;
  } else {
    findings_.add(found::bad_date, where(), {text_});
  }
}

void MspdiCell::duration(std::int64_t& value) const {
  if (text_.empty()) return;
  bool is_rounded = false;
  const auto read = parse_mspdi_duration(text_, is_rounded);
  if (!read) {
    findings_.add(found::bad_duration, where(), {text_});
  } else if (*read < 0) {
    findings_.add(found::negative_duration, where(), {text_});
  } else {
    value = *read;
    document_.num_rounded += is_rounded ? 1 : 0;
  }
}

std::string_view MspdiCell::keep() const { return document_.letters.keep(text_); }

}  // namespace diaodu::formats
