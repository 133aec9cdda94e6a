#include "problems/learning/neural_network/training_data.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace optbed {
namespace {

using std::numbers::pi;

// point(i, c, along): sample i of class c, whose samples lie from along = 0 to 1 evenly.
template <class Point>
TrainingData in_classes(Index samples, Index inputs, Index classes, double noise, Random& random,
                        Point&& point) {
  TrainingData data{Matrix(inputs, samples), {}};
  std::vector<Index> class_of(static_cast<std::size_t>(samples));
  for (Index i = 0; i < samples; ++i) {
    const Index c = i % classes;
    const Index place = i / classes;
    const Index in_class = (samples - c + classes - 1) / classes;
    const double along = static_cast<double>(place) / static_cast<double>(std::max<Index>(in_class - 1, 1));
    class_of[static_cast<std::size_t>(i)] = c;
    data.inputs.col(i) = point(i, c, along);
  }
  if (noise > 0) data.inputs += noise * random.normal_matrix(inputs, samples);
  data.targets = one_hot(class_of, classes);
  return data;
}

}  // namespace

Matrix one_hot(const std::vector<Index>& class_of, Index classes) {
  Matrix targets = Matrix::Zero(classes, static_cast<Index>(class_of.size()));
  for (Index i = 0; i < targets.cols(); ++i) targets(class_of[static_cast<std::size_t>(i)], i) = 1;
  return targets;
}

TrainingData two_spirals(Index samples, double noise, Random& random) {
  return in_classes(samples, 2, 2, noise, random, [](Index, Index c, double along) -> Vector {
    const double phi = 6 * pi * along;
    const double radius = (c == 0 ? 1 : -1) * (1 - 96 * along / 104);
    return Vector{{radius * std::sin(phi), radius * std::cos(phi)}};
  });
}

TrainingData two_moons(Index samples, double noise, Random& random) {
  return in_classes(samples, 2, 2, noise, random, [](Index, Index c, double along) -> Vector {
    const double phi = pi * along;
    if (c == 0) return Vector{{std::cos(phi), std::sin(phi)}};
    return Vector{{1 - std::cos(phi), 0.5 - std::sin(phi)}};
  });
}

TrainingData exclusive_or(Index samples, double noise, Random& random) {
  const Matrix corners{{1, 1, -1, -1}, {1, -1, -1, 1}};
  return in_classes(samples, 2, 2, noise, random,
                    [&](Index i, Index, double) -> Vector { return corners.col(i % 4); });
}

TrainingData blobs(Index samples, Index inputs, Index classes, double noise, Random& random) {
  const Matrix centres = random.normal_matrix(inputs, classes);
  return in_classes(samples, inputs, classes, noise, random,
                    [&](Index, Index c, double) -> Vector { return centres.col(c); });
}

}  // namespace optbed
