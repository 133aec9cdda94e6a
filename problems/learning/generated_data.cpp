#include "problems/learning/generated_data.hpp"

#include <cmath>

namespace optbed {

LabelledData generated_labels(Index samples, Index features, long seed) {
  Random random(static_cast<std::uint64_t>(seed));
  LabelledData data{random.normal_matrix(features, samples), Vector(samples)};
  const Vector weights = random.normal_matrix(features, 1) / std::sqrt(static_cast<double>(features));
  for (Index i = 0; i < samples; ++i) {
    const double probability = 1 / (1 + std::exp(-data.inputs.col(i).dot(weights)));
    data.labels[i] = random.uniform() < probability ? 1 : -1;
  }
  return data;
}

ClassData generated_classes(Index samples, Index features, Index class_count, long seed) {
  Random random(static_cast<std::uint64_t>(seed));
  ClassData data{random.normal_matrix(features, samples), std::vector<Index>(static_cast<std::size_t>(samples)),
                 class_count};
  const Matrix weights =
      2 / std::sqrt(static_cast<double>(features)) * random.normal_matrix(features, class_count);
  Vector p(class_count);
  for (Index i = 0; i < samples; ++i) {
    p = (weights.transpose() * data.inputs.col(i)).array().exp();
    double rest = random.uniform() * p.sum();
    Index k = 0;
    while (k + 1 < class_count && rest >= p[k]) rest -= p[k++];
    data.classes[static_cast<std::size_t>(i)] = k;
  }
  return data;
}

}  // namespace optbed
