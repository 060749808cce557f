// Lines of land: whatever GeoJSON holds, what is read are longitudes and latitudes, and no more of them than a page needs.
#include "diaodu/formats/outline.h"

#include <cmath>

#include "fuzz.h"

using namespace diaodu;
using namespace diaodu::formats;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  Findings findings;
  const Outline outline = parse_outline(bytes, "fuzz.geojson", findings);
  std::size_t num_points = 0;
  for (const Outline::Line& line : outline.lines) {
    fuzz::require(line.size() >= 4 && line.size() % 2 == 0, "a line has two points");
    num_points += line.size() / 2;
    for (std::size_t i = 0; i < line.size(); i += 2) {
      fuzz::require(std::abs(line[i]) <= 180, "a longitude is one");
      fuzz::require(std::abs(line[i + 1]) <= 90, "a latitude is one");
    }
  }
  fuzz::require(num_points <= kMostOutlinePoints, "no more points than a page needs");
  fuzz::require(!findings.has_errors() || outline.lines.empty(), "what is wrong is not drawn");
  return 0;
}
