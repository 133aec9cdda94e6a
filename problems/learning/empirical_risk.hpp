// A problem that fits a prediction to samples, and what it is worth on them and on others.
#pragma once

#include <optional>
#include <string>

#include "problems/facts.hpp"

namespace optbed {

// Means over samples, without any regularisation.
struct Score {
  // The loss that the problem minimises, where that is a surrogate of the 0-1 loss; else the squared error.
  double loss;
  // Of a classifier: the share of the samples that it puts into a wrong class, or into none, as where two
  // classes tie or a number is not finite.
  std::optional<double> zero_one_loss = {};
};

// An interface beside Problem.
class EmpiricalRisk {
 public:
  EmpiricalRisk() = default;
  EmpiricalRisk(const EmpiricalRisk&) = delete;
  EmpiricalRisk& operator=(const EmpiricalRisk&) = delete;
  virtual ~EmpiricalRisk() = default;

  // What the data are, for a person: their source, shape and preparation.
  virtual std::string data_description() const = 0;

  // At x (n), on the samples that the problem's value is made of and on those that are held out, if any.
  virtual Score training_score(const Vector& x) const = 0;
  virtual std::optional<Score> test_score(const Vector& x) const = 0;
};

}  // namespace optbed
