#include "problems/verification/evaluations.hpp"

#include <cmath>

#include "problems/random.hpp"

namespace optbed::verification {
namespace {

constexpr double unwritten = std::numeric_limits<double>::quiet_NaN();
constexpr std::uint64_t probe_seed = 20240229;

Vector scale_of(const Problem& problem) {
  Vector scale = problem.start().cwiseAbs();
  for (double& component : scale) component = component == 0 ? 1 : component;
  for (const Fact<Vector>& minimiser : problem.facts().minimisers) {
    if (minimiser.value.size() == scale.size()) scale = scale.cwiseMax(minimiser.value.cwiseAbs());
  }
  return scale;
}

// Bounds the Hessian wherever there is one; 0 where no such constant is known.
double lipschitz_of_gradient(const Problem& problem) {
  const Facts& facts = problem.facts();
  return facts.lipschitz && problem.has_gradient() ? facts.lipschitz->value : 0;
}

}  // namespace

Vector gradient_at(const Problem& problem, const Vector& x) {
  Vector g = Vector::Constant(problem.dimension(), unwritten);
  problem.gradient(x, g);
  return g;
}

Matrix hessian_at(const Problem& problem, const Vector& x) {
  const Index n = problem.dimension();
  Matrix H = Matrix::Constant(n, n, unwritten);
  problem.hessian(x, H);
  return H;
}

SparseRows sparse_hessian_at(const Problem& problem, const Vector& x) {
  SparseRows H = problem.sparse_hessian_pattern();
  H.coeffs().setConstant(unwritten);
  problem.sparse_hessian(x, H);
  return H;
}

Vector hessian_vector_at(const Problem& problem, const Vector& x, const Vector& v) {
  Vector Hv = Vector::Constant(problem.dimension(), unwritten);
  problem.hessian_vector(x, v, Hv);
  return Hv;
}

Vector residuals_at(const LeastSquaresProblem& problem, const Vector& x) {
  Vector r = Vector::Constant(problem.residual_count(), unwritten);
  problem.residuals(x, r);
  return r;
}

Matrix jacobian_at(const LeastSquaresProblem& problem, const Vector& x) {
  Matrix J = Matrix::Constant(problem.residual_count(), problem.dimension(), unwritten);
  problem.jacobian(x, J);
  return J;
}

double one_sample(const FiniteSumProblem& problem, const Vector& x, Index i, Vector& g) {
  g.setConstant(unwritten);
  return problem.sample_gradient(x, {&i, 1}, g);
}

double roundings(const Problem& problem) {
  return 10 * static_cast<double>(problem.dimension() + 10) * epsilon;
}

bool has_dense_hessian(const Problem& problem) {
  return problem.has_hessian() && problem.dimension() <= largest_dense;
}

double hessian_size(const Problem& problem, const Vector& x) {
  if (has_dense_hessian(problem)) return hessian_at(problem, x).norm();
  if (!problem.has_hessian_vector()) return lipschitz_of_gradient(problem);
  return hessian_vector_at(problem, x, Random(probe_seed).normal_matrix(problem.dimension(), 1)).norm();
}

double gradient_terms(const Problem& problem, const Vector& x) {
  return hessian_size(problem, x) * (1 + x.norm());
}

std::vector<Probe> probes(const Problem& problem, int of_each) {
  constexpr int draws = 100;
  Random random(probe_seed);
  const Index n = problem.dimension();
  const Vector scale = scale_of(problem);
  const bool has_kinks = problem.facts().is_nonsmooth();
  const auto is_in_range = [&](const Vector& x) {
    return std::isfinite(problem.value(x)) && std::isfinite(gradient_terms(problem, x) * (1 + x.norm()));
  };
  std::vector<Probe> probes;
  for (int i = 0; i < of_each; ++i) {
    for (const double size : {1.0, 0.1, 3e-4}) {
      double reach = 1;
      for (int draw = 0; draw < draws; ++draw, reach *= 0.8) {
        Vector x = size * scale.cwiseProduct(random.normal_matrix(n, 1));
        if (size == 0.1) x += problem.start();
        x = problem.start() + reach * (x - problem.start());
        const Vector d =
            (has_kinks ? 1e-3 * size : 0.1) * reach * scale.cwiseProduct(random.normal_matrix(n, 1));
        if (!is_in_range(x) || !is_in_range(x + d)) continue;
        probes.push_back({x, d});
        break;
      }
    }
  }
  return probes;
}

}  // namespace optbed::verification
