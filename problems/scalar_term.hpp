// What sums of functions of one number are made of.
#pragma once

namespace optbed {

// A function of one number, at a point.
struct ScalarTerm {
  double value;
  double slope;
  double curvature;
};

}  // namespace optbed
