// A calendar counts working time.
#include "diaodu/plan/calendar.h"

using namespace diaodu;
#ifdef CONTROL
Instant f(const Calendar& calendar) { return calendar.advance(Instant{}, WorkTime{60}); }
#else
Instant f(const Calendar& calendar) { return calendar.advance(Instant{}, Elapsed{60}); }
#endif
