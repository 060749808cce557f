#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/number_format.h"
#include "diaodu/formats/sheet.h"
#include "diaodu/formats/xml.h"

namespace diaodu::formats {

/// Text of a workbook's XML: `_x000A_` stands for a letter that XML cannot hold.
std::string decoded(std::string_view text);

/// `xl/workbook.xml`: the sheets in their order, and how dates are counted.
struct WorkbookIndex final : XmlListener {
  struct SheetEntry {
    std::string name;      ///< no more of it than programs let people write
    std::string relation;  ///< id of the relation that leads to its part
  };
  std::vector<SheetEntry> sheets;
  bool is_1904 = false;

  void begin(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

/// `xl/_rels/workbook.xml.rels`: where the parts lie.
struct Relations final : XmlListener {
  struct Relation {
    std::string id;
    std::string type;  ///< the last word of it: `worksheet`, `sharedStrings`, `styles`
    std::string part;  ///< path in the archive
  };
  std::vector<Relation> relations;

  const Relation* find(std::string_view id) const;
  std::string part_of_type(std::string_view type) const;  ///< empty if there is none

  void begin(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

/// `xl/styles.xml`: what numbers mean, for each style that a cell may have.
struct Styles final : XmlListener {
  std::vector<NumberKind> kinds;      ///< by the cell's style
  std::vector<std::uint8_t> indents;  ///< likewise; shorter where the last have none

  NumberKind of(std::string_view style) const;
  std::size_t indent_of(
      std::string_view style) const;  ///< how far its texts are moved to the right

  void begin(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view) override {}

 private:
  std::map<int, NumberKind> declared_;
  bool is_in_cell_styles_ = false;
};

/// `xl/sharedStrings.xml`: the texts that cells name by number.  Runs of rich text are joined,
/// readings of Chinese letters (phonetic runs) left out.
struct SharedStrings final : XmlListener {
  static constexpr std::size_t kMost = 16'000'000;

  std::vector<std::string_view> strings;
  bool is_full = false;  ///< there were more than `kMost`

  void begin(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view letters) override;

 private:
  Letters letters_;
  std::string present_;
  bool is_in_text_ = false;
  bool is_in_reading_ = false;
};

}  // namespace diaodu::formats
