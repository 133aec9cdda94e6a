// Stores joined into one.
#pragma once

#include "experiments/store/store.hpp"

namespace optbed {

struct Merge {
  long added = 0;
  long there_already = 0;  // with the same results, or cut off by the clock or a crash as this one
  long replaced = 0;       // cut off there, but not here
};

// Adds the runs of `from` that `into` does not have, and its specs. How far a run came that max_seconds, a
// crash or an exception ended is not its own doing: where one of the two was not, it counts; else that of
// `into` stays. Throws InputError where both have another run with other results (its name, and what differs);
// `into` is then as it was.
Merge merge(Store& into, const Store& from);

}  // namespace optbed
