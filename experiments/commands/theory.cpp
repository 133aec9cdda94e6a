#include <fmt/format.h>

#include <algorithm>

#include "analysis/theory/catalogue.hpp"
#include "analysis/theory/theory.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/json.hpp"
#include "problems/errors.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// ---- what is known in general ----

std::vector<KnownRate> rates_about(const std::optional<std::string>& solver) {
  std::vector<KnownRate> chosen;
  for (const KnownRate& rate : known_rates()) {
    if (!solver || rate.is_about(*solver)) chosen.push_back(rate);
  }
  return chosen;
}

void print(const std::vector<KnownRate>& rates) {
  fmt::print(
      "mu <= eigenvalues <= L, kappa = L/mu, q = (sqrt(kappa) - 1)/(sqrt(kappa) + 1), R = |x_0 - x*|, e_k = "
      "x_k - x*\n");
  for (const KnownRate& rate : rates) {
    fmt::print("\n{}, on {}\n    {}  [{}]\n", rate.method, rate.problems, rate.rate, to_string(rate.kind));
    if (!rate.conditions.empty()) fmt::print("    where {}\n", rate.conditions);
    fmt::print("    {}\n", rate.source);
  }
}

Json catalogue_json(const std::vector<KnownRate>& rates) {
  Json array = Json::array();
  for (const KnownRate& rate : rates) {
    array.push_back({{"solvers", rate.solvers},
                     {"method", rate.method},
                     {"problems", rate.problems},
                     {"rate", rate.rate},
                     {"kind", to_string(rate.kind)},
                     {"conditions", rate.conditions},
                     {"source", rate.source}});
  }
  return array;
}

// ---- what it comes to on a problem ----

struct MethodOnProblem {
  std::string solver;
  std::vector<Statement> statements;
  PredictedFactors predicted;
};

MethodOnProblem theory_on(const std::string& solver_text, const Solver& solver, const Problem& problem,
                          const Vector& x0) {
  const Setting setting{problem, x0};
  MethodOnProblem method{
      .solver = solver_text, .statements = applicable_theory(solver, setting), .predicted = {}};
  for (Statement& bound : lower_bounds(solver, setting)) method.statements.push_back(std::move(bound));
  method.predicted = predicted_factors(method.statements, problem);
  return method;
}

// The registry's solvers, and the tunings of those that have one of their own for a class.
std::vector<std::string> solvers_to_compare() {
  std::vector<std::string> texts;
  for (const std::string& name : all_solvers().names()) {
    if (name == "gradient_descent") {
      for (const char* step : {"inverse_lipschitz", "optimal", "exact", "silver", "polyak"})
        texts.push_back(fmt::format("gradient_descent:step={}", step));
    } else if (name == "momentum") {
      texts.emplace_back("momentum:tuning=optimal");
    } else if (name == "nesterov") {
      for (const char* sequence : {"fista", "strongly_convex", "quadratic_optimal"})
        texts.push_back(fmt::format("nesterov:sequence={}", sequence));
    } else {
      texts.push_back(name);
    }
  }
  return texts;
}

// What the method is called by: its first statement that is about it alone.
const Statement* sharpest(const MethodOnProblem& method) {
  const auto found = std::find_if(method.statements.begin(), method.statements.end(),
                                  [](const Statement& s) { return s.strength != Strength::lower_bound; });
  return found == method.statements.end() ? nullptr : &*found;
}

std::vector<MethodOnProblem> methods_on(const Problem& problem, const Vector& x0) {
  std::vector<MethodOnProblem> methods;
  for (const std::string& text : solvers_to_compare()) {
    try {
      const auto solver = all_solvers().make(text);
      MethodOnProblem method = theory_on(text, *solver, problem, x0);
      if (sharpest(method) != nullptr) methods.push_back(std::move(method));
    } catch (const UsageError&) {  // a tuning that needs a constant which is not known
    }
  }
  const auto rank = [](const MethodOnProblem& m) {
    const Statement* s = sharpest(m);
    if (s->terminates_within) return -1.0 / static_cast<double>(1 + *s->terminates_within);
    if (s->order) return 0.0;
    if (m.predicted.local) return *m.predicted.local;
    return m.predicted.problem_class.value_or(2);
  };
  std::stable_sort(methods.begin(), methods.end(),
                   [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  return methods;
}

std::string factor_text(const MethodOnProblem& method) {
  const Statement& s = *sharpest(method);
  if (s.terminates_within) return fmt::format("ends within {}", *s.terminates_within);
  if (s.order) return *s.order > 1 ? fmt::format("order {:g}", *s.order) : "superlinear";
  if (method.predicted.local) return fmt::format("{:.8g}", *method.predicted.local);
  if (method.predicted.problem_class) return fmt::format("at most {:.8g}", *method.predicted.problem_class);
  return s.power ? fmt::format("at most k^-{:.3g}", *s.power) : "linear";
}

void print_methods(const std::string& problem_text, const std::vector<MethodOnProblem>& methods) {
  fmt::print("{}: contraction of the distance an iteration, from the start\n\n", problem_text);
  std::size_t width = 0;
  for (const MethodOnProblem& method : methods) width = std::max(width, method.solver.size());
  for (const MethodOnProblem& method : methods) {
    fmt::print("{:<{}}  {:<20}  {}\n", method.solver, width, factor_text(method), sharpest(method)->text);
  }
  if (methods.empty()) fmt::print("no theory of this library applies to it\n");
}

void print_statements(const MethodOnProblem& method) {
  if (method.statements.empty()) fmt::print("no theory of this library applies\n");
  for (const Statement& s : method.statements) {
    fmt::print("{}: {}\n", s.method, s.text);
    fmt::print("    {}, of the {}{}\n", to_string(s.strength), to_string(s.quantity),
               s.scope == Scope::local ? ", close to the limit point" : "");
    if (s.bound) {
      fmt::print("    bound after k iterations:");
      for (const long k : {0L, 1L, 10L, 100L, 1000L, 10000L}) {
        if (s.valid_up_to < 0 || k <= s.valid_up_to) fmt::print("  {}: {:.4g}", k, s.bound(k));
      }
      fmt::print("\n");
    }
    fmt::print("    where {}\n    {}\n\n", s.conditions, s.source);
  }
}

Json method_json(const MethodOnProblem& method) {
  Json statements = Json::array();
  for (const Statement& s : method.statements) {
    Json statement = to_json(s);
    if (s.bound) {
      Json bound = Json::array();
      for (const long k : {0L, 1L, 10L, 100L, 1000L, 10000L}) {
        if (s.valid_up_to < 0 || k <= s.valid_up_to)
          bound.push_back({{"iteration", k}, {"value", to_json(s.bound(k))}});
      }
      statement["bound"] = std::move(bound);
    }
    statements.push_back(std::move(statement));
  }
  return {{"solver", method.solver},
          {"predicted",
           {{"class", to_json(method.predicted.problem_class)}, {"local", to_json(method.predicted.local)}}},
          {"statements", std::move(statements)}};
}

int show_theory(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("problem,p", text("PROBLEM"), "what theory comes to on this problem: name:key=value,…")(
      "solver,s", text("SOLVER"), "of this method alone: name:key=value,…")(
      "x0", text("V1,V2,…"), "with -p: the start (the problem's own)")("json", "one array");
  const auto arguments = read_arguments(command, words, options);
  if (!arguments) return 0;
  const auto problem_text = given(*arguments, "problem");
  const auto solver_text = given(*arguments, "solver");
  const bool as_json = arguments->count("json") > 0;
  if (!problem_text) {
    if (given(*arguments, "x0")) throw UsageError("--x0 is a point of a problem; name it with -p");
    std::optional<std::string> name;
    if (solver_text) {
      make_solver(*solver_text);
      name = parse_specification(*solver_text).name;
    }
    const auto rates = rates_about(name);
    if (as_json) {
      fmt::print("{}\n", catalogue_json(rates).dump(2));
    } else if (rates.empty()) {
      fmt::print("no rate of {} is known to this library\n", *name);
    } else {
      print(rates);
    }
    return 0;
  }

  const auto problem = make_problem(*problem_text);
  const Vector x0 = read_start(*arguments, *problem);
  std::vector<MethodOnProblem> methods;
  if (solver_text) {
    const auto solver = make_solver(*solver_text);
    check_need(*solver_text, *solver, *problem_text, *problem);
    methods.push_back(theory_on(*solver_text, *solver, *problem, x0));
  } else {
    methods = methods_on(*problem, x0);
  }
  if (as_json) {
    Json array = Json::array();
    for (const MethodOnProblem& method : methods) array.push_back(method_json(method));
    fmt::print("{}\n", array.dump(2));
  } else if (solver_text) {
    print_statements(methods.front());
  } else {
    print_methods(*problem_text, methods);
  }
  return 0;
}

}  // namespace

Command theory_command() {
  Command command{
      "theory",
      "theory [-s SOLVER] [-p PROBLEM] [--x0 V1,V2,…] [--json]",
      "Shows the rates and bounds that are known, their conditions and sources; with -p their numbers.",
      {}};
  command.run = [command](const auto& words) { return show_theory(command, words); };
  return command;
}

}  // namespace optbed
