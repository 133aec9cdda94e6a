#include "experiments/freed_memory.hpp"

#include <cstdlib>  // which says whether this is glibc

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace optbed {

void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int largest_threshold = 32 << 20;  // that glibc would come to: DEFAULT_MMAP_THRESHOLD_MAX
  mallopt(M_MMAP_THRESHOLD, largest_threshold);
  mallopt(M_TRIM_THRESHOLD, 2 * largest_threshold);
#endif
}

}  // namespace optbed
