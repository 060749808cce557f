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

std::vector<ListReference> ListReferences::read(std::string_view text) const {
  std::vector<ListReference> references;
  while (!text.empty()) {
    ListReference one{.written = take_part(text, kReferenceSeparators)};
    if (one.written.empty()) continue;
    one.row = find(one.written);
    const auto split = one.row == nullptr ? split_reference(one.written) : std::nullopt;
    if (split) {
      one.row = find(split->id);
      one.lag = close_up(split->lag);
      std::string_view type = one.written.substr(split->id.size());
      type.remove_suffix(split->lag.size());
      one.type = trimmed(type);
    }
    if (one.row == nullptr || one.row->is_active) references.push_back(std::move(one));
  }
  return references;
}

std::string ListReferences::in_our_words(std::string_view text) const {
  std::string ours;
  for (const ListReference& one : read(text)) {
    if (!ours.empty()) ours += ';';
    if (one.row == nullptr) {
      ours += one.written;  // whoever reads it says what is wrong
    } else {
      ours += one.row->id + std::string(one.type) + one.lag;
    }
  }
  return ours;
}

}  // namespace diaodu::formats
