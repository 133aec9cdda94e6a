// Vectors and matrices as plain loops, for the reference implementations of the methods. `Real` is double or
// long double.
#pragma once

#include <cmath>
#include <cstddef>
#include <utility>
#include <vector>

namespace optbed::reference {

template <class Real>
using Vec = std::vector<Real>;
template <class Real>
using Mat = std::vector<Vec<Real>>;  // rows

template <class Real>
Real dot(const Vec<Real>& a, const Vec<Real>& b) {
  Real sum = 0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

template <class Real>
Real norm(const Vec<Real>& a) {
  return std::sqrt(dot(a, a));
}

template <class Real>
Real largest(const Vec<Real>& a) {
  Real most = 0;
  for (const Real element : a) most = std::fmax(most, std::fabs(element));
  return most;
}

// x + alpha d
template <class Real>
Vec<Real> along(const Vec<Real>& x, Real alpha, const Vec<Real>& d) {
  Vec<Real> y(x.size());
  for (std::size_t i = 0; i < x.size(); ++i) y[i] = x[i] + alpha * d[i];
  return y;
}

template <class Real>
Vec<Real> difference(const Vec<Real>& a, const Vec<Real>& b) {
  return along(a, Real(-1), b);
}

template <class Real>
Vec<Real> scaled(Real factor, const Vec<Real>& a) {
  Vec<Real> b(a.size());
  for (std::size_t i = 0; i < a.size(); ++i) b[i] = factor * a[i];
  return b;
}

template <class Real>
Mat<Real> scaled_identity(std::size_t n, Real factor) {
  Mat<Real> I(n, Vec<Real>(n, Real(0)));
  for (std::size_t i = 0; i < n; ++i) I[i][i] = factor;
  return I;
}

template <class Real>
Vec<Real> times(const Mat<Real>& A, const Vec<Real>& x) {
  Vec<Real> y;
  for (const Vec<Real>& row : A) y.push_back(dot(row, x));
  return y;
}

template <class Real>
Mat<Real> times(const Mat<Real>& A, const Mat<Real>& B) {
  Mat<Real> C(A.size(), Vec<Real>(B[0].size(), Real(0)));
  for (std::size_t i = 0; i < A.size(); ++i) {
    for (std::size_t j = 0; j < B[0].size(); ++j) {
      for (std::size_t k = 0; k < B.size(); ++k) C[i][j] += A[i][k] * B[k][j];
    }
  }
  return C;
}

template <class Real>
Mat<Real> transposed(const Mat<Real>& A) {
  Mat<Real> T(A[0].size(), Vec<Real>(A.size()));
  for (std::size_t i = 0; i < A.size(); ++i) {
    for (std::size_t j = 0; j < A[0].size(); ++j) T[j][i] = A[i][j];
  }
  return T;
}

// A x = b by elimination with partial pivoting (Golub & Van Loan 2013, algorithm 3.4.1).
template <class Real>
Vec<Real> eliminate(Mat<Real> A, Vec<Real> b) {
  const std::size_t n = b.size();
  for (std::size_t k = 0; k < n; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k + 1; i < n; ++i) {
      if (std::fabs(A[i][k]) > std::fabs(A[pivot][k])) pivot = i;
    }
    std::swap(A[k], A[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = k + 1; i < n; ++i) {
      const Real multiplier = A[i][k] / A[k][k];
      for (std::size_t j = k; j < n; ++j) A[i][j] -= multiplier * A[k][j];
      b[i] -= multiplier * b[k];
    }
  }
  for (std::size_t i = n; i-- > 0;) {
    for (std::size_t j = i + 1; j < n; ++j) b[i] -= A[i][j] * b[j];
    b[i] /= A[i][i];
  }
  return b;
}

// The lower triangle L with A = L L' row by row (Golub & Van Loan 2013, section 4.2.5). False where A is not
// positive definite.
template <class Real>
bool cholesky(const Mat<Real>& A, Mat<Real>& L) {
  const std::size_t n = A.size();
  L.assign(n, Vec<Real>(n, Real(0)));
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = 0; j <= i; ++j) {
      Real sum = A[i][j];
      for (std::size_t k = 0; k < j; ++k) sum -= L[i][k] * L[j][k];
      if (i != j) {
        L[i][j] = sum / L[j][j];
      } else {
        if (!(sum > 0)) return false;
        L[i][i] = std::sqrt(sum);
      }
    }
  }
  return true;
}

// The x of least |A x - b| for A (m x n) of full column rank, by Householder reflections (Golub & Van Loan
// 2013, algorithms 5.2.1 and 5.3.2).
template <class Real>
Vec<Real> least_squares(Mat<Real> A, Vec<Real> b) {
  const std::size_t m = A.size();
  const std::size_t n = A[0].size();
  for (std::size_t k = 0; k < n; ++k) {
    Vec<Real> v(m, Real(0));
    for (std::size_t i = k; i < m; ++i) v[i] = A[i][k];
    v[k] += std::copysign(norm(v), v[k]);
    const Real vv = dot(v, v);
    if (vv == 0) continue;
    for (std::size_t j = k; j < n; ++j) {
      Real vA = 0;
      for (std::size_t i = k; i < m; ++i) vA += v[i] * A[i][j];
      for (std::size_t i = k; i < m; ++i) A[i][j] -= 2 * vA / vv * v[i];
    }
    const Real vb = dot(v, b);
    for (std::size_t i = k; i < m; ++i) b[i] -= 2 * vb / vv * v[i];
  }
  Vec<Real> x(n);
  for (std::size_t i = n; i-- > 0;) {
    x[i] = b[i];
    for (std::size_t j = i + 1; j < n; ++j) x[i] -= A[i][j] * x[j];
    x[i] /= A[i][i];
  }
  return x;
}

// A = V diag(values) V' of a symmetric A by Jacobi's rotations (Golub & Van Loan 2013, section 8.5).
template <class Real>
struct EigenDecomposition {
  Vec<Real> values;
  Mat<Real> vectors;  // vectors[i] belongs to values[i], and has length 1
};

template <class Real>
EigenDecomposition<Real> eigen_decomposition(Mat<Real> A) {
  const std::size_t n = A.size();
  Mat<Real> V = scaled_identity(n, Real(1));
  const int sweeps = 20;  // converges quadratically: some six are enough
  for (int sweep = 0; sweep < sweeps; ++sweep) {
    for (std::size_t p = 0; p < n; ++p) {
      for (std::size_t q = p + 1; q < n; ++q) {
        if (A[p][q] == 0) continue;
        const Real tau = (A[q][q] - A[p][p]) / (2 * A[p][q]);
        const Real t = std::copysign(Real(1), tau) / (std::fabs(tau) + std::sqrt(1 + tau * tau));
        const Real c = 1 / std::sqrt(1 + t * t);
        const Real s = t * c;
        const auto rotate = [c, s](Real& a, Real& b) {
          const Real turned = c * a - s * b;
          b = s * a + c * b;
          a = turned;
        };
        for (std::size_t i = 0; i < n; ++i) rotate(A[i][p], A[i][q]);
        for (std::size_t i = 0; i < n; ++i) rotate(A[p][i], A[q][i]);
        for (std::size_t i = 0; i < n; ++i) rotate(V[p][i], V[q][i]);
      }
    }
  }
  Vec<Real> values;
  for (std::size_t i = 0; i < n; ++i) values.push_back(A[i][i]);
  return {values, V};
}

}  // namespace optbed::reference
