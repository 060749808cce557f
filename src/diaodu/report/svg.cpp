#include "diaodu/report/svg.h"

#include "diaodu/report/xml.h"

namespace diaodu::report::svg {

std::string attribute(std::string_view name, double value) {
  return attribute(name, coordinate(value));
}

std::string attribute(std::string_view name, std::string_view value) {
  std::string text = " ";
  text.append(name).append("=\"").append(xml_text(value)).append("\"");
  return text;
}

std::string text_at(double x, double y, std::string_view style, std::string_view text,
                    std::string_view anchor) {
  std::string element = "<text" + attribute("x", x) + attribute("y", y);
  if (!style.empty()) element += attribute("class", style);
  if (!anchor.empty()) element += attribute("text-anchor", anchor);
  return element + '>' + xml_text(text) + "</text>\n";
}

std::string rect(double x, double y, double width, double height, std::string_view style,
                 double radius) {
  std::string element = "<rect" + attribute("x", x) + attribute("y", y) +
                        attribute("width", width) + attribute("height", height) +
                        attribute("class", style);
  if (radius > 0) element += attribute("rx", radius);
  return element + "/>\n";
}

std::string line(double x1, double y1, double x2, double y2, std::string_view style) {
  return "<line" + attribute("x1", x1) + attribute("y1", y1) + attribute("x2", x2) +
         attribute("y2", y2) + attribute("class", style) + "/>\n";
}

Stroke& Stroke::close() {
  drawing_ += 'Z';
  return *this;
}

std::string Stroke::draw(std::string_view style) const {
  return "<path" + attribute("d", drawing_) + attribute("class", style) + "/>\n";
}

Stroke& Stroke::add(char command, double x, double y) {
  drawing_ += command;
  drawing_ += coordinate(x) + ' ' + coordinate(y);
  return *this;
}

std::string diamond(double x, double y, double half, std::string_view style) {
  return Stroke()
      .move(x, y - half)
      .to(x + half, y)
      .to(x, y + half)
      .to(x - half, y)
      .close()
      .draw(style);
}

std::string arrow_head(double x, double y, double dx, double dy, std::string_view style) {
  constexpr double kLength = 5;
  constexpr double kHalf = 2.6;
  return Stroke()
      .move(x, y)
      .to(x - dx * kLength - dy * kHalf, y - dy * kLength - dx * kHalf)
      .to(x - dx * kLength + dy * kHalf, y - dy * kLength + dx * kHalf)
      .close()
      .draw(style);
}

}  // namespace diaodu::report::svg
