// What is known of a problem: each fact optional and with its source. An unknown fact is absent, never a guess.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

namespace optbed {

using Index = Eigen::Index;
using Vector = Eigen::VectorXd;
using Matrix = Eigen::MatrixXd;

template <class T>
struct Fact {
  T value;
  std::string source;  // a book or paper with its number, or the derivation in a line
};

enum class Convexity { nonconvex, convex, strongly_convex };

// `quadratic`: constant Hessian. `smooth`: Lipschitz-continuous gradient on the whole space.
// `locally_smooth`: continuously differentiable, without a global Lipschitz constant of the gradient.
// `nonsmooth`: continuous, but with kinks.
enum class FunctionClass { quadratic, smooth, locally_smooth, nonsmooth };

struct StationaryPoint {
  Vector x;      // (n), where the gradient vanishes
  double value;  // f(x)
};

struct Facts {
  std::optional<Fact<double>> minimum;              // f*, the least value on the space or under the constraints
  std::vector<Fact<Vector>> minimisers;             // points (n) where f* is attained
  std::vector<Fact<StationaryPoint>> local_minima;  // that are larger than f*, known or not
  std::vector<Fact<StationaryPoint>> saddles;       // f takes smaller values as near to them as one likes
  // What f tends to, and its gradient to 0, along a path to infinity that a method may be drawn to; above f*.
  std::vector<Fact<double>> limits_at_infinity;
  // mu > 0: f - (mu/2)|.|^2 is convex, or mu |d|^2 <= d'H(x)d for all x and d where there is a Hessian.
  std::optional<Fact<double>> strong_convexity;
  // L: |g(x)-g(y)| <= L |x-y| for all x and y. Of a composite problem: of its smooth part's gradient.
  std::optional<Fact<double>> lipschitz;
  std::optional<Fact<double>> value_lipschitz;  // M: |f(x)-f(y)| <= M |x-y| for all x and y
  std::optional<Fact<Convexity>> convexity;
  std::optional<Fact<FunctionClass>> function_class;
  std::optional<Fact<Index>> distinct_eigenvalues;  // of a quadratic's Hessian
  std::optional<Fact<bool>> bounded_below;
  std::optional<Fact<double>>
      sample_variance;  // of a finite sum: the mean of |grad f_i(x*)|^2 over its samples
  // Of a regression at x* (n): s = |r| / sqrt(m - n) of its residuals r (m), and of its parameters (n) the
  // roots of the diagonal of s^2 (J'J)^-1.
  std::optional<Fact<double>> residual_standard_deviation;
  std::optional<Fact<Vector>> parameter_standard_deviations;

  void add_local_minimum(Vector x, double value, std::string source);
  void add_saddle(Vector x, double value, std::string source);

  bool is_quadratic() const { return function_class && function_class->value == FunctionClass::quadratic; }
  bool is_nonsmooth() const { return function_class && function_class->value == FunctionClass::nonsmooth; }
  bool is_unbounded_below() const { return bounded_below && !bounded_below->value; }

  // kappa = L / mu, where both are known.
  std::optional<double> condition_number() const;

  // The distance |x - x*| (2-norm) to the nearest known minimiser, where one is known.
  std::optional<double> distance(const Vector& x) const;
};

std::string to_string(Convexity convexity);
std::string to_string(FunctionClass function_class);

}  // namespace optbed
