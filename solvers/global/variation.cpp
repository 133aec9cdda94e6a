#include "solvers/global/variation.hpp"

#include <algorithm>
#include <cmath>

namespace optbed {

void blend_crossover(const Vector& a, const Vector& b, double alpha, Random& random, Vector& child,
                     Vector& other_child) {
  for (Index i = 0; i < a.size(); ++i) {
    const double lower = std::min(a[i], b[i]);
    const double width = std::abs(a[i] - b[i]);
    const double least = lower - alpha * width;
    child[i] = least + (1 + 2 * alpha) * width * random.uniform();
    other_child[i] = least + (1 + 2 * alpha) * width * random.uniform();
  }
}

void simulated_binary_crossover(const Vector& a, const Vector& b, double index, Random& random, Vector& child,
                                Vector& other_child) {
  const double power = 1 / (index + 1);
  for (Index i = 0; i < a.size(); ++i) {
    double beta = 1;
    if (random.uniform() < 0.5) {
      const double u = random.uniform();
      beta = u <= 0.5 ? std::pow(2 * u, power) : std::pow(2 * (1 - u), -power);
    }
    child[i] = ((1 + beta) * a[i] + (1 - beta) * b[i]) / 2;
    other_child[i] = ((1 - beta) * a[i] + (1 + beta) * b[i]) / 2;
  }
}

void gaussian_mutation(double scale, double probability, Random& random, Vector& x) {
  for (double& component : x) {
    if (random.uniform() < probability) component += scale * random.normal();
  }
}

void polynomial_mutation(double scale, double index, double probability, Random& random, Vector& x) {
  const double power = 1 / (index + 1);
  for (double& component : x) {
    if (random.uniform() >= probability) continue;
    const double u = random.uniform();
    component += scale * (u < 0.5 ? std::pow(2 * u, power) - 1 : 1 - std::pow(2 * (1 - u), power));
  }
}

}  // namespace optbed
