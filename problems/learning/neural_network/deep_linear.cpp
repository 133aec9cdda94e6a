#include "problems/learning/neural_network/deep_linear.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "problems/decompositions.hpp"

namespace optbed {
namespace {

// What each part of the construction may take.
constexpr double flops_in_a_second = 1e9;

Network linear_network(std::vector<Index> widths) {
  return Network({std::move(widths), Activation::identity, false, false});
}

TrainingData taught_by_a_matrix(const DeepLinearOptions& options) {
  Random random(static_cast<std::uint64_t>(options.seed));
  const Matrix M =
      random.normal_matrix(options.outputs, options.inputs) / std::sqrt(static_cast<double>(options.inputs));
  TrainingData data{random.normal_matrix(options.inputs, options.samples), {}};
  data.targets = M * data.inputs + options.noise * random.normal_matrix(options.outputs, options.samples);
  return data;
}

}  // namespace

DeepLinear::DeepLinear(const Options& options)
    : DeepLinear(widths_between(options.inputs, options.hidden, options.outputs), taught_by_a_matrix(options),
                 start_of(options)) {}

DeepLinear::DeepLinear(std::vector<Index> widths, TrainingData data, const Start& start)
    : DeepLinear(linear_network(std::move(widths)), std::move(data), start) {}

DeepLinear::DeepLinear(const Network& network, TrainingData data, const Start& start)
    : SquaredTrainingLoss(network, std::move(data),
                          {OutputLoss::squared, 0, initial_parameters(network, start), {}}) {
  if (network.layers().size() < 2) throw UsageError("deep_linear: a product of at least two matrices");
  // Of X, of Y V and of M*.
  const auto rows = static_cast<double>(network.input_count() + network.output_count());
  const double decompositions = 10 * rows * rows * std::max(rows, static_cast<double>(sample_count()));
  if (decompositions <= flops_in_a_second) compute_minimum();
}

void DeepLinear::compute_minimum() {
  const auto& [X, Y] = data();
  const auto N = static_cast<double>(sample_count());
  const SingularValueDecomposition of_X = singular_value_decomposition(X);
  const Index rank_of_X = numerical_rank(of_X.s, std::max(X.rows(), X.cols()));
  if (rank_of_X == 0) return;
  const Matrix V = of_X.V.leftCols(rank_of_X);
  const Matrix YV = Y * V;
  const SingularValueDecomposition seen = singular_value_decomposition(YV);

  Index r = network().input_count();
  for (const Layer& layer : network().layers()) r = std::min(r, layer.units);
  const Index used = std::min(r, seen.s.size());
  const Matrix best =
      seen.U.leftCols(used) * seen.s.head(used).asDiagonal() * seen.V.leftCols(used).transpose();
  const Matrix M =
      best * of_X.s.head(rank_of_X).cwiseInverse().asDiagonal() * of_X.U.leftCols(rank_of_X).transpose();

  const double missed =
      (Y - YV * V.transpose()).squaredNorm() + seen.s.tail(seen.s.size() - used).squaredNorm();
  facts_.minimum = {missed / N, "computed: the best approximation of rank r (Izenman 1975)"};
  facts_.minimisers.push_back({balanced_factors(M, used), "computed: balanced factors of that approximation"});
  const double sample_gradients = 10 * static_cast<double>(dimension()) * N;
  if (sample_gradients <= flops_in_a_second) {
    facts_.sample_variance = {optbed::sample_variance(*this, facts_.minimisers.front().value),
                              "computed: over the samples at x*"};
  }
  const double zero = 1e-10 * seen.s[0];
  if (seen.s[0] > 0) {
    facts_.convexity = {Convexity::nonconvex, "0 is stationary but no minimum, as Y X' is not 0"};
    if (network().layers().size() == 2) {
      facts_.add_saddle(Vector::Zero(dimension()), Y.squaredNorm() / N, "the Hessian at 0 is indefinite");
    }
  }
  const bool has_rank_r = used == r && seen.s[r - 1] > zero;
  const bool is_unique = used == seen.s.size() || seen.s[used - 1] - seen.s[used] > zero;
  if (rank_of_X == X.rows() && has_rank_r && is_unique) {
    flat_directions_ = dimension() - r * (X.rows() + Y.rows() - r);
  }
}

// M = A D B' with D (rank x rank) as W_L … W_1 = (A D^(1/L)) D^(1/L) … (D^(1/L) B').
Vector DeepLinear::balanced_factors(const Matrix& M, Index rank) const {
  const SingularValueDecomposition of_M = singular_value_decomposition(M);
  const std::vector<Layer>& layers = network().layers();
  const Vector root = of_M.s.head(rank).array().pow(1 / static_cast<double>(layers.size()));
  Vector x = Vector::Zero(dimension());
  for (const Layer& layer : layers) {
    Block W = network().weights(layer, x.data());
    if (&layer == &layers.front()) {
      W.topRows(rank) = root.asDiagonal() * of_M.V.leftCols(rank).transpose();
    } else if (&layer == &layers.back()) {
      W.leftCols(rank) = of_M.U.leftCols(rank) * root.asDiagonal();
    } else {
      W.topLeftCorner(rank, rank) = root.asDiagonal();
    }
  }
  return x;
}

Matrix DeepLinear::product(const Vector& x) const {
  Matrix product = Matrix::Identity(network().input_count(), network().input_count());
  for (const Layer& layer : network().layers()) product = network().weights(layer, x.data()) * product;
  return product;
}

OptionTable<DeepLinearOptions> DeepLinear::option_table() {
  using O = Options;
  OptionTable<O> table;
  table.reals("hidden", &O::hidden, between(1, 1e4), "h_1 … h_{L-1}, widths between the L factors")
      .integer("inputs", &O::inputs, between(1, 1e4), "d, dimension of a sample")
      .integer("outputs", &O::outputs, between(1, 1e4), "k, dimension of a target")
      .integer("samples", &O::samples, between(1, 1e7), "N, the number of samples")
      .real("noise", &O::noise, at_least(0), "standard deviation of what is added to each target")
      .integer("seed", &O::seed, at_least(0), "of the data");
  add_start_options(table);
  return table.rule(
      [](const O& options, const std::set<std::string>&) { return broken_width_rule(options.hidden); });
}

ProblemEntry deep_linear_entry() {
  return registry_entry<Problem, DeepLinear>(
      "deep_linear",
      "f = (1/N)|W_L … W_1 X - Y|^2: a product of matrices fitted, with flat valleys and saddles",
      {{"parameters", "W_1, W_2, … one after another, each column by column"},
       {"start", "initialisation=xavier unless another is chosen"},
       {"facts",
        "f* by the best approximation of rank r, the least width, and a balanced minimiser; every local "
        "minimum is global; n - r (d + k - r) zero eigenvalues there, h^2 for two layers of width h <= d, k; 0 "
        "is a saddle"},
       {"source", "Baldi & Hornik 1989; Kawaguchi 2016"}});
}

}  // namespace optbed
