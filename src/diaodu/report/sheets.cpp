#include "diaodu/report/sheets.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <fstream>
#include <system_error>

#include "diaodu/formats/disk.h"
#include "diaodu/plan/show.h"
#include "diaodu/report/letters.h"
#include "diaodu/report/words.h"

namespace diaodu::report {
namespace {

static_assert(kNoColour == LXW_COLOR_UNSET);

constexpr std::size_t kMostLetters = 32'000;  // a cell at 32,767
constexpr int kDeepestIndent = 15;            // deeper ones all look alike, and are one format
constexpr Colour kRule = 0xDDE2E7;

/// Days since 1899-12-30, as Excel counts, on the plan's clocks.
double excel_date(const Plan& plan, Instant instant) {
  constexpr std::int64_t kExcelEpoch = 25569;  // 1970-01-01
  const LocalTime local = plan.zone.to_local(instant);
  return static_cast<double>(local.minutes + kExcelEpoch * kMinutesPerDay) / kMinutesPerDay;
}

std::string clean(std::string_view text) {
  std::string valid = valid_utf8(text);
  std::erase_if(valid, [](char letter) {
    return static_cast<unsigned char>(letter) < 0x20 && letter != '\n' && letter != '\t';
  });
  if (valid.size() > kMostLetters) {
    std::size_t end = kMostLetters;
    while (end > 0 && (static_cast<unsigned char>(valid[end]) & 0xC0) == 0x80) --end;
    valid.resize(end);
  }
  return valid;
}

bool is_same(const Sheets::Look& a, const Sheets::Look& b) {
  return a.is_bold == b.is_bold && a.is_date == b.is_date && a.is_centred == b.is_centred &&
         a.is_wrapped == b.is_wrapped && a.indent == b.indent && a.fill == b.fill &&
         a.ink == b.ink && a.number == b.number;
}

}  // namespace

Sheets::Sheets(const Plan& plan, Language language, const std::string& file,
               std::string_view comment)
    : plan_(plan), language_(language), file_(file), book_(workbook_new(file.c_str())) {
  std::string title = clean(title_of(plan, language));
  std::string comments = clean(comment);
  lxw_doc_properties properties{};
  properties.title = title.data();
  properties.comments = comments.data();
  // A clock would make every workbook differ: the data date stands for "now".
  properties.created = static_cast<time_t>(plan.data_date.value_or(plan.start).minutes() * 60);
  workbook_set_properties(book_, &properties);
}

Sheets::~Sheets() { lxw_workbook_free(book_); }

int Sheets::close() { return workbook_close(std::exchange(book_, nullptr)); }

lxw_format* Sheets::format(Look look) {
  look.indent = std::min(look.indent, kDeepestIndent);
  for (const auto& [known, made] : formats_) {
    if (is_same(known, look)) return made;
  }
  lxw_format* made = workbook_add_format(book_);
  format_set_font_name(made, language_ == Language::chinese ? "Microsoft YaHei" : "Calibri");
  format_set_font_size(made, 10);
  format_set_font_color(made, look.ink);
  format_set_align(made, LXW_ALIGN_VERTICAL_CENTER);
  format_set_bottom(made, LXW_BORDER_HAIR);
  format_set_bottom_color(made, kRule);
  if (look.is_bold) format_set_bold(made);
  if (look.is_date) format_set_num_format(made, "yyyy-mm-dd hh:mm");
  if (look.number != nullptr) format_set_num_format(made, look.number);
  if (look.is_centred) format_set_align(made, LXW_ALIGN_CENTER);
  if (look.is_wrapped) format_set_text_wrap(made);
  if (look.indent > 0) format_set_indent(made, static_cast<uint8_t>(look.indent));
  if (look.fill != kNoColour) format_set_bg_color(made, look.fill);
  formats_.push_back({look, made});
  return made;
}

lxw_format* Sheets::header() {
  return format({.is_bold = true, .is_wrapped = true, .fill = kHeaderFill, .ink = 0xFFFFFF});
}

lxw_worksheet* Sheets::add_sheet(const Words& name) {
  const std::string called(name.in(language_));
  lxw_worksheet* sheet = workbook_add_worksheet(book_, called.c_str());
  if (sheet == nullptr) {
    throw std::filesystem::filesystem_error("cannot add the sheet " + called, file_,
                                            std::make_error_code(std::errc::invalid_argument));
  }
  worksheet_set_landscape(sheet);
  worksheet_set_paper(sheet, 9);  // A4
  worksheet_fit_to_pages(sheet, 1, 0);
  worksheet_repeat_rows(sheet, 0, 0);
  worksheet_set_row(sheet, 0, 30, nullptr);
  return sheet;
}

void Sheets::add_header(lxw_worksheet* sheet, std::size_t column, std::string_view text,
                        double width) {
  const auto at = static_cast<lxw_col_t>(column);
  worksheet_set_column(sheet, at, at, width, nullptr);
  put(sheet, 0, column, text, header());
}

void Sheets::put(lxw_worksheet* sheet, std::size_t row, std::size_t column, std::string_view text,
                 lxw_format* look) {
  worksheet_write_string(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column),
                         clean(text).c_str(), look);
}
void Sheets::put(lxw_worksheet* sheet, std::size_t row, std::size_t column, double number,
                 lxw_format* look) {
  worksheet_write_number(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), number,
                         look);
}
void Sheets::put_blank(lxw_worksheet* sheet, std::size_t row, std::size_t column,
                       lxw_format* look) {
  worksheet_write_blank(sheet, static_cast<lxw_row_t>(row), static_cast<lxw_col_t>(column), look);
}
void Sheets::put(lxw_worksheet* sheet, std::size_t row, std::size_t column, Instant instant,
                 Look look) {
  if (plan_.is_abstract) {
    put(sheet, row, column, static_cast<double>((instant - plan_.start).count()), format(look));
    return;
  }
  look.is_date = true;
  put(sheet, row, column, excel_date(plan_, instant), format(look));
}

void Sheets::put_cell(lxw_worksheet* sheet, std::size_t row, std::size_t column, const Cell& cell,
                      Look look) {
  if (const auto* text = std::get_if<std::string>(&cell)) {
    put(sheet, row, column, *text, format(look));
  } else if (const auto* instant = std::get_if<Instant>(&cell)) {
    look.number = nullptr;
    put(sheet, row, column, *instant, look);
  } else if (const auto* number = std::get_if<double>(&cell)) {
    if (look.number == nullptr) look.number = "0.##";
    put(sheet, row, column, *number, format(look));
  } else {
    put_blank(sheet, row, column, format(look));
  }
}

void write_beside(const std::filesystem::path& path,
                  const std::function<int(const std::string& file)>& write) {
  const std::filesystem::path beside = formats::path_beside(path);
  // Tried first, because the library prints when it cannot.
  if (!std::ofstream(beside, std::ios::binary)) {
    throw std::filesystem::filesystem_error("cannot write", path,
                                            std::make_error_code(std::errc::permission_denied));
  }
  try {
    const auto error = static_cast<lxw_error>(write(beside.string()));
    if (error != LXW_NO_ERROR) {
      throw std::filesystem::filesystem_error(lxw_strerror(error), path,
                                              std::make_error_code(std::errc::io_error));
    }
  } catch (...) {
    std::error_code ignored;
    std::filesystem::remove(beside, ignored);
    throw;
  }
  std::filesystem::rename(beside, path);
}

}  // namespace diaodu::report
