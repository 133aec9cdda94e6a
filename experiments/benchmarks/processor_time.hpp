// The time that this thread has had of the processor: what long work is timed by on a machine that others use.
#pragma once

#include <ctime>

namespace optbed {

inline double processor_seconds() {
  timespec time = {};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) + 1e-9 * static_cast<double>(time.tv_nsec);
}

}  // namespace optbed
