// A row number has to be called that.
#include "diaodu/plan/ids.h"

using namespace diaodu;
#ifdef CONTROL
TaskId first{0};
#else
TaskId first = 0;
#endif
