#include "problems/quadratic/hilbert.hpp"

#include "problems/decompositions.hpp"
#include "problems/quadratic/matrix_quadratic.hpp"

namespace optbed {
namespace {

double binomial(Index n, Index k) {
  double product = 1;
  for (Index i = 1; i <= k; ++i) product = product * static_cast<double>(n - k + i) / static_cast<double>(i);
  return product;
}

Facts facts_of_hilbert(const Matrix& H) {
  const Index n = H.rows();
  Facts facts;
  facts.function_class = {FunctionClass::quadratic, "by construction"};
  facts.convexity = {Convexity::strongly_convex,
                     "H is positive definite: a Gram matrix of monomials on [0, 1]"};
  facts.bounded_below = {true, "H is positive definite"};
  facts.minimum = {0, "(1/2)(x-x*)'H(x-x*) >= 0 with equality at x*"};
  facts.minimisers.push_back({Vector::Ones(n), "by construction"});
  facts.distinct_eigenvalues = {n, "H is totally positive (Gantmacher & Krein 1950)"};
  if (const auto eigenvalues = symmetric_eigenvalues(H)) {
    facts.lipschitz = {(*eigenvalues)[n - 1], "computed: largest eigenvalue of H"};
  }
  if (const auto eigenvalues = symmetric_eigenvalues(inverse_hilbert_matrix(n))) {
    facts.strong_convexity = {1 / (*eigenvalues)[n - 1], "computed: 1 over the largest eigenvalue of H^-1"};
  }
  return facts;
}

}  // namespace

Matrix hilbert_matrix(Index n) {
  Matrix H(n, n);
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < n; ++i) H(i, j) = 1 / static_cast<double>(i + j + 1);
  }
  return H;
}

Matrix inverse_hilbert_matrix(Index n) {
  Matrix inverse(n, n);
  for (Index j = 1; j <= n; ++j) {
    for (Index i = 1; i <= n; ++i) {
      const double sign = (i + j) % 2 == 0 ? 1 : -1;
      const double middle = binomial(i + j - 2, i - 1);
      inverse(i - 1, j - 1) = sign * static_cast<double>(i + j - 1) * binomial(n + i - 1, n - j) *
                              binomial(n + j - 1, n - i) * middle * middle;
    }
  }
  return inverse;
}

OptionTable<HilbertOptions> hilbert_option_table() {
  return OptionTable<HilbertOptions>().integer("n", &HilbertOptions::n, between(1, 12), "dimension");
}

std::unique_ptr<Problem> make_hilbert(const HilbertOptions& options) {
  const Matrix H = hilbert_matrix(options.n);
  return MatrixQuadratic::centred(DenseRows(H), Vector::Ones(options.n), Vector::Zero(options.n),
                                  facts_of_hilbert(H));
}

ProblemEntry hilbert_entry() {
  return {
      "hilbert",
      "f = (1/2)(x-x*)'H(x-x*) with Hilbert's matrix, whose condition number grows like e^(3.5 n)",
      {{"start", "0"},
       {"facts", "x* = (1, …, 1); mu from the inverse, which is known exactly; L computed"},
       {"source", "Hilbert 1894; Higham 2002, section 28.1"}},
      hilbert_option_table().descriptions(),
      [](const KeyValues& values) { return make_hilbert(hilbert_option_table().parse("hilbert", values)); }};
}

}  // namespace optbed
