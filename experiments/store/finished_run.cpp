#include "experiments/store/finished_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cmath>
#include <concepts>
#include <limits>
#include <optional>
#include <stdexcept>

namespace optbed {
namespace {

Cell cell_of(double value) { return std::isnan(value) ? Cell() : Cell(value); }
Cell cell_of(const std::optional<double>& value) { return value ? cell_of(*value) : Cell(); }
template <std::integral Count>
Cell cell_of(Count value) {
  return static_cast<std::int64_t>(value);
}
Cell cell_of(const std::string& value) { return value; }

void assign(double& to, const Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  to = value ? *value : std::numeric_limits<double>::quiet_NaN();
}
void assign(std::optional<double>& to, const Cell& cell) {
  const auto* value = std::get_if<double>(&cell);
  to = value ? std::optional(*value) : std::nullopt;
}
void assign(long& to, const Cell& cell) { to = static_cast<long>(std::get<std::int64_t>(cell)); }
void assign(std::uint64_t& to, const Cell& cell) {
  to = static_cast<std::uint64_t>(std::get<std::int64_t>(cell));
}
void assign(bool& to, const Cell& cell) { to = std::get<std::int64_t>(cell) != 0; }
void assign(std::string& to, const Cell& cell) { to = std::get<std::string>(cell); }

constexpr bool reproducible = true;
constexpr bool measured = false;

// The column of what `Access`, a lambda without captures, finds in a run.
template <class Access>
ResultColumn result_column(const char* name, const char* type, bool is_reproducible, const char* meaning,
                           Access /*where*/) {
  return {name,
          type,
          meaning,
          is_reproducible,
          [](const FinishedRun& run) { return cell_of(Access{}(run)); },
          [](FinishedRun& run, const Cell& cell) { assign(Access{}(run), cell); }};
}

ResultColumn count_column(const char* name, const char* meaning, auto where) {
  return result_column(name, "INTEGER NOT NULL", reproducible, meaning, where);
}

std::vector<ResultColumn> columns_of_evaluations() {
  return {count_column(
              "value_evaluations", "evaluations of f alone",
              [](auto& run) -> auto& { return run.result.evaluations.value; }),
          count_column(
              "gradient_evaluations", "evaluations of the gradient, with f",
              [](auto& run) -> auto& { return run.result.evaluations.gradient; }),
          count_column(
              "hessian_evaluations", "evaluations of the Hessian",
              [](auto& run) -> auto& { return run.result.evaluations.hessian; }),
          count_column(
              "hessian_vector_evaluations", "products with the Hessian",
              [](auto& run) -> auto& { return run.result.evaluations.hessian_vector; }),
          count_column(
              "residual_evaluations", "evaluations of the residuals",
              [](auto& run) -> auto& { return run.result.evaluations.residual; }),
          count_column(
              "jacobian_evaluations", "evaluations of the Jacobian",
              [](auto& run) -> auto& { return run.result.evaluations.jacobian; }),
          count_column(
              "sample_gradient_evaluations", "gradients of one sample each",
              [](auto& run) -> auto& { return run.result.evaluations.sample_gradient; })};
}

std::vector<ResultColumn> columns_of_what_was_run() {
  return {result_column(
              "problem", "TEXT NOT NULL", reproducible, "name:key=value",
              [](auto& run) -> auto& { return run.description.problem; }),
          result_column(
              "solver", "TEXT NOT NULL", reproducible, "name:key=value",
              [](auto& run) -> auto& { return run.description.solver; }),
          result_column(
              "start", "TEXT NOT NULL", reproducible, "standard; 10x: ten times that; or the point",
              [](auto& run) -> auto& { return run.description.start; }),
          count_column(
              "seed", "of methods that draw random numbers",
              [](auto& run) -> auto& { return run.description.seed; }),
          result_column(
              "tuning", "TEXT NOT NULL", reproducible,
              "where the solver is a setting of one that is tuned: what reports call that; else empty",
              [](auto& run) -> auto& { return run.description.tuning; }),
          count_column(
              "trial", "1: made to choose a setting, and not to be reported",
              [](auto& run) -> auto& { return run.description.is_trial; })};
}

// Neither of the two is there without the other.
std::vector<ResultColumn> columns_of_best_point() {
  return {
      {"best_value", "REAL", "least value at the iterations where the loop looked at f", reproducible,
       [](const FinishedRun& run) { return run.result.best ? cell_of(run.result.best->value) : Cell(); },
       [](FinishedRun& run, const Cell& cell) {
         if (const auto* value = std::get_if<double>(&cell)) run.result.best = {*value, 0};
       }},
      {"best_iteration", "INTEGER", "where that was", reproducible,
       [](const FinishedRun& run) { return run.result.best ? cell_of(run.result.best->iteration) : Cell(); },
       [](FinishedRun& run, const Cell& cell) {
         if (run.result.best) assign(run.result.best->iteration, cell);
       }}};
}

std::vector<ResultColumn> columns_of_the_end() {
  const auto dimension = [](const FinishedRun& run) { return cell_of(run.result.x.size()); };
  const auto resize = [](FinishedRun& run, const Cell& cell) {
    run.result.x.setZero(static_cast<Index>(std::get<std::int64_t>(cell)));
  };
  return {{"dimension", "INTEGER NOT NULL", "number of variables; 0 where the problem could not be made",
           reproducible, dimension, resize},
          result_column(
              "stop", "TEXT NOT NULL", reproducible, "why the run ended; exception, crash: see message",
              [](auto& run) -> auto& { return run.stop; }),
          count_column(
              "solved", "1: a tolerance or target that was asked for holds at the last point",
              [](auto& run) -> auto& { return run.result.solved; }),
          count_column(
              "iterations", "iterations", [](auto& run) -> auto& { return run.result.iterations; })};
}

std::vector<ResultColumn> columns_of_the_last_point() {
  return {result_column(
              "value", "REAL", reproducible, "f at the last point",
              [](auto& run) -> auto& { return run.result.value; }),
          result_column(
              "gap", "REAL", reproducible, "f - f*, where f* is known",
              [](auto& run) -> auto& { return run.result.gap; }),
          result_column(
              "gradient_norm", "REAL", reproducible, "infinity norm, or the problem's own residual",
              [](auto& run) -> auto& { return run.result.gradient_norm; }),
          result_column(
              "distance", "REAL", reproducible, "2-norm, to the nearest known minimiser",
              [](auto& run) -> auto& { return run.result.distance; }),
          result_column(
              "infeasibility", "REAL", reproducible, "largest violation of a constraint",
              [](auto& run) -> auto& { return run.result.infeasibility; }),
          result_column(
              "epochs", "REAL", reproducible, "passes through the samples of a finite sum",
              [](auto& run) -> auto& { return run.result.epochs; }),
          result_column(
              "seconds", "REAL", measured, "s, in the method and its evaluations",
              [](auto& run) -> auto& { return run.result.seconds; }),
          result_column(
              "message", "TEXT NOT NULL", reproducible, "more about the stop",
              [](auto& run) -> auto& { return run.result.message; })};
}

// A number's bits, with one pattern for every NaN.
std::uint64_t bits(double value) {
  return std::bit_cast<std::uint64_t>(std::isnan(value) ? std::numeric_limits<double>::quiet_NaN() : value);
}

bool same_bits(double a, double b) { return bits(a) == bits(b); }

bool same_cell(const Cell& a, const Cell& b) {
  const auto* x = std::get_if<double>(&a);
  const auto* y = std::get_if<double>(&b);
  return x && y ? same_bits(*x, *y) : a == b;
}

// The first position where they differ, of as many numbers as the shorter has.
std::optional<std::size_t> first_difference(std::span<const double> a, std::span<const double> b) {
  for (std::size_t i = 0; i < std::min(a.size(), b.size()); ++i) {
    if (!same_bits(a[i], b[i])) return i;
  }
  return std::nullopt;
}

void compare_points(const Vector& a, const Vector& b, std::vector<std::string>& found) {
  const std::span<const double> x(a.data(), static_cast<std::size_t>(a.size()));
  const std::span<const double> y(b.data(), static_cast<std::size_t>(b.size()));
  if (x.size() != y.size()) {
    found.push_back(fmt::format("the final point has {} and {} numbers", x.size(), y.size()));
  } else if (const auto i = first_difference(x, y)) {
    found.push_back(fmt::format("x{}: {} and {}", *i + 1, x[*i], y[*i]));
  }
}

void compare_traces(const StoredTrace& a, const StoredTrace& b, std::vector<std::string>& found) {
  if (a.columns != b.columns) {
    found.emplace_back("the traces have other columns");
    return;
  }
  struct Place {
    std::size_t row, column, entry;
  };
  std::optional<Place> first;
  for (std::size_t j = 0; j < a.columns.size(); ++j) {
    if (a.columns[j].name == "seconds") continue;
    const auto entry = first_difference(a.column(j), b.column(j));
    if (!entry) continue;
    const std::size_t row = *entry / a.columns[j].width;
    if (!first || row < first->row) first = {row, j, *entry};
  }
  if (first) {
    found.push_back(fmt::format("the trace differs first in row {}, column {}: {} and {}", first->row,
                                a.columns[first->column].name, a.column(first->column)[first->entry],
                                b.column(first->column)[first->entry]));
  }
  if (a.rows != b.rows) found.push_back(fmt::format("the traces have {} and {} rows", a.rows, b.rows));
}

}  // namespace

std::span<const double> StoredTrace::column(std::size_t i) const {
  std::size_t before = 0;
  for (std::size_t j = 0; j < i; ++j) before += columns[j].width;
  return std::span(values).subspan(before * rows, columns[i].width * rows);
}

void require_storable(std::size_t numbers, const std::string& what) {
  // With what else a row has it stays below SQLite's 1e9 bytes.
  constexpr std::size_t most = 900'000'000 / sizeof(double);
  if (numbers <= most) return;
  throw std::length_error(
      fmt::format("{} has {} numbers, more than the store holds of one run (0.9e9 bytes)", what, numbers));
}

StoredTrace stored_trace(const Trace& trace) {
  StoredTrace stored;
  stored.rows = trace.rows();
  std::size_t width = trace.names().size();
  for (const std::string& name : trace.names()) stored.columns.push_back({name});
  if (trace.has_iterates()) {
    const auto n = static_cast<std::size_t>(trace.iterate(0).size());
    stored.columns.push_back({"x", n});
    width += n;
  }
  require_storable(width * stored.rows, "the trace (of which [trace] may keep fewer rows, or no iterates)");
  stored.values.reserve(width * stored.rows);
  for (const std::string& name : trace.names()) {
    const std::vector<double>& column = trace.column(name);
    stored.values.insert(stored.values.end(), column.begin(), column.end());
  }
  for (std::size_t row = 0; trace.has_iterates() && row < stored.rows; ++row) {
    const Vector x = trace.iterate(row);
    stored.values.insert(stored.values.end(), x.begin(), x.end());
  }
  return stored;
}

std::vector<std::string> failed_stops() {
  return {stop_at_exception, stop_at_crash, to_string(StopReason::unsupported),
          to_string(StopReason::non_finite), to_string(StopReason::max_seconds)};
}

bool has_failed(const FinishedRun& run) {
  const std::vector<std::string> stops = failed_stops();
  return std::find(stops.begin(), stops.end(), run.stop) != stops.end();
}

std::string to_string(const Cell& cell) {
  if (const auto* integer = std::get_if<std::int64_t>(&cell)) return fmt::format("{}", *integer);
  if (const auto* real = std::get_if<double>(&cell)) return fmt::format("{}", *real);
  if (const auto* text = std::get_if<std::string>(&cell)) return *text;
  return {};
}

const std::vector<ResultColumn>& result_columns() {
  static const std::vector<ResultColumn> columns = [] {
    std::vector<ResultColumn> all;
    for (const auto& part : {columns_of_what_was_run(), columns_of_the_end(), columns_of_evaluations(),
                             columns_of_the_last_point(), columns_of_best_point()}) {
      all.insert(all.end(), part.begin(), part.end());
    }
    return all;
  }();
  return columns;
}

std::vector<std::string> differences(const FinishedRun& a, const FinishedRun& b) {
  std::vector<std::string> found;
  for (const ResultColumn& column : result_columns()) {
    const Cell x = column.get(a);
    const Cell y = column.get(b);
    if (column.reproducible && !same_cell(x, y)) {
      found.push_back(fmt::format("{}: {} and {}", column.name, to_string(x), to_string(y)));
    }
  }
  compare_points(a.result.x, b.result.x, found);
  compare_traces(a.trace, b.trace, found);
  return found;
}

}  // namespace optbed
