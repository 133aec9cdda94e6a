#include "analysis/spectrum/lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

#include "analysis/spectrum/chebyshev_filter.hpp"
#include "analysis/spectrum/thick_restart.hpp"

namespace optbed {
namespace {

// Measured on tridiag(-1, 2 + i/n, -1), n = 1e5: higher degrees cost less time and, as a cycle takes more, more
// products.
constexpr int plain_cycles = 2;
constexpr double filter_growth = 1.5;
constexpr double worthwhile_rise = 2;  // of the degree, for a new filter
constexpr int most_degree = 8;
constexpr double kept_share = 0.4;  // of the subspace besides what is wanted

// Eigenpair estimates at one end, from outside inwards.
struct EndOfSpectrum {
  bool at_least_end = false;
  Vector values = {};
  Vector residuals = {};
  Matrix vectors = {};
  std::optional<double> next = {};  // the Ritz value after these
  std::optional<ChebyshevFilter> filter = {};
};

class EndsSearch {
 public:
  EndsSearch(const SymmetricProduct& product, Index n, const LanczosSettings& settings);
  EigenpairEstimates run();

 private:
  using Engine = ThickRestartLanczos;

  bool explore();
  bool refine(EndOfSpectrum& end);
  enum class Refined { done, filter_can_rise, not_finite };
  Refined run_filter(EndOfSpectrum& end);
  bool look_for_copies(EndOfSpectrum& end);
  std::optional<bool> find_copy(EndOfSpectrum& end);
  EigenpairEstimates answer() const;

  Index count(bool at_least_end) const;
  std::vector<Index> outermost(Index total, Index at_least_end, Index at_greatest_end) const;
  std::vector<Index> kept(Index wanted_least, Index wanted_greatest) const;
  void take(const Engine& engine, EndOfSpectrum& end) const;
  bool measure(EndOfSpectrum& end);
  double allowed() const { return settings_.tolerance * largest_; }
  bool has_converged(const EndOfSpectrum& end) const { return end.residuals.maxCoeff() <= allowed(); }
  bool budget_is_spent() const { return products_ >= settings_.max_products; }
  void make_filter(EndOfSpectrum& end) const;

  LanczosSettings settings_;
  Index n_;
  Index wanted_;
  Index m_;
  Random random_;
  long products_ = 0;
  long products_for_copies_ = 0;
  SymmetricProduct product_;
  Matrix none_;
  std::vector<EndOfSpectrum> ends_;
  double lowest_ = 0, highest_ = 0;  // no eigenvalue is expected beyond
  double largest_ = 0;
  int degree_ = 1;
};

EndsSearch::EndsSearch(const SymmetricProduct& product, Index n, const LanczosSettings& settings)
    : settings_(settings), n_(n), random_(settings.seed), none_(n, 0) {
  const bool both = settings.end == SpectrumEnd::both;
  wanted_ = std::min(n, settings.count * (both ? 2 : 1));
  const Index chosen = settings.subspace > 0 ? settings.subspace : std::max<Index>(2 * wanted_ + 14, 24);
  m_ = std::min(n, std::max(wanted_ + 2, chosen));
  product_ = [this, &product](const Vector& v, Vector& Av) {
    ++products_;
    product(v, Av);
  };
  for (const bool at_least_end : {true, false}) {
    if (count(at_least_end) > 0) ends_.push_back({.at_least_end = at_least_end});
  }
}

// How many are wanted at an end.
Index EndsSearch::count(bool at_least_end) const {
  if (settings_.end == SpectrumEnd::both) return at_least_end ? (wanted_ + 1) / 2 : wanted_ / 2;
  return at_least_end == (settings_.end == SpectrumEnd::least) ? wanted_ : 0;
}

std::vector<Index> EndsSearch::outermost(Index total, Index at_least_end, Index at_greatest_end) const {
  std::vector<Index> indices(static_cast<std::size_t>(at_least_end + at_greatest_end));
  const auto split = indices.begin() + at_least_end;
  std::iota(indices.begin(), split, Index{0});
  std::iota(split, indices.end(), total - at_greatest_end);
  return indices;
}

// What is wanted and a share of the rest.
std::vector<Index> EndsSearch::kept(Index wanted_least, Index wanted_greatest) const {
  const Index wanted = wanted_least + wanted_greatest;
  const auto more = static_cast<Index>(kept_share * static_cast<double>(m_ - 1 - wanted));
  if (wanted_least > 0 && wanted_greatest > 0) {
    return outermost(m_, wanted_least + more / 2, wanted_greatest + more / 2);
  }
  return outermost(m_, wanted_least > 0 ? wanted + more : 0, wanted_least > 0 ? 0 : wanted + more);
}

// What a run without a filter found at this end.
void EndsSearch::take(const Engine& engine, EndOfSpectrum& end) const {
  const Index m = engine.subspace();
  const Index k = count(end.at_least_end);
  std::vector<Index> from(static_cast<std::size_t>(k));
  for (Index i = 0; i < k; ++i) from[static_cast<std::size_t>(i)] = end.at_least_end ? i : m - 1 - i;
  end.values.resize(k);
  end.residuals.resize(k);
  for (Index i = 0; i < k; ++i) {
    end.values[i] = engine.values()[from[static_cast<std::size_t>(i)]];
    end.residuals[i] = engine.residuals()[from[static_cast<std::size_t>(i)]];
  }
  end.vectors = engine.vectors(from);
  if (k < m) end.next = engine.values()[end.at_least_end ? k : m - 1 - k];
}

bool EndsSearch::explore() {
  Engine engine(product_, none_, settings_.start, m_, random_);
  for (int cycle = 1;; ++cycle) {
    if (!engine.cycle()) return false;
    const Vector& theta = engine.values();
    lowest_ = theta[0] - engine.residuals()[0];
    highest_ = theta[m_ - 1] + engine.residuals()[m_ - 1];
    largest_ = std::max(largest_, theta.cwiseAbs().maxCoeff());
    const auto converged = [&](Index i) { return engine.residuals()[i] <= allowed(); };
    const std::vector<Index> wanted = outermost(m_, count(true), count(false));
    const bool done = std::all_of(wanted.begin(), wanted.end(), converged);
    if (done || cycle == plain_cycles || budget_is_spent()) break;
    engine.restart(kept(count(true), count(false)));
  }
  for (EndOfSpectrum& end : ends_) take(engine, end);
  return true;
}

// A Ritz value lies inside of the eigenvalue that it stands for, so that the one after the wanted ones is a cut
// that leaves all of them outside.
void EndsSearch::make_filter(EndOfSpectrum& end) const {
  end.filter.emplace(end.at_least_end ? highest_ : lowest_, *end.next, end.values[0], filter_growth,
                     most_degree);
}

bool EndsSearch::refine(EndOfSpectrum& end) {
  while (!budget_is_spent()) {
    make_filter(end);
    switch (run_filter(end)) {
      case Refined::done:
        return true;
      case Refined::not_finite:
        return false;
      case Refined::filter_can_rise:
        break;
    }
  }
  return true;
}

// Rayleigh quotients and residuals of the vectors, by one product each.
bool EndsSearch::measure(EndOfSpectrum& end) {
  Vector y(n_), Ay(n_);
  for (Index i = 0; i < end.vectors.cols(); ++i) {
    y = end.vectors.col(i);
    product_(y, Ay);
    end.values[i] = y.dot(Ay);
    end.residuals[i] = (Ay - end.values[i] * y).norm();
    largest_ = std::max(largest_, std::abs(end.values[i]));
  }
  return end.residuals.allFinite();
}

EndsSearch::Refined EndsSearch::run_filter(EndOfSpectrum& end) {
  ChebyshevFilter& filter = *end.filter;
  degree_ = std::max(degree_, filter.degree());
  const SymmetricProduct filtered = [&](const Vector& v, Vector& pv) { filter.apply(product_, v, pv); };
  const Index k = end.values.size();
  std::vector<Index> wanted = outermost(m_, 0, k);
  std::reverse(wanted.begin(), wanted.end());
  Engine engine(filtered, none_, end.vectors.rowwise().sum(), m_, random_);
  double caution = 1;
  while (true) {
    if (!engine.cycle()) return Refined::not_finite;
    const Vector& p = engine.values();
    const bool is_outside = p[m_ - k] > filter.value_at_cut();
    const auto converged = [&](Index i) {
      return engine.residuals()[i] <= caution * filter.slope(p[i]) * allowed();
    };
    if ((is_outside && std::all_of(wanted.begin(), wanted.end(), converged)) || budget_is_spent()) {
      end.vectors = engine.vectors(wanted);
      if (!measure(end)) return Refined::not_finite;
      if (has_converged(end) || budget_is_spent()) return Refined::done;
      caution /= 4;  // the slope of p promised too much
    }
    const double next = p[m_ - k - 1];
    if (next > filter.value_at_cut()) {
      end.next = filter.argument(next);
      const double outermost_value = filter.argument(p[m_ - 1]);
      const ChebyshevFilter raised(end.at_least_end ? highest_ : lowest_, *end.next, outermost_value,
                                   filter_growth, most_degree);
      if (raised.degree() >= worthwhile_rise * filter.degree()) {
        end.values[0] = outermost_value;
        end.vectors = engine.vectors(wanted);
        return Refined::filter_can_rise;
      }
    }
    engine.restart(kept(0, k));
  }
}

EigenpairEstimates EndsSearch::answer() const {
  EigenpairEstimates estimates;
  estimates.subspace = m_;
  estimates.polynomial_degree = degree_;
  estimates.products_for_copies = products_for_copies_;
  estimates.largest = largest_;
  Index size = 0;
  for (const EndOfSpectrum& end : ends_) size += end.values.size();
  estimates.values.resize(size);
  estimates.residuals.resize(size);
  estimates.vectors.resize(n_, size);
  Index at = 0;
  for (const EndOfSpectrum& end : ends_) {
    const Index k = end.values.size();
    std::vector<Index> order(static_cast<std::size_t>(k));
    std::iota(order.begin(), order.end(), Index{0});
    std::sort(order.begin(), order.end(), [&](Index a, Index b) { return end.values[a] < end.values[b]; });
    for (const Index i : order) {
      estimates.values[at] = end.values[i];
      estimates.residuals[at] = end.residuals[i];
      estimates.converged.push_back(end.residuals[i] <= allowed());
      estimates.vectors.col(at++) = end.vectors.col(i);
    }
  }
  return estimates;
}

EigenpairEstimates EndsSearch::run() {
  EigenpairEstimates failed;
  failed.is_finite = false;
  if (!explore()) return failed;
  for (EndOfSpectrum& end : ends_) {
    if (!has_converged(end) && !refine(end)) return failed;
  }
  if (settings_.looks_for_copies) {
    const long before = products_;
    for (EndOfSpectrum& end : ends_) {
      if (has_converged(end) && !look_for_copies(end)) return failed;
    }
    products_for_copies_ = products_ - before;
  }
  return answer();
}

// Until there is none. False where a product is not finite.
bool EndsSearch::look_for_copies(EndOfSpectrum& end) {
  while (!budget_is_spent() && end.vectors.cols() < n_) {
    const std::optional<bool> found = find_copy(end);
    if (!found) return false;
    if (!*found) break;
  }
  return true;
}

// Is there an eigenvalue further outside than the innermost of those that were found, beside their vectors? It
// takes the place of that one then. Empty where a product is not finite.
std::optional<bool> EndsSearch::find_copy(EndOfSpectrum& end) {
  const double sign = end.at_least_end ? -1 : 1;
  const SymmetricProduct outwards = [&](const Vector& v, Vector& pv) {
    if (end.filter) return end.filter->apply(product_, v, pv);
    product_(v, pv);
    pv *= sign;
  };
  const Index k = end.values.size();
  const double innermost = end.values[k - 1];
  const double p_innermost = end.filter ? end.filter->value(innermost) : sign * innermost;
  const double slope = end.filter ? end.filter->slope(p_innermost) : 1;
  const Index subspace = std::min(m_, n_ - k);
  Engine engine(outwards, end.vectors, Vector(), subspace, random_);
  while (true) {
    if (!engine.cycle()) return std::nullopt;
    const double p = engine.values()[subspace - 1];
    const double residual = engine.residuals()[subspace - 1];
    // The outermost Ritz value has settled inside of the innermost of those that were found.
    constexpr double settled = 0.01;
    if (residual <= settled * (p_innermost - p)) return false;
    if (residual <= slope * allowed() || budget_is_spent()) {
      if (p <= p_innermost + slope * allowed()) return false;
      EndOfSpectrum with = end;
      with.vectors.col(k - 1) = engine.vectors({subspace - 1}).col(0);
      if (!measure(with)) return std::nullopt;
      Index i = k - 1;  // inwards they descend
      for (; i > 0 && sign * with.values[i] > sign * with.values[i - 1]; --i) {
        std::swap(with.values[i], with.values[i - 1]);
        std::swap(with.residuals[i], with.residuals[i - 1]);
        with.vectors.col(i).swap(with.vectors.col(i - 1));
      }
      end = std::move(with);
      return true;
    }
    const Index keep = std::min(subspace - 1, 1 + subspace / 2);
    if (keep > 0) engine.restart(outermost(subspace, 0, keep));
  }
}

}  // namespace

bool EigenpairEstimates::all_converged() const {
  return is_finite && std::all_of(converged.begin(), converged.end(), [](bool each) { return each; });
}

EigenpairEstimates lanczos_eigenvalues(const SymmetricProduct& product, Index n,
                                       const LanczosSettings& settings) {
  return EndsSearch(product, n, settings).run();
}

}  // namespace optbed
