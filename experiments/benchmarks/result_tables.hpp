// Tables of what Google Benchmark has written as JSON.
#pragma once

#include <string>

namespace optbed {

// One table a family of benchmarks, which is what stands before the last '/' of a name: the median time of its
// repetitions and the least, in microseconds, the medians of the counters that are not zero in all of a table,
// the label or the error; and below it the complexity that was fitted to the family. Times are the processor's,
// unless a benchmark was timed by the wall or by hand.
//
// Throws InputError where the text is not what Google Benchmark writes.
std::string result_tables(const std::string& json);

}  // namespace optbed
