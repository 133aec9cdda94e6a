// What the commands that look into stores have in common: stores, a filter, a cost.
#pragma once

#include <string>
#include <vector>

#include "analysis/statistics/run_table.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/reports/run_filter.hpp"

namespace optbed {

struct StoresAndFilter {
  std::vector<std::string> stores;
  RunFilter filter;
};

// The words that stand without an option.
void add_store_words(program_options::options_description& options);
const program_options::positional_options_description& store_words();

// --cost.
void add_cost_option(program_options::options_description& options);

// Throws UsageError where there are less than one store or more than `most`, or the filter is none.
StoresAndFilter read_stores_and_filter(const Command& command, const program_options::variables_map& arguments,
                                       std::size_t most);

// --cost: evaluations unless given.
CostKind read_cost(const program_options::variables_map& arguments);

}  // namespace optbed
