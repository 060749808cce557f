// Time on the clock and working time do not add up.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Elapsed sum = Elapsed{60} + Elapsed{60};
#else
auto sum = Elapsed{60} + WorkTime{60};
#endif
