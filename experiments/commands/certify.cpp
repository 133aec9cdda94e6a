#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "analysis/performance_estimation/performance_estimation.hpp"
#include "analysis/performance_estimation/worst_case_checks.hpp"
#include "experiments/commands/arguments.hpp"
#include "experiments/json.hpp"
#include "experiments/output_file.hpp"
#include "problems/errors.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

// Up to here, relative to the bound, a run attains it and a theorem says the same.
constexpr double attained_to = 1e-5;
constexpr double agreed_to = 1e-6;

// More than this takes minutes.
constexpr long most_steps = 20;

struct NamedMeasure {
  const char* name;
  PerformanceMeasure measure;
  const char* formula;
};
constexpr NamedMeasure measures[] = {
    {"gap", PerformanceMeasure::gap, "f(x_n) - f*"},
    {"distance", PerformanceMeasure::squared_distance, "|x_n - x*|^2"},
    {"gradient", PerformanceMeasure::squared_gradient, "|g(x_n)|^2"},
    {"least_gradient", PerformanceMeasure::least_squared_gradient, "min_k |g(x_k)|^2"},
};

struct Certified {
  std::string solver;
  long steps;
  NamedMeasure measure;
  PerformanceQuestion question;
  WorstCaseRate rate;
  std::optional<double> measured;
  std::vector<KnownBound> theory;
};

// A bound that the worst case is above cannot be right.
bool contradicts(const KnownBound& known, const WorstCaseRate& rate) {
  return rate.attained > known.value * (1 + agreed_to) + rate.margin;
}

// The truth is between what is attained and the bound, and so is a tight theorem.
bool agrees(const KnownBound& known, const WorstCaseRate& rate) {
  return !contradicts(known, rate) && known.value <= rate.bound * (1 + agreed_to) + rate.margin;
}

std::string relation(const KnownBound& known, const WorstCaseRate& rate) {
  if (contradicts(known, rate)) return "contradicts";
  return agrees(known, rate) ? "agrees" : "above";
}

bool is_attained(const Certified& certified) {
  return certified.measured && std::abs(*certified.measured - certified.rate.bound) <=
                                   attained_to * certified.rate.bound + certified.rate.margin;
}

// What has no function to run on cannot fail to attain it.
bool holds(const Certified& certified) {
  const bool has_function = certified.rate.worst_case.values.size() > 0;
  return (!has_function || is_attained(certified)) &&
         std::none_of(certified.theory.begin(), certified.theory.end(),
                      [&](const KnownBound& known) { return contradicts(known, certified.rate); });
}

Json certificate_json(const PerformanceCertificate& certificate) {
  Json multipliers = Json::array();
  for (const PairMultiplier& m : certificate.multipliers) multipliers.push_back({m.i, m.j, m.value});
  return {{"initial_multiplier", to_json(certificate.initial_multiplier)},
          {"multipliers", std::move(multipliers)},
          {"slack", to_json(certificate.slack)},
          {"least_eigenvalue", to_json(certificate.least_eigenvalue)},
          {"imbalance", to_json(certificate.imbalance)},
          {"size", to_json(certificate.size)}};
}

Json certified_json(const Certified& certified) {
  const PerformanceQuestion& question = certified.question;
  const WorstCaseRate& rate = certified.rate;
  Json theory = Json::array();
  for (const KnownBound& known : certified.theory) {
    theory.push_back({{"bound", to_json(known.value)},
                      {"statement", known.statement},
                      {"source", known.source},
                      {"verdict", relation(known, rate)}});
  }
  return {{"solver", certified.solver},
          {"steps", certified.steps},
          {"mu", question.functions.mu},
          {"lipschitz", question.functions.lipschitz},
          {"measure", certified.measure.name},
          {"initial", question.initial == InitialCondition::distance ? "distance" : "gap"},
          {"radius", question.radius},
          {"bound", to_json(rate.bound)},
          {"margin", to_json(rate.margin)},
          {"attained", to_json(rate.attained)},
          {"measured", to_json(certified.measured)},
          {"dimension", rate.worst_case.points.rows()},
          {"holds", holds(certified)},
          {"theory", std::move(theory)},
          {"certificate", certificate_json(rate.certificate)}};
}

void print(const Certified& certified) {
  const PerformanceQuestion& question = certified.question;
  const WorstCaseRate& rate = certified.rate;
  const auto [mu, L] = question.functions;
  const bool from_distance = question.initial == InitialCondition::distance;
  fmt::print("solver       {}, n = {}\n", certified.solver, certified.steps);
  fmt::print("class        {}, L = {:.6g}, {} <= {:.6g}\n",
             mu > 0 ? fmt::format("strongly convex, mu = {:.6g}", mu) : "convex", L,
             from_distance ? "|x_0 - x*|" : "f(x_0) - f*", question.radius);
  fmt::print("bound        {} <= {:.10g}\n", certified.measure.formula, rate.bound);
  fmt::print(
      "proof        {} multipliers >= 0 that balance to {:.1g}; slack matrix with eigenvalues >= {:.2g}\n",
      rate.certificate.multipliers.size() + 1, rate.certificate.imbalance, rate.certificate.least_eigenvalue);
  fmt::print("             rounding can raise the bound by {:.1g}\n", rate.margin);
  if (certified.measured) {
    fmt::print("worst case   a function of {} variable{}; the solver leaves {:.10g} on it: {}\n",
               rate.worst_case.points.rows(), rate.worst_case.points.rows() == 1 ? "" : "s",
               *certified.measured, is_attained(certified) ? "attained" : "NOT ATTAINED");
  } else {
    fmt::print("worst case   no function was found that attains it; {:.10g} is approached\n", rate.attained);
  }
  for (const KnownBound& known : certified.theory) {
    fmt::print("theory       {:.10g}, {}: {}\n             {}\n", known.value, relation(known, rate),
               known.statement, known.source);
  }
}

NamedMeasure read_measure(const program_options::variables_map& arguments) {
  std::vector<std::string> names;
  for (const NamedMeasure& named : measures) names.emplace_back(named.name);
  const auto text = given(arguments, "measure");
  return measures[text ? parse_choice("certify", "--measure", *text, names) : 0];
}

PerformanceQuestion read_question(const program_options::variables_map& arguments) {
  PerformanceQuestion question;
  question.functions.lipschitz =
      parse_real("certify", "--lipschitz", required(arguments, "lipschitz", "--lipschitz 1"), positive());
  if (const auto text = given(arguments, "strong-convexity")) {
    question.functions.mu = parse_real("certify", "--strong-convexity", *text, at_least(0));
  }
  if (const auto text = given(arguments, "initial")) {
    question.initial = parse_choice("certify", "--initial", *text, {"distance", "gap"}) == 0
                           ? InitialCondition::distance
                           : InitialCondition::gap;
  }
  if (const auto text = given(arguments, "radius")) {
    question.radius = parse_real("certify", "--radius", *text, positive());
  }
  question.measure = read_measure(arguments).measure;
  return question;
}

int certify(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("solver,s", text("SOLVER"), "name:key=value,…, a method with fixed steps")(
      "steps,n", text("N"), fmt::format("iterations, 1 to {}", most_steps).c_str())(
      "lipschitz", text("L"), "of the gradient of the functions")("strong-convexity", text("MU"),
                                                                  "of the functions, less than L (0)")(
      "measure", text("M"),
      "what is bounded: gap, distance, gradient (the squares of these two) or least_gradient (gap)")(
      "initial", text("I"),
      "what is known at the start: |x_0 - x*| (distance) or f(x_0) - f* (gap) (distance)")(
      "radius", text("R"), "how large that is at most (1)")(
      "save", text("FILE.csv"), "write the worst-case function, for interpolated_function:data=FILE.csv")(
      "json", "one object, with the multipliers");
  const auto arguments = read_arguments(command, words, options);
  if (!arguments) return 0;

  const std::string example = "'optbed certify -s gradient_descent:step=inverse_lipschitz -n 4 --lipschitz 3'";
  Certified certified{.solver = required(*arguments, "solver", example),
                      .steps = parse_integer("certify", "--steps", required(*arguments, "steps", example),
                                             between(1, most_steps)),
                      .measure = read_measure(*arguments),
                      .question = read_question(*arguments),
                      .rate = {},
                      .measured = {},
                      .theory = {}};
  const auto path = given(*arguments, "save");
  if (path) check_output_file(*path);
  const auto solver = make_solver(certified.solver);
  const FixedStepMethod method =
      read_fixed_steps(*solver, certified.solver, certified.question.functions, certified.steps);
  auto rate = worst_case_rate(method, certified.question);
  if (!rate) {
    fmt::print(stderr, "optbed: the semidefinite solver did not converge; there is no certificate\n");
    return exit_check_failed;
  }
  certified.rate = std::move(*rate);
  certified.measured = measured_worst_case(*solver, certified.rate, certified.question, certified.steps);
  certified.theory = known_bounds(*solver, certified.question, certified.steps);

  if (arguments->count("json")) {
    fmt::print("{}\n", certified_json(certified).dump());
  } else {
    print(certified);
  }
  if (path && certified.rate.worst_case.values.size() > 0) {
    write_output_file(*path, to_csv(certified.rate.worst_case));
  } else if (path) {
    fmt::print(stderr, "optbed: no function attains the bound, so {} is not written\n", *path);
    return exit_check_failed;
  }
  return holds(certified) ? 0 : exit_check_failed;
}

}  // namespace

Command certify_command() {
  Command command{
      "certify",
      "certify -s SOLVER -n N --lipschitz L [--strong-convexity MU] [--measure M] [--initial I] [--radius R] "
      "[--save FILE.csv] [--json]",
      "Proves the worst that a method with fixed steps can do on a class of functions, and shows it.",
      {}};
  command.run = [command](const auto& words) { return certify(command, words); };
  return command;
}

}  // namespace optbed
