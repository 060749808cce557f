#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <sstream>

namespace diaodu {

inline int number(int from, int below) { return *rc::gen::inRange(from, below); }
inline bool one_in(int of) { return *rc::gen::resize(100, rc::gen::inRange(0, of)) == 0; }

/// Tries `property` on `cases` generated inputs, always the same ones, and shrinks what fails.
template <class Property>
void holds(int cases, Property&& property) {
  rc::detail::TestParams params;
  params.seed = 20220812;
  params.maxSuccess = cases;
  const rc::detail::TestMetadata metadata;
  const auto result = rc::detail::checkTestable(std::forward<Property>(property), metadata, params);
  if (!result.template is<rc::detail::SuccessResult>()) {
    std::ostringstream message;
    rc::detail::printResultMessage(result, message);
    ADD_FAILURE() << message.str();
  }
}

}  // namespace diaodu
