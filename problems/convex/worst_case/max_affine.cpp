#include "problems/convex/worst_case/max_affine.hpp"

#include <Eigen/QR>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace optbed {
namespace {

constexpr double rounding = 64 * std::numeric_limits<double>::epsilon();

// The weights w >= 0 of the slopes with sum 1, nonzero on the corral only: pieces whose slopes are affinely
// independent, and which are equal at y = x - t sum_j w_j slopes_j after every major step.
class Corral {
 public:
  Corral(const MaxAffine& phi, const SmallVector& x, double t) : phi_(phi), t_(t), at_x_(phi.offsets) {
    at_x_ += phi.slopes.transpose() * x;
    size_ = at_x_.cwiseAbs().maxCoeff() + t * phi.slopes.colwise().squaredNorm().maxCoeff();
    Index best = 0;
    (at_x_ - t / 2 * phi.slopes.colwise().squaredNorm().transpose()).maxCoeff(&best);
    members_[0] = best;
    count_ = 1;
    w_ = SmallVector::Unit(at_x_.size(), best);
  }

  void find() {
    // Every turn raises the dual objective, so that no corral comes again; the limit is for rounding only.
    const Index most_turns = 100 + 10 * at_x_.size();
    for (Index turn = 0; turn < most_turns; ++turn) {
      const SmallVector at_y = at_x_ - t_ * phi_.slopes.transpose() * gradient();
      Index highest = 0;
      const double excess = at_y.maxCoeff(&highest) - at_y[members_[0]];
      const bool is_member = std::find(begin(), end(), highest) != end();
      if (is_member || excess <= rounding * size_) return;
      add(highest);
      balance();
    }
  }

  SmallVector gradient() const { return phi_.slopes * w_; }

 private:
  Index* begin() { return members_.data(); }
  Index* end() { return members_.data() + count_; }

  // The slopes of the members but the first, minus that.
  SmallMatrix differences() const {
    SmallMatrix D(phi_.slopes.rows(), count_ - 1);
    for (Index i = 0; i < D.cols(); ++i) D.col(i) = slope(i + 1) - slope(0);
    return D;
  }
  SmallVector slope(Index member) const { return phi_.slopes.col(members_[static_cast<std::size_t>(member)]); }

  // A slope that is an affine combination of the others takes the place of one of them: along the combination
  // the objective is linear and rises, up to where the first weight is 0.
  void add(Index piece) {
    const SmallVector d = phi_.slopes.col(piece) - slope(0);
    const SmallMatrix D = differences();
    SmallVector combination = SmallVector::Zero(D.cols());
    if (D.cols() > 0) combination = D.colPivHouseholderQr().solve(d);
    const bool is_independent =
        (d - D * combination).norm() > 1e-10 * (d.norm() + D.norm()) && D.cols() < D.rows();
    members_[static_cast<std::size_t>(count_++)] = piece;
    if (is_independent) return;
    SmallVector way = SmallVector::Zero(w_.size());
    way[piece] = 1;
    way[members_[0]] = combination.sum() - 1;
    for (Index i = 0; i < D.cols(); ++i) way[members_[static_cast<std::size_t>(i) + 1]] = -combination[i];
    move(way, std::numeric_limits<double>::infinity());
  }

  // Takes the corral to weights for which its pieces are equal at y, dropping those that would turn negative.
  void balance() {
    while (count_ > 1) {
      if (move(balanced() - w_, 1)) return;
    }
    w_ = SmallVector::Unit(w_.size(), members_[0]);
  }

  // With D the differences of slopes, and c those of the pieces at x - t slope_0: D'D u = c/t, w = u on the
  // members but the first.
  SmallVector balanced() const {
    const SmallMatrix D = differences();
    const SmallVector first = slope(0);
    SmallVector c(D.cols());
    for (Index i = 0; i < D.cols(); ++i) {
      c[i] = at_x_[members_[static_cast<std::size_t>(i) + 1]] - at_x_[members_[0]];
    }
    c -= t_ * D.transpose() * first;
    const Eigen::ColPivHouseholderQR<SmallMatrix> qr(D);
    const auto R = qr.matrixR().topRows(D.cols()).triangularView<Eigen::Upper>();
    SmallVector u = qr.colsPermutation().transpose() * c / t_;
    R.transpose().solveInPlace(u);
    R.solveInPlace(u);
    u = qr.colsPermutation() * u;
    SmallVector w = SmallVector::Zero(w_.size());
    w[members_[0]] = 1 - u.sum();
    for (Index i = 0; i < D.cols(); ++i) w[members_[static_cast<std::size_t>(i) + 1]] = u[i];
    return w;
  }

  // w += s way with the largest s <= limit that leaves no weight negative; what reaches 0 then leaves. True
  // where s is the limit.
  bool move(const SmallVector& way, double limit) {
    double s = limit;
    auto leaving = end();
    for (auto member = begin(); member != end(); ++member) {
      const Index j = *member;
      if (way[j] >= 0 || w_[j] >= -s * way[j]) continue;
      s = w_[j] / -way[j];
      leaving = member;
    }
    if (!std::isfinite(s)) return true;
    w_ = (w_ + s * way).cwiseMax(0);
    if (leaving == end()) return true;
    w_[*leaving] = 0;
    std::copy(leaving + 1, end(), leaving);
    --count_;
    return false;
  }

  const MaxAffine& phi_;
  double t_;
  SmallVector at_x_;  // the pieces at x
  double size_;       // of what the pieces at y are the sums of
  std::array<Index, most_affine> members_ = {};
  Index count_ = 0;
  SmallVector w_;
};

}  // namespace

ProximalPoint proximal_point(const MaxAffine& phi, const SmallVector& x, double t) {
  Corral corral(phi, x, t);
  corral.find();
  ProximalPoint found{.y = {}, .gradient = corral.gradient(), .value = 0};
  found.y = x - t * found.gradient;
  found.value = phi.value(found.y);
  return found;
}

}  // namespace optbed
