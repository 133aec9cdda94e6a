#include "experiments/figures/figure_data.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <set>

#include "analysis/mode_analysis.hpp"
#include "experiments/csv_field.hpp"
#include "experiments/figures/contour_lines.hpp"
#include "problems/options.hpp"

namespace optbed {
namespace {

constexpr Index contour_grid_points = 241;
constexpr double contour_tolerance = 2e-4;  // of a panel's width: a fifth of the lines' own

bool shows_paths(const FigureSpec& spec) {
  return std::any_of(spec.panels.begin(), spec.panels.end(),
                     [](const PanelSpec& panel) { return panel.kind == PanelKind::paths; });
}

std::set<long> shown_coordinates(const FigureSpec& spec) {
  std::set<long> coordinates;
  for (const PanelSpec& panel : spec.panels)
    coordinates.insert(panel.coordinates.begin(), panel.coordinates.end());
  return coordinates;
}

std::set<long> shown_modes(const FigureSpec& spec) {
  std::set<long> modes;
  for (const PanelSpec& panel : spec.panels) modes.insert(panel.modes.begin(), panel.modes.end());
  return modes;
}

// The minimiser that the last iterate is nearest to.
const Vector* nearest_minimiser(const FigureRun& run) {
  const auto& minimisers = run.problem->facts().minimisers;
  const auto nearest =
      std::min_element(minimisers.begin(), minimisers.end(), [&](const auto& a, const auto& b) {
        return (a.value - run.result.x).squaredNorm() < (b.value - run.result.x).squaredNorm();
      });
  return nearest == minimisers.end() ? nullptr : &nearest->value;
}

// x_i - x*_i
std::vector<double> coordinate_errors(const FigureRun& run, Index i) {
  const Vector* minimiser = nearest_minimiser(run);
  if (minimiser == nullptr || i >= run.problem->dimension()) return {};
  std::vector<double> errors;
  for (std::size_t row = 0; row < run.result.trace.rows(); ++row)
    errors.push_back(run.result.trace.iterate(row)[i] - (*minimiser)[i]);
  return errors;
}

std::vector<ErrorPart> error_parts(const FigureRun& run) {
  const Vector* minimiser = nearest_minimiser(run);
  if (minimiser == nullptr || !run.problem->has_hessian() || run.result.trace.rows() == 0) return {};
  return analyse_modes(*run.problem, *minimiser, run.result.trace, run.statements).parts;
}

std::vector<double> iterates_coordinate(const FigureRun& run, Index i) {
  if (i >= run.problem->dimension()) return {};
  std::vector<double> values;
  for (std::size_t row = 0; row < run.result.trace.rows(); ++row)
    values.push_back(run.result.trace.iterate(row)[i]);
  return values;
}

}  // namespace

std::string coordinate_column(long i) { return fmt::format("error_x{}", i); }
std::string mode_column(long i) { return fmt::format("mode_{}", i); }
std::string mode_theory_column(long i) { return fmt::format("theory_mode_{}", i); }

FigureData::FigureData(const FigureSpec& spec, const std::vector<FigureRun>& runs) {
  columns_.resize(runs.size());
  const auto add = [&](const std::string& name, const auto& values_of) {
    names_.push_back(name);
    for (std::size_t i = 0; i < runs.size(); ++i) columns_[i].push_back(values_of(runs[i]));
  };
  for (const std::string name : {"iteration", "evaluations", "value", "gap", "distance", "gradient_norm"}) {
    add(name, [&](const FigureRun& run) {
      const Trace& trace = run.result.trace;
      if (name == "evaluations") return total_evaluations(trace);
      return trace.has(name) ? trace.column(name) : std::vector<double>{};
    });
  }
  if (shows_paths(spec)) {
    for (const Index i : {0, 1}) {
      add(fmt::format("x{}", i + 1), [i](const FigureRun& run) { return iterates_coordinate(run, i); });
    }
  }
  for (const long i : shown_coordinates(spec)) {
    add(coordinate_column(i), [i](const FigureRun& run) { return coordinate_errors(run, i - 1); });
  }
  add_modes(spec, runs);
  for (const Quantity quantity : {Quantity::gap, Quantity::distance}) {
    add("theory_" + to_string(quantity),
        [quantity](const FigureRun& run) { return theory_curve(run, quantity); });
  }
}

void FigureData::add_modes(const FigureSpec& spec, const std::vector<FigureRun>& runs) {
  const std::set<long> modes = shown_modes(spec);
  if (modes.empty()) return;
  for (const long mode : modes) {
    names_.push_back(mode_column(mode));
    names_.push_back(mode_theory_column(mode));
  }
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const std::vector<ErrorPart> parts = error_parts(runs[i]);
    for (const long mode : modes) {
      const auto index = static_cast<std::size_t>(mode - 1);
      columns_[i].push_back(index < parts.size() ? parts[index].size : std::vector<double>{});
      columns_[i].push_back(index < parts.size() ? parts[index].theory : std::vector<double>{});
    }
  }
}

std::span<const double> FigureData::column(std::size_t run, const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) return {};
  return columns_[run][static_cast<std::size_t>(found - names_.begin())];
}

bool FigureData::has(std::size_t run, const std::string& name) const {
  const auto values = column(run, name);
  return std::any_of(values.begin(), values.end(), [](double value) { return !std::isnan(value); });
}

std::string FigureData::csv(const std::vector<FigureRun>& runs) const {
  // The texts stand last: gnuplot loses count of the columns after a field that holds both a quote and a comma.
  std::string text = "run";
  for (const std::string& name : names_) text += "," + name;
  text += ",label,solver,problem\n";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    const RunSpec& run = runs[i].spec;
    const std::string texts = fmt::format(",{},{},{}\n", csv_field(run.label), csv_field(run.solver.value),
                                          csv_field(run.problem.value));
    for (std::size_t row = 0; row < runs[i].result.trace.rows(); ++row) {
      text += std::to_string(i + 1);
      for (const std::vector<double>& values : columns_[i]) {
        text += ',';
        if (!values.empty() && !std::isnan(values[row])) text += format_real(values[row]);
      }
      text += texts;
    }
  }
  return text;
}

PathsWindow paths_window(const PanelSpec& panel, const std::vector<FigureRun>& runs) {
  constexpr double infinity = std::numeric_limits<double>::infinity();
  Eigen::Array2d low(infinity, infinity);
  Eigen::Array2d high(-infinity, -infinity);
  const auto include = [&](const Vector& x) {
    low = low.min(x.array());
    high = high.max(x.array());
  };
  for (const std::size_t i : panel.runs) {
    include(runs[i].x0);
    for (const auto& minimiser : runs[i].problem->facts().minimisers) include(minimiser.value);
  }
  // A run that leaves this region for good should not shrink what is to be seen to a dot. Both axes have one
  // scale, so the longer side is the measure.
  const double margin = std::max((high - low).maxCoeff(), 1e-3 * (1 + high.abs().max(low.abs()).maxCoeff()));
  const Eigen::Array2d lowest = low - margin;
  const Eigen::Array2d highest = high + margin;
  for (const std::size_t i : panel.runs) {
    const Trace& trace = runs[i].result.trace;
    for (std::size_t row = 0; row < trace.rows(); ++row) {
      const Vector x = trace.iterate(row);
      if ((x.array() >= lowest).all() && (x.array() <= highest).all()) include(x);
    }
  }
  const double padding = std::max(0.1 * (high - low).maxCoeff(), 0.1 * margin);
  const auto range = [&](Index i) { return AxisRange{low[i] - padding, high[i] + padding}; };
  return {panel.x_range.value_or(range(0)), panel.y_range.value_or(range(1))};
}

std::string contours_csv(const FigureSpec& spec, const std::vector<FigureRun>& runs) {
  if (!shows_paths(spec)) return {};
  std::string text = "panel,level,x1,x2\n";
  for (std::size_t i = 0; i < spec.panels.size(); ++i) {
    const PanelSpec& panel = spec.panels[i];
    if (panel.kind != PanelKind::paths) continue;
    const PathsWindow window = paths_window(panel, runs);
    const Grid grid = sample(*runs[panel.runs.front()].problem, window.x, window.y, contour_grid_points);
    const std::vector<double> levels =
        panel.levels.empty() ? contour_levels(grid, panel.level_count, panel.level_spacing) : panel.levels;
    for (const ContourLine& line : contour_lines(grid, levels)) {
      for (const auto& [x1, x2] : simplified(line, grid, contour_tolerance).points)
        fmt::format_to(std::back_inserter(text), "{},{:.6g},{:.6g},{:.6g}\n", i + 1, line.level, x1, x2);
      text += "\n";
    }
  }
  return text;
}

}  // namespace optbed
