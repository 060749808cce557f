// A reading of a clock is another instant in another zone.
#include "diaodu/core/civil.h"

using namespace diaodu;
#ifdef CONTROL
bool is_later = LocalTime{5} > LocalTime{4};
#else
bool is_later = LocalTime{5} > Instant{4};
#endif
