#include "solvers/linear_systems/minres.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace optbed {

SolverEntry Minres::entry() {
  return registry_entry<Solver, Minres>(
      "minres", "the least residual over the Krylov space of a symmetric matrix, definite or not",
      {{"needs", "a linear system with a symmetric A"},
       {"cost", "1 product with A an iteration"},
       {"rate",
        "the residual never grows; A positive definite: 1/T_k((kappa+1)/(kappa-1)), indefinite: "
        "1/T_[k/2]((kappa^2+1)/(kappa^2-1)), kappa = max|lambda|/min|lambda|"},
       {"source", "Paige & Saunders 1975; Greenbaum 1997, algorithm 4"}});
}

std::optional<StopReason> Minres::prepare(Oracle& /*f*/) {
  const Index n = r_.size();
  v_before_.setZero(n);
  w_.setZero(n);
  w_before_.setZero(n);
  Av_.setZero(n);
  gamma_ = residual_norm_;
  eta_ = residual_norm_;
  v_ = r_;
  if (gamma_ > 0) v_ /= gamma_;
  c_ = c_before_ = 1;
  s_ = s_before_ = 0;
  norm_of_A_ = 0;
  return std::nullopt;
}

StepInfo Minres::step(Oracle& f) {
  if (eta_ == 0) return moved(0);
  // Lanczos: gamma_{j+1} v_{j+1} = A v_j - delta v_j - gamma_j v_{j-1}.
  f.multiply(v_, Av_);
  const double delta = v_.dot(Av_);
  Av_ -= delta * v_ + gamma_ * v_before_;
  const double gamma_next = Av_.norm();
  if (!std::isfinite(delta) || !std::isfinite(gamma_next)) return stopped(StopReason::non_finite);
  norm_of_A_ = std::max(norm_of_A_, std::hypot(delta, gamma_next));

  // The new column (gamma_j, delta, gamma_{j+1}) after the two rotations before it, and the next rotation.
  const double alpha0 = c_ * delta - c_before_ * s_ * gamma_;
  const double alpha1 = std::hypot(alpha0, gamma_next);
  const double alpha2 = s_ * delta + c_before_ * c_ * gamma_;
  const double alpha3 = s_before_ * gamma_;
  if (alpha1 <= std::numeric_limits<double>::epsilon() * norm_of_A_) {
    return stopped(StopReason::linear_solve_failed);
  }
  const double c_next = alpha0 / alpha1;
  const double s_next = gamma_next / alpha1;

  w_before_ = (v_ - alpha3 * w_before_ - alpha2 * w_) / alpha1;
  const double along = c_next * eta_;
  const double length = std::abs(along) * w_before_.norm();
  if (!std::isfinite(length)) return stopped(StopReason::non_finite);
  w_.swap(w_before_);
  current_.x += along * w_;
  eta_ *= -s_next;
  residual_norm_ = std::abs(eta_);

  // Where gamma_next = 0 the rotation has made eta = 0, and v_{j+1} is not asked for.
  if (gamma_next > 0) v_before_ = Av_ / gamma_next;
  v_.swap(v_before_);
  gamma_ = gamma_next;
  c_before_ = c_;
  s_before_ = s_;
  c_ = c_next;
  s_ = s_next;
  return moved(length);
}

}  // namespace optbed
