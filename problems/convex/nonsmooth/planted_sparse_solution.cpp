#include "problems/convex/nonsmooth/planted_sparse_solution.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace optbed {

PlantedSparseSolution planted_sparse_solution(Index m, Index n, Index nonzeros, Random& random) {
  PlantedSparseSolution plant{Matrix(m, n), Vector::Zero(n), random.normal_matrix(m, 1)};
  for (Index j = 0; j < n; ++j) {
    for (Index i = 0; i < m; ++i) plant.A(i, j) = 2 * random.uniform() - 1;
  }
  plant.certificate.normalize();
  const Vector product = plant.A.transpose() * plant.certificate;

  // The columns in descending order of |a_j'y*|: the first ones carry x*, and are stretched least.
  std::vector<Index> order(static_cast<std::size_t>(n));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](Index i, Index j) { return std::abs(product[i]) > std::abs(product[j]); });
  for (Index k = 0; k < n; ++k) {
    const Index j = order[static_cast<std::size_t>(k)];
    const double size = std::abs(product[j]);
    const double uniform = random.uniform();
    if (k < nonzeros) {
      plant.A.col(j) /= size;
      plant.minimiser[j] = std::copysign(1 + uniform, product[j]);
    } else if (size > 0.1) {
      plant.A.col(j) *= uniform / size;
    }
  }
  return plant;
}

}  // namespace optbed
