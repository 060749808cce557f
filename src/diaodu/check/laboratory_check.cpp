#include "diaodu/check/laboratory_check.h"

#include <cmath>

namespace diaodu::check {

bool is_conserved(const LaboratoryCount& count) {
  std::int64_t tubes = 0;
  std::int64_t people = 0;
  std::int64_t results = 0;
  for (const LaboratoryCount::Lot& lot : count.lots) {
    tubes += lot.tubes;
    people += lot.tubes * lot.people_per_tube;
    results += lot.people_with_result;
    if (lot.people_with_result > lot.tubes * lot.people_per_tube) return false;
  }
  if (tubes != count.tubes_received || people != count.people_sampled) return false;
  if (results != count.people_reported) return false;
  if (count.people_reported + count.people_unreported != count.people_sampled) return false;
  if (count.tubes_tested < count.tubes_received || count.tubes_unfinished < 0) return false;
  for (const LaboratoryCount::Point& point : count.curve) {
    if (point.tubes < 0 || point.people < 0 || point.people > count.people_sampled) return false;
  }
  if (!count.curve.empty() && (count.curve.back().tubes != count.tubes_unfinished ||
                               count.curve.back().people != count.people_unreported)) {
    return false;
  }
  return std::abs(count.mean_in_lab - count.little_in_lab) <= 1e-6 * (1 + count.mean_in_lab);
}

}  // namespace diaodu::check
