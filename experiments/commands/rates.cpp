#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>

#include "analysis/high_precision.hpp"
#include "analysis/measured_run.hpp"
#include "analysis/mode_analysis.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/json.hpp"
#include "experiments/output_file.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// A rate shows in the tail of a run: it goes on to the round-off floor.
Limits limits_to_the_floor() {
  Limits limits;
  limits.gradient_tolerance = 0;
  return limits;
}

std::string rate_text(const RateFit& fit) {
  std::string text = to_string(fit.kind);
  if (fit.factor) text += fmt::format(", factor {:.10g} in [{:.8g}, {:.8g}]", *fit.factor, *fit.low, *fit.high);
  if (fit.order) text += fmt::format(", order {:.3g}", *fit.order);
  if (fit.power) text += fmt::format(", like k^-{:.3g}", *fit.power);
  return text;
}

std::string fitted_text(const Comparison& comparison) {
  const RateFit& fit = comparison.measured;
  std::string text =
      fmt::format("of the {}, iterations {} to {}", to_string(comparison.measure), fit.first, fit.last);
  if (fit.floor_reached)
    text += fmt::format("; round-off floor {:.2g} from iteration {} on", fit.floor, *fit.floor_reached);
  return text;
}

std::string limit_text(const MeasuredRun& run) {
  if (!run.limit) return "not reached";
  return run.limit_is_known ? "a known stationary point" : "the last iterate, where the gradient vanishes";
}

void print_factor(const char* of, const std::optional<double>& factor, const char* meaning) {
  fmt::print("{:<12} {}\n", of, factor ? fmt::format("{:.10g}  {}", *factor, meaning) : "none is known");
}

void print_modes(const ModeAnalysis& analysis) {
  constexpr std::size_t shown = 12;
  fmt::print(
      "\nThe error in the eigenvectors of the Hessian, contraction an iteration:\n{:>14}  {:>10}  {:>10}  "
      "{:>13}  {:>13}\n",
      "eigenvalue", "start", "end", "measured", "theory");
  const std::size_t count = analysis.parts.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (count > shown && i == shown / 2) {
      fmt::print("{:>14}  ({} more; --modes-file FILE.csv has them all)\n", "…", count - shown);
      i = count - shown / 2;
    }
    const ErrorPart& part = analysis.parts[i];
    const auto& factor = part.measured.factor;
    fmt::print("{:>14.8g}  {:>10.3g}  {:>10.3g}  {:>13}  {:>13}\n", part.eigenvalue, part.size.front(),
               part.size.back(), factor ? fmt::format("{:.8g}", *factor) : to_string(part.measured.kind),
               part.predicted ? fmt::format("{:.8g}", *part.predicted) : "none");
  }
}

// One row an iteration and eigenvalue.
std::string modes_csv(const ModeAnalysis& analysis) {
  std::string text = "iteration,eigenvalue,error,theory\n";
  auto out = std::back_inserter(text);
  for (const ErrorPart& part : analysis.parts) {
    for (std::size_t k = 0; k < part.size.size(); ++k) {
      fmt::format_to(out, "{},{},{},", k, part.eigenvalue, part.size[k]);
      if (!part.theory.empty()) fmt::format_to(out, "{}", part.theory[k]);
      text += '\n';
    }
  }
  return text;
}

// Where the Hessian at the limit comes from.
enum class HessianOrigin { problem, finite_differences, none };

HessianOrigin hessian_origin(const Problem& problem, bool takes_differences) {
  if (problem.has_hessian() || problem.has_hessian_vector()) return HessianOrigin::problem;
  return takes_differences ? HessianOrigin::finite_differences : HessianOrigin::none;
}

void print_local_factor(const std::optional<double>& factor, HessianOrigin origin) {
  if (origin == HessianOrigin::none && !factor) {
    fmt::print(
        "local        none: the problem has no second derivatives; --finite-differences takes differences of "
        "gradients\n");
    return;
  }
  print_factor("local", factor,
               origin == HessianOrigin::finite_differences
                   ? "from the eigenvalues at the limit point, by finite differences of gradients"
                   : "from the eigenvalues at the limit point");
}

void print(const RunArguments& arguments, const MeasuredRun& run, HessianOrigin origin) {
  const Comparison& comparison = run.comparison;
  fmt::print("problem      {}  (dimension {})\n", arguments.problem_text, run.result.x.size());
  fmt::print("solver       {}\n", arguments.solver_text);
  fmt::print("run          {} iterations, stop {}\n", run.result.iterations, to_string(run.result.stop));
  fmt::print("limit point  {}\n", limit_text(run));
  fmt::print("measured     {}\n", rate_text(comparison.measured));
  fmt::print("             {}\n", fitted_text(comparison));
  print_factor("class", run.predicted.problem_class, "for the class, from mu, L and kappa");
  print_local_factor(run.predicted.local, origin);
  if (comparison.theory) {
    const Statement& theory = *comparison.theory;
    fmt::print("theory       {}: {}\n             {}\n             {}\n", theory.method, theory.text,
               theory.conditions, theory.source);
  }
  fmt::print("verdict      {}: {}\n", to_string(comparison.verdict), comparison.reason);
}

Json measured_json(const RateFit& fit) {
  Json measured = to_json(fit);
  measured.erase("kind");
  return measured;
}

Json rates_json(const RunArguments& arguments, const MeasuredRun& run, HessianOrigin origin) {
  const Comparison& comparison = run.comparison;
  Json statements = Json::array();
  for (const Statement& statement : run.statements) statements.push_back(to_json(statement));
  Json object = {
      {"problem", arguments.problem_text},
      {"solver", arguments.solver_text},
      {"seed", arguments.settings.seed},
      {"dimension", run.result.x.size()},
      {"iterations", run.result.iterations},
      {"stop", to_string(run.result.stop)},
      {"kind", to_string(comparison.measured.kind)},
      {"measured_in", to_string(comparison.measure)},
      {"measured", measured_json(comparison.measured)},
      {"predicted", {{"class", to_json(run.predicted.problem_class)}, {"local", to_json(run.predicted.local)}}},
      {"verdict", to_string(comparison.verdict)},
      {"reason", comparison.reason},
      {"theory", comparison.theory ? to_json(*comparison.theory) : Json(nullptr)},
      {"statements", std::move(statements)}};
  object["finite_differences"] = origin == HessianOrigin::finite_differences;
  if (run.limit) object["limit"] = {{"x", to_json(*run.limit)}, {"known", run.limit_is_known}};
  return object;
}

// ---- in 50 digits ----

std::string number_or_dash(double value, const char* format) {
  return std::isnan(value) ? "-" : fmt::format(fmt::runtime(format), value);
}

void print_high_precision(const std::string& problem, const std::string& solver, const HighPrecisionRun& run) {
  fmt::print("problem      {}, in 50 digits\nsolver       {}\n", problem, solver);
  fmt::print("limit point  {}  (largest component of the gradient {:.2g})\n",
             fmt::join(run.limit.data(), run.limit.data() + run.limit.size(), "  "), run.gradient_at_limit);
  fmt::print("measured     {}\n", run.measured.reason.empty() ? rate_text(run.measured) : run.measured.reason);
  fmt::print("\n{:>5}  {:>10}  {:>8}  {:>12}\n", "k", "|x_k - x*|", "order", "quotient");
  const auto first = static_cast<std::size_t>(std::max(0L, run.first_converging - 2));
  if (first > 0) fmt::print("{:>5}\n", "…");
  for (std::size_t k = first; k < run.errors.size(); ++k) {
    fmt::print("{:>5}  {:>10.3e}  {:>8}  {:>12}\n", k, run.errors[k],
               k == 0 ? "-" : number_or_dash(run.orders[k - 1], "{:.4f}"),
               k == 0 ? "-" : number_or_dash(run.quotients[k - 1], "{:.6g}"));
  }
  fmt::print("\norder at k: log(e_{{k+1}}/e_k)/log(e_k/e_{{k-1}}); quotient: e_k/e_{{k-1}}^p with p = {}\n",
             solver == "newton" || solver == "gauss_newton" ? 2 : 1);
}

Json high_precision_json(const std::string& problem, const std::string& solver, const HighPrecisionRun& run) {
  const auto numbers = [](const std::vector<double>& values) {
    Json array = Json::array();
    for (const double value : values) array.push_back(to_json(value));
    return array;
  };
  return {{"problem", problem},
          {"solver", solver},
          {"digits", 50},
          {"kind", to_string(run.measured.kind)},
          {"measured", measured_json(run.measured)},
          {"limit", {{"x", to_json(run.limit)}, {"gradient_norm", run.gradient_at_limit}}},
          {"errors", numbers(run.errors)},
          {"orders", numbers(run.orders)},
          {"quotients", numbers(run.quotients)}};
}

// The runs in 50 digits draw no random numbers, have derivatives, and end at a number of iterations or where
// the digits end.
void refuse_without_meaning_in_high_precision(const program_options::variables_map& parsed) {
  static const std::set<std::string> with_meaning = {"problem",        "solver", "x0",
                                                     "max-iterations", "digits", "json"};
  for (const auto& [name, value] : parsed) {
    if (value.defaulted() || with_meaning.contains(name)) continue;
    throw UsageError(fmt::format(
        "--{} has no meaning with --digits 50, which measures the order of convergence; leave it out", name));
  }
}

int measure_in_high_precision(const Command& command, const program_options::variables_map& parsed) {
  const std::string digits = *given(parsed, "digits");
  if (digits != "50")
    throw UsageError(
        fmt::format("--digits '{}': only 50 is there, beside double precision without it", digits));
  const std::string example = fmt::format("'optbed {} -p rosenbrock -s newton --digits 50'", command.name);
  const std::string problem_text = required(parsed, "problem", example);
  const std::string solver = required(parsed, "solver", example);
  refuse_without_meaning_in_high_precision(parsed);
  const HighPrecisionMethod method = parse_high_precision_method(solver);
  check_high_precision_problem(problem_text);
  const Vector x0 = read_start(parsed, *make_problem(problem_text));
  const long most = read_limits(parsed, {.max_iterations = 400}).max_iterations;
  const HighPrecisionRun run = run_in_high_precision(problem_text, method, x0, most);
  if (parsed.count("json")) {
    fmt::print("{}\n", high_precision_json(problem_text, solver, run).dump());
  } else {
    print_high_precision(problem_text, solver, run);
  }
  return 0;
}

int measure_rates(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  add_run_options(options);
  options.add_options()("modes", "the error in the Hessian's eigenvectors too")(
      "modes-file", program_options::value<std::string>()->value_name("FILE.csv"),
      "write the error in the Hessian's eigenvectors, an iteration a row")(
      "finite-differences",
      "take the Hessian at the limit from differences of gradients where there are no second derivatives")(
      "digits", program_options::value<std::string>()->value_name("50"),
      "order of convergence in 50 digits: newton, gauss_newton, secant and bfgs on small problems")(
      "json", "one object");
  program_options::options_description limits("Limits (default)");
  add_limits(limits, limits_to_the_floor());
  options.add(limits);
  const auto parsed = read_arguments(command, words, options);
  if (!parsed) return 0;
  if (parsed->count("digits")) return measure_in_high_precision(command, *parsed);

  const auto modes_path = given(*parsed, "modes-file");
  if (modes_path) check_output_file(*modes_path);
  RunArguments arguments = read_run(command, *parsed, limits_to_the_floor());
  const bool with_modes = parsed->count("modes") > 0 || modes_path;
  arguments.settings.trace.iterates = with_modes;

  const bool takes_differences = parsed->count("finite-differences") > 0;

  catch_interruption();
  const MeasuredRun run = measure_run(*arguments.problem, *arguments.solver, arguments.settings,
                                      {.takes_differences = takes_differences});
  const HessianOrigin origin = hessian_origin(*arguments.problem, takes_differences);
  std::optional<ModeAnalysis> modes;
  if (with_modes) modes = analyse_modes(*arguments.problem, run);
  if (modes_path) write_output_file(*modes_path, modes_csv(*modes));
  if (parsed->count("json")) {
    Json object = rates_json(arguments, run, origin);
    if (modes) object["modes"] = to_json(*modes);
    fmt::print("{}\n", object.dump());
  } else {
    print(arguments, run, origin);
    if (modes) print_modes(*modes);
  }
  if (interrupted()) return exit_interrupted;
  const Comparison& comparison = run.comparison;
  return comparison.verdict == Verdict::faster_than_bound || comparison.breaks_bound ? exit_check_failed : 0;
}

}  // namespace

Command rates_command() {
  Command command{"rates",
                  "rates -p PROBLEM -s SOLVER [limits] [--x0 V1,V2,…] [--seed S] [--modes] [--modes-file "
                  "FILE.csv] [--digits 50] [--finite-differences] [--json]",
                  "Measures how a run converges, beside the rate that theory predicts, with a verdict.",
                  {}};
  command.run = [command](const auto& words) { return measure_rates(command, words); };
  return command;
}

}  // namespace optbed
