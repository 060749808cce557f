// Task 3 is neither before nor after link 3.
#include "diaodu/plan/ids.h"

using namespace diaodu;
#ifdef CONTROL
bool is_same = TaskId{3} == TaskId{3};
#else
bool is_same = TaskId{3} == LinkId{3};
#endif
