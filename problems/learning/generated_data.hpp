// Data of classifiers, drawn from the models that they fit.
#pragma once

#include <vector>

#include "problems/random.hpp"

namespace optbed {

// inputs (p x m): one sample a_i a column; labels (m), each -1 or 1.
struct LabelledData {
  Matrix inputs;
  Vector labels;

  Matrix signed_inputs() const { return inputs * labels.asDiagonal(); }  // columns label_i a_i
};

// a_i ~ N(0, I), true weights w ~ N(0, I/p), and label 1 with the probability 1/(1 + exp(-a_i'w)).
LabelledData generated_labels(Index samples, Index features, long seed);

// inputs (p x m); classes (m), each 0 … class_count - 1.
struct ClassData {
  Matrix inputs;
  std::vector<Index> classes;
  Index class_count;
};

// a_i ~ N(0, I), true weights w_k ~ N(0, (4/p) I), and class k with a probability proportional to exp(w_k'a_i).
ClassData generated_classes(Index samples, Index features, Index class_count, long seed);

}  // namespace optbed
