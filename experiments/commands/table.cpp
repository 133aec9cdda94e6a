#include <fmt/format.h>

#include <sstream>

#include "experiments/commands/report_arguments.hpp"
#include "experiments/reports/cost_summary.hpp"
#include "experiments/reports/stored_runs.hpp"

namespace optbed {
namespace {

// --cost: one, or for --wide several separated by commas.
std::vector<CostKind> read_costs(const program_options::variables_map& arguments) {
  std::vector<CostKind> costs;
  std::stringstream words(given(arguments, "cost").value_or("evaluations"));
  for (std::string word; std::getline(words, word, ',');) costs.push_back(cost_kind(word));
  if (costs.empty()) costs.push_back(cost_kind(""));
  if (costs.size() > 1 && !arguments.count("wide")) {
    throw UsageError("table: several costs stand in a cell of --wide; without it give --cost one of them");
  }
  return costs;
}

int print_table(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  add_store_words(options);
  add_cost_option(options);
  options.add_options()("wide", "a row a problem, a column a solver")(
      "format", program_options::value<std::string>()->value_name("FORMAT"),
      "text, markdown, latex or csv (text)");
  const auto arguments = read_arguments(command, words, options, store_words());
  if (!arguments) return 0;
  const std::vector<CostKind> costs = read_costs(*arguments);
  const TableFormat format = table_format(given(*arguments, "format").value_or("text"));
  const StoresAndFilter from = read_stores_and_filter(command, *arguments, 1);
  const Store store(from.stores.front(), Store::Access::read);
  const RunTable runs = table_of(read_runs(store, from.filter));
  TextTable table = arguments->count("wide") ? cost_matrix(runs, costs) : cost_rows(runs, costs.front());
  for (std::string& note : tuning_notes(store, from.filter)) table.notes.push_back(std::move(note));
  fmt::print("{}", written(table, format));
  return 0;
}

}  // namespace

Command table_command() {
  Command command{
      "table",
      "table STORE [FILTER…] [--cost COST[,COST]] [--wide] [--format text|markdown|latex|csv]",
      "Prints what solvers paid on problems: median, quartiles and the share solved over the seeds.",
      {}};
  command.run = [command](const auto& words) { return print_table(command, words); };
  return command;
}

}  // namespace optbed
