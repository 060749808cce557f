// A ratio needs one unit.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
std::int64_t ratio = Amount{5} / Amount{2};
#else
auto ratio = Amount{5} / Money{2};
#endif
