#include "diaodu/formats/xml_feed.h"

#include "diaodu/formats/encoding.h"

namespace diaodu::formats {
namespace {

using namespace std::string_view_literals;

/// What the XML says that it is written in, in small letters; empty where it does not.
std::string declared_encoding(std::string_view text) {
  const std::size_t end = text.substr(0, 200).find("?>");
  if (end == std::string_view::npos) return {};
  const std::string_view head = text.substr(0, end);
  std::size_t at = head.find("encoding");
  if (at == std::string_view::npos) return {};
  at = head.find_first_of("\"'", at);
  if (at == std::string_view::npos) return {};
  const std::size_t close = head.find(head[at], at + 1);
  std::string name(head.substr(at + 1, close == std::string_view::npos ? close : close - at - 1));
  for (char& c : name) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return name;
}

/// The encoding that programs mean by the name, as iconv calls it; empty where bytes that are no UTF-8 cannot be in it.
/// Who declares GB2312 or ISO-8859-1 writes GBK and Windows-1252, which have more letters and no other.
std::string meant_by(const std::string& declared) {
  if (declared == "gb2312" || declared == "gbk" || declared == "x-gbk") return "GB18030";
  if (declared == "iso-8859-1") return "WINDOWS-1252";
  if (declared == "us-ascii" || declared.starts_with("utf") || declared.starts_with("ucs"))
    return {};
  return declared;
}

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF") ||
         text.starts_with("<\0"sv) || text.starts_with("\0<"sv);
}

}  // namespace

bool is_utf8_by_head(std::string_view head) {
  const std::string declared = declared_encoding(head);
  return !is_utf16(head) && (declared.empty() || declared == "utf-8" || declared == "us-ascii");
}

std::string_view xml_as_utf8(std::string_view bytes, std::string& room, const std::string& file,
                             Findings& findings) {
  if (is_utf8_by_head(bytes) && is_valid_utf8(bytes)) return bytes;
  room = to_utf8(bytes, file, findings, meant_by(declared_encoding(bytes)));
  return room;
}

}  // namespace diaodu::formats
