// The smooth convex function through given points, gradients and values: what the worst cases of a
// performance-estimation problem are. For triplets (x_i, g_i, f_i) of a mu-strongly convex function whose
// gradient is L-Lipschitz (Taylor, Hendrickx & Glineur 2017, theorem 4), with M = L - mu and
// h_i = g_i - mu x_i,
//   f(x) = (mu/2) |x|^2 + min_y phi(y) + (M/2) |x - y|^2,
//   phi(y) = max_i f_i - (mu/2) |x_i|^2 - |h_i|^2/(2 M) + h_i'(y - (x_i - h_i/M)):
// a quadratic plus the Moreau envelope of the largest of affine functions. The inequalities of the theorem say
// that piece i of phi is the largest at x_i - h_i/M, so that f(x_i) = f_i and g(x_i) = g_i. The gradient is
// mu x + M (x - y(x)).
//
//   interpolated_function:data=worst.csv
//
// A row of the file holds one triplet. The columns are f; x1, x2, …; g1, g2, …; mu; and lipschitz, in any
// order; the last two are the same in all rows. At most 64 rows and 64 variables. The first row is the start,
// and a row with the gradient 0 a minimiser.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "problems/convex/worst_case/max_affine.hpp"
#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct InterpolationData {
  double mu = 0;         // 0 <= mu < lipschitz
  double lipschitz = 1;  // L
  Matrix points;         // (n x m), x_i in the columns
  Matrix gradients;      // (n x m)
  Vector values;         // (m)
};

// By how much f_i is less than the inequality asks for, f_i >= f_j + g_j'(x_i - x_j) + …, where it is.
struct InterpolationViolation {
  Index i;
  Index j;
  double amount;
};

// The largest violation that is more than 1e-9 of the numbers it is made from; none where a function of this mu
// and L goes through the data.
std::optional<InterpolationViolation> interpolation_violation(const InterpolationData& data);

// The content of a file, as above; every number reads back as it is.
std::string to_csv(const InterpolationData& data);

// The reverse. Throws InputError naming the text where it is malformed or no function's.
InterpolationData interpolation_data_of(const std::string& name, std::string_view csv);

struct InterpolatedFunctionOptions {
  std::string data;
};

class InterpolatedFunction final : public Problem {
 public:
  using Options = InterpolatedFunctionOptions;
  static OptionTable<Options> option_table();

  // Throws InputError where the file cannot be read, is malformed or holds no function's triplets.
  explicit InterpolatedFunction(const Options& options = {});
  // Throws UsageError where no function of the class goes through the data.
  explicit InterpolatedFunction(InterpolationData data);

  Index dimension() const override { return data_.points.rows(); }
  Vector start() const override { return data_.points.col(0); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;

 private:
  ProximalPoint envelope_at(const Vector& x) const;
  double value_from(const ProximalPoint& at, const Vector& x) const;

  InterpolationData data_;
  MaxAffine phi_;
};

ProblemEntry interpolated_function_entry();

}  // namespace optbed
