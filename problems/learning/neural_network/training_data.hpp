// What a network is trained on, and sets of points in classes that are made for it. In each of them sample i
// belongs to the class i modulo their number, so that every class has its share of any batch in order.
#pragma once

#include <vector>

#include "problems/random.hpp"

namespace optbed {

// Sample i is column i: inputs (d x N), targets (k x N).
struct TrainingData {
  Matrix inputs;
  Matrix targets;
};

// Targets (classes x N) that are 1 for a sample's class, one of 0 … classes-1, and 0 for the others.
Matrix one_hot(const std::vector<Index>& class_of, Index classes);

// Each draws from N(0, noise^2) what it adds to every input.

// Two spirals of three turns, one the other's reflection in the origin (Lang & Witbrock 1988, with the radius
// 1 where theirs is 6.5): r (sin phi, cos phi), phi from 0 to 6 pi evenly, r = 1 - (96/104) phi/(6 pi). 194
// samples are the original set.
TrainingData two_spirals(Index samples, double noise, Random& random);

// Two half circles that reach into each other: (cos phi, sin phi) and (1 - cos phi, 1/2 - sin phi), phi from 0
// to pi evenly.
TrainingData two_moons(Index samples, double noise, Random& random);

// The corners (1, 1), (1, -1), (-1, -1), (-1, 1), over and over: class 1 where the signs differ, which no
// hyperplane separates from the others (Minsky & Papert 1969).
TrainingData exclusive_or(Index samples, double noise, Random& random);

// Clouds about centres that are drawn from N(0, I) in R^inputs, one for each class.
TrainingData blobs(Index samples, Index inputs, Index classes, double noise, Random& random);

}  // namespace optbed
