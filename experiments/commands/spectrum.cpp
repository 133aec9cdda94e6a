#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "experiments/output_file.hpp"
#include "experiments/spectrum_report.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

using Arguments = program_options::variables_map;

const char* const where_names = "start, minimiser, final or V1,V2,…";

program_options::options_description spectrum_options() {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  const auto optional_text = [&](const char* name) { return text(name)->implicit_value("", ""); };
  options.add_options()("problem,p", text("PROBLEM"), "name:key=value,…")(
      "at", text("WHERE"),
      "start, minimiser, final (of -s) or the point V1,V2,… (final with -s, start with --x0, else the "
      "minimiser where one is known, else the start)")("solver,s", text("SOLVER"),
                                                       "for --at final and --along: name:key=value,…")(
      "count,k", text("K"), "so many eigenvalues, at each end for both_ends (all up to n = 1000, else 5)")(
      "which", text("WHICH"), "largest, smallest, both_ends or nearest_zero (both_ends)")(
      "tolerance", text("T"), "an eigenvalue has converged at |Hv - lambda v| <= T |H| (1e-10)")(
      "max-products", text("N"), "of Hessian-vector products in the search for eigenvalues (200000)")(
      "density", optional_text("FILE.csv"),
      "the spectral density by stochastic Lanczos quadrature, with error bars")(
      "probes", text("N"), "random vectors for density, trace and Frobenius norm (16)")(
      "steps", text("M"), "of Lanczos' method for the density (80)")(
      "along", optional_text("EVERY"),
      "the greatest eigenvalue at each EVERY-th iteration of -s, beside its step (1)")(
      "finite-differences", "make Hessian-vector products from differences of gradients")(
      "x0", text("V1,V2,…"), "the start (the problem's own)")("seed", text("S"), "of what is random (0)")(
      "json", "one object");
  program_options::options_description limits("Limits of the run (default)");
  add_limits(limits);
  options.add(limits);
  return options;
}

WhichEigenvalues which_of(const std::string& text) {
  const std::vector<std::pair<std::string, WhichEigenvalues>> choices = {
      {"largest", WhichEigenvalues::largest},
      {"smallest", WhichEigenvalues::smallest},
      {"both_ends", WhichEigenvalues::both_ends},
      {"nearest_zero", WhichEigenvalues::nearest_zero}};
  std::vector<std::string> names;
  for (const auto& [name, which] : choices) {
    if (name == text) return which;
    names.push_back(name);
  }
  throw UsageError(fmt::format("spectrum: --which is '{}', but must be one of {}{}", text,
                               fmt::join(names, ", "), did_you_mean(text, names)));
}

long integer_of(const Arguments& arguments, const std::string& name, long otherwise, double least) {
  const auto text = given(arguments, name);
  return text ? parse_integer("spectrum", "--" + name, *text, at_least(least)) : otherwise;
}

SpectrumSettings read_settings(const Arguments& arguments, const Problem& problem) {
  SpectrumSettings settings;
  if (arguments.count("count")) {
    settings.count = integer_of(arguments, "count", 0, 1);
    if (*settings.count > problem.dimension()) {
      throw UsageError(fmt::format("spectrum: -k is {}, but the Hessian has only {} eigenvalues",
                                   *settings.count, problem.dimension()));
    }
  }
  if (const auto which = given(arguments, "which")) settings.which = which_of(*which);
  if (const auto tolerance = given(arguments, "tolerance")) {
    settings.tolerance = parse_real("spectrum", "--tolerance", *tolerance, open(0, 1));
  }
  settings.max_products = integer_of(arguments, "max-products", settings.max_products, 1);
  settings.probes = static_cast<int>(std::min(integer_of(arguments, "probes", settings.probes, 2), 1000000L));
  settings.seed = static_cast<std::uint64_t>(integer_of(arguments, "seed", 0, 0));
  settings.gradient_tolerance = read_limits(arguments).gradient_tolerance;
  if (arguments.count("finite-differences")) settings.source = HessianSource::gradient_differences;
  return settings;
}

// What --at says, or what the other options make of it.
std::string where_of(const Arguments& arguments, const Problem& problem) {
  if (const auto at = given(arguments, "at")) return *at;
  if (arguments.count("solver")) return "final";
  if (arguments.count("x0") || problem.facts().minimisers.empty()) return "start";
  return "minimiser";
}

void require_consistent(const Arguments& arguments, const std::string& where) {
  const bool has_solver = arguments.count("solver") > 0;
  const bool is_along = arguments.count("along") > 0;
  if (where == "final" && !has_solver) {
    throw UsageError("spectrum: --at final needs -s, the solver whose last point it is; for example -s bfgs");
  }
  if (is_along && !has_solver) {
    throw UsageError(
        "spectrum: --along needs -s, the solver whose points it follows; for example -s gradient_descent");
  }
  if (has_solver && where != "final" && !is_along) {
    throw UsageError(
        fmt::format("spectrum: with --at {} nothing is run, and -s has no use; leave it away, or ask for "
                    "--at final or --along",
                    where));
  }
  if (arguments.count("x0") && where != "start" && !has_solver) {
    throw UsageError(fmt::format(
        "spectrum: --x0 is the start, which --at {} has no use for; --at start looks there", where));
  }
  if (has_solver) return;
  for (const char* limit :
       {"max-iterations", "max-evaluations", "max-seconds", "value-target", "gap-tolerance"}) {
    if (arguments.count(limit)) {
      throw UsageError(fmt::format("spectrum: --{} limits a run, and nothing is run without -s", limit));
    }
  }
}

Vector typed_point(const std::string& text, const Problem& problem) {
  const std::vector<std::string> names = {"start", "minimiser", "final"};
  const bool is_word = text.empty() || std::isalpha(static_cast<unsigned char>(text[0]));
  if (is_word && text != "inf" && text != "nan") {
    throw UsageError(
        fmt::format("spectrum: --at is '{}', but must be {}{}", text, where_names, did_you_mean(text, names)));
  }
  const std::vector<double> values = parse_reals("spectrum", "--at", text, any_real(), ',');
  if (static_cast<Index>(values.size()) != problem.dimension()) {
    throw UsageError(fmt::format("spectrum: --at has {} {}, but the problem has dimension {}", values.size(),
                                 values.size() == 1 ? "number" : "numbers", problem.dimension()));
  }
  return Eigen::Map<const Vector>(values.data(), problem.dimension());
}

// Runs the solver, along with the sharpness where that is asked for.
void run_solver(const Arguments& arguments, const Problem& problem, const SpectrumSettings& settings,
                SpectrumReport& report) {
  report.solver = *given(arguments, "solver");
  const auto solver = make_solver(report.solver);
  const std::string missing = solver->unmet_need(problem);
  if (!missing.empty()) {
    throw UsageError(
        fmt::format("{} cannot run on {}: the problem lacks {}", report.solver, report.problem, missing));
  }
  MinimizeSettings run{
      .limits = read_limits(arguments), .start = read_start(arguments, problem), .seed = report.seed};
  run.observer = [](const Observation&) { return interrupted(); };
  catch_interruption();
  if (const auto every = given(arguments, "along")) {
    SharpnessSettings sharpness{.source = settings.source, .seed = report.seed};
    if (!every->empty()) sharpness.every = parse_integer("spectrum", "--along", *every, at_least(1));
    report.along = sharpness_along(problem, *solver, std::move(run), sharpness);
    report.run = report.along->result;
  } else {
    report.run = minimize(problem, *solver, std::move(run));
  }
}

void find_point(const Arguments& arguments, const std::string& where, const Problem& problem,
                SpectrumReport& report) {
  report.at = where;
  if (where == "final") {
    report.x = report.run->x;
    report.at_text = fmt::format("the last point of {} ({} after {} iterations)", report.solver,
                                 to_string(report.run->stop), report.run->iterations);
  } else if (where == "start") {
    report.x = read_start(arguments, problem);
    const bool is_unknown = !arguments.count("at") && !arguments.count("x0");
    report.at_text = is_unknown ? "the start (no minimiser is known)" : "the start";
  } else if (where == "minimiser") {
    const auto& minimisers = problem.facts().minimisers;
    if (minimisers.empty()) {
      throw UsageError(
          fmt::format("spectrum: no minimiser of {} is known; run a solver with -s and look at its last "
                      "point with --at final",
                      report.problem));
    }
    report.x = minimisers.front().value;
    report.at_text = minimisers.size() == 1
                         ? "the known minimiser"
                         : fmt::format("the first of {} known minimisers", minimisers.size());
  } else {
    report.x = typed_point(where, problem);
    report.at = "point";
    report.at_text = "the point that was given";
  }
}

void add_density(const Arguments& arguments, const Problem& problem, const SpectrumSettings& settings,
                 SpectrumReport& report) {
  const Index steps = integer_of(arguments, "steps", 80, 2);
  const HessianOperator H(problem, report.x, settings.source);
  const SpectralDensity density(H.product(), H.dimension(), settings.probes, steps, settings.seed + 2);
  if (!density.is_finite()) throw hessian_is_not_finite();
  report.density = density_on_grid(density, std::min(steps, H.dimension()));
  report.density_products = H.products();
}

int show_spectrum(const Command& command, const std::vector<std::string>& words) {
  const auto arguments = read_arguments(command, words, spectrum_options());
  if (!arguments) return 0;
  SpectrumReport report{
      .problem = required(*arguments, "problem", "'optbed spectrum -p rosenbrock'"), .at = {}, .at_text = {}};
  const auto problem = make_problem(report.problem);
  const std::string where = where_of(*arguments, *problem);
  require_consistent(*arguments, where);
  const SpectrumSettings settings = read_settings(*arguments, *problem);
  report.seed = settings.seed;
  const auto density_file = given(*arguments, "density");
  if (arguments->count("steps") && !density_file) throw UsageError("spectrum: --steps needs --density");
  const bool writes_density = density_file && !density_file->empty();
  if (writes_density) check_output_file(*density_file);
  if (where != "final")
    find_point(*arguments, where, *problem, report);  // told before a run, where it is wrong
  if (arguments->count("solver")) run_solver(*arguments, *problem, settings, report);
  if (where == "final") find_point(*arguments, where, *problem, report);

  report.spectrum = hessian_spectrum(*problem, report.x, settings);
  if (density_file) add_density(*arguments, *problem, settings, report);
  if (arguments->count("json")) {
    fmt::print("{}\n", to_json(report).dump());
  } else {
    print(report);
  }
  if (writes_density) write_output_file(*density_file, to_csv(*report.density));
  if (interrupted()) return exit_interrupted;
  return report.all_converged() ? 0 : exit_check_failed;
}

std::string remedy_of(NoHessian reason) {
  switch (reason) {
    case NoHessian::kinks:
      return "take a smooth one ('optbed list problems')";
    case NoHessian::no_second_derivatives:
    case NoHessian::too_large_to_form:
      return "--finite-differences makes Hessian-vector products from differences of its gradient";
    case NoHessian::not_finite:
      break;
  }
  return "choose another one with --at";
}

int spectrum(const Command& command, const std::vector<std::string>& words) {
  try {
    return show_spectrum(command, words);
  } catch (const NoHessianError& error) {
    throw UsageError(fmt::format("{}; {}", error.what(), remedy_of(error.reason())));
  }
}

}  // namespace

Command spectrum_command() {
  Command command{
      "spectrum",
      "spectrum -p PROBLEM [--at start|minimiser|final|V1,V2,…] [-s SOLVER] [limits] [-k K] [--which WHICH] "
      "[--density [FILE.csv]] [--along [EVERY]] [--finite-differences] [--x0 V1,V2,…] [--seed S] [--json]",
      "Eigenvalues of the Hessian at a point, what kind of point it is, and sharpness along a run.",
      {}};
  command.run = [command](const auto& words) { return spectrum(command, words); };
  return command;
}

}  // namespace optbed
