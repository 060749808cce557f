#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/workbook_parts.h"

namespace diaodu::formats {

/// What all sheets of a workbook share.
struct WorkbookContext {
  Styles styles;
  SharedStrings shared;
  bool is_1904 = false;

  // What all sheets hold so far.  A part may be read as many sheets, and a long text be shared by a
  // million cells, so that the size of the archive says nothing about either.
  std::size_t num_cells = 0;
  std::size_t num_letters = 0;  ///< bytes of text, counted again wherever they are shared
};

/// As many as a file of that size could hold without sharing.
inline constexpr std::size_t kMostLetters = std::size_t{512} << 20;

/// Reads one sheet's XML.  The first row that holds anything is the header; the row and column
/// numbers that the file claims are only remembered, so that a claim of a thousand million rows
/// costs nothing. Of merged cells the first holds the value.  The sheet's cells are views into
/// `context` and itself.
class SheetReader final : public XmlListener {
 public:
  SheetReader(WorkbookContext& context, Sheet& sheet, Findings& findings)
      : context_(context), sheet_(sheet), findings_(findings) {}

  bool wants_more() const { return !is_full_; }

  /// To be called at the end, also when the XML broke off: keeps what was read.
  void finish();

  void begin(std::string_view element, const XmlAttributes& attributes) override;
  void end(std::string_view element) override;
  void text(std::string_view letters) override;

 private:
  enum class Type : std::uint8_t { number, shared, text, formula_text, boolean, error };

  void begin_row(const XmlAttributes& attributes);
  void begin_cell(const XmlAttributes& attributes);
  void end_cell();
  void end_row();
  void stop_at_row(const FindingKind& kind, std::size_t most);
  std::string_view value_of_cell();
  std::string_view indented(std::string_view value);
  Where here() const;

  WorkbookContext& context_;
  Sheet& sheet_;
  Findings& findings_;
  Letters letters_;
  std::vector<std::string_view> row_;  // of the present row, by column
  std::string value_;                  // of the present cell, as far as it was told
  std::size_t line_ = 0;
  std::size_t column_ = 0;  // counts from 1
  Type type_ = Type::number;
  NumberKind kind_ = NumberKind::plain;
  std::size_t indent_ = 0;  // of the present cell's style
  bool is_in_value_ = false;
  bool is_in_reading_ = false;
  bool is_in_cell_ = false;
  bool is_ignored_ = false;  // the cell or row lies where none can be
  bool is_row_ignored_ = false;
  bool has_formula_ = false;
  bool is_too_wide_ = false;
  bool has_header_ = false;
  bool is_full_ = false;
};

}  // namespace diaodu::formats
