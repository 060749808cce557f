// Who is greater, 3 hours or 3 euros?
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
bool is_more = Elapsed{3} < Elapsed{4};
#else
bool is_more = Elapsed{3} < WorkTime{4};
#endif
