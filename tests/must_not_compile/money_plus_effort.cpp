// Effort has to be priced before it is money.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Money sum = Money{100} + cost(Effort{60}, Money{5});
#else
Money sum = Money{100} + Effort{60};
#endif
