#include "analysis/spectrum/hessian_spectrum.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "analysis/spectrum/critical_point.hpp"
#include "analysis/spectrum/lanczos.hpp"
#include "analysis/spectrum/shift_invert.hpp"
#include "analysis/spectrum/sparse_factors.hpp"
#include "problems/decompositions.hpp"

namespace optbed {
namespace {

constexpr double rounding = std::numeric_limits<double>::epsilon();
constexpr double most_factorisation_flops = 2e10;
constexpr double most_jacobian_entries = 4e6;
constexpr Index count_of_large = 5;

// Of a unit vector y: the Rayleigh quotient y'Hy and |Hy - value y|, of which nothing is known at first.
struct RitzPair {
  double value = 0;
  double residual = std::numeric_limits<double>::infinity();

  double distance_from_zero() const { return std::hypot(value, residual); }  // |Hy|
};

bool nearer(const RitzPair& a, const RitzPair& b) { return a.distance_from_zero() < b.distance_from_zero(); }

// Builds one HessianSpectrum, part by part.
class Analysis {
 public:
  Analysis(const Problem& problem, const Vector& x, const SpectrumSettings& settings)
      : problem_(problem),
        x_(x),
        settings_(settings),
        n_(problem.dimension()),
        operator_(problem, x, settings.source),
        count_(std::clamp<Index>(settings.count.value_or(count_of_large), 1, n_)),
        which_(settings.which.value_or(WhichEigenvalues::both_ends)) {}

  HessianSpectrum run();

 private:
  void decompose();
  void select(const Vector& all);
  void read_sparse_matrix();
  void find_both_ends();
  void find_greatest();
  void find_smallest(Index count);
  void find_nearest_zero();
  void fold();
  std::vector<RitzPair> nearest_to_zero(const Matrix& Y, double tolerance);
  double shift_below_all();
  std::optional<double> shift_near_zero();
  void shift_invert(double sigma, Index count);
  EigenpairsNear eigenvalues_with_copies_near(double sigma, Index count);
  bool copies_are_excluded(const EigenpairEstimates& pairs);
  EigenpairEstimates lanczos(SpectrumEnd end, bool looks_for_copies);
  void take(const EigenpairEstimates& pairs);
  void add(double eigenvalue, double residual, bool converged);
  void count_signs();
  void find_condition();
  void find_trace(const Matrix* H);
  void find_gauss_newton_distance(const Matrix& H);
  void judge_point();
  void say(const std::string& method) { found_.method += (found_.method.empty() ? "" : "; ") + method; }
  double norm() const { return std::max(norm_, 1e-300); }

  const Problem& problem_;
  const Vector& x_;
  const SpectrumSettings& settings_;
  Index n_;
  HessianOperator operator_;
  Index count_;
  WhichEigenvalues which_;
  std::optional<SparseRows> matrix_;        // where the problem has a sparse Hessian
  std::unique_ptr<SparseFactors> factors_;  // where it can be factorised at a moderate cost
  double norm_ = 0;                         // an estimate of |H|, from below, or of a sparse one a bound
  HessianSpectrum found_;
};

HessianSpectrum Analysis::run() {
  const bool is_small = n_ <= largest_complete_spectrum;
  if (is_small) {
    decompose();
  } else {
    read_sparse_matrix();
    switch (which_) {
      case WhichEigenvalues::largest:
        find_greatest();
        break;
      case WhichEigenvalues::smallest:
        find_smallest(count_);
        break;
      case WhichEigenvalues::both_ends:
        find_both_ends();
        break;
      case WhichEigenvalues::nearest_zero:
        find_nearest_zero();
        break;
    }
    found_.is_complete = found_.eigenvalues.size() == n_;
    count_signs();
    find_trace(nullptr);
  }
  find_condition();
  judge_point();
  EvaluationCounts& evaluations = found_.evaluations;
  evaluations.hessian += operator_.evaluations().hessian;
  evaluations.hessian_vector = operator_.products();
  evaluations.gradient += operator_.evaluations().gradient;
  return found_;
}

void Analysis::decompose() {
  const Matrix H = operator_.dense();
  if (!H.allFinite()) throw hessian_is_not_finite();
  find_trace(&H);
  find_gauss_newton_distance(H);
  const bool is_exact = operator_.source() != HessianSource::gradient_differences;
  found_.method = is_exact ? "full decomposition" : "full decomposition; " + operator_.description();
  const std::optional<Vector> all = symmetric_eigenvalues(H);
  if (!all) {  // as many as there are, with nothing known of any
    found_.residuals_not_converged.assign(static_cast<std::size_t>(n_),
                                          std::numeric_limits<double>::infinity());
    return;
  }
  found_.least = (*all)[0];
  found_.greatest = (*all)[n_ - 1];
  norm_ = all->cwiseAbs().maxCoeff();
  found_.inertia = inertia_of(*all, operator_.relative_error() * norm_);
  found_.condition = norm_ / all->cwiseAbs().minCoeff();
  if (settings_.count || settings_.which) {
    select(*all);
  } else {
    found_.eigenvalues = *all;
  }
  found_.is_complete = found_.eigenvalues.size() == n_;
}

void Analysis::select(const Vector& all) {
  std::vector<double> values(all.begin(), all.end());
  const auto k = static_cast<std::ptrdiff_t>(count_);
  if (which_ == WhichEigenvalues::nearest_zero) {
    std::stable_sort(values.begin(), values.end(),
                     [](double a, double b) { return std::abs(a) < std::abs(b); });
    values.resize(static_cast<std::size_t>(k));
    std::sort(values.begin(), values.end());
  } else if (which_ == WhichEigenvalues::smallest) {
    values.erase(values.begin() + k, values.end());
  } else if (which_ == WhichEigenvalues::largest) {
    values.erase(values.begin(), values.end() - k);
  } else if (2 * k < static_cast<std::ptrdiff_t>(values.size())) {
    values.erase(values.begin() + k, values.end() - k);
  }
  found_.eigenvalues = Eigen::Map<const Vector>(values.data(), static_cast<Index>(values.size()));
}

void Analysis::read_sparse_matrix() {
  if (!problem_.has_sparse_hessian() || settings_.source == HessianSource::gradient_differences) return;
  if (operator_.source() == HessianSource::sparse_matrix) {
    matrix_ = operator_.sparse_matrix();
  } else {
    matrix_ = problem_.sparse_hessian_pattern();
    problem_.sparse_hessian(x_, *matrix_);
    ++found_.evaluations.hessian;
  }
  norm_ = (matrix_->cwiseAbs() * Vector::Ones(n_)).maxCoeff();  // |H|_inf >= |H|_2
  if (!std::isfinite(norm_)) throw hessian_is_not_finite();
  factors_ = std::make_unique<SparseFactors>(*matrix_);
  if (factors_->flops() > most_factorisation_flops) factors_.reset();
}

void Analysis::add(double eigenvalue, double residual, bool converged) {
  if (!converged) {
    found_.residuals_not_converged.push_back(residual);
    return;
  }
  const Index size = found_.eigenvalues.size();
  Index at = size;
  while (at > 0 && found_.eigenvalues[at - 1] > eigenvalue) --at;
  const auto insert = [&](Vector& into, double value) {
    into.conservativeResize(size + 1);
    for (Index i = size; i > at; --i) into[i] = into[i - 1];
    into[at] = value;
  };
  insert(found_.eigenvalues, eigenvalue);
  insert(found_.residuals, residual);
}

void Analysis::take(const EigenpairEstimates& pairs) {
  for (Index i = 0; i < pairs.values.size(); ++i) {
    add(pairs.values[i], pairs.residuals[i], pairs.converged[static_cast<std::size_t>(i)]);
  }
  norm_ = std::max(norm_, pairs.largest);
}

EigenpairEstimates Analysis::lanczos(SpectrumEnd end, bool looks_for_copies) {
  LanczosSettings lanczos{.count = count_, .end = end};
  // Differences know a product no better than to their own error.
  lanczos.tolerance = std::max(settings_.tolerance, 10 * operator_.relative_error());
  lanczos.max_products = settings_.max_products;
  lanczos.looks_for_copies = looks_for_copies;
  lanczos.seed = settings_.seed;
  const long before = operator_.products();
  EigenpairEstimates pairs = lanczos_eigenvalues(operator_.product(), n_, lanczos);
  if (!pairs.is_finite) throw hessian_is_not_finite();
  say(fmt::format("Lanczos (thick restarts{}), subspace {}, {} {}",
                  pairs.polynomial_degree > 1
                      ? fmt::format(", Chebyshev filter of degree {}", pairs.polynomial_degree)
                      : "",
                  pairs.subspace, operator_.products() - before, operator_.description()));
  return pairs;
}

// By Sylvester's law: exactly these lie above the innermost one, less what it may be wrong by.
bool Analysis::copies_are_excluded(const EigenpairEstimates& pairs) {
  if (!pairs.all_converged()) return true;  // told as such anyway
  const double sigma = pairs.values[0] - 2 * settings_.tolerance * norm();
  return factors_->factorise(sigma) && n_ - factors_->count_below() == pairs.values.size();
}

void Analysis::find_greatest() {
  EigenpairEstimates pairs = lanczos(SpectrumEnd::greatest, factors_ == nullptr);
  if (factors_ && !copies_are_excluded(pairs)) pairs = lanczos(SpectrumEnd::greatest, true);
  take(pairs);
  if (pairs.all_converged()) found_.greatest = pairs.values[pairs.values.size() - 1];
}

void Analysis::find_smallest(Index count) {
  const Index before = found_.eigenvalues.size();
  if (factors_) {
    shift_invert(shift_below_all(), count);
  } else {
    take(lanczos(SpectrumEnd::least, true));
  }
  if (found_.eigenvalues.size() - before == count) found_.least = found_.eigenvalues[0];
}

void Analysis::find_both_ends() {
  if (factors_) {
    find_greatest();
    // None is told twice; where the greatest are all, the least is among them.
    if (count_ < n_) {
      find_smallest(std::min(count_, n_ - count_));
    } else if (found_.all_converged()) {
      found_.least = found_.eigenvalues[0];
    }
    return;
  }
  const EigenpairEstimates pairs = lanczos(SpectrumEnd::both, true);
  take(pairs);
  if (!pairs.all_converged()) return;
  found_.least = pairs.values[0];
  found_.greatest = pairs.values[pairs.values.size() - 1];
}

void Analysis::find_nearest_zero() {
  const std::optional<double> sigma = factors_ ? shift_near_zero() : std::nullopt;
  if (sigma) {
    shift_invert(*sigma, count_);
  } else {
    fold();
  }
}

// A shift that no eigenvalue is below, as near to the least one as bisection with Sylvester's law comes; 0
// itself for a positive definite H. The factorisation there is left behind.
double Analysis::shift_below_all() {
  if (factors_->factorise(0) && factors_->count_below() == 0) return 0;
  constexpr double nearly_zero = 1e-8;
  if (factors_->factorise(-nearly_zero * norm()) && factors_->count_below() == 0) return -nearly_zero * norm();
  constexpr int bisections = 12;
  double below = -1.01 * norm();
  double above = 0;
  for (int k = 0; k < bisections; ++k) {
    const double middle = (below + above) / 2;
    const bool has_none_below = factors_->factorise(middle) && factors_->count_below() == 0;
    (has_none_below ? below : above) = middle;
  }
  factors_->factorise(below);
  return below;
}

std::optional<double> Analysis::shift_near_zero() {
  for (const double relative : {0.0, -1e-10, 1e-10, -1e-8, 1e-8}) {
    if (factors_->factorise(relative * norm())) return relative * norm();
  }
  return std::nullopt;
}

void Analysis::shift_invert(double sigma, Index count) {
  const long before = found_.solves;
  auto pairs = eigenvalues_near(*factors_, sigma, n_, count, found_.solves);
  if (!pairs) pairs = eigenvalues_with_copies_near(sigma, count);
  say(fmt::format("shift-invert at {:.6g}, sparse LDL', {} solves", sigma, found_.solves - before));
  for (Index i = 0; i < pairs->values.size(); ++i) {
    const double lambda = pairs->values[i];
    const double residual = (*matrix_ * pairs->vectors.col(i) - lambda * pairs->vectors.col(i)).norm();
    add(lambda, residual, residual <= settings_.tolerance * norm());
  }
  for (Index i = pairs->values.size(); i < count; ++i) {
    found_.residuals_not_converged.push_back(std::numeric_limits<double>::infinity());
  }
}

// Of (H - sigma I)^-1 the largest |mu|, lambda = sigma + 1/mu, with several starting vectors. Fewer than count
// where a solve is not finite.
EigenpairsNear Analysis::eigenvalues_with_copies_near(double sigma, Index count) {
  constexpr double inverse_tolerance = 1e-12;
  const SymmetricProduct solve = [&](const Vector& b, Vector& x) {
    ++found_.solves;
    factors_->solve(b, x);
  };
  const Index below = factors_->count_below();
  std::vector<std::pair<double, Vector>> pairs;  // mu and its vector
  const auto find = [&](SpectrumEnd side, Index available) {
    if (available == 0) return;
    const LanczosSettings settings{.count = std::min(count, available),
                                   .end = side,
                                   .tolerance = inverse_tolerance,
                                   .max_products = settings_.max_products,
                                   .seed = settings_.seed};
    const EigenpairEstimates found = lanczos_eigenvalues(solve, n_, settings);
    for (Index i = 0; i < found.values.size(); ++i) pairs.emplace_back(found.values[i], found.vectors.col(i));
  };
  // mu has the sign of lambda - sigma: on a side without eigenvalues there is nothing to be found.
  find(SpectrumEnd::least, below);
  find(SpectrumEnd::greatest, n_ - below);
  std::sort(pairs.begin(), pairs.end(),
            [](const auto& a, const auto& b) { return std::abs(a.first) > std::abs(b.first); });
  const Index size = std::min<Index>(count, static_cast<Index>(pairs.size()));
  EigenpairsNear nearest{Vector(size), Matrix(n_, size)};
  for (Index i = 0; i < size; ++i) {
    const auto& [mu, y] = pairs[static_cast<std::size_t>(i)];
    nearest.values[i] = sigma + 1 / mu;
    nearest.vectors.col(i) = y;
  }
  return nearest;
}

// From the space of the least eigenvalues of H^2. Where lambda and -lambda are both eigenvalues of H, that of
// H^2 is double, and Lanczos returns any basis of its plane: Rayleigh and Ritz turn it into vectors of H.
void Analysis::fold() {
  Vector Hv(n_);
  const SymmetricProduct square = [&](const Vector& v, Vector& HHv) {
    operator_.apply(v, Hv);
    operator_.apply(Hv, HHv);
  };
  // One more than is wanted, so that the last plane is whole.
  LanczosSettings settings{.count = std::min(count_ + 1, n_),
                           .end = SpectrumEnd::least,
                           .tolerance = settings_.tolerance * 1e-2,
                           .max_products = settings_.max_products / 2,
                           .seed = settings_.seed};
  const EigenpairEstimates pairs = lanczos_eigenvalues(square, n_, settings);
  if (!pairs.is_finite) throw hessian_is_not_finite();
  norm_ = std::max(norm_, std::sqrt(pairs.largest));
  const double tolerance = std::max(settings_.tolerance, 10 * operator_.relative_error()) * norm();
  for (const RitzPair& pair : nearest_to_zero(pairs.vectors, tolerance)) {
    add(pair.value, pair.residual, pair.residual <= tolerance);
  }
  say(fmt::format("Lanczos on the square of the Hessian, {} {}", operator_.products(),
                  operator_.description()));
}

// Of H on the span of orthonormal columns Y (n x k), which holds one pair too many: the k - 1 with the least
// |H y|, and of those that are equal to the tolerance the ones with the least residuals.
std::vector<RitzPair> Analysis::nearest_to_zero(const Matrix& Y, double tolerance) {
  const Index k = Y.cols();
  Matrix HY(n_, k);
  Vector Hy(n_);
  for (Index i = 0; i < k; ++i) {
    operator_.apply(Y.col(i), Hy);
    HY.col(i) = Hy;
  }
  const Matrix projected = Y.transpose() * HY;
  const auto ritz = symmetric_decomposition((projected + projected.transpose()) / 2);
  if (!ritz) return std::vector<RitzPair>(static_cast<std::size_t>(count_));
  std::vector<RitzPair> pairs;
  for (Index i = 0; i < k; ++i) {
    const Vector s = ritz->vectors.col(i);
    const double lambda = ritz->values[i];
    pairs.push_back({lambda, (HY * s - lambda * (Y * s)).norm()});
  }
  while (static_cast<Index>(pairs.size()) > count_) {
    const double farthest = std::max_element(pairs.begin(), pairs.end(), nearer)->distance_from_zero();
    const auto last = std::partition(pairs.begin(), pairs.end(), [&](const RitzPair& pair) {
      return pair.distance_from_zero() < farthest - tolerance;
    });
    pairs.erase(std::max_element(last, pairs.end(),
                                 [](const RitzPair& a, const RitzPair& b) { return a.residual < b.residual; }));
  }
  return pairs;
}

void Analysis::count_signs() {
  const Index n = n_;
  if (factors_) {
    constexpr double roundings = 100;
    const double tolerance = roundings * rounding * norm();
    if (factors_->factorise(-tolerance)) {
      const Index negative = factors_->count_below();
      if (factors_->factorise(tolerance)) {
        const Index not_positive = factors_->count_below();
        found_.inertia = {n - not_positive, not_positive - negative, negative, tolerance};
        say("inertia by sparse LDL'");
        return;
      }
    }
  }
  const double tolerance = std::max(settings_.tolerance, 10 * operator_.relative_error()) * norm();
  const double infinity = std::numeric_limits<double>::infinity();
  found_.inertia =
      inertia_from_ends(found_.least.value_or(-infinity), found_.greatest.value_or(infinity), n, tolerance);
}

void Analysis::find_condition() {
  const bool definite = found_.inertia.positive == n_ || found_.inertia.negative == n_;
  if (!found_.condition && definite && found_.least && found_.greatest) {
    const double a = std::abs(*found_.least), b = std::abs(*found_.greatest);
    found_.condition = std::max(a, b) / std::min(a, b);
  }
  const Inertia& inertia = found_.inertia;
  const bool is_singular = inertia.zero && *inertia.zero > 0;
  if (!is_singular) return;
  found_.condition.reset();
  const double largest = std::max(std::abs(found_.least.value_or(0)), std::abs(found_.greatest.value_or(0)));
  if (inertia.tolerance > 0 && largest > 0) found_.condition_at_least = largest / inertia.tolerance;
}

void Analysis::find_trace(const Matrix* H) {
  if (H) {
    found_.trace = {H->trace(), 0};
    found_.frobenius_norm = {H->norm(), 0};
  } else if (matrix_) {
    found_.trace = {matrix_->diagonal().sum(), 0};
    found_.frobenius_norm = {matrix_->norm(), 0};
  } else {
    const long before = operator_.products();
    const TraceEstimates estimates = hutchinson(operator_.product(), n_, settings_.probes, settings_.seed + 1);
    found_.trace = estimates.trace;
    found_.frobenius_norm = estimates.frobenius_norm;
    say(fmt::format("trace by Hutchinson's estimator, {} products", operator_.products() - before));
  }
}

void Analysis::find_gauss_newton_distance(const Matrix& H) {
  const auto* squares = dynamic_cast<const LeastSquaresProblem*>(&problem_);
  if (!squares) return;
  const Index m = squares->residual_count();
  if (static_cast<double>(m) * static_cast<double>(n_) > most_jacobian_entries) return;
  Matrix J(m, n_);
  squares->jacobian(x_, J);
  ++found_.evaluations.jacobian;
  const Matrix rest = H - 2 * squares->scale() * (J.transpose() * J);
  const auto size = symmetric_eigenvalues(H);
  const auto distance = rest.allFinite() ? symmetric_eigenvalues(rest) : std::nullopt;
  if (!size || !distance || H.norm() == 0) return;
  found_.gauss_newton = {rest.norm() / H.norm(), distance->cwiseAbs().maxCoeff() / size->cwiseAbs().maxCoeff()};
}

// A gradient within the tolerance, or one that a change of x by 1e-10 of its length makes.
void Analysis::judge_point() {
  constexpr double relative_digits = 1e-10;
  Vector g(n_);
  problem_.gradient(x_, g);
  ++found_.evaluations.gradient;
  found_.gradient_norm = infinity_norm(g);
  found_.stationarity_tolerance = std::max(settings_.gradient_tolerance, relative_digits * norm() * x_.norm());
  found_.nature = problem_.is_constrained() ? "not judged: the Hessian is that of f, without the constraints"
                                            : nature_of(found_, n_);
}

}  // namespace

HessianSpectrum hessian_spectrum(const Problem& problem, const Vector& x, const SpectrumSettings& settings) {
  return Analysis(problem, x, settings).run();
}

}  // namespace optbed
