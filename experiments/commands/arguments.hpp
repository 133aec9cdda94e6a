// What the commands have in common in reading their arguments.
#pragma once

#include <boost/program_options/options_description.hpp>
#include <boost/program_options/positional_options.hpp>
#include <boost/program_options/variables_map.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/commands/command.hpp"
#include "problems/problem.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

namespace program_options = boost::program_options;

// Reads the arguments of a command. Throws UsageError with the nearest legal name where an option is unknown.
// Empty where --help was asked for: the help has been printed then.
std::optional<program_options::variables_map> read_arguments(
    const Command& command, const std::vector<std::string>& arguments,
    program_options::options_description options,
    const program_options::positional_options_description& positional = {});

// What `name:key=value,…` stands for. Throws UsageError as their registries do; of a name that belongs to the
// other kind it says so.
std::unique_ptr<Problem> make_problem(const std::string& text);
std::unique_ptr<Solver> make_solver(const std::string& text);

// A text option that was given, or nothing.
std::optional<std::string> given(const program_options::variables_map& arguments, const std::string& name);

// As `given`; throws UsageError where it was not.
std::string required(const program_options::variables_map& arguments, const std::string& name,
                     const std::string& example);

// --max-iterations, --max-evaluations, --max-seconds, --gradient-tolerance, --value-target, --gap-tolerance.
// What is not given is as in `defaults`.
void add_limits(program_options::options_description& options, const Limits& defaults = {});
Limits read_limits(const program_options::variables_map& arguments, const Limits& defaults = {});

// What `run`, and all that makes a run, is told: -p, -s, --x0, --seed and the limits.
struct RunArguments {
  std::string problem_text;
  std::string solver_text;
  std::unique_ptr<Problem> problem;
  std::unique_ptr<Solver> solver;
  MinimizeSettings settings;  // its observer ends the run after Ctrl-C
};

// Throws UsageError where the problem lacks what the solver needs.
void check_need(const std::string& solver_text, const Solver& solver, const std::string& problem_text,
                const Problem& problem);

// `options` gets -p, -s, --x0 and --seed; the limits stand by themselves, as below.
void add_run_options(program_options::options_description& options);

// Throws UsageError where one is missing or wrong, or the problem lacks what the solver needs.
RunArguments read_run(const Command& command, const program_options::variables_map& arguments,
                      const Limits& defaults = {});

// --x0 V1,V2,…: the point, or the problem's start. Throws UsageError where its length is not the dimension.
Vector read_start(const program_options::variables_map& arguments, const Problem& problem);

}  // namespace optbed
