#include "analysis/high_precision.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "problems/all_problems.hpp"
#include "problems/errors.hpp"

namespace optbed::high_precision_test {
namespace {

// Nocedal & Wright 2006, theorem 3.5: the order is 2, and shows over several iterations.
TEST(HighPrecision, ShowsTheQuadraticConvergenceOfNewtonsMethod) {
  for (const char* problem : {"freudenstein_roth", "bard", "gaussian", "brown_dennis"}) {
    const HighPrecisionRun run = run_in_high_precision(problem, HighPrecisionMethod::newton);
    EXPECT_EQ(run.measured.kind, ConvergenceKind::quadratic) << problem;
    EXPECT_NEAR(*run.measured.order, 2, 0.02) << problem;
    int digits_doubled = 0;
    for (std::size_t k = 1; k < run.errors.size(); ++k) {
      const double before = run.errors[k - 1];
      if (before < 0.05 && run.errors[k] > 1e-46)
        digits_doubled += run.errors[k] < std::pow(before, 1.6) ? 1 : 0;
    }
    EXPECT_GE(digits_doubled, 3) << problem;
  }
}

// The factor rho((J'J)^-1 sum r_i H(r_i)) in double precision from the problem's own Jacobian and Hessian, n
// = 3.
TEST(HighPrecision, ShowsTheLinearConvergenceOfGaussNewtonWhereResidualsRemain) {
  const HighPrecisionRun run = run_in_high_precision("bard", HighPrecisionMethod::gauss_newton);
  EXPECT_EQ(run.measured.kind, ConvergenceKind::linear);
  const auto problem = all_problems().make("bard");
  const auto& sum = dynamic_cast<const LeastSquaresProblem&>(*problem);
  Matrix J(15, 3);
  Matrix H(3, 3);
  sum.jacobian(run.limit, J);
  problem->hessian(run.limit, H);
  const Matrix JtJ = J.transpose() * J;
  const Matrix S = H / 2 - JtJ;
  // The power method, by Cramer's rule on the 3 x 3 system.
  const auto determinant = [](const Matrix& A) {
    return A(0, 0) * (A(1, 1) * A(2, 2) - A(1, 2) * A(2, 1)) -
           A(0, 1) * (A(1, 0) * A(2, 2) - A(1, 2) * A(2, 0)) +
           A(0, 2) * (A(1, 0) * A(2, 1) - A(1, 1) * A(2, 0));
  };
  Vector v = Vector::Ones(3);
  double factor = 0;
  for (int k = 0; k < 200; ++k) {
    const Vector b = S * v;
    Vector next(3);
    for (Index i = 0; i < 3; ++i) {
      Matrix A = JtJ;
      A.col(i) = b;
      next[i] = determinant(A) / determinant(JtJ);
    }
    factor = next.norm();
    v = next / factor;
  }
  EXPECT_NEAR(*run.measured.factor, factor, 1e-6);
}

// Rosenbrock's residuals: the first step of Gauss-Newton ends at x_1 = 1 and x_2 = x_1^2 along the tangent at
// -1.2, which is 1.44 - 2.4 * 2.2 = -3.84, and is 4.84 below 1; the second is exact.
TEST(HighPrecision, EndsInTwoStepsOfGaussNewtonOnRosenbrock) {
  const HighPrecisionRun run = run_in_high_precision("rosenbrock", HighPrecisionMethod::gauss_newton);
  EXPECT_NEAR(run.errors[1], 4.84, 1e-13);
  EXPECT_LE(run.errors[2], 1e-46);
  EXPECT_NE(run.measured.reason.find("at least 4"), std::string::npos);
}

TEST(HighPrecision, ShowsTheSuperlinearConvergenceOfBfgsAndTheSecantMethod) {
  for (const char* problem : {"rosenbrock", "bard", "freudenstein_roth"}) {
    for (const auto method : {HighPrecisionMethod::bfgs, HighPrecisionMethod::secant}) {
      const HighPrecisionRun run = run_in_high_precision(problem, method);
      EXPECT_EQ(run.measured.kind, ConvergenceKind::superlinear) << problem;
      EXPECT_GT(*run.measured.order, 1.05) << problem;
      EXPECT_LT(*run.measured.order, 2) << problem;
      EXPECT_LE(run.errors.back(), 1e-45) << problem;
    }
  }
}

// Whole steps of Newton's method lead to the minimiser that is known (Moré, Garbow & Hillstrom 1981) in seven
// cases. To 1e-14, the rounding of the known digits.
TEST(HighPrecision, FindsTheMinimisersThatNewtonsMethodLeadsTo) {
  for (const char* name :
       {"rosenbrock", "helical_valley", "bard", "gaussian", "box3d", "brown_dennis", "osborne1"}) {
    const HighPrecisionRun run = run_in_high_precision(name, HighPrecisionMethod::newton);
    EXPECT_LE(run.gradient_at_limit, 1e-40) << name;
    const auto distance = all_problems().make(name)->facts().distance(run.limit);
    ASSERT_TRUE(distance) << name;
    EXPECT_LE(*distance, 1e-14 * (1 + run.limit.norm())) << name;
  }
}

// And in four cases to another stationary point. Freudenstein & Roth's is the local minimum with 48.9842…
// (Moré, Garbow & Hillstrom 1981). Beale's is the saddle (0, 1), where the residuals are 1.5, 2.25 and 2.625.
// Of Kowalik & Osborne's model x_1 becomes 0, and the residuals are the data y_i. Wood's is close to (-1, 1,
// -1, 1), with 7.87… (Moré, Garbow & Hillstrom 1981).
TEST(HighPrecision, FindsAnotherStationaryPointWhereNewtonsMethodLeadsThere) {
  double data = 0;
  for (const double y :
       {0.1957, 0.1947, 0.1735, 0.16, 0.0844, 0.0627, 0.0456, 0.0342, 0.0323, 0.0235, 0.0246}) {
    data += y * y;
  }
  struct Elsewhere {
    const char* name;
    double value;
    double tolerance;
  };
  for (const Elsewhere& known : {Elsewhere{"freudenstein_roth", 48.98425, 1e-5},
                                 Elsewhere{"beale", 1.5 * 1.5 + 2.25 * 2.25 + 2.625 * 2.625, 1e-13},
                                 Elsewhere{"kowalik_osborne", data, 1e-14}, Elsewhere{"wood", 7.877, 5e-4}}) {
    const HighPrecisionRun run = run_in_high_precision(known.name, HighPrecisionMethod::newton);
    EXPECT_LE(run.gradient_at_limit, 1e-40) << known.name;
    const auto problem = all_problems().make(known.name);
    EXPECT_NEAR(problem->value(run.limit), known.value, known.tolerance) << known.name << run.limit.transpose();
    EXPECT_GT(problem->facts().distance(run.limit).value(), 1) << known.name;
  }
  const HighPrecisionRun beale = run_in_high_precision("beale", HighPrecisionMethod::newton);
  EXPECT_NEAR(beale.limit[0], 0, 1e-15);
  EXPECT_NEAR(beale.limit[1], 1, 1e-15);
}

// The same residuals as those of the registry.
TEST(HighPrecision, HasTheStartsOfTheRegistry) {
  for (const std::string& name : high_precision_problems()) {
    const auto problem = all_problems().make(name);
    const HighPrecisionRun run = run_in_high_precision(name, HighPrecisionMethod::newton);
    EXPECT_NEAR(run.errors[0], (problem->start() - run.limit).norm(), 1e-12 * (1 + run.errors[0])) << name;
    Vector g(problem->dimension());
    problem->gradient(run.limit, g);
    Matrix H(problem->dimension(), problem->dimension());
    problem->hessian(run.limit, H);
    // As large as the rounding of the limit makes it.
    EXPECT_LE(g.norm(), 1e-14 * (1 + H.norm() * (1 + run.limit.norm()))) << name;
  }
}

TEST(HighPrecision, NamesWhatIsThere) {
  EXPECT_THROW(run_in_high_precision("watson", HighPrecisionMethod::newton), UsageError);
  EXPECT_THROW(parse_high_precision_method("adam"), UsageError);
  EXPECT_THROW(run_in_high_precision("bard", HighPrecisionMethod::newton, Vector::Ones(2)), UsageError);
}

TEST(HighPrecision, SaysWhereARunDoesNotConverge) {
  EXPECT_THROW(run_in_high_precision("rosenbrock", HighPrecisionMethod::bfgs, {}, 5), UsageError);
}

// f of the helical valley jumps where x_1 changes its sign at x_2 < 0: from (-0, -1, 8), where f is 25 + 64,
// every step along -g crosses it, to an f of 1e4.
TEST(HighPrecision, SaysWhereALineSearchFindsNoStep) {
  try {
    run_in_high_precision("helical_valley", HighPrecisionMethod::bfgs, Eigen::Vector3d(-1e-300, -1, 8));
    ADD_FAILURE() << "it converged";
  } catch (const UsageError& error) {
    EXPECT_NE(std::string(error.what()).find("line search"), std::string::npos) << error.what();
  }
}

}  // namespace
}  // namespace optbed::high_precision_test
