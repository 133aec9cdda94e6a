// Gradient descent beside methods that are made for linear systems.
#include <fmt/format.h>

#include <cmath>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/decompositions.hpp"
#include "problems/quadratic/hilbert.hpp"
#include "problems/quadratic/matrix_quadratic.hpp"
#include "problems/quadratic/squared_residual.hpp"
#include "solvers/registry.hpp"

namespace optbed {
namespace {

// The first k with |x_k - x*| <= part |x_0 - x*|, or -1.
double iterations_to_distance(const Problem& problem, const std::string& solver, double part, long most) {
  const double first = *problem.facts().distance(problem.start());
  const auto method = all_solvers().make(solver);
  const Result result = minimize(
      problem, *method,
      {.limits = {.max_iterations = most, .gradient_tolerance = 0},
       .observer = [&](const Observation& at) { return *problem.facts().distance(at.x) <= part * first; }});
  return result.stop == StopReason::observer ? static_cast<double>(result.iterations) : -1;
}

// f = (1/2)|H x - b|^2 with Hilbert's matrix of order 6, whose Hessian is H^2.
void descent_on_hilbert(Measurement& measured) {
  const Matrix H = hilbert_matrix(6);
  const SquaredResidual problem(DenseRows(H), H * Vector::Ones(6));
  const double kappa = *problem.facts().condition_number();
  measured.equals_relatively("condition number of the normal equations of Hilbert's matrix of order 6", kappa,
                             2.235e14, 1e-3);  // 1.495e7 squared (Higham 2002, section 28.1)
  measured.equals_relatively("iterations to 1e-6 that theory makes of it for the best fixed step, computed",
                             std::log(1e-6) / std::log1p(-2 / (kappa + 1)), 1.54e15, 0.01);
  // Each part of the start's error along an eigenvector of H^2 contracts by its own factor.
  const auto modes = symmetric_decomposition(H).value();
  const Vector squares = modes.values.cwiseAbs2();
  const double eta = 2 / (squares[0] + squares[5]);
  const Vector remaining =
      (modes.vectors.transpose() * Vector::Ones(6)).array() * (1 - eta * squares.array()).pow(100'000);
  const Result run = minimize(problem, *all_solvers().make("gradient_descent:step=optimal"),
                              {.limits = {.max_iterations = 100'000, .gradient_tolerance = 0}});
  measured.equals_relatively("distance after 1e5 of them, of 2.45 at the start", *run.distance,
                             remaining.norm(), 1e-6);
  const Result direct = traced_run("hilbert:n=6", "cholesky", 1);
  // Higham 2002, theorem 10.3: a small multiple of n eps kappa(H) = 2e-8.
  measured.at_most("error of one Cholesky factorisation of H", *direct.distance, 2e-8);
}

void gradient_descent_for_systems(Measurement& measured) {
  const auto poisson = all_problems().make("poisson:n=100");
  // log(1e10) kappa/2, one or two more or less for what is not in the two slowest eigenvectors.
  measured.equals("iterations of gradient descent to 1e-10 of the first error",
                  iterations_to_distance(*poisson, "gradient_descent:step=optimal", 1e-10, 60'000), 47'590, 2);
  // b is symmetric about the middle: it has a part in every second eigenvector.
  measured.equals("iterations of conjugate gradients", iterations_to_distance(*poisson, "cg", 1e-10, 1000), 50,
                  0);
  Matrix A(100, 100);
  poisson->hessian(poisson->start(), A);
  const Vector eigenvalues = symmetric_eigenvalues(A).value();
  const double kappa = 1 / std::pow(std::tan(std::numbers::pi / 202), 2);
  measured.equals_relatively("condition number of Poisson's matrix of order 100",
                             eigenvalues[99] / eigenvalues[0], kappa, 1e-9);
  descent_on_hilbert(measured);
}

std::unique_ptr<Problem> quadratic_of(const Matrix& A, const Vector& b) {
  const SystemMatrix rows = DenseRows(A);
  return MatrixQuadratic::with_right_hand_side(rows, b, computed_quadratic_facts(rows, b));
}

double iterations_to_residual(const Problem& problem, const std::string& solver, double part) {
  const std::vector<double> residual = traced_run(problem, solver, 50).trace.column("relative_residual");
  for (std::size_t k = 0; k < residual.size(); ++k) {
    if (residual[k] <= part) return static_cast<double>(k);
  }
  return -1;
}

void splittings_and_scalings(Measurement& measured) {
  const Matrix A = 0.2 * Matrix::Identity(3, 3) + Matrix::Constant(3, 3, 0.8);
  const auto problem = quadratic_of(A, Vector{{1, 2, 3}});
  const std::vector<double> residual = traced_run(*problem, "jacobi", 60).trace.column("residual");
  measured.equals("factor of Jacobi's method", residual[60] / residual[59], 1.6, 1e-9);
  measured.equals("least eigenvalue of the matrix with ones and 0.8 beside them",
                  symmetric_eigenvalues(A).value()[0], 0.2, 1e-14);
  measured.at_most("residual after 200 sweeps of Gauss-Seidel, relative",
                   traced_run(*problem, "gauss_seidel", 200).trace.column("relative_residual").back(), 1e-13);
  // 1/omega above half of the largest eigenvalue of D^-1 A, 2.6: converges on every positive definite matrix.
  measured.at_most("residual after 200 weighted steps of Jacobi's, relative",
                   traced_run(*problem, "jacobi:omega=0.7", 200).trace.column("relative_residual").back(),
                   1e-10);

  // S P S with P = tridiag(-1, 2, -1) of order 8 and scales from 1 to 100.
  const Index n = 8;
  Matrix scaled = Matrix::Zero(n, n);
  scaled.diagonal().setConstant(2);
  scaled.diagonal(1).setConstant(-1);
  scaled.diagonal(-1).setConstant(-1);
  Vector s(n);
  for (Index i = 0; i < n; ++i) s[i] = std::pow(100, static_cast<double>(i) / static_cast<double>(n - 1));
  const Matrix SPS = s.asDiagonal() * scaled * s.asDiagonal();
  const auto badly_scaled = quadratic_of(SPS, Vector::Ones(n));
  measured.equals("iterations with Jacobi's preconditioner to 1e-10",
                  iterations_to_residual(*badly_scaled, "pcg:preconditioner=jacobi", 1e-10), 8, 0);
  // More than n: rounding delays it, by an amount that depends on the order of sums.
  measured.equals("iterations without", iterations_to_residual(*badly_scaled, "cg", 1e-10), 11, 2);
}

}  // namespace

std::vector<Claim> linear_system_claims() {
  const std::string munich = "TU Munich I2DL, Scaling Optimization, ";
  return {
      {"51", "gradient descent is no solver of systems",
       "At a condition number of 4134 it takes 47590 iterations to ten digits where conjugate gradients take "
       "50; on the normal equations of Hilbert's matrix of order 6 it would take 1.5e15.",
       "", munich + "slide 64", gradient_descent_for_systems, "linear_systems"},
      {"52", "splittings and preconditioners",
       "Jacobi's method may diverge on a positive definite matrix, on which Gauss-Seidel converges; as a "
       "preconditioner it undoes a bad scaling.",
       "", munich + "slides 64-65", splittings_and_scalings, "linear_systems"},
  };
}

}  // namespace optbed
