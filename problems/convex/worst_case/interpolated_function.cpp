#include "problems/convex/worst_case/interpolated_function.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <vector>

#include "problems/data/built_in_data.hpp"
#include "problems/data/csv.hpp"
#include "problems/data/text_file.hpp"
#include "problems/errors.hpp"

namespace optbed {
namespace {

// What is taken where there is no file.
const char* const example_of_triplets = "worst_case/heavy_ball_3_steps.csv";

// The right-hand side of the inequality for (i, j) minus f_i, and the size of what that is made from.
struct Excess {
  double amount;
  double size;
};

Excess interpolation_excess(const InterpolationData& data, Index i, Index j) {
  const double q = data.mu / data.lipschitz;
  const Vector dx = data.points.col(i) - data.points.col(j);
  const Vector dg = data.gradients.col(i) - data.gradients.col(j);
  const double linear = data.gradients.col(j).dot(dx);
  const double squares =
      (dg.squaredNorm() / data.lipschitz + data.mu * dx.squaredNorm() - 2 * q * dg.dot(dx)) / (2 * (1 - q));
  const double f_i = data.values[i];
  const double f_j = data.values[j];
  return {f_j + linear + squares - f_i, std::abs(f_i) + std::abs(f_j) + std::abs(linear) + std::abs(squares)};
}

// The problem f - (mu/2) |x|^2 is convex and L - mu smooth; its pieces.
MaxAffine pieces(const InterpolationData& data) {
  const double M = data.lipschitz - data.mu;
  MaxAffine phi{.slopes = data.gradients - data.mu * data.points, .offsets = SmallVector(data.values.size())};
  for (Index i = 0; i < phi.offsets.size(); ++i) {
    const Vector x = data.points.col(i);
    const Vector h = phi.slopes.col(i);
    phi.offsets[i] = data.values[i] - data.mu / 2 * x.squaredNorm() - h.dot(x) + h.squaredNorm() / (2 * M);
  }
  return phi;
}

std::string shortcoming(const InterpolationViolation& violation) {
  return fmt::format("rows {0} and {1} are of no such function: f in row {0} is {2:.3g} too small",
                     violation.i + 1, violation.j + 1, violation.amount);
}

bool is_too_large(Index rows, Index variables) { return rows > most_affine || variables > most_affine; }

InterpolationData checked(InterpolationData data) {
  if (is_too_large(data.points.cols(), data.points.rows())) {
    throw UsageError(fmt::format("interpolated_function: {} triplets in {} variables; at most {} of both",
                                 data.points.cols(), data.points.rows(), most_affine));
  }
  if (const auto violation = interpolation_violation(data)) {
    throw UsageError(fmt::format("interpolated_function, mu = {:.6g}, L = {:.6g}: {}", data.mu, data.lipschitz,
                                 shortcoming(*violation)));
  }
  return data;
}

// The columns x1, x2, … or g1, g2, …, as many as there are.
std::vector<std::size_t> numbered_columns(const CsvReader& csv, char letter) {
  std::vector<std::size_t> columns;
  while (const auto column = csv.find_column(fmt::format("{}{}", letter, columns.size() + 1))) {
    columns.push_back(*column);
  }
  return columns;
}

struct TripletColumns {
  std::size_t f;
  std::size_t mu;
  std::size_t lipschitz;
  std::vector<std::size_t> x;
  std::vector<std::size_t> g;
};

TripletColumns triplet_columns(const CsvReader& csv) {
  const auto required = [&](const char* name) {
    const auto column = csv.header().empty() ? std::nullopt : csv.find_column(name);
    if (!column)
      csv.fail(fmt::format("no column '{}'; the columns are f, x1, x2, …, g1, g2, …, mu, lipschitz", name));
    return *column;
  };
  TripletColumns columns{.f = required("f"),
                         .mu = required("mu"),
                         .lipschitz = required("lipschitz"),
                         .x = numbered_columns(csv, 'x'),
                         .g = numbered_columns(csv, 'g')};
  required("x1");
  if (columns.x.size() != columns.g.size()) {
    csv.fail(fmt::format("{} columns x1, …, but {} columns g1, …", columns.x.size(), columns.g.size()));
  }
  return columns;
}

Vector row_of(const CsvReader& csv, const std::vector<std::size_t>& columns) {
  Vector v(static_cast<Index>(columns.size()));
  for (std::size_t i = 0; i < columns.size(); ++i) v[static_cast<Index>(i)] = csv.number(columns[i]);
  return v;
}

Matrix side_by_side(const std::vector<Vector>& columns) {
  Matrix all(columns.front().size(), static_cast<Index>(columns.size()));
  for (std::size_t j = 0; j < columns.size(); ++j) all.col(static_cast<Index>(j)) = columns[j];
  return all;
}

InterpolationData data_of(const InterpolatedFunctionOptions& options) {
  if (options.data.empty()) {
    return interpolation_data_of(example_of_triplets, built_in_data(example_of_triplets));
  }
  return interpolation_data_of(options.data, read_text_file(options.data));
}

}  // namespace

std::optional<InterpolationViolation> interpolation_violation(const InterpolationData& data) {
  constexpr double tolerance = 1e-9;
  std::optional<InterpolationViolation> largest;
  for (Index i = 0; i < data.values.size(); ++i) {
    for (Index j = 0; j < data.values.size(); ++j) {
      const auto [amount, size] = interpolation_excess(data, i, j);
      if (amount > tolerance * size && (!largest || amount > largest->amount)) largest = {i, j, amount};
    }
  }
  return largest;
}

std::string to_csv(const InterpolationData& data) {
  std::string text = "f";
  auto out = std::back_inserter(text);
  for (const char letter : {'x', 'g'}) {
    for (Index k = 0; k < data.points.rows(); ++k) fmt::format_to(out, ",{}{}", letter, k + 1);
  }
  text += ",mu,lipschitz\n";
  for (Index i = 0; i < data.values.size(); ++i) {
    fmt::format_to(out, "{}", data.values[i]);
    for (const double x : data.points.col(i)) fmt::format_to(out, ",{}", x);
    for (const double g : data.gradients.col(i)) fmt::format_to(out, ",{}", g);
    fmt::format_to(out, ",{},{}\n", data.mu, data.lipschitz);
  }
  return text;
}

InterpolationData interpolation_data_of(const std::string& name, std::string_view text) {
  CsvReader csv(name, text);
  const TripletColumns columns = triplet_columns(csv);
  InterpolationData data;
  std::vector<Vector> points;
  std::vector<Vector> gradients;
  std::vector<double> values;
  while (csv.next()) {
    const double mu = csv.number(columns.mu);
    const double lipschitz = csv.number(columns.lipschitz);
    if (!(0 <= mu && mu < lipschitz))
      csv.fail(fmt::format("mu = {}, lipschitz = {}; 0 <= mu < lipschitz must hold", mu, lipschitz));
    if (!values.empty() && (mu != data.mu || lipschitz != data.lipschitz)) {
      csv.fail("mu and lipschitz differ from the row before; a function has one of each");
    }
    data.mu = mu;
    data.lipschitz = lipschitz;
    values.push_back(csv.number(columns.f));
    points.push_back(row_of(csv, columns.x));
    gradients.push_back(row_of(csv, columns.g));
  }
  if (values.empty()) throw InputError(name + ": no row after the header");
  if (is_too_large(static_cast<Index>(values.size()), points.front().size())) {
    throw InputError(fmt::format("{}: {} triplets in {} variables; at most {} of both", name, values.size(),
                                 points.front().size(), most_affine));
  }
  data.points = side_by_side(points);
  data.gradients = side_by_side(gradients);
  data.values = Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
  if (const auto violation = interpolation_violation(data)) {
    throw InputError(fmt::format("{}, mu = {:.6g}, lipschitz = {:.6g}: {}", name, data.mu, data.lipschitz,
                                 shortcoming(*violation)));
  }
  return data;
}

InterpolatedFunction::InterpolatedFunction(const Options& options) : InterpolatedFunction(data_of(options)) {}

InterpolatedFunction::InterpolatedFunction(InterpolationData data)
    : data_(checked(std::move(data))), phi_(pieces(data_)) {
  const bool strongly_convex = data_.mu > 0;
  const std::string source =
      "a quadratic of curvature mu plus a Moreau envelope, which is convex and (L - mu)-smooth";
  facts_.lipschitz = {data_.lipschitz, source};
  if (strongly_convex) facts_.strong_convexity = {data_.mu, source};
  facts_.convexity = {strongly_convex ? Convexity::strongly_convex : Convexity::convex, source};
  facts_.function_class = {FunctionClass::smooth, source};
  if (strongly_convex) facts_.bounded_below = {true, "strongly convex"};
  for (Index i = 0; i < data_.values.size(); ++i) {
    if (!data_.gradients.col(i).isZero(0)) continue;
    const std::string row = "a row of the data with the gradient 0";
    facts_.minimum = {data_.values[i], row};
    facts_.minimisers.push_back({data_.points.col(i), row});
    facts_.bounded_below = {true, "a convex function with a stationary point"};
  }
}

ProximalPoint InterpolatedFunction::envelope_at(const Vector& x) const {
  return proximal_point(phi_, x, 1 / (data_.lipschitz - data_.mu));
}

// The envelope is phi(y) + |h|^2/(2 M) where h = M (x - y), which is its gradient.
double InterpolatedFunction::value_from(const ProximalPoint& at, const Vector& x) const {
  const double M = data_.lipschitz - data_.mu;
  return data_.mu / 2 * x.squaredNorm() + at.value + at.gradient.squaredNorm() / (2 * M);
}

double InterpolatedFunction::value(const Vector& x) const { return value_from(envelope_at(x), x); }

double InterpolatedFunction::gradient(const Vector& x, Vector& g) const {
  const ProximalPoint at = envelope_at(x);
  g = at.gradient + data_.mu * x;
  return value_from(at, x);
}

OptionTable<InterpolatedFunctionOptions> InterpolatedFunction::option_table() {
  return OptionTable<Options>().text("data", &Options::data,
                                     "a CSV file; without it, the worst case of 3 steps of the heavy ball",
                                     "triplets, a row each: f, x1, x2, …, g1, g2, …, mu, lipschitz");
}

ProblemEntry interpolated_function_entry() {
  return registry_entry<Problem, InterpolatedFunction>(
      "interpolated_function", "the smooth convex function through given points, gradients and values",
      {{"start", "the first row of the data"},
       {"facts", "mu and L as in the data; a row with the gradient 0 is a minimiser"},
       {"data", "as 'optbed certify --save FILE.csv' writes them"},
       {"source", "Taylor, Hendrickx & Glineur 2017, theorem 4; Drori & Teboulle 2014"}});
}

}  // namespace optbed
