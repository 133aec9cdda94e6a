#include "analysis/performance_estimation/performance_program.hpp"

#include <cstdlib>

namespace optbed {
namespace {

Matrix symmetric_product(const Vector& a, const Vector& b) {
  return (a * b.transpose() + b * a.transpose()) / 2;
}

// Which gradients a combination is made from, directly or through the points where these are taken.
void mark_used(const FixedStepMethod& method, const Vector& combination, std::vector<bool>& used) {
  for (Index j = 0; j < combination.size(); ++j) {
    if (combination[j] == 0 || used[static_cast<std::size_t>(j)]) continue;
    used[static_cast<std::size_t>(j)] = true;
    mark_used(method, method.evaluations.row(j), used);
  }
}

}  // namespace

PerformanceProgram::PerformanceProgram(const FixedStepMethod& method, const PerformanceQuestion& question)
    : has_minimiser_(question.functions.mu > 0 || question.initial == InitialCondition::distance) {
  const double q = question.functions.mu / question.functions.lipschitz;
  choose_points(method, question);
  // The values of the points, and one more that is below all measured gradients.
  const bool has_least = question.measure == PerformanceMeasure::least_squared_gradient;
  program_.C = Matrix::Zero(gram_size(), gram_size());
  program_.c = Vector::Zero(point_count() + (has_least ? 1 : 0));
  set_measure(question.measure);
  add_interpolation(q);
  add_initial_condition(question.initial);
}

void PerformanceProgram::choose_points(const FixedStepMethod& method, const PerformanceQuestion& question) {
  const Index m = method.gradients();
  const Index n = method.steps();
  const bool every_iterate = question.measure == PerformanceMeasure::least_squared_gradient;
  std::vector<bool> used(static_cast<std::size_t>(m), false);
  used[0] = true;  // y_0 = x_0
  for (Index k = every_iterate ? 0 : n; k <= n; ++k) mark_used(method, method.iterates.row(k), used);

  // The combinations of the method's gradients, in those of points.
  point_of_gradient_.assign(static_cast<std::size_t>(m), -1);
  const auto in_points = [&](const Vector& combination) {
    Vector steps = Vector::Zero(steps_.rows());
    for (Index j = 0; j < m; ++j) {
      if (combination[j] != 0) steps[point_of_gradient_[static_cast<std::size_t>(j)]] += combination[j];
    }
    return steps;
  };
  for (Index j = 0; j < m; ++j) {
    if (!used[static_cast<std::size_t>(j)]) continue;
    const Index point = add_point(in_points(method.evaluations.row(j)));
    point_of_gradient_[static_cast<std::size_t>(j)] = point;
  }
  last_ = in_points(method.iterates.row(n));
  if (question.measure == PerformanceMeasure::squared_distance) return;
  for (Index k = every_iterate ? 0 : n; k <= n; ++k) {
    measured_.push_back(add_point(in_points(method.iterates.row(k))));
  }
}

// The point that is this combination: one that is there already, or a new one.
Index PerformanceProgram::add_point(const Vector& combination) {
  constexpr double same = 1e-12;
  const Index count = steps_.rows();
  Vector steps = Vector::Zero(count);
  steps.head(combination.size()) = combination;
  for (Index i = 0; i < count; ++i) {
    const Vector other = steps_.row(i);
    if ((other - steps).norm() <= same * (1 + steps.norm())) return i;
  }
  steps_.conservativeResizeLike(Matrix::Zero(count + 1, count + 1));
  steps_.row(count).head(count) = steps.transpose();
  return count;
}

// In the basis of the Gram matrix, as are the next two: x_0 - x* first where it is there.
Vector PerformanceProgram::position(const Vector& combination) const {
  Vector x = Vector::Zero(gram_size());
  if (has_minimiser_) x[0] = 1;
  const Index first = gram_size() - point_count();
  x.segment(first, combination.size()) = -combination;
  return x;
}

Vector PerformanceProgram::position(Index point) const {
  return point < 0 ? Vector(Vector::Zero(gram_size())) : position(Vector(steps_.row(point)));
}

Vector PerformanceProgram::gradient(Index point) const {
  Vector g = Vector::Zero(gram_size());
  if (point >= 0) g[gram_size() - point_count() + point] = 1;
  return g;
}

SemidefiniteProgram::Row PerformanceProgram::empty_row() const {
  return {.A = Matrix::Zero(gram_size(), gram_size()), .a = Vector::Zero(program_.c.size()), .b = 0};
}

void PerformanceProgram::set_measure(PerformanceMeasure measure) {
  switch (measure) {
    case PerformanceMeasure::gap:
      program_.c[measured_.front()] = 1;
      return;
    case PerformanceMeasure::squared_distance: {
      const Vector x = position(last_);
      program_.C = symmetric_product(x, x);
      return;
    }
    case PerformanceMeasure::squared_gradient: {
      const Vector g = gradient(measured_.front());
      program_.C = symmetric_product(g, g);
      return;
    }
    case PerformanceMeasure::least_squared_gradient:
      program_.c[point_count()] = 1;
      for (const Index point : measured_) {
        SemidefiniteProgram::Row row = empty_row();
        const Vector g = gradient(point);
        row.A = -symmetric_product(g, g);
        row.a[point_count()] = 1;
        program_.rows.push_back(std::move(row));
        pairs_.emplace_back();
      }
  }
}

// f_j - f_i + g_j'(x_i - x_j) + (…)/(2 (1 - q)) <= 0 for every pair.
void PerformanceProgram::add_interpolation(double q) {
  for (Index i = -1; i < point_count(); ++i) {
    if (i < 0 && !has_minimiser_) continue;
    for (Index j = -1; j < point_count(); ++j) {
      if (i == j) continue;
      SemidefiniteProgram::Row row = empty_row();
      if (i >= 0) row.a[i] = -1;
      if (j >= 0) row.a[j] = 1;
      const Vector dg = gradient(i) - gradient(j);
      // Without a minimiser q = 0, and what is left of an inequality with it is f_i >= f* + |g_i|^2/2.
      const Vector dx =
          j < 0 && !has_minimiser_ ? Vector(Vector::Zero(gram_size())) : Vector(position(i) - position(j));
      row.A = symmetric_product(gradient(j), dx) +
              (symmetric_product(dg, dg) + q * symmetric_product(dx, dx) - 2 * q * symmetric_product(dg, dx)) /
                  (2 * (1 - q));
      program_.rows.push_back(std::move(row));
      pairs_.emplace_back(PairMultiplier{.i = i, .j = j});
    }
  }
}

void PerformanceProgram::add_initial_condition(InitialCondition initial) {
  SemidefiniteProgram::Row row = empty_row();
  row.b = 1;
  if (initial == InitialCondition::gap) {
    row.a[0] = 1;
  } else {
    const Vector x = position(Index{0});
    row.A = symmetric_product(x, x);
  }
  program_.rows.push_back(std::move(row));
  pairs_.emplace_back();
}

SemidefiniteProgram PerformanceProgram::size_program() const {
  SemidefiniteProgram size{
      .C = Matrix::Identity(gram_size(), gram_size()), .c = Vector::Ones(point_count()), .rows = {}};
  for (std::size_t r = 0; r < pairs_.size(); ++r) {
    const auto& pair = pairs_[r];
    const bool is_initial = r == initial_row();
    const bool is_near = pair && (pair->i < 0 || pair->j < 0 || std::abs(pair->i - pair->j) == 1);
    if (!is_initial && !is_near) continue;
    size.rows.push_back(program_.rows[r]);
    size.rows.back().a.conservativeResize(point_count());
  }
  return size;
}

Matrix PerformanceProgram::points(const Matrix& P) const {
  Matrix x = -P.rightCols(point_count()) * steps_.transpose();
  if (has_minimiser_) x.colwise() += P.col(0);
  return x;
}

}  // namespace optbed
