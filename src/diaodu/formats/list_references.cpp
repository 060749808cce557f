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

/// `A1000: FS 2d`, as Primavera's sheets have it, in the usual way: `A1000FS+2d`.
std::string without_colon(std::string_view token) {
  const std::size_t at = token.rfind(": ");
  if (at == std::string_view::npos) return {};
  std::string_view rest = trimmed(token.substr(at + 1));
  constexpr std::size_t kTypeLetters = 2;
  const std::string_view type = rest.substr(0, kTypeLetters);
  rest = trimmed(rest.substr(type.size()));
  const bool is_signed = rest.empty() || rest.front() == '-' || rest.front() == '+';
  return std::string(trimmed(token.substr(0, at))) + std::string(type) + (is_signed ? "" : "+") +
         std::string(rest);
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

void ListReferences::split(ListReference& reference, std::string_view text) const {
  const auto parts = split_reference(text);
  if (!parts) return;
  reference.row = find(parts->id);
  reference.lag = close_up(parts->lag);
  std::string_view type = text.substr(parts->id.size());
  type.remove_suffix(parts->lag.size());
  reference.type = trimmed(type);
}

std::vector<ListReference> ListReferences::read(std::string_view text) const {
  std::vector<ListReference> references;
  while (!text.empty()) {
    ListReference one{.written = take_part(text, kReferenceSeparators)};
    if (one.written.empty()) continue;
    one.row = find(one.written);
    if (one.row == nullptr) {
      const std::string usual = without_colon(one.written);
      split(one, one.written);
      if (one.row == nullptr) split(one, usual);
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
      ours += one.row->id + one.type + one.lag;
    }
  }
  return ours;
}

}  // namespace diaodu::formats
