#include "experiments/spectrum_report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "experiments/version.hpp"

namespace optbed {
namespace {

constexpr int grid_points = 101;
constexpr std::size_t shown_shares = 20;

Json estimates_json(const std::vector<Estimate>& estimates, double Estimate::*part) {
  Json array = Json::array();
  for (const Estimate& each : estimates) array.push_back(to_json(each.*part));
  return array;
}

Json to_json_count(const std::optional<Index>& count) { return count ? Json(*count) : Json(nullptr); }

Json along_json(const SharpnessAlong& along) {
  Json object;
  Json iteration = Json::array(), value = Json::array(), sharpness = Json::array(), residual = Json::array();
  Json step = Json::array(), product = Json::array();
  for (const SharpnessRow& row : along.rows) {
    iteration.push_back(row.iteration);
    value.push_back(to_json(row.value));
    sharpness.push_back(row.converged ? to_json(row.sharpness) : Json(nullptr));
    residual.push_back(to_json(row.residual));
    step.push_back(to_json(row.step));
    product.push_back(row.step && row.converged ? to_json(*row.step * row.sharpness) : Json(nullptr));
  }
  object["threshold"] = along.limit ? to_json(along.limit->threshold) : Json(nullptr);
  object["hessian_vector"] = along.evaluations.hessian_vector;
  object["hessian"] = along.evaluations.hessian;
  object["iteration"] = std::move(iteration);
  object["value"] = std::move(value);
  object["sharpness"] = std::move(sharpness);
  object["residual"] = std::move(residual);
  object["step"] = std::move(step);
  object["step_times_sharpness"] = std::move(product);
  return object;
}

Json density_json(const DensityOnGrid& density, long products) {
  return {{"probes", density.probes},
          {"steps", density.steps},
          {"hessian_vector", products},
          {"width", to_json(density.width)},
          {"at", to_json(density.at)},
          {"density", estimates_json(density.density, &Estimate::value)},
          {"density_standard_error", estimates_json(density.density, &Estimate::standard_error)},
          {"cumulative", estimates_json(density.cumulative, &Estimate::value)},
          {"cumulative_standard_error", estimates_json(density.cumulative, &Estimate::standard_error)}};
}

std::string estimate_text(const Estimate& estimate) {
  if (estimate.standard_error == 0) return fmt::format("{:.10g}", estimate.value);
  return fmt::format("{:.6g} +- {:.2g} (standard error)", estimate.value, estimate.standard_error);
}

std::string count_text(const std::optional<Index>& count) { return count ? fmt::format("{}", *count) : "?"; }

void line(const char* name, const std::string& text) { fmt::print("{:<15} {}\n", name, text); }

void print_eigenvalues(const HessianSpectrum& spectrum) {
  constexpr Index shown = 12;
  const Vector& values = spectrum.eigenvalues;
  const Index n = values.size();
  const Index head = n <= shown ? n : shown / 2;
  fmt::print("\n{:<15} {:>20}{}\n", "eigenvalues", "lambda",
             spectrum.residuals.size() > 0 ? "     |Hv - lambda v|" : "");
  const auto row = [&](Index i) {
    const std::string residual =
        spectrum.residuals.size() > 0 ? fmt::format("{:>20.1e}", spectrum.residuals[i]) : "";
    fmt::print("{:>15} {:>20.12g}{}\n", i + 1, values[i], residual);
  };
  for (Index i = 0; i < head; ++i) row(i);
  if (n > shown) {
    fmt::print("{:>15} {:>20}\n", "…", fmt::format("({} more: --json)", n - shown));
    for (Index i = n - shown / 2; i < n; ++i) row(i);
  }
  for (const double residual : spectrum.residuals_not_converged) {
    fmt::print("{:>15} {:>20}{:>20.1e}\n", "-", "NOT CONVERGED", residual);
  }
}

void print_density(const DensityOnGrid& density) {
  constexpr double widest_bar = 40;
  double largest = 0;
  for (const Estimate& share : density.shares) largest = std::max(largest, share.value);
  fmt::print(
      "\ndensity: the share of the eigenvalues in each interval, {} random vectors, {} steps of Lanczos each\n",
      density.probes, density.steps);
  fmt::print("{:>13} {:>13} {:>10} {:>10}\n", "from", "to", "share", "+-");
  const double from = density.at[0];
  const double step = (density.at[density.at.size() - 1] - from) / static_cast<double>(density.shares.size());
  for (std::size_t i = 0; i < density.shares.size(); ++i) {
    const Estimate& share = density.shares[i];
    const auto bar = static_cast<int>(std::lround(widest_bar * share.value / largest));
    fmt::print("{:>13.6g} {:>13.6g} {:>9.3f}% {:>9.3f}%  {}\n", from + step * static_cast<double>(i),
               from + step * static_cast<double>(i + 1), 100 * share.value, 100 * share.standard_error,
               std::string(static_cast<std::size_t>(bar), '#'));
  }
}

void print_along_row(const SharpnessRow& row, const std::optional<StabilityLimit>& limit) {
  fmt::print("{:>10} {:>14.6g} {:>14}", row.iteration, row.value,
             row.converged ? fmt::format("{:.6g}", row.sharpness) : "NOT CONVERGED");
  if (limit && row.step && row.converged) {
    const double product = *row.step * row.sharpness;
    fmt::print(" {:>12.6g} {:>12.4f}  {}", *row.step, product, product > limit->threshold ? "above" : "below");
  }
  fmt::print("\n");
}

// At most about two dozen rows, evenly.
void print_along(const SharpnessAlong& along) {
  constexpr std::size_t shown = 24;
  const auto& rows = along.rows;
  const std::string step_columns =
      along.limit ? fmt::format(" {:>12} {:>12}", "step", "step * l_max") : std::string();
  fmt::print("\n{:>10} {:>14} {:>14}{}\n", "iteration", "f", "l_max", step_columns);
  const std::size_t stride = std::max<std::size_t>(1, (rows.size() + shown - 1) / shown);
  for (std::size_t i = 0; i < rows.size(); i += stride) print_along_row(rows[i], along.limit);
  if (!rows.empty() && (rows.size() - 1) % stride != 0) print_along_row(rows.back(), along.limit);
  if (stride > 1) fmt::print("one row in {} of {} is shown; --json has all\n", stride, rows.size());
  if (!along.limit) {
    fmt::print("l_max is the greatest eigenvalue; this method has no step that it is to be held against\n");
    return;
  }
  std::size_t above = 0;
  for (const SharpnessRow& row : rows) {
    above += row.converged && row.step && *row.step * row.sharpness > along.limit->threshold ? 1 : 0;
  }
  fmt::print(
      "l_max is the greatest eigenvalue; along its eigenvector the method is stable where step * l_max < "
      "{:.6g}:\n"
      "{} of {} rows are above\n",
      along.limit->threshold, above, rows.size());
}

std::string point_of(const Vector& x) {
  constexpr Index shown = 8;
  std::string text;
  for (Index i = 0; i < std::min(x.size(), shown); ++i)
    text += fmt::format("{}{:.10g}", i == 0 ? "" : "  ", x[i]);
  return x.size() <= shown ? text : fmt::format("{}  … ({} numbers)", text, x.size());
}

std::string condition_text(const HessianSpectrum& spectrum) {
  if (spectrum.condition) return fmt::format("{:.6g}", *spectrum.condition);
  if (spectrum.condition_at_least) {
    return fmt::format("at least {:.2g}: an eigenvalue is zero to the tolerance", *spectrum.condition_at_least);
  }
  return "not known: it takes both ends of the spectrum, of one sign";
}

}  // namespace

bool SpectrumReport::all_converged() const {
  if (!spectrum.all_converged()) return false;
  return !along || std::all_of(along->rows.begin(), along->rows.end(),
                               [](const SharpnessRow& row) { return row.converged; });
}

// The interval reaches past the nodes by the width on each side, so that nothing of the density is cut off.
DensityOnGrid density_on_grid(const SpectralDensity& density, Index steps) {
  const double range = density.greatest_node() - density.least_node();
  const double size = std::max({range, 1e-12 * std::abs(density.greatest_node()), 1e-300});
  DensityOnGrid grid;
  grid.width = size / 50;
  grid.probes = density.probes();
  grid.steps = steps;
  const double from = density.least_node() - 3 * grid.width;
  const double to = density.greatest_node() + 3 * grid.width;
  grid.at = Vector::LinSpaced(grid_points, from, to);
  for (const double t : grid.at) {
    grid.density.push_back(density.density(t, grid.width));
    grid.cumulative.push_back(density.cumulative(t));
  }
  const double part = (to - from) / static_cast<double>(shown_shares);
  for (std::size_t i = 0; i < shown_shares; ++i) {
    const double a = from + part * static_cast<double>(i);
    grid.shares.push_back(density.share(a, a + part));
  }
  return grid;
}

Json to_json(const SpectrumReport& report) {
  const HessianSpectrum& spectrum = report.spectrum;
  Json object = {{"problem", report.problem}, {"at", report.at}};
  if (!report.solver.empty()) object["solver"] = report.solver;
  if (report.run) {
    object["stop"] = to_string(report.run->stop);
    object["iterations"] = report.run->iterations;
    object["solved"] = report.run->solved;
  }
  object["seed"] = report.seed;
  object["dimension"] = report.x.size();
  object["x"] = to_json(report.x);
  object["gradient_norm"] = to_json(spectrum.gradient_norm);
  object["stationarity_tolerance"] = to_json(spectrum.stationarity_tolerance);
  object["nature"] = spectrum.nature;
  object["method"] = spectrum.method;
  object["complete"] = spectrum.is_complete;
  object["converged"] = spectrum.all_converged();
  object["eigenvalues"] = to_json(spectrum.eigenvalues);
  object["residuals"] = to_json(spectrum.residuals);
  object["residuals_not_converged"] = Json::array();
  for (const double each : spectrum.residuals_not_converged) {
    object["residuals_not_converged"].push_back(to_json(each));
  }
  object["extreme"] = {{"least", to_json(spectrum.least)}, {"greatest", to_json(spectrum.greatest)}};
  object["condition"] = to_json(spectrum.condition);
  if (spectrum.condition_at_least) object["condition_at_least"] = to_json(spectrum.condition_at_least);
  object["negative"] = to_json_count(spectrum.inertia.negative);
  object["inertia"] = {{"positive", to_json_count(spectrum.inertia.positive)},
                       {"zero", to_json_count(spectrum.inertia.zero)},
                       {"negative", to_json_count(spectrum.inertia.negative)},
                       {"tolerance", to_json(spectrum.inertia.tolerance)}};
  object["trace"] = to_json(spectrum.trace.value);
  object["trace_standard_error"] = to_json(spectrum.trace.standard_error);
  object["frobenius_norm"] = to_json(spectrum.frobenius_norm.value);
  object["frobenius_norm_standard_error"] = to_json(spectrum.frobenius_norm.standard_error);
  if (spectrum.gauss_newton) {
    object["gauss_newton_distance"] = {{"frobenius", to_json(spectrum.gauss_newton->frobenius)},
                                       {"spectral", to_json(spectrum.gauss_newton->spectral)}};
  }
  object["hessian_vector"] = spectrum.evaluations.hessian_vector;
  object["solves"] = spectrum.solves;
  object["evaluations"] = to_json(spectrum.evaluations);
  if (report.density) object["density"] = density_json(*report.density, report.density_products);
  if (report.along) object["along"] = along_json(*report.along);
  object["version"] = version();
  return object;
}

void print(const SpectrumReport& report) {
  const HessianSpectrum& spectrum = report.spectrum;
  line("problem", fmt::format("{}  (dimension {})", report.problem, report.x.size()));
  line("at", report.at_text);
  line("x", point_of(report.x));
  line("gradient", fmt::format("{:.6g} (largest component; stationary up to {:.2g})", spectrum.gradient_norm,
                               spectrum.stationarity_tolerance));
  line("nature", spectrum.nature);
  line("signs", fmt::format("{} positive, {} zero, {} negative  (zero: within {:.2g}{})",
                            count_text(spectrum.inertia.positive), count_text(spectrum.inertia.zero),
                            count_text(spectrum.inertia.negative), spectrum.inertia.tolerance,
                            spectrum.inertia.zero ? "" : "; ?: not known"));
  line("condition", condition_text(spectrum));
  line("trace", estimate_text(spectrum.trace));
  line("Frobenius norm", estimate_text(spectrum.frobenius_norm));
  if (spectrum.gauss_newton) {
    line("Gauss-Newton", fmt::format("|H - 2 scale J'J| / |H| = {:.3g} (Frobenius), {:.3g} (spectral)",
                                     spectrum.gauss_newton->frobenius, spectrum.gauss_newton->spectral));
  }
  line("method", spectrum.method);
  print_eigenvalues(spectrum);
  if (report.density) print_density(*report.density);
  if (report.along) print_along(*report.along);
}

std::string to_csv(const DensityOnGrid& density) {
  std::string text = "lambda,density,density_standard_error,cumulative,cumulative_standard_error\n";
  for (std::size_t i = 0; i < density.density.size(); ++i) {
    text += fmt::format("{},{},{},{},{}\n", density.at[static_cast<Index>(i)], density.density[i].value,
                        density.density[i].standard_error, density.cumulative[i].value,
                        density.cumulative[i].standard_error);
  }
  return text;
}

}  // namespace optbed
