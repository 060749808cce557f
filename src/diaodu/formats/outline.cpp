#include "diaodu/formats/outline.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "diaodu/formats/disk.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

using nlohmann::json;

constexpr std::size_t kMostBytes = std::size_t{64} << 20;
constexpr int kDeepest = 64;  // of collections within collections

Where place_in(std::string_view bytes, std::size_t at, const std::string& file) {
  const std::string_view before = bytes.substr(0, std::min(at, bytes.size()));
  const auto line = std::count(before.begin(), before.end(), '\n');
  const std::size_t begin = before.rfind('\n');
  const std::size_t column =
      begin == std::string_view::npos ? before.size() : before.size() - begin - 1;
  return {file, static_cast<int>(line) + 1, static_cast<int>(column) + 1};
}

/// Four digits are eleven metres.
double rounded(double degrees) { return std::round(degrees * 1e4) / 1e4; }

class OutlineReader {
 public:
  explicit OutlineReader(Outline& outline) : outline_(outline) {}

  /// False: this is no GeoJSON.
  bool read(const json& object, int depth = 0) {
    if (depth > kDeepest || !object.is_object()) return false;
    const auto type = object.find("type");
    if (type == object.end() || !type->is_string()) return false;
    const std::string& name = type->get_ref<const std::string&>();
    if (name == "FeatureCollection") return read_all(object, "features", depth);
    if (name == "GeometryCollection") return read_all(object, "geometries", depth);
    if (name == "Feature") {
      const auto geometry = object.find("geometry");
      if (geometry == object.end()) return false;
      return geometry->is_null() || read(*geometry, depth + 1);
    }
    if (name == "Point" || name == "MultiPoint") return true;
    const int nesting = name == "LineString"                             ? 0
                        : name == "MultiLineString" || name == "Polygon" ? 1
                        : name == "MultiPolygon"                         ? 2
                                                                         : -1;
    const auto coordinates = object.find("coordinates");
    if (nesting < 0 || coordinates == object.end()) return false;
    read_lines(*coordinates, nesting);
    return true;
  }

  std::size_t num_wrong() const { return num_wrong_; }

 private:
  bool read_all(const json& object, const char* key, int depth) {
    const auto rows = object.find(key);
    if (rows == object.end() || !rows->is_array()) return false;
    return std::all_of(rows->begin(), rows->end(),
                       [&](const json& row) { return read(row, depth + 1); });
  }

  void read_lines(const json& rows, int nesting) {
    if (!rows.is_array()) {
      ++num_wrong_;
    } else if (nesting > 0) {
      for (const json& row : rows) read_lines(row, nesting - 1);
    } else {
      read_line(rows);
    }
  }

  void read_line(const json& positions) {
    Outline::Line line;
    for (const json& position : positions) {
      const bool is_pair = position.is_array() && position.size() >= 2 && position[0].is_number() &&
                           position[1].is_number();
      const double longitude = is_pair ? rounded(position[0].get<double>()) : 0;
      const double latitude = is_pair ? rounded(position[1].get<double>()) : 0;
      if (!is_pair || !(std::abs(longitude) <= 180) || !(std::abs(latitude) <= 90)) {
        ++num_wrong_;
        continue;
      }
      const std::size_t size = line.size();
      if (size >= 2 && line[size - 2] == longitude && line[size - 1] == latitude) continue;
      line.push_back(longitude);
      line.push_back(latitude);
    }
    if (line.size() >= 4) outline_.lines.push_back(std::move(line));
  }

  Outline& outline_;
  std::size_t num_wrong_ = 0;
};

/// Every so many points of each line, and its last one.
void thin_out(Outline& outline, std::size_t num_points) {
  const std::size_t step = (num_points + kMostOutlinePoints - 1) / kMostOutlinePoints + 1;
  for (Outline::Line& line : outline.lines) {
    Outline::Line kept;
    for (std::size_t i = 0; i + 1 < line.size(); i += 2 * step) {
      kept.push_back(line[i]);
      kept.push_back(line[i + 1]);
    }
    kept.insert(kept.end(), line.end() - 2, line.end());
    line = std::move(kept);
  }
  std::stable_sort(outline.lines.begin(), outline.lines.end(),
                   [](const auto& a, const auto& b) { return a.size() > b.size(); });
  // Islands of two points each may still be too many: the smallest go.
  std::size_t sum = 0;
  const auto enough =
      std::find_if(outline.lines.begin(), outline.lines.end(), [&](const auto& line) {
        sum += line.size() / 2;
        return sum > kMostOutlinePoints;
      });
  outline.lines.erase(enough, outline.lines.end());
}

}  // namespace

Outline parse_outline(std::string_view bytes, const std::string& file, Findings& findings) {
  Outline outline;
  const std::size_t num_errors = findings.num_errors();
  const std::string text = to_utf8(bytes, file, findings);
  if (findings.num_errors() > num_errors) return outline;  // no text
  json document;
  try {
    document = json::parse(text);
  } catch (const json::parse_error& error) {
    findings.add(found::outline_not_json, place_in(text, error.byte, file));
    return outline;
  } catch (const json::out_of_range&) {  // a number beyond all doubles
    findings.add(found::outline_not_json, {file});
    return outline;
  }
  OutlineReader reader(outline);
  if (!reader.read(document)) {
    findings.add(found::outline_not_geojson, {file});
    outline.lines.clear();
    return outline;
  }
  if (reader.num_wrong() > 0) {
    findings.add(found::outline_wrong_positions, {file}, {std::to_string(reader.num_wrong())});
  }
  if (outline.lines.empty()) findings.add(found::outline_empty, {file});
  std::size_t num_points = 0;
  for (const Outline::Line& line : outline.lines) num_points += line.size() / 2;
  if (num_points > kMostOutlinePoints) {
    thin_out(outline, num_points);
    findings.add(found::outline_thinned, {file}, {std::to_string(num_points)});
  }
  return outline;
}

Outline read_outline(const std::filesystem::path& path, Findings& findings) {
  const std::string file = shown(path.filename());
  const auto bytes = read_file(path, file, findings, kMostBytes);
  return bytes ? parse_outline(*bytes, file, findings) : Outline{};
}

}  // namespace diaodu::formats
