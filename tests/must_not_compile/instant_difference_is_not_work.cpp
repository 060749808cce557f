// The time between two instants includes nights.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Elapsed between = Instant{90} - Instant{30};
#else
WorkTime between = Instant{90} - Instant{30};
#endif
