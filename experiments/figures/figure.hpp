// Figures: a spec is run, its data are written, and gnuplot draws them.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "analysis/verdict.hpp"
#include "experiments/figures/figure_spec.hpp"
#include "experiments/figures/find_figure_spec.hpp"
#include "problems/registry.hpp"
#include "solvers/registry.hpp"

namespace optbed {

enum class FigureFormat { svg, png, pdf };

// Throws UsageError for another word than svg, png or pdf.
FigureFormat parse_figure_format(const std::string& word);
std::string to_string(FigureFormat format);

struct FigureSettings {
  std::filesystem::path directory = ".";  // made where it does not exist
  std::vector<FigureFormat> formats = {FigureFormat::svg, FigureFormat::png, FigureFormat::pdf};
  std::string gnuplot = "gnuplot";                           // found on the PATH unless it holds a slash
  std::function<bool()> interrupted = [] { return false; };  // asked at every iteration: true ends it all
};

struct CurveReport {
  std::string label;
  StopReason stop;
  long iterations;
  Comparison comparison;
};

struct FigureReport {
  std::string name;
  std::vector<CurveReport> curves;           // one a run, in the spec's order
  std::vector<std::string> lines;            // the same for a person, aligned
  std::vector<std::filesystem::path> files;  // that were written
  std::string not_drawn;                     // why there are no pictures; empty where there are
  std::string gnuplot_warnings;              // what gnuplot said although it drew
  bool interrupted = false;                  // nothing has been written then
};

// Writes into the folder NAME.csv, NAME_contours.csv (where a panel shows paths), NAME.gp, which draws them
// again, NAME.md (the caption) and the pictures. Throws UsageError, naming file, line and column, where the
// spec's problems, solvers, starts or panels do not fit together: nothing is written or run then. Throws
// InputError where the folder or a file cannot be written.
FigureReport make_figure(const FigureSpec& spec, const FigureSettings& settings,
                         const ProblemRegistry& problems, const SolverRegistry& solvers);

}  // namespace optbed
