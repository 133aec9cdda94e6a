// Allocations and bytes of a piece of work. All of malloc is counted, which Eigen and operator new take their
// memory from; with another C library than glibc nothing is.
#pragma once

#include <benchmark/benchmark.h>

#include <cstdint>

namespace optbed {

struct HeapUse {
  std::int64_t allocations = 0;
  std::int64_t peak_bytes = 0;  // the most that was held at a time, of what was taken since the count began
};

// One count at a time.
void begin_heap_count();
HeapUse end_heap_count();

// Does the work and counts. For a benchmark that has been timed and sets counters of its own.
HeapUse heap_use_of(const auto& work) {
  begin_heap_count();
  work();
  return end_heap_count();
}

// For Benchmark::Setup: has the benchmark run once more for Google Benchmark's MemoryManager, which reports
// allocs_per_iter and max_bytes_used, with the few allocations of its own. Only with Repetitions(1): version
// 1.7.1 keeps pointers into a vector that it lets grow with each repetition, and reports garbage.
void report_memory(const benchmark::State& state);

}  // namespace optbed
