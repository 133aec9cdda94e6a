// An l2-regularised risk r(x) + (lambda/2)|x|^2, r >= 0 convex with a Hessian of at most D I: mu = lambda and
// L = D + lambda.
#pragma once

#include <optional>
#include <set>
#include <string>

#include "problems/options.hpp"
#include "problems/problem.hpp"

namespace optbed {

// Adds `lambda` and `kappa`, which determines it, to a table of options that hold them in these members.
template <class T>
OptionTable<T>& add_regularisation(OptionTable<T>& table, double T::*lambda, std::optional<double> T::*kappa,
                                   Interval domain_of_lambda) {
  return table.real("lambda", lambda, domain_of_lambda, "weight of (lambda/2) |x|^2")
      .real("kappa", kappa, greater_than(1), "that of lambda",
            "condition number L/mu, which determines lambda instead")
      .rule([](const T&, const std::set<std::string>& given) -> std::string {
        return given.count("lambda") && given.count("kappa") ? "'lambda' and 'kappa' exclude each other" : "";
      });
}

// The lambda with (D + lambda)/lambda = kappa > 1.
inline double regularisation_for(double kappa, double D) { return D / (kappa - 1); }

// lambda, and the bound D where it is known already.
struct Regularisation {
  double lambda;
  std::optional<double> D = {};
};

// `lambda` itself, or the one that gives the condition number kappa, for which D is computed by `bound()`.
template <class Bound>
Regularisation regularisation_of(double lambda, std::optional<double> kappa, const Bound& bound) {
  if (!kappa) return {lambda};
  const double D = bound();
  return {regularisation_for(*kappa, D), D};
}

// Largest eigenvalue of A'A.
double largest_gram_eigenvalue(const Matrix& A);

// L is unknown where D is; `derivation` says in words what it is.
Facts regularised_risk_facts(const Regularisation& regularisation, const std::string& derivation);

// D as it is known, or where that is cheap computed by `bound()`.
template <class Bound>
Regularisation with_bound(Regularisation regularisation, bool is_cheap, const Bound& bound) {
  if (!regularisation.D && is_cheap) regularisation.D = bound();
  return regularisation;
}

}  // namespace optbed
