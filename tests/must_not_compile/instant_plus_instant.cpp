// Two dates do not add up.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Elapsed between = Instant{90} - Instant{30};
#else
auto sum = Instant{90} + Instant{30};
#endif
