#include "problems/classic/large_scale/bratu.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {
namespace {

using Row = Eigen::Map<const Eigen::ArrayXd>;

Row row(const Vector& x, Index j, Index n) { return Row(x.data() + j * n, n); }

// The part of (1/2) x'A x that row j adds: half the squared differences along it and to the row before, with 0
// beyond the sides.
double differences(const Vector& x, Index j, Index n) {
  const Row u = row(x, j, n);
  double sum = u[0] * u[0] + u[n - 1] * u[n - 1] + (u.tail(n - 1) - u.head(n - 1)).square().sum();
  sum += j == 0 ? u.square().sum() : (u - row(x, j - 1, n)).square().sum();
  if (j == n - 1) sum += u.square().sum();
  return 0.5 * sum;
}

// Adds row j of A x, less its diagonal, to `to` (n).
template <class To>
void add_neighbours(const Vector& x, Index j, Index n, To&& to) {
  const Row u = row(x, j, n);
  to.tail(n - 1) -= u.head(n - 1);
  to.head(n - 1) -= u.tail(n - 1);
  if (j > 0) to -= row(x, j - 1, n);
  if (j + 1 < n) to -= row(x, j + 1, n);
}

}  // namespace

Bratu::Bratu(const Options& options)
    : n_(options.n),
      rate_(options.lambda / (static_cast<double>(n_ + 1) * static_cast<double>(n_ + 1))),
      lambda_(options.lambda) {
  facts_.convexity = {Convexity::nonconvex, "H_ii = 4 - lambda h^2 e^{x_i} is negative for a large x_i"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like e^{x_i}"};
}

Vector Bratu::start() const {
  const double h = 1 / static_cast<double>(n_ + 1);
  Vector x(dimension());
  for (Index j = 0; j < n_; ++j) {
    for (Index i = 0; i < n_; ++i) {
      const Index steps = std::min({i + 1, n_ - i, j + 1, n_ - j});
      x[j * n_ + i] = lambda_ / (lambda_ + 1) * std::sqrt(h * static_cast<double>(steps));
    }
  }
  return x;
}

double Bratu::value(const Vector& x) const {
  double quadratic = 0;
  double exponential = 0;
  for (Index j = 0; j < n_; ++j) {
    quadratic += differences(x, j, n_);
    exponential += (row(x, j, n_).exp() - 1).sum();
  }
  return quadratic - lambda_ - rate_ * exponential;
}

double Bratu::gradient(const Vector& x, Vector& g) const {
  double quadratic = 0;
  double exponential = 0;
  for (Index j = 0; j < n_; ++j) {
    quadratic += differences(x, j, n_);
    auto g_row = g.segment(j * n_, n_).array();
    g_row = row(x, j, n_).exp();
    exponential += (g_row - 1).sum();
    g_row = 4 * row(x, j, n_) - rate_ * g_row;
    add_neighbours(x, j, n_, g_row);
  }
  return quadratic - lambda_ - rate_ * exponential;
}

void Bratu::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  for (Index j = 0; j < n_; ++j) {
    auto product = Hv.segment(j * n_, n_).array();
    product = (4 - rate_ * row(x, j, n_).exp()) * row(v, j, n_);
    add_neighbours(v, j, n_, product);
  }
}

void Bratu::hessian(const Vector& x, Matrix& H) const {
  H.setZero();
  H.diagonal().array() = 4 - rate_ * x.array().exp();
  for (Index k = 0; k < x.size(); ++k) {
    if (k % n_ > 0) H(k, k - 1) = H(k - 1, k) = -1;
    if (k >= n_) H(k, k - n_) = H(k - n_, k) = -1;
  }
}

SparseRows Bratu::sparse_hessian_pattern() const {
  SparseRows H(dimension(), dimension());
  H.reserve(Eigen::VectorXi::Constant(dimension(), 5));
  for (Index k = 0; k < dimension(); ++k) {
    if (k >= n_) H.insert(k, k - n_) = 0;
    if (k % n_ > 0) H.insert(k, k - 1) = 0;
    H.insert(k, k) = 0;
    if (k % n_ + 1 < n_) H.insert(k, k + 1) = 0;
    if (k + n_ < dimension()) H.insert(k, k + n_) = 0;
  }
  H.makeCompressed();
  return H;
}

void Bratu::sparse_hessian(const Vector& x, SparseRows& H) const {
  for (Index k = 0; k < x.size(); ++k) {
    for (SparseRows::InnerIterator h(H, k); h; ++h) {
      h.valueRef() = h.col() == k ? 4 - rate_ * std::exp(x[k]) : -1;
    }
  }
}

OptionTable<BratuOptions> Bratu::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, between(1, 4000), "inner grid points a side: n^2 unknowns")
      .real("lambda", &Options::lambda, positive(),
            "the Frank-Kamenetskii parameter; over 6.808 there is no local minimum");
}

ProblemEntry bratu_entry() {
  return registry_entry<Problem, Bratu>(
      "bratu", "solid fuel ignition -(u_xx + u_yy) = lambda e^u on a square grid, by its energy",
      {{"start", "sqrt(distance to the nearest side) lambda/(lambda + 1)"},
       {"facts", "nonconvex and without lower bound; one local minimum for lambda < 6.808"},
       {"cost", "a few passes over x and an exponential a component; the Hessian is sparse, 5 elements a row"},
       {"source", "Averick, Carter, Moré & Xue 1992, MINPACK-2: steady-state combustion"}});
}

}  // namespace optbed
