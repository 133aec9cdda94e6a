// The checks that every problem must pass have to fail on a problem that is wrong.
#include "tests/problems/derivatives.hpp"

#include <gtest/gtest.h>

namespace optbed::testing {
namespace {

enum class Mistake {
  none,
  gradient,
  returned_value,
  hessian,
  asymmetric_hessian,
  sparse_hessian,
  sparse_pattern,
  hessian_vector,
  residual,
  jacobian
};

// f = (x_1^2 - 1)^2 + (x_1 x_2)^2 with one mistake of one part in a thousand.
class Planted final : public LeastSquaresProblem {
 public:
  explicit Planted(Mistake mistake) : mistake_(mistake) {}

  Index dimension() const override { return 2; }
  Vector start() const override { return Vector{{0.5, 2}}; }
  double value(const Vector& x) const override {
    return std::pow(x[0] * x[0] - 1, 2) + std::pow(x[0] * x[1], 2);
  }
  double gradient(const Vector& x, Vector& g) const override {
    g[0] = 4 * x[0] * (x[0] * x[0] - 1) + 2 * x[0] * x[1] * x[1];
    g[1] = 2 * x[0] * x[0] * x[1] * slip(Mistake::gradient);
    return value(x) * slip(Mistake::returned_value);
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override {
    H(0, 0) = 12 * x[0] * x[0] - 4 + 2 * x[1] * x[1];
    H(1, 0) = 4 * x[0] * x[1] * slip(Mistake::hessian);
    H(0, 1) = H(1, 0) * slip(Mistake::asymmetric_hessian);
    H(1, 1) = 2 * x[0] * x[0];
  }
  bool has_sparse_hessian() const override { return true; }
  SparseRows sparse_hessian_pattern() const override {
    SparseRows pattern = Matrix::Ones(2, 2).sparseView();
    if (mistake_ == Mistake::sparse_pattern) pattern.reserve(Eigen::VectorXi::Ones(2));
    return pattern;
  }
  void sparse_hessian(const Vector& x, SparseRows& H) const override {
    Matrix dense(2, 2);
    hessian(x, dense);
    for (Index i = 0; i < 2; ++i) {
      for (Index j = 0; j < 2; ++j) H.coeffRef(i, j) = dense(i, j) * slip(Mistake::sparse_hessian);
    }
  }
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    Hv[0] = (12 * x[0] * x[0] - 4 + 2 * x[1] * x[1]) * v[0] + 4 * x[0] * x[1] * v[1];
    Hv[1] = 4 * x[0] * x[1] * v[0] + 2 * x[0] * x[0] * v[1] * slip(Mistake::hessian_vector);
  }
  Index residual_count() const override { return 2; }
  void residuals(const Vector& x, Vector& r) const override {
    r[0] = x[0] * x[0] - 1;
    r[1] = x[0] * x[1] * slip(Mistake::residual);
  }
  void jacobian(const Vector& x, Matrix& J) const override {
    J(0, 0) = 2 * x[0] * slip(Mistake::jacobian);
    J(0, 1) = 0;
    J(1, 0) = x[1] * slip(Mistake::residual);
    J(1, 1) = x[0] * slip(Mistake::residual);
  }

 private:
  double slip(Mistake here) const { return here == mistake_ ? 1.001 : 1; }

  Mistake mistake_;
};

using Check = ::testing::AssertionResult (*)(const Problem&, const Probe&);
using LeastSquaresCheck = ::testing::AssertionResult (*)(const LeastSquaresProblem&, const Probe&);

template <class C>
int failures(C check, Mistake mistake) {
  const Planted problem(mistake);
  int count = 0;
  for (const Probe& at : probes(problem)) count += check(problem, at) ? 0 : 1;
  return count;
}

TEST(DerivativeChecks, PassOnAProblemThatIsRight) {
  for (const Check check : {gradient_matches_value, gradient_returns_value, hessian_matches_gradient,
                            sparse_hessian_matches_hessian, hessian_vector_matches_hessian}) {
    EXPECT_EQ(failures(check, Mistake::none), 0);
  }
  for (const LeastSquaresCheck check : {jacobian_matches_residuals, residuals_match_value_and_gradient}) {
    EXPECT_EQ(failures(check, Mistake::none), 0);
  }
}

TEST(DerivativeChecks, FailOnAPlantedMistake) {
  EXPECT_GT(failures(gradient_matches_value, Mistake::gradient), 0);
  EXPECT_GT(failures(gradient_returns_value, Mistake::returned_value), 0);
  EXPECT_GT(failures(hessian_matches_gradient, Mistake::hessian), 0);
  EXPECT_GT(failures(hessian_matches_gradient, Mistake::asymmetric_hessian), 0);
  EXPECT_GT(failures(sparse_hessian_matches_hessian, Mistake::sparse_hessian), 0);
  EXPECT_GT(failures(sparse_hessian_matches_hessian, Mistake::sparse_pattern), 0);
  EXPECT_GT(failures(hessian_vector_matches_hessian, Mistake::hessian_vector), 0);
  EXPECT_GT(failures(jacobian_matches_residuals, Mistake::jacobian), 0);
  EXPECT_GT(failures(residuals_match_value_and_gradient, Mistake::residual), 0);
  EXPECT_GT(failures(residuals_match_value_and_gradient, Mistake::jacobian), 0);
}

}  // namespace
}  // namespace optbed::testing
