// Stores joined into one.
#pragma once

#include "experiments/store/store.hpp"

namespace optbed {

struct Merge {
  long added = 0;
  long there_already = 0;    // with the same results
  long out_of_time_too = 0;  // there as well, and ended by the clock in one of the two
};

// Adds the runs of `from` that `into` does not have, and its specs. Of a run that max_seconds ended in one of
// them, which no clock repeats, that of `into` stays. Throws InputError where both have another run with other
// results (its name, and what differs); `into` is then as it was.
Merge merge(Store& into, const Store& from);

}  // namespace optbed
