// A workbook's bytes as they are, or its parts as text (`=== xl/workbook.xml` ...), which are
// packed here, so that the fuzzer need not learn checksums.
#include "diaodu/formats/workbook.h"

#include "fuzz.h"

using namespace diaodu;

namespace {

void put(std::string& out, std::uint64_t value, int bytes) {
  for (int i = 0; i < bytes; ++i, value >>= 8) out += static_cast<char>(value);
}

std::uint32_t checksum(std::string_view text) {
  std::uint32_t crc = 0xFFFF'FFFF;
  for (const char letter : text) {
    crc ^= static_cast<unsigned char>(letter);
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB8'8320U : 0U);
  }
  return ~crc;
}

/// A ZIP archive whose parts are stored as they are.
std::string packed(std::string_view input) {
  std::string archive;
  std::string directory;
  std::uint64_t num_parts = 0;
  for (const auto& [name, text] : fuzz::files_in(input)) {
    std::string entry;  // what both the part's own header and the directory hold
    put(entry, 20, 2);
    put(entry, 0, 8);  // no flags, stored, no date
    put(entry, checksum(text), 4);
    put(entry, text.size(), 4);
    put(entry, text.size(), 4);
    put(entry, name.size() & 0xFFFF, 2);
    put(entry, 0, 2);
    directory += "PK\1\2";
    put(directory, 20, 2);
    directory += entry;
    put(directory, 0, 10);
    put(directory, archive.size(), 4);
    directory += name.substr(0, 0xFFFF);
    archive += "PK\3\4" + entry;
    archive += name.substr(0, 0xFFFF);
    archive += text;
    ++num_parts;
  }
  const std::uint64_t begin = archive.size();
  archive += directory;
  archive += "PK\5\6";
  put(archive, 0, 4);
  put(archive, num_parts, 2);
  put(archive, num_parts, 2);
  put(archive, directory.size(), 4);
  put(archive, begin, 4);
  put(archive, 0, 2);
  return archive;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  const bool is_packed = input.starts_with("PK");
  const std::string archive = is_packed ? std::string(input) : packed(input);
  fuzz::look_at(formats::read_workbook(archive, "fuzz.xlsx"));
  return 0;
}
