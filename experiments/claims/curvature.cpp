// Methods that know the curvature: Newton, Gauss-Newton, Levenberg-Marquardt, quasi-Newton.
#include <fmt/format.h>

#include <Eigen/Geometry>
#include <Eigen/LU>
#include <algorithm>
#include <cmath>
#include <compare>
#include <numbers>

#include "experiments/claims/claim_families.hpp"
#include "experiments/claims/experiment.hpp"
#include "problems/all_problems.hpp"
#include "problems/differentiation/differentiated_residuals.hpp"

namespace optbed {
namespace {

// ---- linear regression ----

void regression_in_one_step(Measurement& measured) {
  const Vector expected = Eigen::Vector2d(3.5, 1.4);
  for (const std::string solver : {"newton", "gauss_newton"}) {
    for (const Vector& start : {Vector(Eigen::Vector2d(0, 0)), Vector(Eigen::Vector2d(1000, -1000)),
                                Vector(Eigen::Vector2d(-7, 1e6))}) {
      const Result run = traced_run("linear_regression", solver, 1, start);
      // A step as long as the start is far, from a matrix of condition number 56.
      const double rounding = 100 * 56 * 2.2e-16 * std::max(1.0, start.norm());
      const std::string from = fmt::format("{} from ({:g}, {:g})", solver, start[0], start[1]);
      measured.at_most("|theta_1 - (3.5, 1.4)|, " + from, (run.x - expected).norm(), rounding);
      measured.equals("residual sum of squares, " + from, run.value, 4.2, std::max(1e-13, rounding));
    }
  }
}

// ---- Rosenbrock's function ----

// The tolerance is half a unit of the last digit that is printed.
void newton_on_rosenbrock(Measurement& measured) {
  const Result run = traced_run("rosenbrock", "newton", 6);
  const std::vector<double>& f = run.trace.column("value");
  measured.equals("f_2, which is above f_0", f[2], 1411.8, 0.05);
  measured.equals("f_0", f[0], 24.2, 1e-13);
  measured.equals("f_1", f[1], 4.7319, 5e-5);
  measured.equals("f_3", f[3], 0.05597, 5e-6);
  measured.equals("f_4", f[4], 0.3132, 5e-5);
  measured.equals("f_5", f[5], 1.9e-11, 0.5e-12);
  measured.at_most("f_6", f[6], 1e-19);
  const std::vector<double>& distance = run.trace.column("distance");
  for (const std::size_t k : {5, 6}) {
    measured.at_most(fmt::format("e_{} over the square of e_{}", k, k - 1),
                     distance[k] / (distance[k - 1] * distance[k - 1]), 1);
  }
}

// The second residual is linear: the first step solves it, x_1 = 1, and leaves 10 (x_2 - x_1^2) = -10 d_1^2
// with d_1 = 2.2. The second step has d_1 = 0, and nothing that the linear model leaves out.
void gauss_newton_on_rosenbrock(Measurement& measured) {
  const Result run = traced_run("rosenbrock", "gauss_newton", 2);
  const std::vector<double>& f = run.trace.column("value");
  measured.equals_relatively("f_1", f[1], 100 * std::pow(2.2, 4), 1e-13);
  measured.equals("f_0", f[0], 24.2, 1e-13);
  // x_2 rounds to 1 + O(eps), where f is 100 (4 eps)^2.
  measured.at_most("f_2", f[2], 1e-27);
  measured.is_true("f_1 is above f_0", f[1] > f[0]);
}

// ---- the rate of Gauss-Newton ----

// r = (x + 1, lambda x^2 + x - 1) (Madsen, Nielsen & Tingleff 2004, example 3.4). At 0 f'' is 4 (1 - lambda)
// and Gauss-Newton has the factor -(J'J)^-1 r_2 r_2'' = lambda; with the next term,
//   x_{k+1} = lambda x_k + lambda (1/2 - 2 lambda) x_k^2 + O(x_k^3).
struct CurvedResiduals {
  double lambda;

  Index residual_count(Index /*n*/) const { return 2; }

  template <class X>
  void operator()(std::span<const X> x, std::span<X> r) const {
    r[0] = x[0] + 1.0;
    r[1] = lambda * x[0] * x[0] + x[0] - 1.0;
  }
};

std::vector<double> gauss_newton_iterates(double lambda, double start, long steps) {
  const DifferentiatedResiduals<CurvedResiduals> problem({lambda}, {.start = Vector::Constant(1, start)});
  return coordinate(traced_run(problem, "gauss_newton", steps), 0);
}

void rate_of_gauss_newton(Measurement& measured) {
  // |lambda (1/2 - 2 lambda)| <= 9 and |x_1| <= 2e-6 for |lambda| <= 2.
  const double start = 1e-6;
  const double tolerance = 2e-5;
  for (const double lambda : {0.5, -0.5, 0.1, 0.9, -0.9, 1.5, 2.0, -1.5, -2.0}) {
    const std::vector<double> x = gauss_newton_iterates(lambda, start, 2);
    measured.equals(fmt::format("e_2/e_1 at lambda = {:g}", lambda), x[2] / x[1], lambda, tolerance);
  }
  measured.at_most("|e_1| after one step from 0.3 at lambda = 0", std::abs(gauss_newton_iterates(0, 0.3, 1)[1]),
                   1e-15);
  // At lambda = -2 f' = 4 x (3 - 3 x + 4 x^2) vanishes at the minimiser 0 only: there is nowhere else to go to.
  // An iterate of 1e-6 or more has doubled to 0.1 after 20 steps.
  const std::vector<double> x = gauss_newton_iterates(-2, start, 200);
  const double farthest = std::abs(
      *std::max_element(x.end() - 20, x.end(), [](double a, double b) { return std::abs(a) < std::abs(b); }));
  measured.at_least("largest |e_k| for k from 181 to 200 at lambda = -2", farthest, 0.1);
}

// ---- damping ----

Vector negative_half_gradient(const Problem& problem, const Vector& x) {
  Vector g(x.size());
  problem.gradient(x, g);
  return -g / 2;  // -J'r of f = |r|^2
}

// |step - expected|/|expected| of the first step from x0.
double first_step_error(const std::string& solver, const Vector& x0, const Vector& expected) {
  const Result run = traced_run("rosenbrock", solver, 1, x0);
  return (run.x - x0 - expected).norm() / expected.norm();
}

void limits_of_damping(Measurement& measured) {
  const auto problem = all_problems().make("rosenbrock");
  const auto& residuals = dynamic_cast<const LeastSquaresProblem&>(*problem);
  const Vector x0 = Eigen::Vector2d(0.9, 0.7);  // where the Gauss-Newton step lowers f, and is accepted
  Matrix J(2, 2);
  residuals.jacobian(x0, J);
  const Matrix JtJ = J.transpose() * J;
  const Vector descent = negative_half_gradient(*problem, x0);
  const Vector gauss_newton = traced_run(*problem, "gauss_newton", 1, x0).x - x0;

  // J'J = (325, -180; -180, 100) has the eigenvalues 0.235 and 424.8, and D = I or diag(J'J). The relative
  // errors are at most lambda |(J'J)^-1 D| for little damping, and |D^-1 J'J|/lambda for much, where the step
  // itself rounds by 1e-16/|step|.
  const double little = 1e-10;
  const double much = 1e7;
  const Vector scaled_descent = descent.cwiseQuotient(JtJ.diagonal());
  measured.at_most("Levenberg's step beside Gauss-Newton's, lambda = 1e-10",
                   first_step_error(fmt::format("levenberg:damping={}", little), x0, gauss_newton), 1e-9);
  measured.at_most("Levenberg's step beside -J'r/lambda, lambda = 1e7",
                   first_step_error(fmt::format("levenberg:damping={}", much), x0, descent / much), 5e-5);
  measured.at_most("Marquardt's step beside Gauss-Newton's, lambda = 1e-10",
                   first_step_error(fmt::format("levenberg_marquardt:damping={}", little), x0, gauss_newton),
                   2e-7);
  measured.at_most(
      "Marquardt's step beside -diag(J'J)^-1 J'r/lambda, lambda = 1e7",
      first_step_error(fmt::format("levenberg_marquardt:damping={}", much), x0, scaled_descent / much), 1e-6);
}

long trials_on_rosenbrock(const std::string& solver, double target) {
  return iterations_to_gap("rosenbrock", solver, target / 24.2, 1000);
}

void damping_on_rosenbrock(Measurement& measured) {
  const struct {
    const char* solver;
    double target;
    double trials;
  } cases[] = {{"levenberg:damping=1,increase=10,decrease=10", 1e-20, 48},
               {"levenberg:damping=1,increase=2,decrease=3", 1e-20, 18},
               {"levenberg_marquardt:damping=1,increase=10,decrease=10", 1e-20, 38},
               {"levenberg:schedule=nielsen,damping=1e-3", 1e-26, 18},
               {"gauss_newton", 1e-20, 2}};
  for (const auto& each : cases) {
    measured.equals(fmt::format("trials until f < {:g}, {}", each.target, each.solver),
                    static_cast<double>(trials_on_rosenbrock(each.solver, each.target)), each.trials, 0);
  }
  limits_of_damping(measured);
}

// ---- where Newton's method goes ----

// x^4/4 - x^2/2: minima -1/4 at -1 and 1, a local maximum at 0. A Newton step is 2 x^3/(3 x^2 - 1).
struct DoubleWell {
  template <class X>
  X operator()(std::span<const X> x) const {
    return x[0] * x[0] * (x[0] * x[0] / 4.0 - 0.5);
  }
};

void newton_seeks_stationary_points(Measurement& measured) {
  const DifferentiatedFunction<DoubleWell> well({}, {.start = Vector::Constant(1, 0.3)});
  const Result pure = traced_run(well, "newton", 20);
  measured.at_most("|x_20| from 0.3 on x^4/4 - x^2/2, whose local maximum is 0", std::abs(pure.x[0]), 1e-300);
  measured.equals("x_1 there", pure.trace.iterate(1)[0], 2 * 0.027 / (0.27 - 1), 1e-15);
  const Result safe = traced_run(well, "newton:safeguard=modified_cholesky", 50);
  measured.equals("f with a safeguard", safe.value, -0.25, 1e-14);
  const Result saddle = traced_run("saddle", "newton", 1, Eigen::Vector2d(0.4, -0.7));
  measured.equals("|x_1| from (0.4, -0.7) on x^2 - y^2", saddle.x.norm(), 0, 0);
}

// ---- what a Newton step costs ----

// A number that counts what is computed with it.
struct CountedNumber {
  double value = 0;

  CountedNumber() = default;
  CountedNumber(double v) : value(v) {}  // implicit, as Eigen writes 0 and 1

  CountedNumber& count(double v) {
    ++operations;
    value = v;
    return *this;
  }
  CountedNumber& operator+=(CountedNumber b) { return count(value + b.value); }
  CountedNumber& operator-=(CountedNumber b) { return count(value - b.value); }
  CountedNumber& operator*=(CountedNumber b) { return count(value * b.value); }
  CountedNumber& operator/=(CountedNumber b) { return count(value / b.value); }
  friend CountedNumber operator+(CountedNumber a, CountedNumber b) { return a += b; }
  friend CountedNumber operator-(CountedNumber a, CountedNumber b) { return a -= b; }
  friend CountedNumber operator*(CountedNumber a, CountedNumber b) { return a *= b; }
  friend CountedNumber operator/(CountedNumber a, CountedNumber b) { return a /= b; }
  friend CountedNumber operator-(CountedNumber a) { return {-a.value}; }
  friend CountedNumber abs(CountedNumber a) { return {std::abs(a.value)}; }
  friend bool operator==(CountedNumber a, CountedNumber b) { return a.value == b.value; }
  friend std::partial_ordering operator<=>(CountedNumber a, CountedNumber b) { return a.value <=> b.value; }

  static inline thread_local long operations = 0;
};

}  // namespace
}  // namespace optbed

template <>
struct Eigen::NumTraits<optbed::CountedNumber> : Eigen::NumTraits<double> {
  using Real = optbed::CountedNumber;
  using NonInteger = optbed::CountedNumber;
  using Nested = optbed::CountedNumber;
  enum { RequireInitialization = 1 };
};

namespace optbed {
namespace {

// Of Eigen's LU with row exchanges, the factorisation with which the solver `newton` takes a whole step.
double operations_to_factorise(Index n) {
  using CountedMatrix = Eigen::Matrix<CountedNumber, Eigen::Dynamic, Eigen::Dynamic>;
  const CountedMatrix H =
      (Matrix::Random(n, n) + static_cast<double>(n) * Matrix::Identity(n, n)).unaryExpr([](double v) {
        return CountedNumber(v);
      });
  CountedNumber::operations = 0;
  const Eigen::PartialPivLU<CountedMatrix> lu(H);
  return static_cast<double>(CountedNumber::operations);
}

// sum_i x_i^4/4 from ones, where a Newton step leaves 2/3 of x: it asks for another Hessian each time. Counts
// the numbers in those that it is asked for.
class SeenHessians final : public Problem {
 public:
  mutable long numbers = 0;

  explicit SeenHessians(Index n) : n_(n) {}

  Index dimension() const override { return n_; }
  Vector start() const override { return Vector::Ones(n_); }
  double value(const Vector& x) const override { return x.array().pow(4).sum() / 4; }
  double gradient(const Vector& x, Vector& g) const override {
    g = x.array().cube();
    return value(x);
  }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override {
    numbers += H.size();
    H = (3 * x.array().square()).matrix().asDiagonal();
  }

 private:
  Index n_;
};

void cost_of_a_newton_step(Measurement& measured) {
  const SeenHessians problem(160);
  const Result run = traced_run(problem, "newton", 3);
  measured.equals("numbers in the Hessians that three steps of the solver newton ask for at n = 160",
                  static_cast<double>(problem.numbers), 3 * 160 * 160, 0);
  measured.equals("Hessians that it is charged for them", static_cast<double>(run.evaluations.hessian), 3, 0);
  const double operations = operations_to_factorise(160);
  measured.equals("power of n in the operations of Eigen's LU of a matrix",
                  std::log2(operations / operations_to_factorise(80)), 3, 0.1);
  measured.equals("operations of Eigen's LU over (2/3) n^3 at n = 160",
                  operations / (2.0 / 3 * 160 * 160 * 160), 1, 0.1);
}

// ---- a change of variables ----

// f(T y) of another problem f.
class InOtherVariables final : public Problem {
 public:
  InOtherVariables(const Problem& f, Matrix T) : f_(f), T_(std::move(T)) {}

  Index dimension() const override { return f_.dimension(); }
  Vector start() const override { return T_.partialPivLu().solve(f_.start()); }
  double value(const Vector& y) const override { return f_.value(T_ * y); }
  double gradient(const Vector& y, Vector& g) const override {
    Vector of_f(dimension());
    const double value = f_.gradient(T_ * y, of_f);
    g = T_.transpose() * of_f;
    return value;
  }
  bool has_hessian() const override { return f_.has_hessian(); }
  void hessian(const Vector& y, Matrix& H) const override {
    Matrix of_f(dimension(), dimension());
    f_.hessian(T_ * y, of_f);
    H = T_.transpose() * of_f * T_;
  }

 private:
  const Problem& f_;
  Matrix T_;
};

// max |T y_k - x_k| over a run in either variables.
double largest_deviation(const Problem& f, const Matrix& T, const std::string& solver, long steps) {
  const Result original = traced_run(f, solver, steps);
  const Result changed = traced_run(InOtherVariables(f, T), solver, steps);
  double largest = 0;
  for (std::size_t k = 0; k < original.trace.rows() && k < changed.trace.rows(); ++k) {
    largest = std::max(largest, (T * changed.trace.iterate(k) - original.trace.iterate(k)).norm());
  }
  return largest;
}

void change_of_variables(Measurement& measured) {
  const auto turn = [](double degrees) {
    return Matrix(Eigen::Rotation2D<double>(degrees * std::numbers::pi / 180).toRotationMatrix());
  };
  // The condition number of T'H T is up to 1e10 that of H. Scales of the variables do not disturb the
  // factorisation; a rotation of them lets rounding into the step, 1e10 eps = 2e-6 of it.
  const Matrix scaled = turn(30) * Eigen::Vector2d(1, 1e-5).asDiagonal();
  const Matrix turned = scaled * turn(70);
  const auto f = all_problems().make("boyd_9_20");
  measured.at_most("|T y_k - x_k| of Newton's method, cond T = 1e5, largest of 8 steps",
                   largest_deviation(*f, scaled, "newton", 8), 1e-7);
  measured.at_most("the same with a T that mixes the new variables", largest_deviation(*f, turned, "newton", 8),
                   1e-5);
  measured.at_least("|T y_k - x_k| of gradient descent, largest of 8 steps",
                    largest_deviation(*f, scaled, "gradient_descent:learning_rate=0.01", 8), 0.1);
}

// ---- quasi-Newton ----

void superlinear_bfgs(Measurement& measured) {
  const Result run = traced_run("rosenbrock", "bfgs", 100);
  const std::vector<double>& e = run.trace.column("distance");
  // 5e-13 is the condition number at the minimiser, 2508, times eps: below, rounding moves x.
  std::size_t last = 0;
  for (std::size_t k = 0; k < e.size(); ++k) {
    if (e[k] > 5e-13) last = k;
  }
  for (const std::size_t k : {last, last - 1}) {
    measured.at_most(fmt::format("e_{}/e_{} of BFGS on Rosenbrock's function", k, k - 1), e[k] / e[k - 1],
                     0.05);
  }
}

void newton_and_its_limits(Measurement& measured) {
  newton_seeks_stationary_points(measured);
  cost_of_a_newton_step(measured);
  change_of_variables(measured);
  superlinear_bfgs(measured);
}

}  // namespace

std::vector<Claim> curvature_claims() {
  const std::string tum = "TU Munich I2DL, Scaling Optimization, slide";
  const std::string cmu = "Carnegie Mellon 11-785, Optimization part 1, slide";
  return {
      {"14", "linear regression in one step",
       "Newton's method solves a linear regression in one step from any start.", "", tum + " 58",
       regression_in_one_step},
      {"15", "pure Newton on Rosenbrock's function",
       "From (-1.2, 1) whole Newton steps raise f from 4.7 to 1411.8 on the way, and converge quadratically at "
       "the end.",
       "", tum + "s 54-58", newton_on_rosenbrock, "curvature_on_rosenbrock"},
      {"16", "Gauss-Newton on Rosenbrock's function",
       "Gauss-Newton takes two steps, over f = 100 2.2^4 = 2342.56.", "", tum + " 60",
       gauss_newton_on_rosenbrock, "curvature_on_rosenbrock"},
      {"17", "the rate of Gauss-Newton",
       "On r = (x + 1, lambda x^2 + x - 1) the error contracts by lambda: one step at 0, linear below 1, and "
       "0 repels beyond.",
       "", tum + " 60; Madsen, Nielsen & Tingleff 2004, section 3.1", rate_of_gauss_newton},
      {"18", "Levenberg and Marquardt between two methods",
       "Little damping is Gauss-Newton, much is a short step of gradient descent, scaled with Marquardt. On "
       "Rosenbrock's function, where Gauss-Newton takes two steps, damping costs: 18 to 48 trials.",
       "", tum + "s 61-62", damping_on_rosenbrock, "curvature_on_rosenbrock"},
      {"19", "what Newton's method pays and gains",
       "A whole Newton step goes to any stationary point, a maximum or saddle too, stores n^2 numbers and "
       "takes n^3 operations; a linear change of variables does not touch it, as it does gradient descent. "
       "BFGS is superlinear.",
       "", cmu + "s 81-95; " + tum + "s 54-59; Southampton, Stochastic Gradient Descent", newton_and_its_limits,
       "rosenbrock_convergence"},
  };
}

}  // namespace optbed
