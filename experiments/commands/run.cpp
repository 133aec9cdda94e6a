#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/json.hpp"
#include "experiments/trace_file.hpp"
#include "problems/errors.hpp"
#include "problems/learning/empirical_risk.hpp"

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

int run_once(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  add_run_options(options);
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("trace", text("FILE"), "write every iteration to FILE.csv or FILE.json")(
      "iterates", "with --trace: the points too")("json", "one object");
  program_options::options_description limits("Limits (default)");
  add_limits(limits);
  options.add(limits);
  const auto arguments = read_arguments(command, words, options);
  if (!arguments) return 0;

  const auto trace_path = given(*arguments, "trace");
  if (trace_path) check_trace_file(*trace_path);
  if (arguments->count("iterates") && !trace_path)
    throw UsageError("--iterates needs --trace FILE.csv or FILE.json");
  RunArguments run = read_run(command, *arguments);
  const Problem* problem = run.problem.get();
  if (trace_path) run.settings.trace = TracePolicy{.iterates = arguments->count("iterates") > 0};

  catch_interruption();
  RunReport report{.problem = run.problem_text, .solver = run.solver_text, .seed = run.settings.seed};
  report.result = minimize(*problem, *run.solver, std::move(run.settings));
  if (const auto* risk = dynamic_cast<const EmpiricalRisk*>(problem)) {
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
  command.run = [command](const auto& words) { return run_once(command, words); };
  return command;
}

}  // namespace optbed
