#include <xlsxwriter.h>

#include <algorithm>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "diaodu/formats/columns.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/table_writer.h"
#include "diaodu/formats/workbook.h"

namespace diaodu::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSheetRows = 1'048'576;
constexpr std::size_t kMostCellLetters = 32'767;
constexpr std::size_t kWidestColumn = 60;  // in digits

[[noreturn]] void fail(const char* what, const fs::path& path, std::errc error) {
  throw fs::filesystem_error(what, path, std::make_error_code(error));
}

/// In letters as spreadsheets count them: units of UTF-16.
std::size_t num_letters(std::string_view text) {
  std::size_t num = 0;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    num += (byte & 0xC0) != 0x80 ? 1 : 0;
    num += byte >= 0xF0 ? 1 : 0;
  }
  return num;
}

/// How wide it is on the screen, in digits: Chinese letters count double.
std::size_t num_digits(std::string_view text) {
  std::size_t num = 0;
  for (const char c : text.substr(0, text.find('\n'))) {
    const auto byte = static_cast<unsigned char>(c);
    num += (byte & 0xC0) != 0x80 ? 1 : 0;
    num += byte >= 0xE0 ? 1 : 0;
  }
  return num;
}

/// Looks at every cell before anything is written: does it fit, and how wide is each column?
std::vector<std::size_t> widths_of(const WrittenTable& table, const fs::path& path) {
  if (table.num_rows + 1 > kMostSheetRows) {
    fail("a sheet holds at most 1048576 rows; write a folder instead", path,
         std::errc::file_too_large);
  }
  std::vector<std::size_t> widths;
  for (const WrittenTable::Column& column : table.columns) {
    std::size_t width = std::max<std::size_t>(8, num_digits(column.name) + 2);
    for (std::size_t row = 0; row < table.num_rows; ++row) {
      const std::string text = column.cell(row);
      if (text.size() > kMostCellLetters && num_letters(text) > kMostCellLetters) {
        fail("a cell holds at most 32767 letters; write a folder instead", path,
             std::errc::file_too_large);
      }
      width = std::max(width, num_digits(text) + 1);
    }
    widths.push_back(std::min(width, kWidestColumn));
  }
  return widths;
}

/// True where `_x000D_` or its like begins, which spreadsheets take for one letter.
bool is_escape(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEFabcdef";
  return text.size() >= 7 && text.starts_with("_x") && text[6] == '_' &&
         text.substr(2, 4).find_first_not_of(kHex) == std::string_view::npos;
}

/// Such letters as stand for themselves get their underscore escaped (the library does so for
/// control characters only).  U+FFFE and U+FFFF are no letters, and XML has no way to hold them.
std::string for_xml(std::string text) {
  for (std::size_t at = 0; (at = text.find("_x", at)) != std::string::npos; ++at) {
    if (!is_escape(std::string_view(text).substr(at))) continue;
    text.insert(at + 1, "x005F_");
    at += 6;  // to the letter that the escape was made for
  }
  for (const std::string_view none : {"\xEF\xBF\xBE", "\xEF\xBF\xBF"}) {
    for (std::size_t at = 0; (at = text.find(none, at)) != std::string::npos;) {
      text.replace(at, none.size(), "\xEF\xBF\xBD");
    }
  }
  return text;
}

struct Closer {
  void operator()(lxw_workbook* workbook) const { workbook_close(workbook); }
};

class WorkbookWriter {
 public:
  WorkbookWriter(const fs::path& beside, Language language) : path_(beside), language_(language) {
    lxw_workbook_options options{};
    options.constant_memory = LXW_TRUE;
    workbook_.reset(workbook_new_opt(path_.c_str(), &options));
    if (!workbook_) fail("cannot write", path_, std::errc::not_enough_memory);
    lxw_doc_properties properties{};
    properties.created = 315'532'800;  // always 1980-01-01: equal plans make equal files
    workbook_set_properties(workbook_.get(), &properties);
    header_ = workbook_add_format(workbook_.get());
    format_set_bold(header_);
  }

  void add(const WrittenTable& table, const std::vector<std::size_t>& widths) {
    lxw_worksheet* sheet = workbook_add_worksheet(
        workbook_.get(), std::string(sheet_name(table.kind, language_)).c_str());
    if (sheet == nullptr) fail("cannot write", path_, std::errc::io_error);
    for (std::size_t i = 0; i < widths.size(); ++i) {
      const auto column = static_cast<lxw_col_t>(i);
      worksheet_set_column(sheet, column, column, static_cast<double>(widths[i]), nullptr);
    }
    worksheet_freeze_panes(sheet, 1, 0);
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      write(sheet, 0, i, table.columns[i].name, header_);
    }
    for (std::size_t row = 0; row < table.num_rows; ++row) {
      for (std::size_t i = 0; i < table.columns.size(); ++i) {
        write(sheet, row + 1, i, table.columns[i].cell(row), nullptr);
      }
    }
  }

  void close() {
    if (workbook_close(workbook_.release()) != LXW_NO_ERROR) {
      fail("cannot write", path_, std::errc::io_error);
    }
  }

 private:
  void write(lxw_worksheet* sheet, std::size_t row, std::size_t column, std::string text,
             lxw_format* format) {
    if (text.empty()) return;
    const lxw_error error =
        worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                               for_xml(std::move(text)).c_str(), format);
    if (error != LXW_NO_ERROR) fail("cannot write", path_, std::errc::io_error);
  }

  fs::path path_;
  Language language_;
  std::unique_ptr<lxw_workbook, Closer> workbook_;
  lxw_format* header_ = nullptr;
};

}  // namespace

void write_workbook(const Plan& plan, const fs::path& path, Language language) {
  std::vector<WrittenTable> tables = tables_of(settings_of(plan));
  for (WrittenTable& table : tables_of(plan)) tables.push_back(std::move(table));
  for (WrittenTable& table : tables) table = in_language(std::move(table), language);
  std::vector<std::vector<std::size_t>> widths;
  widths.reserve(tables.size());
  for (const WrittenTable& table : tables) widths.push_back(widths_of(table, path));
  FileSet files;
  WorkbookWriter writer(files.beside(path), language);
  for (std::size_t i = 0; i < tables.size(); ++i) writer.add(tables[i], widths[i]);
  writer.close();
  files.commit();
}

}  // namespace diaodu::formats
