// Boyd & Vandenberghe 2004, (9.21): f(x) = c'x - sum_{i=1}^m log(b_i - a_i'x), x in R^n, on which the book
// compares gradient descent and Newton's method in dimension 100. +infinity outside of the polyhedron a_i'x <
// b_i. The book's data are random and not printed. Here: a_i and c ~ N(0, I), b_i uniform on (0.1, 1.1).
//
// `gamma` changes the coordinates as the book does at the end of section 9.3.2: f(T x) with
// T = diag(1, gamma^(1/n), …, gamma^((n-1)/n)).
//
// Start 0, which is inside of the polyhedron. The Hessian is sum a_i a_i'/(b_i - a_i'x)^2: convex, without a
// bound near the border. The minimiser is computed, for gamma = 1, by a damped Newton method to full precision.
// There is none where c'd < 0 for a direction d in which the polyhedron has no end: with m >= 2n that is
// unlikely.
//
// Each evaluation is one pass over the data.
#pragma once

#include "problems/options.hpp"
#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

struct Boyd921Options {
  long n = 100;
  long m = 500;
  double gamma = 1;
  long seed = 1;
};

class Boyd921 final : public Problem {
 public:
  using Options = Boyd921Options;
  static OptionTable<Options> option_table();

  explicit Boyd921(const Options& options = {});

  // A (n x m): one a_i a column; b (m) > 0, c (n). The minimiser is computed where n^2 m is at most 1e9 and it
  // is found, and unknown otherwise. Throws UsageError where these do not fit.
  Boyd921(Matrix A, Vector b, Vector c);

  Index dimension() const override { return c_.size(); }
  Vector start() const override { return Vector::Zero(c_.size()); }
  double value(const Vector& x) const override;
  double gradient(const Vector& x, Vector& g) const override;
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override;
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override;

 private:
  // f(T x), with T (n) the diagonal.
  Boyd921(const Boyd921& f, const Vector& T);
  static Boyd921 unscaled(const Options& options);

  double slack(Index i, const Vector& x) const { return b_[i] - A_.col(i).dot(x); }

  Matrix A_;  // n x m
  Vector b_;
  Vector c_;
};

ProblemEntry boyd_9_21_entry();

}  // namespace optbed
