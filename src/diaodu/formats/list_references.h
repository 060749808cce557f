#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/formats/list_rows.h"

namespace diaodu::formats {

/// `3FS+2 个工作日；Dig` as our tables have it: `3FS+2 个工作日;A12`.  Names and WBS numbers become ids;
/// what is not active is left out.
class ListReferences {
 public:
  ListReferences(const ListCells& cells, const std::vector<ListRow>& rows);
  std::string in_our_words(std::string_view text) const;

 private:
  struct Entry {
    std::string_view name;
    std::size_t row;
  };
  const ListRow* find(std::string_view name) const;

  const std::vector<ListRow>& rows_;
  std::vector<Entry> by_id_;  // ascending
  std::vector<Entry> by_wbs_;
  std::vector<Entry> by_name_;
};

}  // namespace diaodu::formats
