// Stores joined into one.
#pragma once

#include "experiments/store/store.hpp"

namespace optbed {

struct Merge {
  long added = 0;
  long there_already = 0;  // with the same results
};

// Adds the runs of `from` that `into` does not have, and its specs. Throws InputError where both have a run
// with other results (its name, and what differs); `into` is then as it was.
Merge merge(Store& into, const Store& from);

}  // namespace optbed
