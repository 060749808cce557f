#include "diaodu/track/ledger_schema.h"

#include <algorithm>
#include <fstream>

#include "diaodu/track/database.h"
#include "diaodu/track/sealed_pages.h"

namespace diaodu::track {
namespace {

using Trouble = LedgerError::Trouble;

constexpr std::size_t kHeaderBytes = 100;

std::int64_t number_at(std::string_view header, std::size_t at) {
  std::int64_t number = 0;
  for (std::size_t i = 0; i < 4; ++i)
    number = number * 256 + static_cast<unsigned char>(header[at + i]);
  return number;
}

Hash hash_in(std::string_view bytes) {
  Hash hash{};
  if (bytes.size() == hash.size()) std::copy(bytes.begin(), bytes.end(), hash.begin());
  return hash;
}

}  // namespace

StoredEntry stored_entry(const Statement& row) {
  StoredEntry entry;
  entry.sequence = static_cast<std::uint64_t>(row.whole(0));
  entry.kind = row.text(1);
  entry.author = row.text(2);
  entry.recorded = Instant{row.whole(3)};
  entry.effective = Instant{row.whole(4)};
  entry.reason = row.text(5);
  entry.replaces = static_cast<std::uint64_t>(row.whole(6));
  entry.content = row.text(7);
  entry.previous = hash_in(row.bytes(8));
  entry.hash = hash_in(row.bytes(9));
  return entry;
}

void demand_header(const std::filesystem::path& path) {
  const std::string file = path.string();
  std::error_code unknown;
  if (!std::filesystem::exists(path, unknown)) throw LedgerError(Trouble::missing, file);
  if (!std::filesystem::is_regular_file(path, unknown))
    throw LedgerError(Trouble::not_a_record, file);
  std::ifstream in(path, std::ios::binary);
  if (!in.is_open()) throw LedgerError(Trouble::failed, file, "it cannot be opened");
  std::string header(kHeaderBytes, '\0');
  in.read(header.data(), static_cast<std::streamsize>(header.size()));
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (in.gcount() != static_cast<std::streamsize>(header.size()) ||
      header.substr(0, kMagic.size()) != kMagic || number_at(header, 68) != kApplication)
    throw LedgerError(Trouble::not_a_record, file);
  if (number_at(header, 60) > kVersion) throw LedgerError(Trouble::newer, file);
  // 4096 bytes a page, WAL for readers and writers, 32 bytes reserved.
  constexpr std::string_view kLayout("\x10\x00\x02\x02\x20", 5);
  if (number_at(header, 60) != kVersion || header.substr(16, kLayout.size()) != kLayout)
    throw LedgerError(Trouble::damaged, file);
}

void demand_schema(const Database& database) {
  Statement rows = database.prepare("SELECT sql FROM sqlite_schema ORDER BY rowid");
  std::size_t num_rows = 0;
  while (rows.step()) {
    if (num_rows == kSchema.size() || rows.text(0) != kSchema[num_rows])
      throw LedgerError(Trouble::damaged, database.file(), "the schema is not that of a record");
    ++num_rows;
  }
  if (num_rows != kSchema.size())
    throw LedgerError(Trouble::damaged, database.file(), "the schema is not that of a record");
}

}  // namespace diaodu::track
