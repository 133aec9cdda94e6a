// The largest of affine functions, and its proximal map.
#pragma once

#include "problems/facts.hpp"

namespace optbed {

// What is computed with n <= 64 variables and m <= 64 functions lies on the stack: an evaluation allocates
// nothing.
inline constexpr Index most_affine = 64;
using SmallVector = Eigen::Matrix<double, Eigen::Dynamic, 1, Eigen::ColMajor, most_affine, 1>;
using SmallMatrix =
    Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::ColMajor, most_affine, most_affine>;

// phi(x) = max_j offsets_j + slopes_j'x.
struct MaxAffine {
  SmallMatrix slopes;   // (n x m), one in each column; m >= 1
  SmallVector offsets;  // (m)

  double value(const SmallVector& x) const { return (offsets + slopes.transpose() * x).maxCoeff(); }
};

struct ProximalPoint {
  SmallVector y;         // (n)
  SmallVector gradient;  // (n), (x - y)/t: the combination of slopes that is a subgradient at y
  double value;          // phi(y)
};

// y = argmin phi(y) + |x - y|^2/(2 t), t > 0, to rounding. The gradient is the point of the convex hull of the
// slopes that maximises a concave quadratic function; found by an active-set method of the kind of Wolfe 1976
// ("Finding the nearest point in a polytope"), which ends after finitely many steps.
ProximalPoint proximal_point(const MaxAffine& phi, const SmallVector& x, double t);

}  // namespace optbed
