#include "experiments/commands/arguments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <boost/program_options/errors.hpp>
#include <boost/program_options/parsers.hpp>
#include <set>
#include <sstream>

#include "experiments/interruption.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"
#include "problems/nearest_name.hpp"
#include "problems/options.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

std::vector<std::string> long_names(const program_options::options_description& options) {
  std::vector<std::string> names;
  for (const auto& option : options.options()) names.push_back("--" + option->long_name());
  return names;
}

std::string help_hint(const Command& command) {
  return fmt::format("\n  'optbed {} --help' shows its options", command.name);
}

// The words that need no option first, as the usage calls them, then the options.
std::string help_text(const Command& command, const program_options::options_description& options,
                      const program_options::positional_options_description& positional) {
  constexpr unsigned most_words = 4;
  std::set<std::string> words;
  for (unsigned i = 0; i < std::min(most_words, positional.max_total_count()); ++i) {
    words.insert(positional.name_for_position(i));
  }
  std::string text = fmt::format("usage: optbed {}\n\n{}\n\n", command.usage, command.summary);
  program_options::options_description others("Options");
  for (const auto& option : options.options()) {
    if (words.contains(option->long_name())) {
      text += fmt::format("  {:<22}{}\n", option->format_parameter(), option->description());
    } else {
      others.add(option);
    }
  }
  if (!words.empty()) text += '\n';
  std::ostringstream described;
  described << others;
  return text + described.str();
}

template <class Product, class Other>
std::unique_ptr<Product> make_from(const Registry<Product>& registry, const Registry<Other>& others,
                                   const std::string& text, const char* what_it_is) {
  const std::string name = parse_specification(text).name;
  if (!registry.find(name) && others.find(name)) throw UsageError(fmt::format("'{}' {}", name, what_it_is));
  return registry.make(text);
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

}  // namespace

std::optional<program_options::variables_map> read_arguments(
    const Command& command, const std::vector<std::string>& arguments,
    program_options::options_description options,
    const program_options::positional_options_description& positional) {
  options.add_options()("help,h", "show this help");
  program_options::variables_map values;
  try {
    // No guessing of abbreviated options: a typing error must not pass for another option.
    namespace style = program_options::command_line_style;
    const int exact = style::unix_style & ~style::allow_guessing;
    program_options::store(program_options::command_line_parser(arguments)
                               .options(options)
                               .positional(positional)
                               .style(exact)
                               .run(),
                           values);
  } catch (const program_options::unknown_option& error) {
    const std::string& typed = error.get_option_name();
    throw UsageError(fmt::format("{} has no option '{}'{}{}", command.name, typed,
                                 did_you_mean(typed, long_names(options)), help_hint(command)));
  } catch (const program_options::too_many_positional_options_error&) {
    throw UsageError(fmt::format(
        "{}: one word is too many, or stands without its option, as -p before a problem or -s before a "
        "solver\n  usage: optbed {}",
        command.name, command.usage));
  } catch (const program_options::error& error) {
    throw UsageError(fmt::format("{}: {}{}", command.name, error.what(), help_hint(command)));
  }
  if (values.count("help")) {
    fmt::print("{}", help_text(command, options, positional));
    return std::nullopt;
  }
  return values;
}

std::unique_ptr<Problem> make_problem(const std::string& text) {
  return make_from(all_problems(), all_solvers(), text,
                   "is a solver, not a problem; a solver is given with -s");
}

std::unique_ptr<Solver> make_solver(const std::string& text) {
  return make_from(all_solvers(), all_problems(), text,
                   "is a problem, not a solver; a problem is given with -p");
}

std::optional<std::string> given(const program_options::variables_map& arguments, const std::string& name) {
  if (!arguments.count(name)) return std::nullopt;
  return arguments[name].as<std::string>();
}

std::string required(const program_options::variables_map& arguments, const std::string& name,
                     const std::string& example) {
  if (auto value = given(arguments, name)) return *value;
  throw UsageError(fmt::format("--{} is missing; for example {}", name, example));
}

void add_limits(program_options::options_description& options, const Limits& defaults) {
  const auto text = [] { return program_options::value<std::string>()->value_name("V"); };
  options.add_options()("max-iterations", text(),
                        fmt::format("stop after so many iterations ({})", defaults.max_iterations).c_str())(
      "max-evaluations", text(),
      "stop before one evaluation more than this, of all kinds together; 0: no limit (0)")(
      "max-seconds", text(), "stop after so much time in the method; 0: no limit (0)")(
      "gradient-tolerance", text(),
      fmt::format("stop when |g|_inf is at most this; 0: never ({})", defaults.gradient_tolerance).c_str())(
      "value-target", text(), "stop when f is at most this (none)")(
      "gap-tolerance", text(), "stop when f - f* is at most this, where f* is known; 0: never (0)");
}

Limits read_limits(const program_options::variables_map& arguments, const Limits& defaults) {
  const std::string owner = "limits";
  Limits limits = defaults;
  if (const auto text = given(arguments, "max-iterations")) {
    limits.max_iterations = parse_integer(owner, "--max-iterations", *text, at_least(0));
  }
  if (const auto text = given(arguments, "max-evaluations")) {
    limits.max_evaluations = parse_integer(owner, "--max-evaluations", *text, at_least(0));
  }
  if (const auto text = given(arguments, "max-seconds")) {
    limits.max_seconds = parse_real(owner, "--max-seconds", *text, at_least(0));
  }
  if (const auto text = given(arguments, "gradient-tolerance")) {
    limits.gradient_tolerance = parse_real(owner, "--gradient-tolerance", *text, at_least(0));
  }
  if (const auto text = given(arguments, "value-target")) {
    limits.value_target = parse_real(owner, "--value-target", *text, any_real());
  }
  if (const auto text = given(arguments, "gap-tolerance")) {
    limits.gap_tolerance = parse_real(owner, "--gap-tolerance", *text, at_least(0));
  }
  return limits;
}

void check_need(const std::string& solver_text, const Solver& solver, const std::string& problem_text,
                const Problem& problem) {
  const std::string missing = solver.unmet_need(problem);
  if (missing.empty()) return;
  throw UsageError(fmt::format("{} cannot run on {}: the problem lacks {}{}", solver_text, problem_text,
                               missing, problems_for(solver)));
}

void add_run_options(program_options::options_description& options) {
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("problem,p", text("PROBLEM"), "name:key=value,…")(
      "solver,s", text("SOLVER"), "name:key=value,…")("x0", text("V1,V2,…"), "the start (the problem's own)")(
      "seed", text("S"), "of methods that draw random numbers (0)");
}

RunArguments read_run(const Command& command, const program_options::variables_map& arguments,
                      const Limits& defaults) {
  const std::string example = fmt::format("'optbed {} -p rosenbrock -s lbfgs'", command.name);
  RunArguments run;
  run.problem_text = required(arguments, "problem", example);
  run.solver_text = required(arguments, "solver", example);
  if (const auto seed = given(arguments, "seed")) {
    run.settings.seed = static_cast<std::uint64_t>(parse_integer(command.name, "--seed", *seed, at_least(0)));
  }
  run.problem = make_problem(run.problem_text);
  run.solver = make_solver(run.solver_text);
  run.settings.limits = read_limits(arguments, defaults);
  run.settings.start = read_start(arguments, *run.problem);
  check_need(run.solver_text, *run.solver, run.problem_text, *run.problem);
  run.settings.observer = [](const Observation&) { return interrupted(); };
  return run;
}

Vector read_start(const program_options::variables_map& arguments, const Problem& problem) {
  const auto text = given(arguments, "x0");
  if (!text) return problem.start();
  const std::vector<double> values = parse_reals("start", "--x0", *text, any_real(), ',');
  if (static_cast<Index>(values.size()) != problem.dimension()) {
    throw UsageError(fmt::format("--x0 has {} {}, but the problem has dimension {}; write --x0 V1,V2,…",
                                 values.size(), values.size() == 1 ? "number" : "numbers",
                                 problem.dimension()));
  }
  return Eigen::Map<const Vector>(values.data(), problem.dimension());
}

}  // namespace optbed
