// Minutes since 1970 have to be called that.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Instant start{28'000'000};
#else
Instant start = 28'000'000;
#endif
