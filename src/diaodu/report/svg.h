#pragma once

#include <string>
#include <string_view>

namespace diaodu::report::svg {

// Elements of a picture.  `style` is a class of its style sheet; coordinates are pixels.

std::string attribute(std::string_view name, double value);
std::string attribute(std::string_view name, std::string_view value);

/// `anchor`: start (the default), middle or end.
std::string text_at(double x, double y, std::string_view style, std::string_view text,
                    std::string_view anchor = {});
std::string rect(double x, double y, double width, double height, std::string_view style,
                 double radius = 0);
std::string line(double x1, double y1, double x2, double y2, std::string_view style);

/// A path of straight lines.
class Stroke {
 public:
  Stroke& move(double x, double y) { return add('M', x, y); }
  Stroke& to(double x, double y) { return add('L', x, y); }
  Stroke& close();
  std::string draw(std::string_view style) const;

 private:
  Stroke& add(char command, double x, double y);

  std::string drawing_;
};

std::string diamond(double x, double y, double half, std::string_view style);

/// A small triangle with its tip at (x, y), pointing along (dx, dy), one of which is 0 and the
/// other ±1.
std::string arrow_head(double x, double y, double dx, double dy, std::string_view style);

}  // namespace diaodu::report::svg
