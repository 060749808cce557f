// Only a calendar turns working time into instants.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Instant finish(Instant start) { return start + Elapsed{480}; }
#else
Instant finish(Instant start) { return start + WorkTime{480}; }
#endif
