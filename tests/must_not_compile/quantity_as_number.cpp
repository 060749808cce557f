// Nobody gets at the number without saying so.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
std::int64_t minutes = WorkTime{480}.count();
#else
std::int64_t minutes = WorkTime{480};
#endif
