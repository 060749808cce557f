#pragma once

#include <gtest/gtest.h>

#include "diaodu/check/muster_check.h"
#include "diaodu/dispatch/muster.h"
#include "support/tables.h"

namespace diaodu::dispatch {

/// The check finds nothing wrong, and the same numbers.
inline void expect_legal(const Plan& plan, const MusterAnswer& answer) {
  const check::MusterVerdict verdict = check::judge(plan, answer.movement);
  for (const auto& violation : verdict.violations)
    ADD_FAILURE() << check::to_string(violation, plan, Language::english);
  EXPECT_EQ(verdict.unmet, answer.value.unmet);
  EXPECT_EQ(verdict.missing, answer.value.missing);
  EXPECT_EQ(verdict.full_strength, answer.value.full_strength);
  EXPECT_EQ(verdict.cost, answer.value.cost);
}

inline PlaceId place_of(const Plan& plan, std::string_view id) {
  for (PlaceId place : plan.places.ids()) {
    if (plan.places[place].id == id) return place;
  }
  return {};
}

/// How many people take that route.
inline std::int64_t riders(const Plan& plan, const Movement& movement, std::string_view id) {
  std::int64_t count = 0;
  for (const Party& party : movement.parties) {
    for (const Leg& leg : party.legs) {
      if (plan.routes[leg.route.index()].id == id) count += party.count;
    }
  }
  return count;
}

}  // namespace diaodu::dispatch
