// Hilbert's matrix H_ij = 1/(i+j-1): f(x) = (1/2)(x-x*)'H(x-x*) with x* = (1, …, 1), start 0. Positive
// definite, with a condition number of about e^(3.5 n): 1.5e7 for n = 6, 1.6e13 for n = 10 (Higham 2002,
// section 28.1).
//
// The inverse has whole numbers as its entries,
//   (-1)^(i+j) (i+j-1) C(n+i-1, n-j) C(n+j-1, n-i) C(i+j-2, i-1)^2.
// mu is 1 over its largest eigenvalue, which a computation finds to a few eps; the least eigenvalue of H itself
// it would not find. n is at most 12: the rounded entries of larger ones may make an indefinite matrix.
#pragma once

#include <memory>

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct HilbertOptions {
  long n = 6;
};

Matrix hilbert_matrix(Index n);
Matrix inverse_hilbert_matrix(Index n);  // exact up to n = 12

OptionTable<HilbertOptions> hilbert_option_table();
std::unique_ptr<Problem> make_hilbert(const HilbertOptions& options = {});
ProblemEntry hilbert_entry();

}  // namespace optbed
