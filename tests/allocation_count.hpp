// Replaces operator new and delete in the program that links it, in order to count.
#pragma once

namespace optbed::testing {

// How often operator new, in any of its forms, has been called since the program began.
long allocation_count();

}  // namespace optbed::testing
