// An id is no number to count with.
#include "diaodu/plan/ids.h"

using namespace diaodu;
#ifdef CONTROL
std::size_t next = TaskId{3}.index() + 1;
#else
std::size_t next = TaskId{3} + 1;
#endif
