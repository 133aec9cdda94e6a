// The checks that every problem must pass have to fail on a problem that is wrong.
#include "problems/verification/derivatives.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace optbed::verification::derivatives_test {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

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

// Which checks failed.
std::vector<std::string> failures(Mistake mistake) {
  Findings findings;
  verify_derivatives(Planted(mistake), findings);
  std::vector<std::string> failed;
  for (const Finding& finding : findings.all()) {
    if (finding.failures > 0) failed.push_back(finding.check);
  }
  return failed;
}

TEST(VerifyDerivatives, PassesAProblemThatIsRight) { EXPECT_THAT(failures(Mistake::none), IsEmpty()); }

TEST(VerifyDerivatives, FindsAPlantedMistakeAndNamesIt) {
  EXPECT_THAT(failures(Mistake::gradient), Contains("gradient from value"));
  EXPECT_THAT(failures(Mistake::returned_value), ElementsAre("value that the gradient returns"));
  EXPECT_THAT(failures(Mistake::hessian), Contains("Hessian from gradient"));
  EXPECT_THAT(failures(Mistake::asymmetric_hessian), Contains("Hessian is symmetric"));
  EXPECT_THAT(failures(Mistake::sparse_hessian), ElementsAre("sparse Hessian from Hessian"));
  EXPECT_THAT(failures(Mistake::sparse_pattern), ElementsAre("pattern of the sparse Hessian"));
  EXPECT_THAT(failures(Mistake::hessian_vector), ElementsAre("Hessian-vector product from Hessian"));
  EXPECT_THAT(failures(Mistake::jacobian),
              ElementsAre("Jacobian from residuals", "gradient from residuals and Jacobian"));
  EXPECT_THAT(failures(Mistake::residual),
              ElementsAre("value from residuals", "gradient from residuals and Jacobian"));
}

}  // namespace
}  // namespace optbed::verification::derivatives_test
