// The methods for composite and constrained problems against a second implementation (tests/solvers/reference),
// 50 iterates each. Their maps contract, or nearly, so that the paths may run apart from each other: relative
// to the largest iterate so far, as long sums of it are what is rounded.
#include <gtest/gtest.h>

#include "problems/classic/constrained_examples.hpp"
#include "problems/convex/nonsmooth/lasso.hpp"
#include "problems/convex/nonsmooth/total_variation.hpp"
#include "solvers/minimize.hpp"
#include "solvers/registry.hpp"
#include "tests/solvers/reference/constrained.hpp"

namespace optbed::constrained_agreement_test {
namespace {

namespace ref = reference;

constexpr int steps = 50;
constexpr double tolerance = 1e-12;

ref::Vec<double> plain(const Vector& v) { return {v.begin(), v.end()}; }

ref::Mat<double> plain(const Matrix& A) {
  ref::Mat<double> rows;
  for (Index i = 0; i < A.rows(); ++i) rows.push_back(plain(Vector(A.row(i))));
  return rows;
}

void expect_path(const Problem& problem, const std::string& solver, const ref::Path<double>& path) {
  const auto method = all_solvers().make(solver);
  const long last = static_cast<long>(path.size()) - 1;
  const Result result =
      minimize(problem, *method,
               {.limits = {.max_iterations = last, .gradient_tolerance = 0}, .trace = {.iterates = true}});
  ASSERT_EQ(result.iterations, last) << solver << ": " << to_string(result.stop) << " " << result.message;
  double largest = 0;
  for (std::size_t k = 0; k < path.size(); ++k) {
    const Vector expected = Eigen::Map<const Vector>(path[k].data(), problem.dimension());
    largest = std::max(largest, infinity_norm(expected));
    ASSERT_LE(infinity_norm(result.trace.iterate(k) - expected), tolerance * largest)
        << solver << ", iterate " << k;
  }
}

class LassoPaths : public ::testing::Test {
 protected:
  const Lasso lasso_{LassoOptions{.m = 6, .n = 10, .sparsity = 2, .lambda = 0.5}};
  const ref::LassoData<double> data_{plain(lasso_.data()), plain(lasso_.observations()), lasso_.lambda()};
  const double L_ = lasso_.facts().lipschitz->value;

  void expect_proximal_gradient(const std::string& options, double L, bool backtracks, bool accelerated,
                                ref::Restart restart) {
    expect_path(lasso_, "proximal_gradient" + options,
                ref::proximal_gradient(data_, L, backtracks, accelerated, restart, steps));
  }
};

TEST_F(LassoPaths, OfProximalGradientAreThoseOfTheReference) {
  using ref::Restart;
  expect_proximal_gradient("", L_, false, false, Restart::none);
  expect_proximal_gradient(":lipschitz=20", 20, false, false, Restart::none);
  expect_proximal_gradient(":step=backtracking", 1, true, false, Restart::none);
  expect_proximal_gradient(":acceleration=fista", L_, false, true, Restart::none);
  expect_proximal_gradient(":acceleration=fista,step=backtracking,lipschitz=0.1", 0.1, true, true,
                           Restart::none);
  expect_proximal_gradient(":acceleration=fista,restart=function", L_, false, true, Restart::function);
  expect_proximal_gradient(":acceleration=fista,restart=gradient", L_, false, true, Restart::gradient);
  expect_proximal_gradient(":acceleration=fista,restart=function,step=backtracking", 1, true, true,
                           Restart::function);
}

TEST_F(LassoPaths, OfAdmmAreThoseOfTheReference) {
  expect_path(lasso_, "admm", ref::admm(data_, 1.0, 1.0, false, steps));
  expect_path(lasso_, "admm:penalty=0.2,relaxation=1.6", ref::admm(data_, 0.2, 1.6, false, steps));
  expect_path(lasso_, "admm:penalty=1e3,penalty_rule=residual_balancing",
              ref::admm(data_, 1e3, 1.0, true, steps));
  expect_path(lasso_, "admm:penalty=0.05,relaxation=0.8,penalty_rule=residual_balancing",
              ref::admm(data_, 0.05, 0.8, true, steps));
}

TEST_F(LassoPaths, OfAdmmAreThoseOfDouglasAndRachford) {
  expect_path(lasso_, "admm:penalty=2.5", ref::douglas_rachford(data_, 1 / 2.5, steps));
}

TEST_F(LassoPaths, OfPrimalDualAreThoseOfTheReference) {
  const double lambda = data_.lambda;
  // g = lambda |.|_1: g* is the indicator of [-lambda, lambda].
  const auto cut = [lambda](ref::Vec<double> v, double) {
    for (double& element : v) element = std::min(std::max(element, -lambda), lambda);
    return v;
  };
  const auto proximal = [this](const ref::Vec<double>& v, double tau) { return data_.proximal(v, tau); };
  const ref::Mat<double> I = ref::scaled_identity(10, 1.0);
  const ref::Vec<double> zero(10, 0.0);
  expect_path(lasso_, "primal_dual", ref::primal_dual<double>(I, zero, proximal, cut, 1, 1, 1, 0, steps));
  expect_path(lasso_, "primal_dual:tau=0.3,theta=0.5",
              ref::primal_dual<double>(I, zero, proximal, cut, 0.3, 1 / 0.3, 0.5, 0, steps));

  const Lasso through_data(lasso_.data(), lasso_.observations(), lambda, LassoSplitting::data);
  // g = (1/2)|. - b|^2: g*(y) = (1/2)|y|^2 + b'y.
  const auto shrink = [this](const ref::Vec<double>& v, double sigma) {
    return ref::scaled(1 / (1 + sigma), ref::along(v, -sigma, data_.b));
  };
  const auto threshold = [lambda](const ref::Vec<double>& v, double tau) { return ref::soft(v, tau * lambda); };
  const double norm = std::sqrt(L_);
  expect_path(through_data, "primal_dual",
              ref::primal_dual<double>(data_.A, zero, threshold, shrink, 1 / norm, 1 / norm, 1, 0, steps));
  expect_path(through_data, "primal_dual:sigma=0.05",
              ref::primal_dual<double>(data_.A, zero, threshold, shrink, 1 / (0.05 * L_), 0.05, 1, 0, steps));
}

TEST(TotalVariationPaths, OfPrimalDualAreThoseOfTheReference) {
  const TotalVariation problem(TotalVariationOptions{.n = 12, .jumps = 2, .lambda = 0.7});
  const ref::Vec<double> b = plain(problem.signal());
  ref::Mat<double> D(11, ref::Vec<double>(12, 0.0));
  for (std::size_t j = 0; j < 11; ++j) {
    D[j][j] = -1;
    D[j][j + 1] = 1;
  }
  const auto average = [&b](const ref::Vec<double>& v, double tau) {
    return ref::scaled(1 / (1 + tau), ref::along(v, tau, b));
  };
  const auto cut = [](ref::Vec<double> v, double) {
    for (double& element : v) element = std::min(std::max(element, -0.7), 0.7);
    return v;
  };
  expect_path(problem, "primal_dual:tau=0.5,sigma=0.4",
              ref::primal_dual<double>(D, b, average, cut, 0.5, 0.4, 1, 0, steps));
  expect_path(problem, "primal_dual:acceleration=strongly_convex,tau=0.5,sigma=0.5",
              ref::primal_dual<double>(D, b, average, cut, 0.5, 0.5, 1, 1, steps));
}

// Whole Newton steps, from starts near the minimiser: six of them end at rounding.
TEST(ConstrainedPaths, OfLagrangeAreThoseOfNewtonOnTheWholeSystem) {
  const auto path = [](const EqualityConstrainedProblem& problem) {
    const Index n = problem.dimension();
    const Index p = problem.constraint_count();
    const auto vector = [](const ref::Vec<double>& v) {
      return Vector(Eigen::Map<const Vector>(v.data(), static_cast<Index>(v.size())));
    };
    ref::ConstrainedObjective<double> f;
    f.start = plain(problem.start());
    f.gradient = [&problem, vector, n](const ref::Vec<double>& x) {
      Vector g(n);
      problem.gradient(vector(x), g);
      return plain(g);
    };
    f.constraints = [&problem, vector, p](const ref::Vec<double>& x) {
      Vector c(p);
      problem.constraints(vector(x), c);
      return plain(c);
    };
    f.jacobian = [&problem, vector, n, p](const ref::Vec<double>& x) {
      Matrix A(p, n);
      problem.constraint_jacobian(vector(x), A);
      return plain(A);
    };
    f.lagrangian_hessian = [&problem, vector, n](const ref::Vec<double>& x, const ref::Vec<double>& lambda) {
      Matrix H(n, n);
      problem.lagrangian_hessian(vector(x), vector(lambda), H);
      return plain(H);
    };
    return ref::newton_lagrange(f, 6);
  };
  const Circle circle;
  const PowellExponential powell;
  const Maratos maratos;
  expect_path(circle, "lagrange:safeguard=none", path(circle));
  expect_path(powell, "lagrange:safeguard=none", path(powell));
  expect_path(maratos, "lagrange:safeguard=none", path(maratos));
}

}  // namespace
}  // namespace optbed::constrained_agreement_test
