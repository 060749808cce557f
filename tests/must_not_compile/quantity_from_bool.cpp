// Yes is not one minute.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
Elapsed one{1};
#else
Elapsed one{true};
#endif
