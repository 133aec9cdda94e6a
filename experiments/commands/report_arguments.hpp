// What the commands that report on stores have in common: stores, a filter, a cost.
#pragma once

#include <string>
#include <vector>

#include "analysis/statistics/cost_table.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/reports/run_filter.hpp"

namespace optbed {

struct StoresAndFilter {
  std::vector<std::string> stores;
  RunFilter filter;
};

// The words that stand without an option, and --cost.
void add_report_options(program_options::options_description& options);
const program_options::positional_options_description& report_positions();

// Throws UsageError where there are less than one store or more than `most`, or the filter is none.
StoresAndFilter read_stores_and_filter(const Command& command, const program_options::variables_map& arguments,
                                       std::size_t most);

// --cost: evaluations unless given.
CostKind read_cost(const program_options::variables_map& arguments);

}  // namespace optbed
