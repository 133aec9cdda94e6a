// The limits and the trace's policy of a run as a row of the table settings, which many runs share.
#pragma once

#include <SQLiteCpp/Statement.h>

#include <vector>

#include "experiments/store/finished_run.hpp"

namespace optbed {

// The columns.
inline constexpr const char* settings_names =
    "max_iterations,max_evaluations,max_seconds,gradient_tolerance,value_target,gap_tolerance,trace_trigger,"
    "trace_interval,trace_points_per_decade,trace_properties,trace_iterates";

// In the order of settings_names.
std::vector<Cell> settings_cells(const RunDescription& run);

// Reads them where they begin at column `at`.
void read_settings(SQLite::Statement& row, int at, RunDescription& run);

}  // namespace optbed
