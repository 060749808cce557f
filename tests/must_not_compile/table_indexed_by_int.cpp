// Nor does a plain number.
#include "diaodu/plan/ids.h"

using namespace diaodu;
#ifdef CONTROL
int at(const Table<TaskId, int>& table) { return table[TaskId{0}]; }
#else
int at(const Table<TaskId, int>& table) { return table[0]; }
#endif
