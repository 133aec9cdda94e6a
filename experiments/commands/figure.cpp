#include "experiments/figures/figure.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/commands/arguments.hpp"
#include "experiments/interruption.hpp"
#include "problems/all_problems.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

std::vector<FigureSpec> chosen_specs(const program_options::variables_map& arguments) {
  const auto name = given(arguments, "name");
  const bool all = arguments.count("all") > 0;
  if (all && name) throw UsageError(fmt::format("figure: '{}' and --all exclude each other", *name));
  if (!all && !name) {
    throw UsageError("figure: name a figure, a SPEC.toml, or --all; 'optbed list figures' lists them");
  }
  if (name) return {find_figure_spec(*name)};
  std::vector<FigureSpec> specs;
  for (const BuiltInSpec& spec : built_in_figures()) specs.push_back(find_figure_spec(spec.name));
  return specs;
}

bool failed(const CurveReport& curve) {
  const Verdict verdict = curve.comparison.verdict;
  return verdict == Verdict::slower || verdict == Verdict::faster_than_bound;
}

void print(const FigureSpec& spec, const FigureReport& report) {
  fmt::print("{}: {}\n", report.name, spec.title);
  for (const std::string& line : report.lines) fmt::print("  {}\n", line);
  std::string files;
  for (const auto& file : report.files) files += " " + file.filename().string();
  fmt::print("  files in {}:{}\n", report.files.front().parent_path().string(), files);
  std::fflush(stdout);
  if (!report.gnuplot_warnings.empty())
    fmt::print(stderr, "optbed: gnuplot says: {}\n", report.gnuplot_warnings);
}

int figure(const Command& command, const std::vector<std::string>& words) {
  program_options::options_description options("Options");
  const auto text = [](const char* name) { return program_options::value<std::string>()->value_name(name); };
  options.add_options()("name", text("NAME"), "a built-in figure, or a SPEC.toml")(
      "all", "every built-in figure")("output,o", text("DIR"),
                                      "the folder for its files, made where it does not exist (.)")(
      "format", text("FORMAT"), "svg, png or pdf (all three)");
  program_options::positional_options_description positional;
  positional.add("name", 1);
  const auto arguments = read_arguments(command, words, options, positional);
  if (!arguments) return 0;

  FigureSettings settings{.directory = given(*arguments, "output").value_or(".")};
  if (const auto format = given(*arguments, "format")) settings.formats = {parse_figure_format(*format)};
  const std::vector<FigureSpec> specs = chosen_specs(*arguments);
  const ProblemRegistry problems = all_problems();
  const SolverRegistry solvers = all_solvers();
  int code = 0;
  catch_interruption();
  settings.interrupted = interrupted;
  for (const FigureSpec& spec : specs) {
    const FigureReport report = make_figure(spec, settings, problems, solvers);
    if (report.interrupted) return exit_interrupted;
    print(spec, report);
    if (code == 0 && std::any_of(report.curves.begin(), report.curves.end(), failed)) code = exit_check_failed;
    if (!report.not_drawn.empty()) {
      fmt::print(stderr, "optbed: {}: no picture: {}\n", report.name, report.not_drawn);
      code = exit_bad_file;
    }
  }
  return code;
}

}  // namespace

Command figure_command() {
  Command command{"figure",
                  "figure NAME|--all|SPEC.toml [-o DIR] [--format svg|png|pdf]",
                  "Draws figures with their data, and holds each curve against theory.",
                  {}};
  command.run = [command](const auto& words) { return figure(command, words); };
  return command;
}

}  // namespace optbed
