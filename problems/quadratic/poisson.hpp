// Poisson's equation -u'' = 1 (-u_xx - u_yy = 1, -u_xx - u_yy - u_zz = 1) with u = 0 on the boundary, by finite
// differences on n inner points a side, times h^2: f(x) = (1/2)x'Ax - b'x with A = tridiag(-1, 2, -1) = T, or
// T (x) I + I (x) T of order n^2 in two dimensions, and so on in three, and b = (1, …, 1). Start 0.
//
// The eigenvalues of T are 4 sin^2(j pi/(2(n+1))), j = 1, …, n, with eigenvectors sin(i j pi/(n+1)); in two
// dimensions they are the sums of two of those, in three of three (Golub & Van Loan 2013, section 4.8; Saad
// 2003, section 2.2). In one dimension x*_i = i(n+1-i)/2 and f* = -n(n+1)(n+2)/24, and only every second
// eigenvector has a part in b: a Krylov method from 0 ends within ceil(n/2) steps.
#pragma once

#include <memory>

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct PoissonOptions {
  long n = 100;
  long dimension = 1;
};

OptionTable<PoissonOptions> poisson_option_table();
std::unique_ptr<Problem> make_poisson(const PoissonOptions& options = {});
ProblemEntry poisson_entry();

}  // namespace optbed
