// The residuals of Moré, Garbow & Hillstrom (1981) a second time, as plain sums straight from the paper's
// formulas, for complex numbers: the imaginary part of r(x + i h e_j)/h is the derivative in x_j to rounding
// (Squire & Trapp 1998).
#pragma once

#include <complex>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace optbed::testing {

using Complex = std::complex<long double>;

// Numbers that count from 1, as the paper's do.
class FromOne {
 public:
  explicit FromOne(int size) : numbers_(static_cast<std::size_t>(size)) {}

  int size() const { return static_cast<int>(numbers_.size()); }
  Complex& operator()(int i) { return numbers_.at(static_cast<std::size_t>(i - 1)); }
  const Complex& operator()(int i) const { return numbers_.at(static_cast<std::size_t>(i - 1)); }

 private:
  std::vector<Complex> numbers_;
};

// Writes r(x).
using ReferenceResiduals = std::function<void(const FromOne& x, FromOne& r)>;

// By the names of the registry.
const std::map<std::string, ReferenceResiduals>& more_garbow_hillstrom_reference();

}  // namespace optbed::testing
