#include <algorithm>
#include <set>

#include "diaodu/formats/archive.h"
#include "diaodu/formats/columns.h"
#include "diaodu/formats/list_header.h"
#include "diaodu/formats/task_list.h"
#include "diaodu/formats/workbook.h"
#include "diaodu/formats/workbook_sheet.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {
namespace {

constexpr std::string_view kZip = "PK\x03\x04";
constexpr std::string_view kCompound =
    "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";  // Microsoft's older container
constexpr std::string_view kIndex = "xl/workbook.xml";

/// The name of a stream, as the older container writes it.
std::string utf16(std::string_view ascii) {
  std::string wide;
  for (const char c : ascii) {
    wide += c;
    wide += '\0';
  }
  return wide;
}

bool has_stream(std::string_view bytes, std::string_view name) {
  return bytes.find(utf16(name)) != std::string_view::npos;
}

/// The archive's names compare without case.
std::string path_without_case(std::string path) {
  for (char& c : path) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  return path;
}

constexpr Words kOneList{"the list of tasks stands on another sheet; this one is not read",
                         "任务清单在另一工作表，本表未读入"};

class WorkbookReader {
 public:
  WorkbookReader(std::string_view bytes, const std::string& file)
      : file_(file), archive_(bytes, file, findings_) {}

  ReadPlan run() {
    open();
    if (!is_read_) return {{}, {}, std::move(findings_)};
    if (list_ != kNone) return read_task_list(sheets_[list_], std::move(findings_));
    return make_plan({}, sheets_, std::move(findings_));
  }

  /// The first sheet of one of these names, and all findings.
  Findings run(std::span<const std::string_view> names,
               const std::function<void(const Sheet&)>& take) {
    names_ = names;
    open();
    const auto is_wanted = [&](const Sheet& sheet) {
      return std::find(names.begin(), names.end(), sheet.name) != names.end();
    };
    const auto sheet = std::find_if(sheets_.begin(), sheets_.end(), is_wanted);
    if (sheet != sheets_.end()) {
      take(*sheet);
    } else if (is_read_) {
      findings_.add(found::missing_sheet, {.file = file_}, {names.front()});
    }
    return std::move(findings_);
  }

 private:
  static constexpr std::size_t kNone = static_cast<std::size_t>(-1);

  void open() {
    if (!archive_.is_open()) {
      findings_.add(found::damaged_archive, {.file = file_},
                    {Argument{"it breaks off", "文件不完整"}});
    } else if (!archive_.has(kIndex)) {
      findings_.add(found::unknown_format, {.file = file_});
    } else {
      read_parts();
    }
  }

  bool is_wanted(std::string_view name) const {
    if (names_.empty()) return find_table(name) != nullptr;
    return std::find(names_.begin(), names_.end(), name) != names_.end();
  }

  /// False when something is wrong with it, which is then reported.
  bool read_part(std::string_view part, XmlListener& listener) {
    XmlReader xml(listener, file_, std::string(part), findings_);
    return archive_.read(part, [&xml](std::string_view piece) { return xml.feed(piece); }) &&
           xml.finish();
  }

  void read_parts() {
    WorkbookIndex index;
    Relations relations;
    if (!read_part(kIndex, index) || !read_part("xl/_rels/workbook.xml.rels", relations)) return;
    context_.is_1904 = index.is_1904;
    const std::string styles = relations.part_of_type("styles");
    if (!styles.empty() && !read_part(styles, context_.styles)) return;
    const std::string shared = relations.part_of_type("sharedStrings");
    if (!shared.empty() && !read_part(shared, context_.shared)) return;
    is_read_ = true;
    if (names_.empty() && index.sheets.size() == 1 &&
        find_table(index.sheets.front().name) == nullptr) {
      tasks_ = index.sheets.front().name;
    }
    const std::vector<Part> parts = parts_of(index, relations);
    sheets_.reserve(parts.size());
    const std::size_t list = names_.empty() ? find_list(parts) : kNone;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i == list) list_ = sheets_.size();
      if (list != kNone && i != list) {
        findings_.add(found::not_kept, {.file = file_ + '[' + parts[i].entry->name + ']'},
                      {parts[i].entry->name, kOneList});
        continue;
      }
      read_sheet(*parts[i].entry, parts[i].path, i == list);
    }
  }

  struct Part {
    const WorkbookIndex::SheetEntry* entry;
    std::string path;
  };

  /// Of all sheets but charts; a part is read once, however many sheets claim it.
  std::vector<Part> parts_of(const WorkbookIndex& index, const Relations& relations) {
    std::vector<Part> parts;
    std::set<std::string> claimed;
    for (const WorkbookIndex::SheetEntry& entry : index.sheets) {
      const Relations::Relation* relation = relations.find(entry.relation);
      if (relation != nullptr && relation->type != "worksheet") continue;  // a chart
      const std::string path = relation == nullptr ? std::string() : relation->part;
      if (!path.empty() && !claimed.insert(path_without_case(path)).second) {
        findings_.add(found::damaged_archive, {.file = file_ + '[' + entry.name + ']'},
                      {Argument{"another sheet has the same part", "另一工作表使用同一部分"}});
        continue;
      }
      parts.push_back({&entry, path});
    }
    return parts;
  }

  /// Which sheet is somebody's list of tasks; none in a workbook of our tables.
  std::size_t find_list(const std::vector<Part>& parts) {
    const auto kind_of = [&](const Part& part) { return find_table(part.entry->name); };
    std::size_t num_tables = 0;
    std::size_t tasks = kNone;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const TableKind* kind = kind_of(parts[i]);
      num_tables += kind != nullptr ? 1 : 0;
      if (kind == nullptr) continue;
      if (*kind == TableKind::tasks) tasks = i;
      if (*kind != TableKind::tasks && *kind != TableKind::plan) return kNone;
    }
    if (num_tables > 1) return kNone;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (tasks != kNone && i != tasks) continue;
      if (is_list(parts[i])) return i;
    }
    return kNone;
  }

  /// Judged by its first rows.
  bool is_list(const Part& part) {
    constexpr std::size_t kMostRowsSeen = 100;
    WorkbookContext context;
    context.is_1904 = context_.is_1904;
    std::swap(context.styles, context_.styles);
    std::swap(context.shared, context_.shared);
    Sheet sheet;
    sheet.is_grid = true;
    Findings ignored;
    SheetReader reader(context, sheet, ignored);
    XmlReader xml(reader, "", part.path, ignored);
    archive_.read(part.path, [&](std::string_view piece) {
      return xml.feed(piece) && reader.wants_more() && sheet.rows.size() < kMostRowsSeen;
    });
    reader.finish();
    const bool is_one = is_task_list(sheet);
    std::swap(context.styles, context_.styles);
    std::swap(context.shared, context_.shared);
    return is_one;
  }

  void read_sheet(const WorkbookIndex::SheetEntry& entry, const std::string& part, bool is_list) {
    Sheet sheet;
    sheet.is_grid = is_list;
    sheet.name = entry.name == tasks_ ? "tasks" : entry.name;
    sheet.file = file_ + '[' + entry.name + ']';
    if (is_wanted(sheet.name) || is_list) {
      SheetReader reader(context_, sheet, findings_);
      XmlReader xml(reader, sheet.file, part, findings_);
      const bool is_whole = archive_.read(
          part, [&](std::string_view piece) { return xml.feed(piece) && reader.wants_more(); });
      if (is_whole) xml.finish();
      reader.finish();
    }
    sheets_.push_back(std::move(sheet));
  }

  const std::string& file_;
  Findings findings_;
  Archive archive_;
  WorkbookContext context_;
  std::vector<Sheet> sheets_;
  std::span<const std::string_view> names_;  // of the sheets to read; none: a plan's
  std::string tasks_;                        // the only sheet, whatever its name
  std::size_t list_ = kNone;                 // among the sheets, somebody's list of tasks
  bool is_read_ = false;
};

/// True, and a finding, for those of the older container.
bool is_closed(std::string_view bytes, const std::string& file, Findings& findings) {
  if (!bytes.starts_with(kCompound)) return false;
  const bool is_encrypted = has_stream(bytes, "EncryptedPackage");
  findings.add(is_encrypted ? found::encrypted_workbook : found::old_workbook, {.file = file});
  return true;
}

}  // namespace

bool may_be_workbook(std::string_view first_bytes) {
  return first_bytes.starts_with(kZip) || first_bytes.starts_with(kCompound);
}

bool is_workbook(std::string_view bytes) {
  if (bytes.starts_with(kCompound)) {
    return has_stream(bytes, "EncryptedPackage") || has_stream(bytes, "Workbook");
  }
  if (!bytes.starts_with(kZip)) return false;
  Findings ignored;
  const Archive archive(bytes, "", ignored);
  // A zip that cannot be opened is most likely a workbook that breaks off, and its reader says so.
  return !archive.is_open() || archive.has(kIndex);
}

ReadPlan read_workbook(std::string_view bytes, const std::string& file) {
  Findings findings;
  if (is_closed(bytes, file, findings)) return {{}, {}, std::move(findings)};
  return WorkbookReader(bytes, file).run();
}

void read_sheet(std::string_view bytes, const std::string& file,
                std::span<const std::string_view> names, Findings& findings,
                const std::function<void(const Sheet&)>& take) {
  if (is_closed(bytes, file, findings)) return;
  findings.append(WorkbookReader(bytes, file).run(names, take));
}

}  // namespace diaodu::formats
