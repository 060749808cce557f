// A plain number has no unit.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
WorkTime work{480};
#else
WorkTime work = 480;
#endif
