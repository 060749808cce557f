#pragma once

#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/formats/sheet.h"

namespace diaodu::formats {

/// Reads CSV as people have it (RFC 4180 and beyond): any encoding of `to_utf8`; comma, semicolon
/// or tab, whichever the header uses most outside quotes; CR, LF or both; quoted cells with line
/// breaks and doubled quotes; blank lines and lines that begin with `#` skipped.  With semicolons a
/// comma is a decimal comma.  Costs O(bytes).
///
/// `is_grid`: without a header, see `Sheet::is_grid`; the separator is what the first lines use most, and a `#` that is a
/// cell of its own begins no comment.
/// `most_cells`: the row that holds one more and all after it are left out, with a finding.
Sheet read_csv(std::string_view bytes, std::string file, std::string name, Findings& findings,
               bool is_grid = false, std::size_t most_cells = kMostCells);

/// A cell as CSV writes it: in quotes where it must be.
std::string csv_cell(std::string_view text);

}  // namespace diaodu::formats
