#include "diaodu/formats/plan_file.h"

#include <string>
#include <system_error>
#include <utility>

#include "diaodu/formats/benchmark_files.h"
#include "diaodu/formats/cells.h"
#include "diaodu/formats/disk.h"
#include "diaodu/formats/encoding.h"
#include "diaodu/formats/folder.h"
#include "diaodu/formats/gan.h"
#include "diaodu/formats/mspdi.h"
#include "diaodu/formats/mspdi_write.h"
#include "diaodu/formats/pmxml.h"
#include "diaodu/formats/tjp.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/formats/xer.h"
#include "diaodu/formats/xer_export.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kEnoughToRecognise = 64 * 1024;

bool is_settings_file(const fs::path& path) { return path.filename() == "plan.toml"; }

bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// True for whole numbers, blanks and `others`, and at least one number.
bool is_all_numbers(std::string_view text, std::string_view others) {
  bool is_any = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_digit = text[i] >= '0' && text[i] <= '9';
    const bool is_sign = text[i] == '-' && i + 1 < text.size() && text[i + 1] >= '0';
    is_any = is_any || is_digit;
    const std::string_view letter = text.substr(i, 1);
    if (!is_digit && !is_sign && !contains(" \t\r\n", letter) && !contains(others, letter)) {
      return false;
    }
  }
  return is_any;
}

FileFormat recognise_text(std::string_view bytes) {
  Findings ignored;
  const std::string text = to_utf8(
      cut(bytes, bytes.size() < kEnoughToRecognise ? bytes.size() : bytes.size() - 1), "", ignored);
  if (text.starts_with("ERMHDR")) return FileFormat::xer;
  if (looks_like_mspdi(text)) return FileFormat::mspdi;
  if (looks_like_gan(text)) return FileFormat::gan;
  if (looks_like_pmxml(text)) return FileFormat::pmxml;
  if (looks_like_tjp(text)) return FileFormat::tjp;
  // PSPLIB's own files begin with a line of stars; those of MMLIB do not.
  const bool has_jobs = contains(text, "jobs");
  if (has_jobs && (text.starts_with("****") || contains(text, "PRECEDENCE RELATIONS"))) {
    return FileFormat::psplib;
  }
  if (is_all_numbers(text, "")) return FileFormat::patterson;
  if (is_all_numbers(text, "[]")) return FileFormat::progen_max;
  if (is_all_numbers(text, ":")) return FileFormat::mplib;
  if (looks_like_list(bytes)) return FileFormat::task_list;
  return looks_like_tasks(bytes) ? FileFormat::table : FileFormat::unknown;
}

FileFormat recognise_bytes(std::string_view bytes) {
  if (!may_be_workbook(bytes)) return recognise_text(bytes.substr(0, kEnoughToRecognise));
  return is_workbook(bytes) ? FileFormat::workbook : FileFormat::unknown;
}

ReadPlan just(Findings findings) { return {{}, {}, std::move(findings)}; }

}  // namespace

FileFormat recognise(const fs::path& path) {
  std::error_code error;
  if (fs::is_directory(path, error)) return FileFormat::folder;
  const std::string first = first_bytes(path, kEnoughToRecognise);
  if (first.empty()) return FileFormat::unknown;
  if (is_settings_file(path)) return FileFormat::folder;
  if (!may_be_workbook(first)) return recognise_text(first);
  Findings ignored;
  const auto all = read_file(path, "", ignored);
  return all && is_workbook(*all) ? FileFormat::workbook : FileFormat::unknown;
}

fs::path plan_place(const fs::path& path) {
  std::error_code error;
  if (!is_settings_file(path) || !fs::is_regular_file(path, error)) return path;
  return path.has_parent_path() ? path.parent_path() : fs::path(".");
}

ReadPlan read_plan(const fs::path& asked, std::string_view scenario) {
  const fs::path path = plan_place(asked);
  std::error_code error;
  if (fs::is_directory(path, error)) return read_folder(path);
  const std::string file = shown(path.filename());
  // Of the one form that is read piece by piece the whole need not fit into memory.
  if (recognise_text(first_bytes(path, kEnoughToRecognise)) == FileFormat::mspdi) {
    return read_mspdi_file(path);
  }
  Findings findings;
  const auto bytes = read_file(path, shown(path), findings);
  if (!bytes) return just(std::move(findings));
  switch (recognise_bytes(*bytes)) {
    case FileFormat::workbook:
      return read_workbook(*bytes, file);
    case FileFormat::table:
      return read_lone_table(*bytes, file);
    case FileFormat::task_list:
      return read_lone_list(*bytes, file);
    case FileFormat::xer:
      return read_xer(*bytes, file);
    case FileFormat::tjp:
      return read_tjp(*bytes, file, scenario);
    case FileFormat::gan:
      return read_gan(*bytes, file);
    case FileFormat::pmxml:
      return read_pmxml(*bytes, file);
    case FileFormat::mspdi:
      return read_mspdi(*bytes, file);
    case FileFormat::psplib:
      return read_psplib(*bytes, file);
    case FileFormat::patterson:
      return read_patterson(*bytes, file);
    case FileFormat::progen_max:
      return read_progen_max(*bytes, file);
    case FileFormat::mplib:
      return read_mplib(*bytes, file);
    case FileFormat::folder:
    case FileFormat::unknown:
      break;
  }
  findings.add(found::unknown_format, {.file = file});
  return just(std::move(findings));
}

Findings write_plan(const Plan& plan, const fs::path& path, Language language) {
  Findings findings;
  const std::string ending = folded(shown(path.extension()));
  if (ending == ".xml") {
    FileSet files;
    files.add(path, mspdi_of(plan, {}, findings));
    files.commit();
  } else if (ending == ".xer") {
    FileSet files;
    files.add(path, xer_of(plan, {}, findings));
    files.commit();
  } else if (ending == ".xlsx") {
    write_workbook(plan, path, language);
  } else {
    write_folder(plan, path, language);
  }
  return findings;
}

}  // namespace diaodu::formats
