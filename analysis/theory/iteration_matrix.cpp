#include "analysis/theory/iteration_matrix.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <vector>

#include "analysis/theory/eigenvalues.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

std::optional<SpectralRadius> radius_of(const Matrix& G) {
  const auto dominant = dominant_eigenvalue(G);
  if (!dominant) return std::nullopt;
  return SpectralRadius{std::abs(*dominant), dominant->imag() == 0};
}

// I - omega D^-1 A with a symmetric A and D > 0 has the real eigenvalues 1 - omega lambda, A v = lambda D v.
std::optional<Vector> symmetric_jacobi_eigenvalues(const LinearSystem& system, double omega) {
  const SystemMatrix& A = system.matrix();
  const Vector D = diagonal(A);
  if (!system.is_symmetric() || D.size() > largest_decomposition || D.minCoeff() <= 0) return std::nullopt;
  std::optional<Vector> lambda = generalized_symmetric_eigenvalues(dense_copy(A), D.asDiagonal());
  if (lambda) *lambda = (1 - omega * lambda->array()).matrix().eval();
  return lambda;
}

// (D/omega + L) x_{k+1} = b - (A - D/omega - L) x_k, and the same with U for the sweep back.
template <unsigned Triangle>
Matrix sweep_matrix(const Matrix& A, double omega) {
  Matrix M = A.triangularView<Triangle>();
  M.diagonal() /= omega;
  const Index n = A.rows();
  return Matrix::Identity(n, n) - Matrix(M.triangularView<Triangle>().solve(A));
}

}  // namespace

std::optional<SpectralRadius> jacobi_radius(const LinearSystem& system, double omega) {
  if (const auto eigenvalues = symmetric_jacobi_eigenvalues(system, omega)) {
    return SpectralRadius{eigenvalues->cwiseAbs().maxCoeff(), true};
  }
  const SystemMatrix& A = system.matrix();
  const Index n = order(A);
  if (n > largest_general_decomposition) return std::nullopt;
  const Matrix scaled = diagonal(A).cwiseInverse().asDiagonal() * dense_copy(A);
  return radius_of(Matrix::Identity(n, n) - omega * scaled);
}

bool is_consistently_ordered(const SystemMatrix& A) {
  const SparseRows rows = sparse_copy(A);
  const SparseRows columns = rows.transpose();
  const Index n = rows.rows();
  std::vector<bool> reached(static_cast<std::size_t>(n), false);
  std::vector<Index> gamma(static_cast<std::size_t>(n), 0);
  std::vector<Index> open;
  for (Index first = 0; first < n; ++first) {
    if (reached[static_cast<std::size_t>(first)]) continue;
    reached[static_cast<std::size_t>(first)] = true;
    open.push_back(first);
    while (!open.empty()) {
      const Index i = open.back();
      open.pop_back();
      for (const SparseRows* graph : {&rows, &columns}) {
        for (SparseRows::InnerIterator a(*graph, i); a; ++a) {
          const Index j = a.col();
          if (a.value() == 0 || j == i) continue;
          const Index needed = gamma[static_cast<std::size_t>(i)] + (j > i ? 1 : -1);
          if (!reached[static_cast<std::size_t>(j)]) {
            reached[static_cast<std::size_t>(j)] = true;
            gamma[static_cast<std::size_t>(j)] = needed;
            open.push_back(j);
          } else if (gamma[static_cast<std::size_t>(j)] != needed) {
            return false;
          }
        }
      }
    }
  }
  return true;
}

// The eigenvalues lambda of the sweep obey (lambda + omega - 1)^2 = lambda omega^2 mu_i^2.
double young_radius(double mu, double omega) {
  const double discriminant = omega * omega * mu * mu - 4 * (omega - 1);
  if (discriminant < 0) return omega - 1;
  const double root = (omega * mu + std::sqrt(discriminant)) / 2;
  return root * root;
}

std::optional<SpectralRadius> sor_radius(const LinearSystem& system, double omega, bool symmetric) {
  const SystemMatrix& A = system.matrix();
  if (!symmetric && is_consistently_ordered(A)) {
    if (const auto eigenvalues = symmetric_jacobi_eigenvalues(system, 1)) {
      const double mu = eigenvalues->cwiseAbs().maxCoeff();
      if (mu < 1) {
        const double radius = young_radius(mu, omega);
        return SpectralRadius{radius, radius > omega - 1};
      }
    }
  }
  if (order(A) > largest_general_decomposition) return std::nullopt;
  const Matrix dense = dense_copy(A);
  Matrix G = sweep_matrix<Eigen::Lower>(dense, omega);
  if (symmetric) G = (sweep_matrix<Eigen::Upper>(dense, omega) * G).eval();
  return radius_of(G);
}

}  // namespace optbed
