#include "analysis/performance_estimation/fixed_step_method.hpp"

#include <fmt/format.h>

#include <Eigen/QR>
#include <algorithm>
#include <cmath>
#include <vector>

#include "problems/errors.hpp"
#include "problems/random.hpp"

namespace optbed {
namespace {

class AsksForValue : public std::exception {};

// What the k-th gradient is: q_k times a length, at a value of f. In units of the class, in which steps of 1/L
// are as long as the lengths, whatever L is, and rounded no more beside the start.
struct Script {
  Matrix directions;  // (n x m), orthonormal columns
  Vector lengths;     // (m), over L
  Vector values;      // (m), not negative
  Vector start;       // (n), orthogonal to all directions
};

// Answers by the script, and remembers where it was asked. One run with one thread.
class ScriptedProblem final : public Problem {
 public:
  ScriptedProblem(const Script& script, const SmoothConvexClass& functions) : script_(script) {
    const std::string source = "the class";
    const bool strongly_convex = functions.mu > 0;
    facts_.lipschitz = {functions.lipschitz, source};
    if (strongly_convex) facts_.strong_convexity = {functions.mu, source};
    facts_.convexity = {strongly_convex ? Convexity::strongly_convex : Convexity::convex, source};
    facts_.function_class = {FunctionClass::smooth, source};
    facts_.minimum = {-1, "below all values of the script"};
    facts_.bounded_below = {true, source};
  }

  Index dimension() const override { return script_.start.size(); }
  Vector start() const override { return script_.start; }
  double value(const Vector& /*x*/) const override { throw AsksForValue(); }
  double gradient(const Vector& x, Vector& g) const override {
    const auto k = static_cast<Index>(points_.size());
    points_.push_back(x);
    g = facts_.lipschitz->value * script_.lengths[k] * script_.directions.col(k);
    return script_.values[k];
  }

  const std::vector<Vector>& points() const { return points_; }

 private:
  const Script& script_;
  mutable std::vector<Vector> points_;
};

// Gradients to the number of m, in a space that has more dimensions.
Script unit_script(Index m) {
  return {.directions = Matrix::Identity(m + 2, m),
          .lengths = Vector::Ones(m),
          .values = Vector::LinSpaced(m, 2, 1),
          .start = Vector::Zero(m + 2)};
}

// Directions along no axis, lengths over four decades, up and down, and a start away from the origin.
Script general_script(Index m, bool ascending) {
  const Index n = m + 2;
  const Matrix Q = Eigen::HouseholderQR<Matrix>(Random(1).normal_matrix(n, n)).householderQ();
  Script script{.directions = Q.leftCols(m),
                .lengths = Vector(m),
                .values = ascending ? Vector(Vector::LinSpaced(m, 1, 5)) : Vector(Vector::LinSpaced(m, 1e3, 0)),
                .start = Q.col(m)};
  for (Index k = 0; k < m; ++k) {
    script.lengths[k] = std::pow(10.0, 2 * std::sin(static_cast<double>(ascending ? 5 * k : 2 * k + 1)));
  }
  return script;
}

[[noreturn]] void refuse(const std::string& name, const std::string& reason) {
  throw UsageError(
      fmt::format("{} is not a first-order method with fixed steps: {}\n  a certificate needs one, such as "
                  "gradient_descent:step=inverse_lipschitz, momentum, nesterov, optimized_gradient or "
                  "triple_momentum",
                  name, reason));
}

// In each row the coefficients of x_0 - x in the first m gradients, times L, for a point x. What of it is no
// combination of gradients goes into `rest`, relative to the length.
Matrix coefficients(const Script& script, const std::vector<Vector>& points, Index m, double& rest) {
  Matrix rows(static_cast<Index>(points.size()), m);
  for (Index k = 0; k < rows.rows(); ++k) {
    const Vector move = script.start - points[static_cast<std::size_t>(k)];
    const Vector along = script.directions.transpose() * move;
    rest = std::max(rest, (move - script.directions * along).norm() / (1 + move.norm()));
    rows.row(k) = along.cwiseQuotient(script.lengths).head(m).transpose();
  }
  return rows;
}

struct ScriptedRun {
  FixedStepMethod method = {};
  double rest = 0;
};

ScriptedRun run(Solver& solver, const std::string& name, const SmoothConvexClass& functions, long steps,
                const Script& script) {
  const ScriptedProblem problem(script, functions);
  Oracle oracle(problem, script.lengths.size());
  std::vector<Vector> iterates;
  try {
    if (solver.start(oracle, script.start)) refuse(name, "it does not start");
    iterates.push_back(solver.current().x);
    for (long k = 0; k < steps; ++k) {
      if (const auto stop = solver.step(oracle).stop)
        refuse(name, fmt::format("it stops ({})", to_string(*stop)));
      iterates.push_back(solver.current().x);
    }
  } catch (const AsksForValue&) {
    refuse(name, "it asks for values of f alone, as a line search does");
  } catch (const BudgetExhausted&) {
    refuse(name,
           fmt::format("it takes more than {} gradients for {} iterations", script.lengths.size(), steps));
  }
  const auto m = static_cast<Index>(problem.points().size());
  ScriptedRun found;
  found.method.evaluations = coefficients(script, problem.points(), m, found.rest);
  found.method.iterates = coefficients(script, iterates, m, found.rest);
  return found;
}

double largest_difference(const FixedStepMethod& a, const FixedStepMethod& b) {
  return std::max((a.evaluations - b.evaluations).cwiseAbs().maxCoeff(),
                  (a.iterates - b.iterates).cwiseAbs().maxCoeff());
}

}  // namespace

FixedStepMethod read_fixed_steps(Solver& solver, const std::string& name, const SmoothConvexClass& functions,
                                 long steps) {
  const Index most_gradients = 4 * steps + 8;
  const Script unit = unit_script(most_gradients);
  const ScriptedProblem problem(unit, functions);
  const std::string lacking = solver.unmet_need(problem);
  if (!lacking.empty()) {
    throw UsageError(fmt::format("{} has no rate on a class of functions: these lack {}", name, lacking));
  }
  FixedStepMethod method = run(solver, name, functions, steps, unit).method;
  // What one of the other scripts reads off is rounded by its lengths, which are up to 10^4 apart.
  const double tolerance =
      1e-9 * (1 + std::max(method.evaluations.cwiseAbs().maxCoeff(), method.iterates.cwiseAbs().maxCoeff()));
  for (const bool ascending : {true, false}) {
    const ScriptedRun other = run(solver, name, functions, steps, general_script(most_gradients, ascending));
    if (other.method.gradients() != method.gradients()) {
      refuse(name, "the number of its gradients depends on what they are");
    }
    if (other.rest > 1e-9) {
      refuse(name, "its points are not x_0 minus a combination of the gradients");
    }
    if (largest_difference(other.method, method) > tolerance) {
      refuse(name, "its steps depend on the values of f, or on the lengths or directions of the gradients");
    }
  }
  return method;
}

}  // namespace optbed
