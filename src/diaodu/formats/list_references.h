#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/list_rows.h"

namespace diaodu::formats {

/// One of `3FS+2 个工作日；Dig`.
struct ListReference {
  std::string_view written;
  const ListRow* row = nullptr;  ///< nothing: there is no such task
  std::string type;              ///< as written; empty: none
  std::string lag;
};

/// Finds the tasks that a list's cells name, by id, WBS number or name.
class ListReferences {
 public:
  ListReferences(const ListCells& cells, const std::vector<ListRow>& rows);

  /// All that a cell names, but for what is not active.
  std::vector<ListReference> read(std::string_view text) const;

  /// `3FS+2 个工作日；Dig` as our tables have it: `3FS+2 个工作日;A12`.
  std::string in_our_words(std::string_view text) const;

 private:
  struct Entry {
    std::string_view name;
    std::size_t row;
  };
  const ListRow* find(std::string_view name) const;
  /// Where the text is an id with a type and a lag, says which.
  void split(ListReference& reference, std::string_view text) const;

  const std::vector<ListRow>& rows_;
  std::vector<Entry> by_id_;  // ascending
  std::vector<Entry> by_wbs_;
  std::vector<Entry> by_name_;
};

}  // namespace diaodu::formats
