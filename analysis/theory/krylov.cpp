#include "analysis/theory/krylov.hpp"

#include <fmt/format.h>

#include <cmath>

#include "analysis/theory/setting_facts.hpp"

namespace optbed {

double minimax_factor(double kappa) {
  const double root = std::sqrt(kappa);
  return (root - 1) / (root + 1);
}

// T_k((kappa+1)/(kappa-1)) = (q^-k + q^k)/2.
double minimax(double kappa, long k) {
  const double qk = std::pow(minimax_factor(kappa), static_cast<double>(k));
  return 2 * qk / (1 + qk * qk);
}

Statement minimax_gap_statement(Statement common, double kappa, double initial_gap) {
  const double q = minimax_factor(kappa);
  Statement s = std::move(common);
  s.quantity = Quantity::gap;
  s.factor = q;
  s.text = fmt::format(
      "f_k - f* <= (f_0 - f*)/T_k((kappa+1)/(kappa-1))^2 with kappa = {:.6g}, which falls by {:.10g} an "
      "iteration",
      kappa, q * q);
  s.source = "Luenberger & Ye 2008, section 9.4; Saad 2003, theorem 6.29";
  s.bound = [kappa, initial_gap](long k) {
    const double part = minimax(kappa, k);
    return initial_gap * part * part;
  };
  return s;
}

std::vector<Statement> conjugate_gradient_statements(const std::string& method, const std::string& conditions,
                                                     const Setting& setting) {
  const auto eigenvalues = eigenvalues_of_quadratic(setting.problem);
  if (!eigenvalues) return {};
  const Facts& facts = setting.problem.facts();
  const Index distinct =
      facts.distinct_eigenvalues ? facts.distinct_eigenvalues->value : setting.problem.dimension();

  Statement ends;
  ends.method = method;
  ends.text = fmt::format("x_k = x* after {} iterations: one for each distinct eigenvalue", distinct);
  ends.conditions = conditions + ", exact arithmetic";
  ends.source = "Nocedal & Wright 2006, theorems 5.4 and 6.4";
  ends.terminates_within = distinct;
  std::vector<Statement> statements = {ends};

  const double kappa = eigenvalues->greatest() / eigenvalues->least();
  const SettingFacts known = facts_of(setting);
  if (kappa > 1 && known.initial_gap) {
    Statement common;
    common.method = method;
    common.conditions = conditions;
    statements.push_back(minimax_gap_statement(std::move(common), kappa, *known.initial_gap));
  }
  return statements;
}

}  // namespace optbed
