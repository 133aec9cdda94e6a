#include "problems/classic/saddle.hpp"

namespace optbed {

Saddle::Saddle(const Options& options) : delta_(options.delta) {
  const std::string source = "the Hessian is diag(2, -2)";
  facts_.add_saddle(Vector::Zero(2), 0, source);
  facts_.lipschitz = {2, source};
  facts_.convexity = {Convexity::nonconvex, source};
  facts_.function_class = {FunctionClass::quadratic, source};
  facts_.distinct_eigenvalues = {2, source};
  facts_.bounded_below = {false, "f(0, y) = -y^2"};
}

double Saddle::value(const Vector& x) const { return x[0] * x[0] - x[1] * x[1]; }

double Saddle::gradient(const Vector& x, Vector& g) const {
  g[0] = 2 * x[0];
  g[1] = -2 * x[1];
  return value(x);
}

void Saddle::hessian(const Vector& /*x*/, Matrix& H) const {
  H.setZero();
  H(0, 0) = 2;
  H(1, 1) = -2;
}

void Saddle::hessian_vector(const Vector& /*x*/, const Vector& v, Vector& Hv) const {
  Hv[0] = 2 * v[0];
  Hv[1] = -2 * v[1];
}

OptionTable<SaddleOptions> Saddle::option_table() {
  return OptionTable<Options>().real("delta", &Options::delta, any_real(),
                                     "how far off the x axis the start is");
}

ProblemEntry saddle_entry() {
  return registry_entry<Problem, Saddle>("saddle", "f = x^2 - y^2, a saddle point at 0",
                                         {{"start", "(1, delta)"},
                                          {"facts", "quadratic, L = 2, nonconvex, unbounded below"},
                                          {"source", "the model of a strict saddle, e.g. Lee et al. 2016"}});
}

}  // namespace optbed
