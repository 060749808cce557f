// Quantities are whole; half a minute is somebody's mistake.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Elapsed half{1};
#else
Elapsed half{0.5};
#endif
