#include "diaodu/formats/list_references.h"

#include <algorithm>

#include "diaodu/formats/plan_reader.h"

namespace diaodu::formats {
namespace {

using enum ListColumn;

template <class Entries>
void sort(Entries& entries) {
  std::stable_sort(entries.begin(), entries.end(),
                   [](const auto& a, const auto& b) { return a.name < b.name; });
}

/// Blanks after a lag's sign: `3FS+ 2d`.
std::string close_up(std::string_view lag) {
  std::string closed;
  for (const char c : lag) {
    const bool is_blank_after_sign = c == ' ' && closed.size() == 1;
    if (!is_blank_after_sign) closed += c;
  }
  return closed;
}

}  // namespace

ListReferences::ListReferences(const ListCells& cells, const std::vector<ListRow>& rows)
    : rows_(rows) {
  for (std::size_t i = 0; i < rows.size(); ++i) {
    by_id_.push_back({rows[i].id, i});
    by_wbs_.push_back({cells.text(rows[i].row, wbs), i});
    by_name_.push_back({rows[i].name, i});
  }
  for (auto* entries : {&by_id_, &by_wbs_, &by_name_}) sort(*entries);
}

const ListRow* ListReferences::find(std::string_view name) const {
  if (name.empty()) return nullptr;
  for (const auto* entries : {&by_id_, &by_wbs_, &by_name_}) {
    const auto at =
        std::lower_bound(entries->begin(), entries->end(), name,
                         [](const Entry& entry, std::string_view of) { return entry.name < of; });
    if (at != entries->end() && at->name == name) return &rows_[at->row];
  }
  return nullptr;
}

std::string ListReferences::in_our_words(std::string_view text) const {
  std::string ours;
  while (!text.empty()) {
    const std::string_view token = take_part(text, kReferenceSeparators);
    if (token.empty()) continue;
    const ListRow* row = find(token);
    std::string_view behind;
    std::string lag;
    if (row == nullptr) {
      if (const auto split = split_reference(token)) {
        row = find(split->id);
        lag = close_up(split->lag);
        behind =
            token.substr(split->id.size(), token.size() - split->id.size() - split->lag.size());
      }
    }
    if (row != nullptr && !row->is_active) continue;
    if (!ours.empty()) ours += ';';
    if (row == nullptr) {
      ours += token;  // whoever reads it says what is wrong
    } else {
      ours += row->id + std::string(trimmed(behind)) + lag;
    }
  }
  return ours;
}

}  // namespace diaodu::formats
