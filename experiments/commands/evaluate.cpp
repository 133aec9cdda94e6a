#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/arguments.hpp"
#include "experiments/json.hpp"
#include "problems/errors.hpp"
#include "problems/learning/empirical_risk.hpp"

namespace optbed {
namespace {

constexpr Index largest_printed_hessian = 2000;

Json evaluated(const std::string& name, const Problem& problem, const Vector& x) {
  const Index n = problem.dimension();
  Vector g(n);
  const Optimality optimality = problem.optimality(x, g);
  Json object = {{"problem", name}, {"dimension", n}, {"x", to_json(x)}, {"value", to_json(optimality.value)}};
  if (problem.has_gradient()) {
    problem.gradient(x, g);
    object["gradient"] = to_json(g);
  } else {
    object["gradient"] = nullptr;
  }
  if (problem.facts().is_nonsmooth() || problem.is_constrained())
    object["optimality"] = to_json(optimality.residual);
  if (problem.is_constrained()) object["infeasibility"] = to_json(problem.infeasibility(x));
  if (const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&problem)) {
    Vector c(constrained->constraint_count());
    constrained->constraints(x, c);
    object["constraints"] = to_json(c);
    Matrix A(constrained->constraint_count(), n);
    constrained->constraint_jacobian(x, A);
    object["constraint_jacobian"] = to_json(A);
  }
  if (const auto* risk = dynamic_cast<const EmpiricalRisk*>(&problem)) {
    object["training"] = to_json(risk->training_score(x));
    if (const auto test = risk->test_score(x)) object["test"] = to_json(*test);
  }
  if (problem.has_hessian() && n <= largest_printed_hessian) {
    Matrix H(n, n);
    problem.hessian(x, H);
    object["hessian"] = to_json(H);
  }
  if (const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&problem)) {
    Vector r(least_squares->residual_count());
    least_squares->residuals(x, r);
    object["residuals"] = to_json(r);
    if (n <= largest_printed_hessian) {
      Matrix J(least_squares->residual_count(), n);
      least_squares->jacobian(x, J);
      object["jacobian"] = to_json(J);
    }
  }
  return object;
}

// As much of a vector or a matrix as a person reads.
void print_line(const std::string& name, std::size_t width, const Json& value) {
  constexpr std::size_t shown = 12;
  const bool is_matrix = value.is_array() && !value.empty() && value[0].is_array();
  if (is_matrix && std::max(value.size(), value[0].size()) > shown) {
    fmt::print("{:<{}} {} x {} numbers, with --json\n", name, width, value.size(), value[0].size());
  } else if (value.is_array() && value.size() > shown) {
    const std::vector<Json> first(value.begin(), value.begin() + shown);
    fmt::print("{:<{}} {}… ({} numbers)\n", name, width, Json(first).dump(), value.size());
  } else if (value.is_null()) {
    fmt::print("{:<{}} none: f has kinks\n", name, width);
  } else if (is_matrix) {
    fmt::print("{:<{}} {}\n", name, width, value[0].dump());
    for (std::size_t i = 1; i < value.size(); ++i) fmt::print("{:<{}} {}\n", "", width, value[i].dump());
  } else if (value.is_object()) {
    std::string text;
    for (const auto& [key, part] : value.items()) {
      text += fmt::format("{}{} {}", text.empty() ? "" : "   ", key, part.dump());
    }
    fmt::print("{:<{}} {}\n", name, width, text);
  } else {
    fmt::print("{:<{}} {}\n", name, width, value.is_string() ? value.get<std::string>() : value.dump());
  }
}

int evaluate(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("problem,p", text("PROBLEM"), "name:key=value,…")(
      "x0", text("V1,V2,…"), "the point (the problem's start)")("json", "one object; matrices as rows");
  const auto arguments = read_arguments(command, words, options);
  if (!arguments) return 0;

  const std::string name = required(*arguments, "problem", "'optbed evaluate -p rosenbrock'");
  const auto problem = make_problem(name);
  const Json object = evaluated(name, *problem, read_start(*arguments, *problem));
  if (arguments->count("json")) {
    fmt::print("{}\n", object.dump());
    return 0;
  }
  std::size_t width = std::string("dimension ").size();
  for (const auto& [key, value] : object.items()) width = std::max(width, key.size());
  for (const auto& [key, value] : object.items()) print_line(key, width, value);
  if (!object.contains("hessian") && problem->has_hessian()) {
    fmt::print("hessian    not printed: the dimension is over {}\n", largest_printed_hessian);
  }
  return 0;
}

}  // namespace

Command evaluate_command() {
  Command command{"evaluate",
                  "evaluate -p PROBLEM [--x0 V1,V2,…] [--json]",
                  "Value, gradient, Hessian, residuals, Jacobian, constraints, losses on training and test "
                  "data at a point, what the problem has of them.",
                  {}};
  command.run = [command](const auto& words) { return evaluate(command, words); };
  return command;
}

}  // namespace optbed
