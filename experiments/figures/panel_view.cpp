#include "experiments/figures/panel_view.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr long marks_on_a_curve = 9;
constexpr long most_iterations_all_marked = 25;
constexpr double no_number = std::numeric_limits<double>::quiet_NaN();

std::string column_of(PlottedQuantity quantity) {
  switch (quantity) {
    case PlottedQuantity::gap:
      return "gap";
    case PlottedQuantity::distance:
      return "distance";
    case PlottedQuantity::value:
      return "value";
    case PlottedQuantity::gradient_norm:
      return "gradient_norm";
    case PlottedQuantity::coordinate:
    case PlottedQuantity::coordinate_error:
    case PlottedQuantity::mode:
      break;
  }
  return {};
}

// Labels are shown as they are written, without gnuplot's markup, so an index needs letters of its own.
std::string subscript(long number) {
  constexpr std::array<const char*, 10> digits = {"₀", "₁", "₂", "₃", "₄", "₅", "₆", "₇", "₈", "₉"};
  std::string text;
  for (const char digit : std::to_string(number)) text += digits[static_cast<std::size_t>(digit - '0')];
  return text;
}

double plotted(const PanelSpec& panel, double value) {
  return panel.quantity == PlottedQuantity::coordinate_error ? std::abs(value) : value;
}

}  // namespace

bool shows_parts_of_runs(const PanelSpec& panel) { return !panel.coordinates.empty() || !panel.modes.empty(); }

std::string abscissa(const PanelSpec& panel) {
  return panel.against == Abscissa::iterations ? "iteration" : "evaluations";
}

std::vector<Curve> curves_of(const PanelSpec& panel, const std::vector<FigureRun>& runs) {
  std::vector<Curve> curves;
  for (const std::size_t i : panel.runs) {
    const std::string& label = runs[i].spec.label;
    if (!shows_parts_of_runs(panel)) curves.push_back({i, i, column_of(panel.quantity), label});
    const auto add_part = [&](const std::string& column, const std::string& part) {
      curves.push_back(
          {i, curves.size(), column, panel.runs.size() == 1 ? part : fmt::format("{}: {}", label, part)});
    };
    for (const long c : panel.coordinates) add_part(coordinate_column(c), "x" + subscript(c));
    for (const long mode : panel.modes) add_part(mode_column(mode), "λ" + subscript(mode));
  }
  return curves;
}

std::string theory_column(const PanelSpec& panel, const Curve& curve, const std::vector<FigureRun>& runs,
                          const FigureData& data) {
  if (!panel.theory || !runs[curve.run].spec.theory) return {};
  if (panel.quantity == PlottedQuantity::mode) {
    const std::string name = "theory_" + curve.column;
    return data.has(curve.run, name) ? name : std::string{};
  }
  if (panel.quantity != PlottedQuantity::gap && panel.quantity != PlottedQuantity::distance) return {};
  const std::string name = "theory_" + column_of(panel.quantity);
  return data.has(curve.run, name) ? name : std::string{};
}

AxisRange x_range_of(const PanelSpec& panel, const std::vector<Curve>& curves, const FigureData& data) {
  if (panel.x_range) return *panel.x_range;
  double high = 1;
  for (const Curve& curve : curves) {
    for (const double x : data.column(curve.run, abscissa(panel))) high = std::max(high, x);
  }
  return {panel.log_x ? 1.0 : 0.0, panel.log_x ? std::max(high, 10.0) : high};
}

// A run that ends higher than it began may leave through the top.
AxisRange y_range_of(const PanelSpec& panel, AxisRange x, const std::vector<Curve>& curves,
                     const FigureData& data) {
  if (panel.y_range) return *panel.y_range;
  double low = std::numeric_limits<double>::infinity();
  double high = -low;
  for (const Curve& curve : curves) {
    const auto xs = data.column(curve.run, abscissa(panel));
    const auto ys = data.column(curve.run, curve.column);
    const double first = ys.empty() ? no_number : plotted(panel, ys.front());
    const bool leaves = !ys.empty() && std::abs(ys.back()) > 10 * std::abs(first);
    for (std::size_t row = 0; row < ys.size(); ++row) {
      const double y = plotted(panel, ys[row]);
      if (xs[row] < x.low || xs[row] > x.high || !std::isfinite(y) || (panel.log_y && y <= 0)) continue;
      low = std::min(low, y);
      high = std::max(high, leaves ? std::min(y, 10 * std::abs(first)) : y);
    }
  }
  if (!(low <= high)) return {panel.log_y ? 0.1 : 0.0, 1};
  if (panel.log_y) {
    const AxisRange decades{std::pow(10, std::floor(std::log10(low))),
                            std::pow(10, std::ceil(std::log10(high)))};
    return decades.low < decades.high ? decades : AxisRange{decades.low / 10, decades.high * 10};
  }
  const double margin = high > low ? 0.05 * (high - low) : 1;
  return {low - margin, high + margin};
}

Marks marks_of(const PanelSpec& panel, AxisRange x, const std::vector<Curve>& curves, std::size_t which,
               const FigureData& data) {
  const auto xs = data.column(curves[which].run, abscissa(panel));
  const auto seen = std::count_if(xs.begin(), xs.end(), [x](double k) { return k >= x.low && k <= x.high; });
  if (seen <= most_iterations_all_marked) return {1, 0};
  const double reach = seen > 1 ? (std::min(xs.back(), x.high) - x.low) / (x.high - x.low) : 1;
  const double wanted = std::max(2.0, static_cast<double>(marks_on_a_curve) * reach);
  const long every = std::max(1L, std::lround(static_cast<double>(seen) / wanted));
  return {every, every * static_cast<long>(which) / static_cast<long>(curves.size())};
}

}  // namespace optbed
