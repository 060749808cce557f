#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace diaodu {

/// Zip files as tests need them: honest ones, and ones that no program would write.
class Zip {
 public:
  Zip& add(std::string_view name, std::string_view content) {
    return entry(name, content, 0, content.size(), checksum(content), 0);
  }

  /// An entry that unpacks to `head`, then `num_megabytes` of blanks.
  Zip& add_bomb(std::string_view name, std::string_view head, std::size_t num_megabytes) {
    const std::string packed = packed_blanks(head, num_megabytes << 20);
    return entry(name, packed, 8, head.size() + (num_megabytes << 20), 0, 0);
  }

  Zip& add_encrypted(std::string_view name, std::string_view content) {
    return entry(name, content, 0, content.size(), checksum(content), 1);
  }

  /// Claims to be larger than it is.
  Zip& add_liar(std::string_view name, std::string_view content, std::size_t claimed) {
    return entry(name, content, 0, claimed, checksum(content), 0);
  }

  std::string bytes() const {
    std::string all = local_;
    all += central_;
    all += "PK\x05\x06";
    append(all, 0, 4);
    append(all, num_, 2);
    append(all, num_, 2);
    append(all, central_.size(), 4);
    append(all, local_.size(), 4);
    append(all, 0, 2);
    return all;
  }

 private:
  static void append(std::string& to, std::uint64_t value, int num_bytes) {
    for (; num_bytes > 0; --num_bytes, value >>= 8) to += static_cast<char>(value & 0xFF);
  }

  static std::uint32_t checksum(std::string_view content) {
    std::uint32_t crc = 0xFFFF'FFFF;
    for (const char c : content) {
      crc ^= static_cast<unsigned char>(c);
      for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xEDB8'8320 : 0);
    }
    return ~crc;
  }

  Zip& entry(std::string_view name, std::string_view packed, int method, std::size_t size,
             std::uint32_t crc, int flags) {
    std::string common;
    append(common, 20, 2);  // version needed
    append(common, static_cast<std::uint64_t>(flags), 2);
    append(common, static_cast<std::uint64_t>(method), 2);
    append(common, 0x0021'0000, 4);  // 1980-01-01
    append(common, crc, 4);
    append(common, packed.size(), 4);
    append(common, size, 4);
    append(common, name.size(), 2);
    append(common, 0, 2);
    central_ += "PK\x01\x02";
    append(central_, 20, 2);
    central_ += common;
    append(central_, 0, 2 + 2 + 2 + 4);
    append(central_, local_.size(), 4);
    central_ += name;
    local_ += "PK\x03\x04" + common + std::string(name) + std::string(packed);
    ++num_;
    return *this;
  }

  /// Deflate by hand (RFC 1951, fixed codes): `head` and one blank letter by letter, then "the last
  /// letter 258 times again", thirteen bits each: about a hundred and sixty times smaller.
  static std::string packed_blanks(std::string_view head, std::size_t num_blanks) {
    std::string out;
    std::uint64_t buffer = 0;
    int num_bits = 0;
    const auto put = [&](std::uint32_t bits, int num) {
      buffer |= static_cast<std::uint64_t>(bits) << num_bits;
      for (num_bits += num; num_bits >= 8; num_bits -= 8) {
        out += static_cast<char>(buffer & 0xFF);
        buffer >>= 8;
      }
    };
    const auto put_code = [&](std::uint32_t code,
                              int num) {  // Huffman codes come highest bit first
      for (int bit = num - 1; bit >= 0; --bit) put((code >> bit) & 1, 1);
    };
    put(1, 1);  // the last block
    put(1, 2);  // of fixed codes
    for (const char c : std::string(head) + ' ') put_code(0x30 + static_cast<unsigned char>(c), 8);
    for (std::size_t left = num_blanks - 1; left >= 258; left -= 258) {
      put_code(0b1100'0101, 8);
      put_code(0, 5);
    }
    put_code(0, 7);  // the end
    put(0, 7);
    return out;
  }

  std::string local_;
  std::string central_;
  std::uint64_t num_ = 0;
};

/// A workbook part by part, as spreadsheet programs pack it.
struct WorkbookText {
  std::vector<std::pair<std::string, std::string>> sheets;  ///< name, and what is in its sheetData
  std::string shared;                                       ///< what is in its sst
  std::string styles;                                       ///< what is in its styleSheet
  std::string properties;                                   ///< what comes before its sheets

  Zip zip() const {
    static constexpr std::string_view kHead = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
    const std::string head(kHead);
    std::string index;
    std::string relations;
    Zip zip;
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      const std::string number = std::to_string(i + 1);
      index += "<sheet name=\"" + sheets[i].first + "\" sheetId=\"" + number + "\" r:id=\"rId" +
               number + "\"/>";
      relations += "<Relationship Id=\"rId" + number +
                   "\" Type=\"http://x/worksheet\" Target=\"worksheets/sheet" + number + ".xml\"/>";
    }
    relations +=
        "<Relationship Id=\"rIdS\" Type=\"http://x/sharedStrings\" "
        "Target=\"/xl/sharedStrings.xml\"/>";
    relations += "<Relationship Id=\"rIdT\" Type=\"http://x/styles\" Target=\"styles.xml\"/>";
    zip.add("xl/workbook.xml", head + "<workbook xmlns:r=\"http://r\">" + properties + "<sheets>" +
                                   index + "</sheets></workbook>");
    zip.add("xl/_rels/workbook.xml.rels",
            head + "<Relationships>" + relations + "</Relationships>");
    zip.add("xl/sharedStrings.xml", head + "<sst>" + shared + "</sst>");
    zip.add("xl/styles.xml", head + "<styleSheet>" + styles + "</styleSheet>");
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      zip.add("xl/worksheets/sheet" + std::to_string(i + 1) + ".xml",
              head + "<worksheet><sheetData>" + sheets[i].second + "</sheetData></worksheet>");
    }
    return zip;
  }
  std::string bytes() const { return zip().bytes(); }
};

}  // namespace diaodu
