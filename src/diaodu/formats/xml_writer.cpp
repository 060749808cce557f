#include "diaodu/formats/xml_writer.h"

namespace diaodu::formats {

void XmlWriter::escape(std::string_view content) {
  for (const char c : content) {
    switch (c) {
      case '&':
        text_ += "&amp;";
        break;
      case '<':
        text_ += "&lt;";
        break;
      case '>':
        text_ += "&gt;";
        break;
      case '\r':
        text_ += "&#13;";
        break;
      default:
        if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') text_ += c;
    }
  }
}

}  // namespace diaodu::formats
