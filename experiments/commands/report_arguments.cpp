#include "experiments/commands/report_arguments.hpp"

#include <fmt/format.h>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed {

void add_store_words(program_options::options_description& options) {
  options.add_options()(
      "words", program_options::value<std::vector<std::string>>()->value_name("WORD"),
      "a store, and which of its runs: problem=mgh solver=lbfgs,bfgs n<100 seed=1,2 solved=yes");
}

void add_cost_option(program_options::options_description& options) {
  options.add_options()(
      "cost", program_options::value<std::string>()->value_name("COST"),
      "evaluations (of all kinds together), value_evaluations, gradient_evaluations, iterations or seconds "
      "(evaluations)");
}

const program_options::positional_options_description& store_words() {
  static const auto positions = program_options::positional_options_description().add("words", -1);
  return positions;
}

StoresAndFilter read_stores_and_filter(const Command& command, const program_options::variables_map& arguments,
                                       std::size_t most) {
  std::vector<std::string> stores;
  std::vector<std::string> words;
  if (arguments.count("words")) {
    for (const std::string& word : arguments["words"].as<std::vector<std::string>>()) {
      (is_filter_word(word) ? words : stores).push_back(word);
    }
  }
  if (stores.empty()) {
    std::string message = fmt::format("{0}: name a store, as in 'optbed {0} first.sqlite'", command.name);
    if (!words.empty()) {
      message += fmt::format("\n  '{0}' is a condition on runs; a file whose name holds = is written ./{0}",
                             words.front());
    }
    throw UsageError(message);
  }
  if (stores.size() > most) {
    throw UsageError(fmt::format("{}: '{}' is one store too many; a filter is written KEY=VALUE, as problem={}",
                                 command.name, stores[most], stores[most]));
  }
  return {stores, RunFilter(words, all_problems(), all_solvers())};
}

CostKind read_cost(const program_options::variables_map& arguments) {
  return cost_kind(given(arguments, "cost").value_or("evaluations"));
}

}  // namespace optbed
