#include "diaodu/track/canonical_json.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <utility>

namespace diaodu::track {
namespace {

TEST(CanonicalJson, writes_numbers_as_rfc_8785_does) {
  // The examples of its appendix B, by the bits of the double.
  const std::pair<std::uint64_t, const char*> kExamples[] = {
      {0x0000000000000000, "0"},
      {0x8000000000000000, "0"},
      {0x0000000000000001, "5e-324"},
      {0x8000000000000001, "-5e-324"},
      {0x7fefffffffffffff, "1.7976931348623157e+308"},
      {0x4340000000000000, "9007199254740992"},
      {0x4430000000000000, "295147905179352830000"},
      {0x44b52d02c7e14af5, "9.999999999999997e+22"},
      {0x44b52d02c7e14af6, "1e+23"},
      {0x444b1ae4d6e2ef4e, "999999999999999700000"},
      {0x444b1ae4d6e2ef50, "1e+21"},
      {0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7"},
      {0x3eb0c6f7a0b5ed8d, "0.000001"},
      {0x41b3de4355555553, "333333333.3333332"},
      {0xbecbf647612f3696, "-0.0000033333333333333333"},
  };
  for (const auto& [bits, text] : kExamples) {
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    EXPECT_EQ(canonical_number(value), text);
  }
  EXPECT_THROW(canonical_number(std::numeric_limits<double>::infinity()), std::out_of_range);
}

TEST(CanonicalJson, keeps_text_valid) {
  EXPECT_EQ(valid_text("调\xE8\xB0 a\xC0\x80\xED\xA0\x80"),
            "调\uFFFD\uFFFD a\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
}

}  // namespace
}  // namespace diaodu::track
