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

class WatchedFiniteSum final : public Watched<FiniteSumProblem> {
 public:
  using Watched::Watched;

  Index sample_count() const override { return inner_.sample_count(); }
  double sample_gradient(const Vector& x, std::span<const Index> samples, Vector& g) const override {
    watch_.counts.sample_gradient += static_cast<long>(samples.size());
    double f = inner_.sample_gradient(x, samples, g);
    watch_.spoil(Asked::sample_value, x, f);
    watch_.spoil(Asked::sample_gradient, x, g[0]);
    return f;
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
    return std::make_unique<WatchedFiniteSum>(*finite_sum, watch);
  }
  return std::make_unique<Watched<Problem>>(inner, watch);
}

}  // namespace optbed
