// The semidefinite program of a performance-estimation problem, in units where L = 1 and R = 1.
#pragma once

#include "analysis/performance_estimation/performance_estimation.hpp"
#include "analysis/performance_estimation/semidefinite_program.hpp"

namespace optbed {

// The Gram matrix is that of x_0 - x* and of the gradients at the points that matter: x_0, those that the
// measure is taken at, and those that they depend on. Where mu = 0 and only a gap is known at the start, the
// program does not change with x_0 - x*, which is then not in it: f* is a lower bound of f.
class PerformanceProgram {
 public:
  PerformanceProgram(const FixedStepMethod& method, const PerformanceQuestion& question);

  // Maximises the measure.
  const SemidefiniteProgram& program() const { return program_; }

  // Maximises tr G + sum_i f_i under fewer conditions: of the pairs only those with the minimiser and those of
  // points that follow each other.
  SemidefiniteProgram size_program() const;

  // The pair of points whose inequality is a row; nothing for the other rows. The minimiser is -1.
  const std::vector<std::optional<PairMultiplier>>& pairs() const { return pairs_; }
  std::size_t initial_row() const { return pairs_.size() - 1; }

  Index point_count() const { return steps_.rows(); }
  bool has_minimiser() const { return has_minimiser_; }

  // From the columns of a factor P of the Gram matrix: x_i - x* (or x_i - x_0) and g_i for every point, as
  // columns.
  Matrix points(const Matrix& P) const;
  Matrix gradients(const Matrix& P) const { return P.rightCols(point_count()); }

 private:
  void choose_points(const FixedStepMethod& method, const PerformanceQuestion& question);
  Index add_point(const Vector& combination);
  void add_interpolation(double q);
  void add_initial_condition(InitialCondition initial);
  void set_measure(PerformanceMeasure measure);

  Index gram_size() const { return point_count() + (has_minimiser_ ? 1 : 0); }
  Vector position(const Vector& combination) const;
  Vector position(Index point) const;
  Vector gradient(Index point) const;
  SemidefiniteProgram::Row empty_row() const;

  bool has_minimiser_;
  std::vector<Index> point_of_gradient_;  // of each gradient of the method, its point; -1: it does not matter
  Matrix steps_;                          // (points x points): x_i = x_0 - sum_j steps(i, j) g_j
  std::vector<Index> measured_;           // the points at which the measure is taken
  Vector last_;                           // the same combination for x_n
  SemidefiniteProgram program_;
  std::vector<std::optional<PairMultiplier>> pairs_;
};

}  // namespace optbed
