#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>

#include "experiments/batch/batch_spec.hpp"
#include "experiments/built_in_specs.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/figures/find_figure_spec.hpp"
#include "experiments/json.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/learning/empirical_risk.hpp"
#include "problems/linear_system.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// A registry entry and, for a problem that could be made, the facts of what the specification stands for.
struct Description {
  std::string kind;
  std::string name;
  std::string summary;
  std::vector<std::pair<std::string, std::string>> notes;
  std::vector<OptionDescription> options;
  std::unique_ptr<Problem> problem;
};

template <class Product>
Description description_of(const std::string& kind, const RegistryEntry<Product>& entry) {
  return {kind, entry.name, entry.summary, entry.notes, entry.options, nullptr};
}

Description description_of_study(const BuiltInSpec& built_in) {
  const BatchSpec spec = find_batch_spec(built_in.name, all_problems(), all_solvers());
  const std::string size = fmt::format("{} problems, {} solvers", spec.problems.size(), spec.solvers.size());
  return {"study", spec.name, spec.title, {{"crosses", size}, {"make it", "optbed batch " + spec.name}},
          {},      nullptr};
}

Description description_of_figure(const BuiltInSpec& built_in) {
  const FigureSpec spec = find_figure_spec(built_in.name);
  std::string curves;
  for (const RunSpec& run : spec.runs) curves += (curves.empty() ? "" : "; ") + run.label;
  return {"figure",   spec.name,
          spec.title, {{"curves", curves}, {"shows", spec.caption}, {"make it", "optbed figure " + spec.name}},
          {},         nullptr};
}

std::vector<Description> find(const std::string& text) {
  const Specification specification = parse_specification(text);
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  std::vector<Description> found;
  if (const auto* entry = problems.find(specification.name)) {
    found.push_back(description_of("problem", *entry));
    found.back().problem = entry->make(specification.options);
  }
  if (const auto* entry = solvers.find(specification.name)) {
    entry->make(specification.options);  // for its errors
    found.push_back(description_of("solver", *entry));
  }
  std::vector<std::string> names = problems.names();
  for (std::string& name : solvers.names()) names.push_back(std::move(name));
  for (const BuiltInSpec& spec : built_in_figures()) {
    if (spec.name == text) found.push_back(description_of_figure(spec));
    names.push_back(spec.name);
  }
  for (const BuiltInSpec& spec : built_in_studies()) {
    if (spec.name == text) found.push_back(description_of_study(spec));
    names.push_back(spec.name);
  }
  if (!found.empty()) return found;
  throw UsageError(
      fmt::format("there is no problem, solver, figure or study '{}'{}\n  'optbed list' lists them",
                  specification.name, did_you_mean(specification.name, names)));
}

// What a method can ask of the problem.
std::vector<std::string> offers_of(const Problem& problem) {
  std::vector<std::string> offers;
  const auto offer_if = [&](bool has, std::string what) {
    if (has) offers.push_back(std::move(what));
  };
  const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&problem);
  const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&problem);
  const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&problem);
  offer_if(problem.has_gradient(), "gradient");
  offer_if(problem.has_hessian(), "Hessian");
  offer_if(problem.has_sparse_hessian(), "sparse Hessian");
  offer_if(problem.has_hessian_vector(), "Hessian-vector products");
  if (least_squares)
    offers.push_back(fmt::format("{} residuals with Jacobian", least_squares->residual_count()));
  if (finite_sum) offers.push_back(fmt::format("{} samples", finite_sum->sample_count()));
  offer_if(dynamic_cast<const LinearClassificationProblem*>(&problem), "labelled points");
  offer_if(dynamic_cast<const LinearSystem*>(&problem), "linear system A x = b");
  offer_if(dynamic_cast<const CompositeProblem*>(&problem), "proximal maps");
  if (constrained) offers.push_back(fmt::format("{} equality constraints", constrained->constraint_count()));
  return offers;
}

bool has_options(const Description& description) {
  return description.kind == "problem" || description.kind == "solver";
}

Json json_of(const Description& description) {
  Json object = {{"kind", description.kind}, {"name", description.name}, {"summary", description.summary}};
  for (const auto& [heading, text] : description.notes) object[heading] = text;
  if (!has_options(description)) return object;
  object["options"] = to_json(description.options);
  if (description.problem) {
    object["dimension"] = description.problem->dimension();
    if (const auto* risk = dynamic_cast<const EmpiricalRisk*>(description.problem.get()))
      object["data"] = risk->data_description();
    object["offers"] = offers_of(*description.problem);
    object["facts"] = to_json(description.problem->facts());
  }
  return object;
}

// A point as a person reads it: long ones are cut.
std::string short_text(const Json& value) {
  if (!value.is_array() || value.size() <= 6)
    return value.is_string() ? value.get<std::string>() : value.dump();
  std::string text = "[";
  for (std::size_t i = 0; i < 5; ++i) text += value[i].dump() + ",";
  return fmt::format("{}…] ({} numbers)", text, value.size());
}

void print_fact(const std::string& name, const Json& fact) {
  const std::string at = fact.contains("x") ? " at " + short_text(fact["x"]) : "";
  fmt::print("  {:<20}  {}{}\n", name, short_text(fact["value"]), at);
  if (fact.contains("source")) fmt::print("  {:<20}    {}\n", "", fact["source"].get<std::string>());
}

void print(const Description& description) {
  fmt::print("{} ({})\n  {}\n", description.name, description.kind, description.summary);
  for (const auto& [heading, text] : description.notes) fmt::print("  {:<8} {}\n", heading + ":", text);
  if (description.problem) fmt::print("  offers:  {}\n", fmt::join(offers_of(*description.problem), ", "));
  if (const auto* risk = dynamic_cast<const EmpiricalRisk*>(description.problem.get()))
    fmt::print("  data:    {}\n", risk->data_description());
  if (!has_options(description)) return;
  fmt::print("\noptions\n");
  if (description.options.empty()) fmt::print("  none\n");
  std::size_t width = 0;
  for (const OptionDescription& option : description.options) width = std::max(width, option.name.size());
  for (const OptionDescription& option : description.options) {
    const std::string otherwise =
        option.default_value.empty() ? "" : fmt::format("  (default {})", option.default_value);
    fmt::print("  {:<{}}  {}{}\n  {:<{}}    {}\n", option.name, width, option.domain, otherwise, "", width,
               option.help);
  }
  if (!description.problem) return;
  fmt::print("\nfacts (dimension {})\n", description.problem->dimension());
  const Json facts = to_json(description.problem->facts());
  const std::map<std::string, std::string> singular = {{"minimisers", "minimiser"},
                                                       {"local_minima", "local minimum"},
                                                       {"saddles", "saddle"},
                                                       {"limits_at_infinity", "limit at infinity"}};
  for (const auto& [name, fact] : facts.items()) {
    if (!fact.is_array()) {
      print_fact(name, fact);
      continue;
    }
    for (const Json& one : fact) print_fact(singular.at(name), one);
  }
  const double value = description.problem->value(description.problem->start());
  print_fact("start", {{"value", to_json(description.problem->start())}});
  print_fact("value at the start", {{"value", to_json(value)}});
}

int describe(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  options.add_options()("name", program_options::value<std::string>()->value_name("NAME"),
                        "a problem or a solver, with or without options, or a figure")(
      "json", "one object; an array of two where a problem and a solver have the same name");
  program_options::positional_options_description positional;
  positional.add("name", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;

  const std::vector<Description> found = find(required(*arguments, "name", "'optbed describe rosenbrock'"));
  if (arguments->count("json")) {
    Json array = Json::array();
    for (const Description& description : found) array.push_back(json_of(description));
    fmt::print("{}\n", (array.size() == 1 ? array[0] : array).dump(2));
    return 0;
  }
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (i > 0) fmt::print("\n");
    print(found[i]);
  }
  return 0;
}

}  // namespace

Command describe_command() {
  Command command{
      "describe",
      "describe NAME[:key=value,…] [--json]",
      "Shows the options of a problem or solver with their defaults and domains, its facts and its sources; or "
      "what a figure shows.",
      {}};
  command.run = [command](const auto& words) { return describe(command, words); };
  return command;
}

}  // namespace optbed
