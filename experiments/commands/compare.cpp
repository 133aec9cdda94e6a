#include <fmt/format.h>

#include <map>

#include "experiments/commands/report_arguments.hpp"
#include "experiments/reports/solver_comparison.hpp"
#include "experiments/reports/store_comparison.hpp"
#include "experiments/reports/stored_runs.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// In what the environments of the runs that are compared differ, pair by pair; in how many, where not in all.
std::vector<std::string> environment_differences(const Store& before, const Store& after,
                                                 const std::vector<RunPair>& pairs) {
  std::map<std::string, std::size_t> pairs_that_differ;
  for (const RunPair& pair : pairs) {
    for (const std::string& part :
         differences(before.environment_of(pair.before), after.environment_of(pair.after))) {
      ++pairs_that_differ[part];
    }
  }
  std::vector<std::string> lines;
  lines.reserve(pairs_that_differ.size());
  for (const auto& [part, count] : pairs_that_differ) {
    lines.push_back(count == pairs.size() ? part
                                          : fmt::format("{} (in {} of {} runs)", part, count, pairs.size()));
  }
  return lines;
}

void print_two_stores(const StoresAndFilter& from, CostKind cost, ObservationUnit unit, TableFormat format,
                      bool as_json) {
  const Store before(from.stores[0], Store::Access::read);
  const Store after(from.stores[1], Store::Access::read);
  const auto runs = read_runs({&before, &after}, from.filter);
  const StoreComparison comparison = compare_stores(runs[0], runs[1], cost, unit);
  const std::vector<std::string> environment = environment_differences(before, after, comparison.pairs);
  if (as_json) {
    Json object = json_of(comparison);
    object["environment"] = environment;
    fmt::print("{}\n", object.dump(2));
    return;
  }
  fmt::print("{}", written(comparison, format));
  if (format != TableFormat::text) return;
  fmt::print("\n{}\n",
             environment.empty() ? "in the same environment" : "in another environment (first, second):");
  for (const std::string& line : environment) fmt::print("  {}\n", line);
}

void print_solvers(const StoresAndFilter& from, CostKind cost, TableFormat format, bool as_json) {
  const RunTable runs = table_of(read_runs(Store(from.stores.front(), Store::Access::read), from.filter));
  const SolverComparison comparison = compare_solvers(runs, cost);
  fmt::print("{}", as_json ? json_of(comparison).dump(2) + '\n' : written(comparison, format));
}

int compare(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  add_store_words(options);
  add_cost_option(options);
  options.add_options()("unit", text("UNIT"),
                        "of two stores: what the tests take as one observation, problem (its median over the "
                        "seeds) or run (problem)")("format", text("FORMAT"),
                                                   "text, markdown, latex or csv (text)")("json", "one object");
  const auto arguments = read_arguments(command, words, options, store_words());
  if (!arguments) return 0;
  const CostKind cost = read_cost(*arguments);
  const ObservationUnit unit = observation_unit(given(*arguments, "unit").value_or("problem"));
  const TableFormat format = table_format(given(*arguments, "format").value_or("text"));
  const bool as_json = arguments->count("json") > 0;
  const StoresAndFilter from = read_stores_and_filter(command, *arguments, 2);
  if (from.stores.size() == 1 && arguments->count("unit")) {
    throw UsageError("compare: --unit is of two stores; of one, solvers are compared problem by problem");
  }
  if (from.stores.size() == 2) {
    print_two_stores(from, cost, unit, format, as_json);
  } else {
    print_solvers(from, cost, format, as_json);
  }
  return 0;
}

}  // namespace

Command compare_command() {
  Command command{"compare",
                  "compare STORE [STORE] [FILTER…] [--cost COST] [--unit problem|run] "
                  "[--format text|markdown|latex|csv] [--json]",
                  "What changed between two stores, solver by solver; of one store, which solvers differ.",
                  {}};
  command.run = [command](const auto& words) { return compare(command, words); };
  return command;
}

}  // namespace optbed
