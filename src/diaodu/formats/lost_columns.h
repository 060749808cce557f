#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "diaodu/core/finding.h"
#include "diaodu/plan/finding_kinds.h"

namespace diaodu::formats {

/// Says of a column that a form has no place for in how many rows it holds something.
template <class Rows, class Has>
void tell_of_column(Findings& findings, const Rows& rows, std::string_view column, Has has) {
  const auto count = std::count_if(rows.begin(), rows.end(), has);
  if (count == 0) return;
  const std::string number = std::to_string(count);
  findings.add(found::read_otherwise, {},
               {{"column " + std::string(column) + " is not kept, in rows: " + number,
                 "列 " + std::string(column) + " 未保留，行数：" + number}});
}

}  // namespace diaodu::formats
