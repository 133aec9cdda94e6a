// Eigenvalues at the ends of the spectrum of a large symmetric matrix, from products with it alone.
//
// A few cycles of Lanczos' method with thick restarts find those that stand apart. Where they are not enough,
// the same goes on with a Chebyshev polynomial of the matrix, which separates the wanted end in fewer and
// cheaper restarts: the products are those of a subspace many times as large, and the basis is swept through
// once for each polynomial instead of once for each product. One starting vector sees one copy of a multiple
// eigenvalue, so a second one looks for more outside of what was found.
#pragma once

#include <cstdint>
#include <vector>

#include "analysis/spectrum/symmetric_product.hpp"

namespace optbed {

enum class SpectrumEnd { least, greatest, both };

struct LanczosSettings {
  Index count = 1;  // so many eigenvalues, at each end
  SpectrumEnd end = SpectrumEnd::greatest;
  // A pair has converged where |A y - theta y| <= tolerance times the largest |theta|: an eigenvalue is that
  // close to theta then.
  double tolerance = 1e-10;
  Index subspace = 0;  // 0: max(2 * wanted + 14, 24)
  long max_products = 200000;
  bool looks_for_copies = true;
  std::uint64_t seed = 0;
  Vector start = {};  // empty: random
};

struct EigenpairEstimates {
  Vector values;     // ascending
  Vector residuals;  // |A y - theta y| of each
  std::vector<bool> converged;
  Matrix vectors;             // n x size, y in their order
  double largest = 0;         // of the |theta|: a lower bound of |A|
  int polynomial_degree = 1;  // the largest used
  long products_for_copies = 0;
  Index subspace = 0;
  bool is_finite = true;  // false: a product was not, and there are no estimates

  bool all_converged() const;
};

// n >= 1; min(n, count) eigenvalues, for both ends min(n, 2 count).
EigenpairEstimates lanczos_eigenvalues(const SymmetricProduct& product, Index n,
                                       const LanczosSettings& settings);

}  // namespace optbed
