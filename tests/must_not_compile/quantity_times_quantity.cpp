// Minutes times minutes mean nothing.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
std::int64_t ratio = WorkTime{480} / WorkTime{60};
#else
auto square = WorkTime{480} * WorkTime{60};
#endif
