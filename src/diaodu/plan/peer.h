#pragma once

#include <string>

#include "diaodu/plan/plan.h"

namespace diaodu {

/// Under which name a peer's figures are recorded: `G@suzhou`.
inline std::string recorded_name(const Plan& plan, const Peer& peer) {
  return plan.targets[peer.target].id.str() + '@' + peer.id.str();
}

}  // namespace diaodu
