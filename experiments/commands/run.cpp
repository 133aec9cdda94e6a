#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/json.hpp"
#include "experiments/trace_file.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/learning/empirical_risk.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

std::string evaluations_text(const EvaluationCounts& counts) {
  std::vector<std::string> parts;
  const Json object = to_json(counts);
  for (const auto& [kind, count] : object.items()) {
    if (count.get<long>() > 0) parts.push_back(fmt::format("{} {}", count.get<long>(), kind));
  }
  return parts.empty() ? "none" : fmt::format("{}", fmt::join(parts, ", "));
}

std::string point_text(const Vector& x) {
  constexpr Index shown = 8;
  std::string text;
  for (Index i = 0; i < std::min(x.size(), shown); ++i)
    text += fmt::format("{}{:.10g}", i == 0 ? "" : "  ", x[i]);
  return x.size() <= shown ? text : fmt::format("{}  … ({} numbers)", text, x.size());
}

std::string optional_text(const char* what, const std::optional<double>& value) {
  return value ? fmt::format("   {} {:.6g}", what, *value) : std::string();
}

// Which problems have what the solver needs: the first few.
std::string problems_for(const Solver& solver) {
  constexpr std::size_t shown = 6;
  std::vector<std::string> names;
  const ProblemRegistry problems = all_problems();
  for (const ProblemEntry& entry : problems.entries()) {
    try {
      if (solver.unmet_need(*entry.make({})).empty()) names.push_back(entry.name);
    } catch (const UsageError&) {  // one that is nothing without options
    }
    if (names.size() > shown) break;
  }
  if (names.empty()) return {};
  const bool more = names.size() > shown;
  if (more) names.pop_back();
  return fmt::format("\n  it runs on {}{}", fmt::join(names, ", "), more ? ", …" : "");
}

void print_score(const char* samples, const std::optional<Score>& score) {
  if (!score) return;
  fmt::print("{:<12} loss {:.6g}{}\n", samples, score->loss, optional_text("0-1 loss", score->zero_one_loss));
}

void print(const RunReport& report, const Problem& problem) {
  const Result& result = report.result;
  fmt::print("problem      {}  (dimension {})\n", report.problem, result.x.size());
  fmt::print("solver       {}\n", report.solver);
  fmt::print("stop         {}{}\n", to_string(result.stop),
             result.message.empty() ? "" : ": " + result.message);
  fmt::print("solved       {}\n", result.solved ? "yes" : "no");
  fmt::print("iterations   {}\n", result.iterations);
  fmt::print("evaluations  {}{}\n", evaluations_text(result.evaluations),
             result.epochs ? fmt::format("  ({:.6g} epochs)", *result.epochs) : "");
  fmt::print("value        {:.10g}{}\n", result.value, optional_text("gap", result.gap));
  const bool is_gradient =
      problem.has_gradient() && !problem.facts().is_nonsmooth() && !problem.is_constrained();
  fmt::print("{:<12} {:.6g} ({}){}\n", is_gradient ? "gradient" : "optimality", result.gradient_norm,
             is_gradient ? "largest component" : "0 where the first-order conditions hold",
             optional_text("  distance to the minimiser", result.distance));
  if (result.infeasibility) fmt::print("constraints  {:.6g} (largest component)\n", *result.infeasibility);
  print_score("training", report.training);
  print_score("test", report.test);
  fmt::print("x            {}\n", point_text(result.x));
  fmt::print("seconds      {:.3g}\n", result.seconds);
}

int run(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("problem,p", text("PROBLEM"), "name:key=value,…")(
      "solver,s", text("SOLVER"), "name:key=value,…")("x0", text("V1,V2,…"), "the start (the problem's own)")(
      "seed", text("S"), "of methods that draw random numbers (0)")(
      "trace", text("FILE"), "write every iteration to FILE.csv or FILE.json")(
      "iterates", "with --trace: the points too")("json", "one object");
  program_options::options_description limits("Limits (default)");
  add_limits(limits);
  options.add(limits);
  const auto arguments = read_arguments(command, words, options);
  if (!arguments) return 0;

  const std::string example = "'optbed run -p rosenbrock -s lbfgs'";
  RunReport report{.problem = required(*arguments, "problem", example),
                   .solver = required(*arguments, "solver", example)};
  const auto seed = given(*arguments, "seed");
  if (seed) report.seed = static_cast<std::uint64_t>(parse_integer("run", "--seed", *seed, at_least(0)));
  const auto trace_path = given(*arguments, "trace");
  if (trace_path) check_trace_file(*trace_path);
  if (arguments->count("iterates") && !trace_path)
    throw UsageError("--iterates needs --trace FILE.csv or FILE.json");

  const auto problem = make_problem(report.problem);
  const auto solver = make_solver(report.solver);
  MinimizeSettings settings{
      .limits = read_limits(*arguments), .start = read_start(*arguments, *problem), .seed = report.seed};
  if (trace_path) settings.trace = TracePolicy{.iterates = arguments->count("iterates") > 0};
  const std::string missing = solver->unmet_need(*problem);
  if (!missing.empty()) {
    throw UsageError(fmt::format("{} cannot run on {}: the problem lacks {}{}", report.solver, report.problem,
                                 missing, problems_for(*solver)));
  }
  settings.observer = [](const Observation&) { return interrupted(); };

  catch_interruption();
  report.result = minimize(*problem, *solver, std::move(settings));
  if (const auto* risk = dynamic_cast<const EmpiricalRisk*>(problem.get())) {
    report.training = risk->training_score(report.result.x);
    report.test = risk->test_score(report.result.x);
  }
  if (trace_path) write_trace_file(*trace_path, report);
  if (arguments->count("json")) {
    fmt::print("{}\n", to_json(report).dump());
  } else {
    print(report, *problem);
  }
  return interrupted() ? exit_interrupted : 0;
}

}  // namespace

Command run_command() {
  Command command{
      "run",
      "run -p PROBLEM -s SOLVER [limits] [--x0 V1,V2,…] [--seed S] [--trace FILE.csv|FILE.json] [--iterates] "
      "[--json]",
      "Minimises one problem with one solver.",
      {}};
  command.run = [command](const auto& words) { return run(command, words); };
  return command;
}

}  // namespace optbed
