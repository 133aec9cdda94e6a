// The runs of a store as CSV. Lines that begin with # say what the columns are, with their units.
#pragma once

#include <cstdio>
#include <functional>

#include "experiments/store/store.hpp"

namespace optbed {

// Which runs are printed.
using RunSelection = std::function<bool(const FinishedRun&)>;

// One row a run; an empty field is not known, or not a number.
void export_wide(const Store& store, const RunSelection& selects, std::FILE* out);

// One row a row of a trace, with the columns of all traces; the iterates x are one field, separated by ;.
void export_long(const Store& store, const RunSelection& selects, std::FILE* out);

}  // namespace optbed
