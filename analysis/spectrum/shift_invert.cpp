#include "analysis/spectrum/shift_invert.hpp"

#include <Spectra/SymEigsShiftSolver.h>

#include <algorithm>

namespace optbed {
namespace {

// What Spectra calls for its products: solves with factors that are there already.
class FactorisedShift {
 public:
  using Scalar = double;

  FactorisedShift(const SparseFactors& factors, Index n, long& solves)
      : factors_(factors), b_(n), x_(n), solves_(solves) {}

  Index rows() const { return b_.size(); }
  Index cols() const { return b_.size(); }
  void set_shift(double /*sigma*/) {}
  void perform_op(const double* b, double* x) const {
    b_ = Eigen::Map<const Vector>(b, b_.size());
    factors_.solve(b_, x_);
    Eigen::Map<Vector>(x, x_.size()) = x_;
    ++solves_;
  }

 private:
  const SparseFactors& factors_;
  mutable Vector b_;
  mutable Vector x_;
  long& solves_;
};

// Exactly so many lie as near to sigma as the farthest of these.
bool are_all(SparseFactors& factors, double sigma, const Vector& values) {
  constexpr double margin = 1e-9;
  const double radius = (1 + margin) * (values.array() - sigma).abs().maxCoeff();
  if (!factors.factorise(sigma + radius)) return false;
  const Index below_upper = factors.count_below();
  if (!factors.factorise(sigma - radius)) return false;
  return below_upper - factors.count_below() == values.size();
}

}  // namespace

std::optional<EigenpairsNear> eigenvalues_near(SparseFactors& factors, double sigma, Index n, Index count,
                                               long& solves) {
  constexpr double tolerance = 1e-12;
  constexpr Index most_restarts = 1000;
  const Index subspace = std::min(n, std::max<Index>(2 * count + 1, 20));
  if (count >= subspace) return std::nullopt;
  FactorisedShift inverse(factors, n, solves);
  Spectra::SymEigsShiftSolver<FactorisedShift> solver(inverse, count, subspace, sigma);
  solver.init();
  solver.compute(Spectra::SortRule::LargestMagn, most_restarts, tolerance);
  if (solver.info() != Spectra::CompInfo::Successful) return std::nullopt;
  EigenpairsNear found{solver.eigenvalues(), solver.eigenvectors()};
  const bool complete = are_all(factors, sigma, found.values);
  factors.factorise(sigma);
  if (!complete) return std::nullopt;
  return found;
}

}  // namespace optbed
