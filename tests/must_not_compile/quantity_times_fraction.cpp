// Shares are worked out in whole numbers.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
WorkTime more = WorkTime{480} * 2;
#else
WorkTime more = WorkTime{480} * 1.5;
#endif
