// Every program may put functions of its own in the place of glibc's malloc and its kin ("Replacing malloc" in
// the manual of the GNU C library). These pass on to glibc's, and count while they are asked to.
#include "experiments/benchmarks/memory_use.hpp"

#include <cstdlib>  // which says whether this is glibc

#ifdef __GLIBC__

#include <malloc.h>

#include <atomic>
#include <cerrno>

namespace {

struct HeapCounters {
  std::atomic<bool> are_on = false;
  std::atomic<std::int64_t> allocations = 0;
  std::atomic<std::int64_t> bytes = 0;  // taken and not given back since the count began; < 0 perhaps
  std::atomic<std::int64_t> most_bytes = 0;
};

HeapCounters heap;

void* taken(void* memory) noexcept {
  if (!heap.are_on.load(std::memory_order_relaxed) || memory == nullptr) return memory;
  ++heap.allocations;
  const auto size = static_cast<std::int64_t>(malloc_usable_size(memory));
  const std::int64_t bytes = heap.bytes += size;
  std::int64_t most = heap.most_bytes;
  while (bytes > most && !heap.most_bytes.compare_exchange_weak(most, bytes)) {
  }
  return memory;
}

void give_back(void* memory) noexcept {
  if (!heap.are_on.load(std::memory_order_relaxed) || memory == nullptr) return;
  heap.bytes -= static_cast<std::int64_t>(malloc_usable_size(memory));
}

}  // namespace

// NOLINTBEGIN(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp): glibc's own names
extern "C" {
void* __libc_malloc(std::size_t);
void* __libc_calloc(std::size_t, std::size_t);
void* __libc_realloc(void*, std::size_t);
void* __libc_memalign(std::size_t, std::size_t);
void __libc_free(void*);

void* malloc(std::size_t size) noexcept { return taken(__libc_malloc(size)); }
void* calloc(std::size_t count, std::size_t size) noexcept { return taken(__libc_calloc(count, size)); }
void* realloc(void* memory, std::size_t size) noexcept {
  give_back(memory);
  return taken(__libc_realloc(memory, size));
}
void* memalign(std::size_t alignment, std::size_t size) noexcept {
  return taken(__libc_memalign(alignment, size));
}
void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept { return memalign(alignment, size); }
int posix_memalign(void** memory, std::size_t alignment, std::size_t size) noexcept {
  *memory = memalign(alignment, size);
  return *memory != nullptr ? 0 : ENOMEM;
}
void free(void* memory) noexcept {
  give_back(memory);
  __libc_free(memory);
}
}
// NOLINTEND(bugprone-reserved-identifier,cert-dcl37-c,cert-dcl51-cpp)

namespace optbed {

void begin_heap_count() {
  heap.allocations = 0;
  heap.bytes = 0;
  heap.most_bytes = 0;
  heap.are_on = true;
}

HeapUse end_heap_count() {
  heap.are_on = false;
  return {heap.allocations, heap.most_bytes};
}

}  // namespace optbed

#else

namespace optbed {
void begin_heap_count() {}
HeapUse end_heap_count() { return {}; }
}  // namespace optbed

#endif

namespace optbed {
namespace {

// Registered from Setup to the end of one measurement, so that benchmarks that do not ask run but once.
class HeapCount final : public benchmark::MemoryManager {
 public:
  void Start() override { begin_heap_count(); }
  void Stop(Result& result) override {
    const HeapUse use = end_heap_count();
    result.num_allocs = use.allocations;
    result.max_bytes_used = use.peak_bytes;
    benchmark::RegisterMemoryManager(nullptr);
  }
  void Stop(Result* result) override { Stop(*result); }
};

}  // namespace

void report_memory(const benchmark::State& /*state*/) {
  static HeapCount count;
  benchmark::RegisterMemoryManager(&count);
}

}  // namespace optbed
