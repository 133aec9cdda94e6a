// A figure as a person writes it: which runs, and which panels show them. One TOML file a figure:
//
//   name = "two_steps"                  # the stem of its files' names; without it, the spec file's
//   title = "Two step sizes"
//   caption = "The smaller one wins."
//   problem = "quadratic:n=2,kappa=10"  # of every run that does not name its own
//   x0 = [1, 1]                         # likewise; without it, the problem's start
//   columns = 2                         # panels in a row
//   height = 5.6                        # of a panel, cm
//   key = "below"                       # below | none
//   [limits]                            # of every run: max_iterations, max_evaluations, max_seconds,
//   gradient_tolerance = 1e-10          # gradient_tolerance, value_target, gap_tolerance
//   [[run]]
//   label = "small"
//   solver = "gradient_descent:learning_rate=0.01"
//   max_iterations = 100                # a limit of this run alone; also problem, x0, seed
//   theory = false                      # draws none for this run
//   [[panel]]
//   kind = "convergence"                # or "paths": over the contour lines of a problem of two variables
//   title = "Distance to the minimiser"
//   quantity = "distance"               # gap, value, gradient_norm, coordinate, coordinate_error, mode
//   coordinates = [1, 2]                # for coordinates
//   modes = [1, 2]                      # for modes
//   against = "iterations"              # evaluations
//   x_scale = "linear"                  # log; so y_scale, which is log unless a coordinate is shown
//   x_range = [0, 100]                  # likewise y_range
//   runs = ["small"]                    # all, unless given
//   theory = true                       # dashed, in the run's colour
//   key = "none"                        # or a key of this panel's own: top_right, top_left, …
//   width = 8.6                         # cm
//   [[panel.reference]]                 # further curves: scale factor^k, or scale (k+1)^-power
//   label = "0.9^k"
//   factor = 0.9
//
// Of a paths panel: levels = [1, 2, 4] or level_count = 12 with level_spacing = "even" | "log".
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "experiments/source_position.hpp"
#include "solvers/minimize.hpp"

namespace optbed {

struct RunSpec {
  std::string label;  // unique in its figure
  SourcePosition at;
  Placed<std::string> solver;
  Placed<std::string> problem;
  std::optional<Placed<std::vector<double>>> x0;
  Limits limits;
  std::uint64_t seed = 0;
  bool theory = true;
};

// An interval of an axis, low < high.
struct AxisRange {
  double low;
  double high;
};

enum class PanelKind { paths, convergence };

// What a convergence panel shows. coordinate: x_i - x*_i. coordinate_error: |x_i - x*_i|. mode: the size of the
// part of x - x* along the eigenvectors of an eigenvalue of the Hessian at x*.
enum class PlottedQuantity { gap, distance, value, gradient_norm, coordinate, coordinate_error, mode };

enum class Abscissa { iterations, evaluations };

// Contour levels above the lowest value f_low of a grid. even: even in sqrt(f - f_low), so that a quadratic's
// lines are evenly spaced. log: even in log(f - f_low).
enum class LevelSpacing { even, log };

enum class KeyCorner { none, top_right, top_left, bottom_right, bottom_left };

// scale factor^k or scale (k+1)^-power, whichever is given.
struct ReferenceCurve {
  std::string label;
  std::optional<double> factor;
  std::optional<double> power;
  double scale = 1;
};

struct PanelSpec {
  PanelKind kind = PanelKind::convergence;
  SourcePosition at;
  std::string title;
  std::vector<std::size_t> runs;  // indices into FigureSpec::runs
  double width = 8.6;             // cm
  std::optional<AxisRange> x_range;
  std::optional<AxisRange> y_range;
  KeyCorner key = KeyCorner::none;

  // convergence
  PlottedQuantity quantity = PlottedQuantity::gap;
  std::vector<long> coordinates;  // from 1, of coordinate and coordinate_error
  std::vector<long> modes;        // from 1, of mode: the distinct eigenvalues, ascending
  Abscissa against = Abscissa::iterations;
  bool log_x = false;
  bool log_y = true;
  bool theory = true;
  std::vector<ReferenceCurve> references;

  // paths
  std::vector<double> levels;  // ascending; empty: level_count of them, spaced so
  long level_count = 12;
  LevelSpacing level_spacing = LevelSpacing::even;
};

enum class FigureKey { below, none };

struct FigureSpec {
  std::string name;  // letters, digits, _ and -: the stem of the figure's files
  std::string title;
  std::string caption;
  std::string file;  // the spec's own, for messages
  FigureKey key = FigureKey::below;
  long columns = 2;
  double height = 5.6;  // of a panel, cm
  std::vector<RunSpec> runs;
  std::vector<PanelSpec> panels;
};

// Throws UsageError, naming file, line and column, where the text is not a figure spec. Whether problems and
// solvers exist is found out when the figure is made.
FigureSpec parse_figure_spec(const std::string& text, const std::string& file);

// As above, from a file. Throws InputError where it cannot be read.
FigureSpec read_figure_spec(const std::string& path);

}  // namespace optbed
