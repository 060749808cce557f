// Nor has it one as an argument.
#include "diaodu/core/time.h"

using namespace diaodu;
#ifdef CONTROL
void wait(WorkTime);
void f() { wait(WorkTime{480}); }
#else
void wait(WorkTime);
void f() { wait(480); }
#endif
