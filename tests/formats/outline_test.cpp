#include "diaodu/formats/outline.h"

#include <gtest/gtest.h>

#include <string>

namespace diaodu::formats {
namespace {

struct ReadOutline {
  Outline outline;
  Findings findings;
  std::string code() const {
    return findings.is_empty() ? "" : std::string(findings.kept().front().kind->code);
  }
};

ReadOutline read_lines(std::string_view text) {
  ReadOutline result;
  result.outline = parse_outline(text, "land.geojson", result.findings);
  return result;
}

TEST(Outline, takes_lines_and_rings_from_wherever_they_stand_in_a_document) {
  const ReadOutline land = read_lines(R"({"type": "FeatureCollection", "features": [
    {"type": "Feature", "properties": {"name": "Hainan"}, "geometry":
      {"type": "Polygon", "coordinates": [[[108.6, 19.2, 5], [111, 19.9], [109.5, 18.2], [108.6, 19.2]]]}},
    {"type": "Feature", "properties": null, "geometry": null},
    {"type": "Feature", "properties": null, "geometry": {"type": "GeometryCollection", "geometries": [
      {"type": "Point", "coordinates": [1, 2]},
      {"type": "LineString", "coordinates": [[1, 2], [1.00001, 2], [3, 4]]},
      {"type": "MultiPolygon", "coordinates": [[[[0, 0], [1, 0], [0, 0]]]]}]}}]})");
  EXPECT_EQ(land.code(), "");
  ASSERT_EQ(land.outline.lines.size(), 3U);
  EXPECT_EQ(land.outline.lines[0],
            (Outline::Line{108.6, 19.2, 111, 19.9, 109.5, 18.2, 108.6, 19.2}));
  EXPECT_EQ(land.outline.lines[1], (Outline::Line{1, 2, 3, 4}));  // eleven metres are no step
}

TEST(Outline, what_is_no_geojson_is_a_finding_where_it_stands) {
  const ReadOutline cut = read_lines("{\"type\":\n  \"Polygon\", oops");
  EXPECT_EQ(cut.code(), "outline_not_json");
  EXPECT_EQ(cut.findings.kept().front().where.line, 2);
  for (const char* text :
       {"", "\xFF\xFE", "[[[[", "{\"type\": \"LineString\", \"coordinates\": [[1e999, 0]]}"})
    EXPECT_EQ(read_lines(text).code(), "outline_not_json") << text;
  for (const char* text :
       {"3", "[]", "{}", "{\"type\": 4}", "{\"type\": \"Topology\"}", "{\"type\": \"Polygon\"}",
        "{\"type\": \"FeatureCollection\", \"features\": 5}", "{\"type\": \"Feature\"}",
        "{\"type\": \"FeatureCollection\", \"features\": [null]}"}) {
    EXPECT_EQ(read_lines(text).code(), "outline_not_geojson") << text;
    EXPECT_TRUE(read_lines(text).outline.lines.empty());
  }
}

TEST(Outline, positions_that_are_none_are_counted_and_left_out) {
  const ReadOutline land = read_lines(
      R"({"type": "LineString", "coordinates": [[0, 0], [181, 0], [0, -91], ["a", 1], null, [5], [1, 1]]})");
  EXPECT_EQ(land.code(), "outline_wrong_positions");
  EXPECT_EQ(land.findings.kept().front().arguments.front().en, "5");
  ASSERT_EQ(land.outline.lines.size(), 1U);
  EXPECT_EQ(land.outline.lines[0], (Outline::Line{0, 0, 1, 1}));
  EXPECT_EQ(read_lines(R"({"type": "Point", "coordinates": [1, 1]})").code(), "outline_empty");
}

TEST(Outline, collections_within_collections_without_end_are_a_finding) {
  const auto nested = [](int depth) {
    std::string text;
    for (int i = 0; i < depth; ++i) text += R"({"type":"GeometryCollection","geometries":[)";
    for (int i = 0; i < depth; ++i) text += "]}";
    return text;
  };
  EXPECT_EQ(read_lines(nested(30)).code(), "outline_empty");
  EXPECT_EQ(read_lines(nested(100'000)).code(), "outline_not_geojson");
  EXPECT_EQ(read_lines(std::string(500'000, '[')).code(), "outline_not_json");
}

TEST(Outline, more_points_than_a_page_needs_are_thinned_out) {
  std::string text = R"({"type": "LineString", "coordinates": [)";
  for (int i = 0; i < 90'000; ++i)
    text += (i > 0 ? ",[" : "[") + std::to_string(i / 1000.0) + ",0.5]";
  const ReadOutline land = read_lines(text + "]}");
  EXPECT_EQ(land.code(), "outline_thinned");
  ASSERT_EQ(land.outline.lines.size(), 1U);
  EXPECT_LE(land.outline.lines[0].size() / 2, kMostOutlinePoints);
  EXPECT_GT(land.outline.lines[0].size() / 2, kMostOutlinePoints / 2);
  EXPECT_NEAR(land.outline.lines[0][land.outline.lines[0].size() - 2], 89.999, 1e-4);
}

TEST(Outline, of_what_is_no_text_nothing_is_drawn) {
  using namespace std::string_view_literals;
  Findings findings;
  const Outline outline = parse_outline(
      "{\"type\":\"LineString\",\"coordinates\":[[1,1],\0[2,2]]}"sv, "a.json", findings);
  EXPECT_TRUE(findings.has_errors());
  EXPECT_TRUE(outline.lines.empty());
}

}  // namespace
}  // namespace diaodu::formats
