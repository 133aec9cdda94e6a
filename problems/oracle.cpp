#include "problems/oracle.hpp"

#include <cmath>
#include <stdexcept>
#include <utility>

#include "problems/random.hpp"

namespace optbed {

void swap(Point& a, Point& b) noexcept {
  a.x.swap(b.x);
  std::swap(a.value, b.value);
  a.gradient.swap(b.gradient);
  std::swap(a.gradient_norm, b.gradient_norm);
}

Oracle::Oracle(const Problem& problem, long max_evaluations, std::uint64_t seed)
    : problem_(problem),
      least_squares_(dynamic_cast<const LeastSquaresProblem*>(&problem)),
      finite_sum_(dynamic_cast<const FiniteSumProblem*>(&problem)),
      composite_(dynamic_cast<const CompositeProblem*>(&problem)),
      constrained_(dynamic_cast<const EqualityConstrainedProblem*>(&problem)),
      classification_(dynamic_cast<const LinearClassificationProblem*>(finite_sum_)),
      linear_system_(dynamic_cast<const LinearSystem*>(&problem)),
      max_evaluations_(max_evaluations),
      seed_(unrelated_seed(seed)) {}

Index Oracle::residual_count() const { return least_squares_ ? least_squares_->residual_count() : 0; }

double Oracle::least_squares_scale() const { return least_squares_ ? least_squares_->scale() : 1; }

Index Oracle::sample_count() const { return finite_sum_ ? finite_sum_->sample_count() : 0; }

void Oracle::require_evaluations(long count) const {
  if (max_evaluations_ > 0 && counts_.total() > max_evaluations_ - count) throw BudgetExhausted();
}

void Oracle::charge(long& counter, long count) {
  require_evaluations(count);
  counter += count;
}

double Oracle::value(const Vector& x) {
  charge(counts_.value);
  return problem_.value(x);
}

double Oracle::gradient(const Vector& x, Vector& g) {
  charge(counts_.gradient);
  return problem_.gradient(x, g);
}

void Oracle::hessian(const Vector& x, Matrix& H) {
  charge(counts_.hessian);
  problem_.hessian(x, H);
}

void Oracle::sparse_hessian(const Vector& x, SparseRows& H) {
  charge(counts_.hessian);
  problem_.sparse_hessian(x, H);
}

void Oracle::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) {
  charge(counts_.hessian_vector);
  problem_.hessian_vector(x, v, Hv);
}

void Oracle::residuals(const Vector& x, Vector& r) {
  if (!least_squares_) throw std::logic_error("this problem has no residuals");
  charge(counts_.residual);
  least_squares_->residuals(x, r);
}

void Oracle::jacobian(const Vector& x, Matrix& J) {
  if (!least_squares_) throw std::logic_error("this problem has no Jacobian");
  charge(counts_.jacobian);
  least_squares_->jacobian(x, J);
}

double Oracle::sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) {
  if (!finite_sum_) throw std::logic_error("this problem has no samples");
  charge(counts_.sample_gradient, static_cast<long>(samples.size()));
  return finite_sum_->sample_gradient(x, samples, g);
}

Index Oracle::constraint_count() const { return constrained_ ? constrained_->constraint_count() : 0; }

const CompositeProblem& Oracle::composite() const {
  if (!composite_) throw std::logic_error("this problem is not composite");
  return *composite_;
}

double Oracle::smooth_value(const Vector& x) {
  const CompositeProblem& problem = composite();
  charge(counts_.value);
  return problem.smooth_value(x);
}

double Oracle::smooth_gradient(const Vector& x, Vector& g) {
  const CompositeProblem& problem = composite();
  charge(counts_.gradient);
  return problem.smooth_gradient(x, g);
}

void Oracle::implicit_step(ImplicitStep& of_f, const Vector& v, double t, Vector& x) {
  charge(counts_.gradient);
  of_f(v, t, x);
}

const EqualityConstrainedProblem& Oracle::constrained() const {
  if (!constrained_) throw std::logic_error("this problem has no constraints");
  return *constrained_;
}

void Oracle::constraints(const Vector& x, Vector& c) {
  const EqualityConstrainedProblem& problem = constrained();
  charge(counts_.residual);
  problem.constraints(x, c);
}

void Oracle::constraint_jacobian(const Vector& x, Matrix& A) {
  const EqualityConstrainedProblem& problem = constrained();
  charge(counts_.jacobian);
  problem.constraint_jacobian(x, A);
}

void Oracle::lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) {
  const EqualityConstrainedProblem& problem = constrained();
  charge(counts_.hessian);
  problem.lagrangian_hessian(x, lambda, H);
}

void Oracle::signed_point(Index i, Vector& c) {
  if (!classification_) throw std::logic_error("this problem has no labelled points");
  charge(counts_.sample_gradient);
  classification_->signed_point(i, c);
}

const LinearSystem& Oracle::linear_system() const {
  if (!linear_system_) throw std::logic_error("this problem is no linear system");
  return *linear_system_;
}

const Vector& Oracle::right_hand_side() const { return linear_system().right_hand_side(); }

void Oracle::multiply(const Vector& v, Vector& Av) {
  const LinearSystem& system = linear_system();
  charge(counts_.hessian_vector);
  system.multiply(v, Av);
}

const SystemMatrix& Oracle::rows() {
  const LinearSystem& system = linear_system();
  charge(counts_.hessian_vector);
  return system.rows();
}

const SystemMatrix& Oracle::matrix() {
  const LinearSystem& system = linear_system();
  charge(counts_.hessian);
  return system.matrix();
}

bool Oracle::evaluate(Point& point) {
  point.value = gradient(point.x, point.gradient);
  point.gradient_norm = infinity_norm(point.gradient);
  return std::isfinite(point.value) && std::isfinite(point.gradient_norm);
}

bool Oracle::evaluate(Point& point, std::span<const Index> samples) {
  point.value = sample_gradient(point.x, samples, point.gradient);
  point.gradient_norm = infinity_norm(point.gradient);
  return std::isfinite(point.value) && std::isfinite(point.gradient_norm);
}

}  // namespace optbed
