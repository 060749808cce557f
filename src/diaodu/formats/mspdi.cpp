#include "diaodu/formats/mspdi.h"

#include <fstream>

#include "diaodu/formats/disk.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/mspdi_document.h"
#include "diaodu/formats/mspdi_plan.h"
#include "diaodu/formats/xml_feed.h"

namespace diaodu::formats {
namespace {

ReadPlan make(const Pieces& next, std::string file, Findings findings) {
  const MspdiDocument document = read_mspdi_document(next, file, findings);
  return mspdi_plan(document, std::move(file), std::move(findings));
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
  std::string room;
  std::string_view rest = xml_as_utf8(bytes, room, file, findings);
  const auto next = [&rest] {
    constexpr std::size_t kPiece = 1 << 16;
    const std::string_view piece = rest.substr(0, kPiece);
    rest.remove_prefix(piece.size());
    return piece;
  };
  return make(next, std::move(file), std::move(findings));
}

ReadPlan read_mspdi_file(const std::filesystem::path& path) {
  constexpr std::size_t kPiece = 1 << 16;
  const std::string head = first_bytes(path, kPiece);
  const std::string file = shown(path.filename());
  std::ifstream in(path, std::ios::binary);
  std::string piece(kPiece, '\0');
  bool is_sound = is_utf8_by_head(head);  // so far valid UTF-8
  if (is_sound) {
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
  if (!is_sound) {
    Findings findings;
    const auto bytes = read_file(path, shown(path), findings);
    return bytes ? read_mspdi(*bytes, file) : ReadPlan{{}, {}, std::move(findings)};
  }
  const auto next = [&]() -> std::string_view {
    in.read(piece.data(), kPiece);
    return std::string_view(piece).substr(0, static_cast<std::size_t>(in.gcount()));
  };
  return make(next, file, {});
}

}  // namespace diaodu::formats
