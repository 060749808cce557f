#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace diaodu::formats {

/// Puts XML together.
class XmlWriter {
 public:
  void raw(std::string_view text) { text_ += text; }
  void open(std::string_view name) { text_.append("<").append(name).append(">"); }
  void close(std::string_view name) { text_.append("</").append(name).append(">\n"); }
  void element(std::string_view name, std::string_view content) {
    open(name);
    escape(content);
    close(name);
  }
  void element(std::string_view name, std::int64_t number) {
    element(name, std::to_string(number));
  }
  void flag(std::string_view name, bool value) { element(name, value ? "1" : "0"); }
  void text(std::string_view name, std::string_view content) {
    if (!content.empty()) element(name, content);
  }
  std::string take() { return std::move(text_); }

 private:
  /// Control characters, which XML forbids, are left out.
  void escape(std::string_view content);

  std::string text_;
};

}  // namespace diaodu::formats
