// A trace as a file that other programs read: CSV or JSON by the name's ending.
#pragma once

#include <string>

#include "experiments/json.hpp"

namespace optbed {

// Throws UsageError on an ending other than .csv and .json, InputError where the file's folder does not exist
// or cannot be written to. Nothing is written yet.
void check_trace_file(const std::string& path);

// CSV: a header of column names, one row a recorded iteration, the iterates as x1, x2, …. JSON: the run's
// object with the columns under "trace". A file that stands there already is replaced when the new one is
// complete. Throws InputError.
void write_trace_file(const std::string& path, const RunReport& report);

}  // namespace optbed
