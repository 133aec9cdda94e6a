// The distributions that tests refer to.
#pragma once

namespace optbed {

// P(Z <= z) and P(Z >= z) for Z ~ N(0, 1), each to full relative precision.
double normal_lower_tail(double z);
double normal_upper_tail(double z);

// z with P(Z <= z) = p; 0 < p < 1.
double normal_quantile(double p);

// P(X >= x), x >= 0: the chi-squared distribution, and Fisher's F distribution.
double chi_squared_upper_tail(double x, double degrees);
double fisher_f_upper_tail(double x, double numerator_degrees, double denominator_degrees);

// The range of k >= 2 independent N(0, 1): P(max - min >= q) = 1 - k ∫ φ(z) (Φ(z) - Φ(z - q))^{k-1} dz, the
// studentized range with infinitely many degrees of freedom (Tukey 1949); and the q at which it is alpha,
// 0 < alpha < 1. Absolute error of the first below 1e-12.
double range_upper_tail(double q, int k);
double range_critical_value(double alpha, int k);

}  // namespace optbed
