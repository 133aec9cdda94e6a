#include "solvers/first_order/rprop_from_best_sign.hpp"

#include <algorithm>

#include "solvers/first_order/elements.hpp"

namespace optbed {

double RpropFromBestSign::reset(const Facts& /*facts*/, const Vector& x0) {
  kept_.x = x0;
  D_.setZero(x0.size());
  previous_.setZero(x0.size());
  return 1;
}

double RpropFromBestSign::update(long t, double /*eta*/, const Vector& /*x*/, const Vector& g, Vector& x_next) {
  if (t == 1) {
    for (Index i = 0; i < g.size(); ++i) {
      previous_[i] = g[i];
      D_[i] = sign(g[i]) * options_.initial_step;
    }
  }
  x_next = kept_.x - D_;
  return 0;
}

double RpropFromBestSign::commit(double /*squared_length*/) {
  const double a = options_.increase;
  const double b = options_.decrease;
  const double D_max = options_.max_step;
  const double D_min = options_.min_step;
  const bool of_magnitude = options_.variant == RpropVariant::lecture;
  const auto grown = [=](double D) {
    return of_magnitude ? sign(D) * std::min(a * std::abs(D), D_max) : std::min(a * D, D_max);
  };
  const auto shrunk = [=](double D) {
    return of_magnitude ? sign(D) * std::max(b * std::abs(D), D_min) : std::max(b * D, D_min);
  };
  const Point& trial = evaluated();
  return sum_over_elements(trial.x.size(), [&](Index i) {
    const double d = trial.gradient[i];
    if (sign(d) != sign(previous_[i])) {
      D_[i] = shrunk(D_[i]);
      return 0.0;
    }
    const double moved = trial.x[i] - kept_.x[i];
    kept_.x[i] = trial.x[i];
    D_[i] = grown(D_[i]);
    previous_[i] = d;
    return moved * moved;
  });
}

}  // namespace optbed
