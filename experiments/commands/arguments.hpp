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
// Empty where
// --help was asked for: the help has been printed then.
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
void add_limits(program_options::options_description& options);
Limits read_limits(const program_options::variables_map& arguments);

// --x0 V1,V2,…: the point, or the problem's start. Throws UsageError where its length is not the dimension.
Vector read_start(const program_options::variables_map& arguments, const Problem& problem);

}  // namespace optbed
