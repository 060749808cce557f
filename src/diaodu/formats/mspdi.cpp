#include "diaodu/formats/mspdi.h"

#include <fstream>

#include "diaodu/formats/disk.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/mspdi_document.h"
#include "diaodu/formats/mspdi_plan.h"

namespace diaodu::formats {
namespace {

ReadPlan make(const Pieces& next, std::string file, const std::string& encoding,
              Findings findings) {
  const MspdiDocument document = read_mspdi_document(next, file, encoding, findings);
  return mspdi_plan(document, std::move(file), std::move(findings));
}

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

bool is_utf16(std::string_view text) {
  return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
}

/// The parser's own: the others are turned into UTF-8 before.
bool is_read_as_it_stands(std::string_view head) {
  const std::string declared = declared_encoding(head);
  return is_utf16(head) || declared.empty() || declared == "utf-8" || declared == "us-ascii";
}

}  // namespace

bool looks_like_mspdi(std::string_view text) {
  const std::size_t project = text.find("<Project");
  if (project == std::string_view::npos) return false;
  const std::string_view rest = text.substr(project);
  return rest.substr(0, 400).find("schemas.microsoft.com/project") != std::string_view::npos ||
         (rest.find("<Tasks>") != std::string_view::npos &&
          rest.find("<ScheduleFromStart>") != std::string_view::npos);
}

ReadPlan read_mspdi(std::string_view bytes, std::string file) {
  Findings findings;
  std::string text;
  std::string encoding;
  const bool is_sound = is_utf16(bytes) || is_valid_utf8(bytes);
  if (!is_sound || !is_read_as_it_stands(bytes)) {
    const std::string declared = declared_encoding(bytes);
    text = to_utf8(bytes, file, findings, declared == "utf-8" ? "" : declared);
    bytes = text;
    encoding = "UTF-8";
  }
  const auto next = [&bytes] {
    constexpr std::size_t kPiece = 1 << 16;
    const std::string_view piece = bytes.substr(0, kPiece);
    bytes.remove_prefix(piece.size());
    return piece;
  };
  return make(next, std::move(file), encoding, std::move(findings));
}

ReadPlan read_mspdi_file(const std::filesystem::path& path) {
  constexpr std::size_t kPiece = 1 << 16;
  const std::string head = first_bytes(path, kPiece);
  const std::string file = shown(path.filename());
  std::ifstream in(path, std::ios::binary);
  std::string piece(kPiece, '\0');
  bool is_sound = true;  // so far valid UTF-8, or what the parser knows
  if (is_read_as_it_stands(head) && !is_utf16(head)) {
    // Looked through first: the parser would stop in the middle, with everything read so far for nothing.
    std::string rest;
    while (is_sound && in.read(piece.data(), kPiece).gcount() > 0) {
      rest.append(piece.data(), static_cast<std::size_t>(in.gcount()));
      const std::string_view whole = cut(rest, rest.size() < 8 ? rest.size() : rest.size() - 1);
      is_sound = is_valid_utf8(whole);
      rest.erase(0, whole.size());
    }
    in.clear();
    in.seekg(0);
  }
  if (!is_sound || !is_read_as_it_stands(head)) {
    Findings findings;
    const auto bytes = read_file(path, shown(path), findings);
    return bytes ? read_mspdi(*bytes, file) : ReadPlan{{}, {}, std::move(findings)};
  }
  const auto next = [&]() -> std::string_view {
    in.read(piece.data(), kPiece);
    return std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
  };
  return make(next, file, "", {});
}

}  // namespace diaodu::formats
