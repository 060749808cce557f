#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diaodu/core/language.h"
#include "diaodu/plan/plan.h"

namespace diaodu {

/// All tasks, every child before its parent.  Tasks on a circle of parents, and above one, are left
/// out; `validate` reports them.
std::vector<TaskId> children_first(const Plan& plan);

/// All tasks in the order of an outline: each parent followed by its children, siblings as in the
/// table.  The same tasks are left out.
std::vector<TaskId> outline(const Plan& plan);

/// How deep each task lies below the top (0).
Table<TaskId, int> depths(const Plan& plan);

/// The names from the top down to the task: `Plant / Civil works / Pour slab`.
std::string path_name(const Plan& plan, TaskId task, Language language);

/// A row's name in the language, else in the other, else its id.
template <class Row>
std::string_view display_name(const Row& row, Language language) {
  const Text wanted = language == Language::chinese ? row.name_zh : row.name;
  const Text other = language == Language::chinese ? row.name : row.name_zh;
  if (!wanted.empty()) return wanted;
  return other.empty() ? row.id.view() : other.view();
}

}  // namespace diaodu
