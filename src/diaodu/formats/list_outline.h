#pragma once

#include <vector>

#include "diaodu/formats/list_rows.h"

namespace diaodu::formats {

/// Finds out what the rows' parents are: by a column of levels, else by Chinese numerals above others,
/// by WBS numbers or dotted ids, by indents, or by rows that have a name alone.  True where such rows are
/// headings, or no tasks.
bool find_list_outline(const ListCells& cells, std::vector<ListRow>& rows, ListGuesses& guesses,
                       Findings& findings);

/// A row with a name, and nothing that says when, how long, after what or by whom.
bool is_heading(const ListCells& cells, const ListRow& row);

}  // namespace diaodu::formats
