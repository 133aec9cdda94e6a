// A problem that is another one, watched: it counts what it is asked on its own account, and answers with what
// a test puts in the place of a number.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "problems/all_problems.hpp"
#include "problems/oracle.hpp"

namespace optbed {

enum class Asked {
  value,
  gradient,
  hessian,
  hessian_vector,
  residual,
  jacobian,
  sample_value,
  sample_gradient
};

struct Watch {
  // What stands in the place of a number of the answer: of the value, or of the first element of the others. A
  // gradient comes with a value, which is asked for separately (Asked::value, Asked::sample_value).
  std::function<std::optional<double>(Asked, const Vector& x)> instead;
  EvaluationCounts counts;

  void spoil(Asked asked, const Vector& x, double& number) const {
    if (!instead) return;
    if (const std::optional<double> other = instead(asked, x)) number = *other;
  }
};

// Base is Problem, LeastSquaresProblem or FiniteSumProblem.
template <class Base>
class Watched : public Base {
 public:
  Watched(const Base& inner, Watch& watch) : inner_(inner), watch_(watch) { this->facts_ = inner.facts(); }

  Index dimension() const override { return inner_.dimension(); }
  Vector start() const override { return inner_.start(); }
  double value(const Vector& x) const override {
    ++watch_.counts.value;
    double f = inner_.value(x);
    watch_.spoil(Asked::value, x, f);
    return f;
  }
  double gradient(const Vector& x, Vector& g) const override {
    ++watch_.counts.gradient;
    double f = inner_.gradient(x, g);
    watch_.spoil(Asked::value, x, f);
    watch_.spoil(Asked::gradient, x, g[0]);
    return f;
  }
  bool has_hessian() const override { return inner_.has_hessian(); }
  void hessian(const Vector& x, Matrix& H) const override {
    ++watch_.counts.hessian;
    inner_.hessian(x, H);
    watch_.spoil(Asked::hessian, x, H(0, 0));
  }
  bool has_hessian_vector() const override { return inner_.has_hessian_vector(); }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    ++watch_.counts.hessian_vector;
    inner_.hessian_vector(x, v, Hv);
    watch_.spoil(Asked::hessian_vector, x, Hv[0]);
  }

 protected:
  const Base& inner_;
  Watch& watch_;
};

class WatchedLeastSquares : public Watched<LeastSquaresProblem> {
 public:
  using Watched::Watched;

  Index residual_count() const override { return inner_.residual_count(); }
  double scale() const override { return inner_.scale(); }
  void residuals(const Vector& x, Vector& r) const override {
    ++watch_.counts.residual;
    inner_.residuals(x, r);
    watch_.spoil(Asked::residual, x, r[0]);
  }
  void jacobian(const Vector& x, Matrix& J) const override {
    ++watch_.counts.jacobian;
    inner_.jacobian(x, J);
    watch_.spoil(Asked::jacobian, x, J(0, 0));
  }
};

template <class Base>
class WatchedSamples : public Watched<Base> {
 public:
  using Watched<Base>::Watched;

  Index sample_count() const override { return this->inner_.sample_count(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override {
    this->watch_.counts.sample_gradient += static_cast<long>(samples.size());
    double f = this->inner_.sample_gradient(x, samples, g);
    this->watch_.spoil(Asked::sample_value, x, f);
    this->watch_.spoil(Asked::sample_gradient, x, g[0]);
    return f;
  }
};

// A signed point is watched as the sample gradient that it is charged as.
class WatchedLinearClassification final : public WatchedSamples<LinearClassificationProblem> {
 public:
  using WatchedSamples::WatchedSamples;

  void signed_point(Index i, Vector& c) const override {
    ++watch_.counts.sample_gradient;
    inner_.signed_point(i, c);
    watch_.spoil(Asked::sample_gradient, c, c[0]);
  }
};

// A linear system that is watched. Base is Problem or LeastSquaresProblem; a spoilt matrix is a copy.
template <class WatchedProblem>
class WatchedLinearSystem final : public WatchedProblem, public LinearSystem {
 public:
  template <class Inner>
  WatchedLinearSystem(const Inner& inner, const LinearSystem& system, Watch& watch)
      : WatchedProblem(inner, watch), system_(system), log_(watch) {}

  const Vector& right_hand_side() const override { return system_.right_hand_side(); }
  bool is_symmetric() const override { return system_.is_symmetric(); }
  bool is_gradient() const override { return system_.is_gradient(); }
  void multiply(const Vector& v, Vector& Av) const override {
    ++log_.counts.hessian_vector;
    system_.multiply(v, Av);
    log_.spoil(Asked::hessian_vector, v, Av[0]);
  }
  const SystemMatrix& matrix() const override {
    ++log_.counts.hessian;
    return spoilt(Asked::hessian);
  }
  const SystemMatrix& rows() const override {
    ++log_.counts.hessian_vector;
    return spoilt(Asked::hessian_vector);
  }

 private:
  const SystemMatrix& spoilt(Asked asked) const {
    copy_ = system_.matrix();
    std::visit([&](auto& rows) { log_.spoil(asked, system_.right_hand_side(), rows.coeffRef(0, 0)); }, copy_);
    return copy_;
  }

  const LinearSystem& system_;
  Watch& log_;
  mutable SystemMatrix copy_;
};

class WatchedImplicitStep final : public ImplicitStep {
 public:
  WatchedImplicitStep(std::unique_ptr<ImplicitStep> inner, Watch& watch)
      : inner_(std::move(inner)), watch_(watch) {}

  void operator()(const Vector& v, double t, Vector& x) override {
    ++watch_.counts.gradient;
    (*inner_)(v, t, x);
    watch_.spoil(Asked::gradient, x, x[0]);
  }

 private:
  std::unique_ptr<ImplicitStep> inner_;
  Watch& watch_;
};

// An implicit step is watched as the gradient that it is charged as.
class WatchedComposite final : public CompositeProblem {
 public:
  WatchedComposite(const CompositeProblem& inner, Watch& watch) : inner_(inner), watch_(watch) {
    facts_ = inner.facts();
  }

  Index dimension() const override { return inner_.dimension(); }
  Vector start() const override { return inner_.start(); }
  double value(const Vector& x) const override {
    double F = inner_.value(x);
    watch_.spoil(Asked::value, x, F);
    return F;
  }
  bool is_constrained() const override { return inner_.is_constrained(); }
  double infeasibility(const Vector& x) const override { return inner_.infeasibility(x); }
  Optimality optimality(const Vector& x, Vector& scratch) const override {
    Optimality optimality = inner_.optimality(x, scratch);
    watch_.spoil(Asked::value, x, optimality.value);
    watch_.spoil(Asked::gradient, x, optimality.residual);
    return optimality;
  }
  bool has_smooth_part() const override { return inner_.has_smooth_part(); }
  double smooth_value(const Vector& x) const override {
    ++watch_.counts.value;
    double f = inner_.smooth_value(x);
    watch_.spoil(Asked::value, x, f);
    return f;
  }
  double smooth_gradient(const Vector& x, Vector& g) const override {
    ++watch_.counts.gradient;
    double f = inner_.smooth_gradient(x, g);
    watch_.spoil(Asked::value, x, f);
    watch_.spoil(Asked::gradient, x, g[0]);
    return f;
  }
  double strong_convexity_of_f() const override { return inner_.strong_convexity_of_f(); }
  std::unique_ptr<ImplicitStep> proximal_map_of_f() const override {
    return watched(inner_.proximal_map_of_f());
  }
  std::unique_ptr<ImplicitStep> implicit_step_through_map() const override {
    return watched(inner_.implicit_step_through_map());
  }
  double g_value(const Vector& z) const override { return inner_.g_value(z); }
  void g_proximal_map(const Vector& v, double t, Vector& p) const override { inner_.g_proximal_map(v, t, p); }
  bool map_is_identity() const override { return inner_.map_is_identity(); }
  Index map_rows() const override { return inner_.map_rows(); }
  void map(const Vector& x, Vector& Kx) const override { inner_.map(x, Kx); }
  void map_transposed(const Vector& y, Vector& Kty) const override { inner_.map_transposed(y, Kty); }
  double map_norm() const override { return inner_.map_norm(); }

 private:
  std::unique_ptr<ImplicitStep> watched(std::unique_ptr<ImplicitStep> step) const {
    return step ? std::make_unique<WatchedImplicitStep>(std::move(step), watch_) : nullptr;
  }

  const CompositeProblem& inner_;
  Watch& watch_;
};

// Constraints are watched as the residuals, and the Hessian of the Lagrangian as the Hessian, that they count
// as.
class WatchedEqualityConstrained final : public Watched<EqualityConstrainedProblem> {
 public:
  using Watched::Watched;

  Index constraint_count() const override { return inner_.constraint_count(); }
  void constraints(const Vector& x, Vector& c) const override {
    ++watch_.counts.residual;
    inner_.constraints(x, c);
    watch_.spoil(Asked::residual, x, c[0]);
  }
  void constraint_jacobian(const Vector& x, Matrix& A) const override {
    ++watch_.counts.jacobian;
    inner_.constraint_jacobian(x, A);
    watch_.spoil(Asked::jacobian, x, A(0, 0));
  }
  void lagrangian_hessian(const Vector& x, const Vector& lambda, Matrix& H) const override {
    ++watch_.counts.hessian;
    inner_.lagrangian_hessian(x, lambda, H);
    watch_.spoil(Asked::hessian, x, H(0, 0));
  }
};

// `inner` and `watch` outlive it. Of a finite sum of residuals only the residuals are left.
inline std::unique_ptr<Problem> watched(const Problem& inner, Watch& watch) {
  const auto* least_squares = dynamic_cast<const LeastSquaresProblem*>(&inner);
  if (const auto* system = dynamic_cast<const LinearSystem*>(&inner)) {
    if (least_squares) {
      return std::make_unique<WatchedLinearSystem<WatchedLeastSquares>>(*least_squares, *system, watch);
    }
    return std::make_unique<WatchedLinearSystem<Watched<Problem>>>(inner, *system, watch);
  }
  if (least_squares) return std::make_unique<WatchedLeastSquares>(*least_squares, watch);
  if (const auto* finite_sum = dynamic_cast<const FiniteSumProblem*>(&inner)) {
    if (const auto* labelled = dynamic_cast<const LinearClassificationProblem*>(finite_sum)) {
      return std::make_unique<WatchedLinearClassification>(*labelled, watch);
    }
    return std::make_unique<WatchedSamples<FiniteSumProblem>>(*finite_sum, watch);
  }
  if (const auto* composite = dynamic_cast<const CompositeProblem*>(&inner)) {
    return std::make_unique<WatchedComposite>(*composite, watch);
  }
  if (const auto* constrained = dynamic_cast<const EqualityConstrainedProblem*>(&inner)) {
    return std::make_unique<WatchedEqualityConstrained>(*constrained, watch);
  }
  return std::make_unique<Watched<Problem>>(inner, watch);
}

}  // namespace optbed
