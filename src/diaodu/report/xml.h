#pragma once

#include <string>
#include <string_view>

namespace diaodu::report {

/// The text as XML carries it, in elements and in attributes: `&`, `<`, `>` and quotes escaped,
/// bytes that are no UTF-8 repaired, control characters (which XML 1.0 forbids) left out.
std::string xml_text(std::string_view text);

/// A coordinate with at most one digit after the point: `12.5`.
std::string coordinate(double value);

/// How wide the text is when set in a common sans-serif face of that size, about.
double text_width(std::string_view text, double size);

/// The text, cut with `…` where it is wider.
std::string fit_to(std::string_view text, double width, double size);

}  // namespace diaodu::report
