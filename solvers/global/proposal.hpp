// Where a Markov chain may go next: a random point y near x, or independent of it.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "problems/random.hpp"

namespace optbed {

// Of each component on its own, with the scale s: normal with standard deviation s, uniform in [-s, s], or
// Cauchy with half-width s, whose rare long steps leave a valley, is added to that of x. independent: normal
// with standard deviation s around the centre, wherever x is.
enum class ProposalLaw { gaussian, uniform, cauchy, independent };

// The laws with q(y | x) = q(x | y), by their names.
std::vector<std::pair<std::string, ProposalLaw>> symmetric_proposal_laws();

class Proposal {
 public:
  // scale > 0; `centre` (n) is that of ProposalLaw::independent.
  void start(ProposalLaw law, double scale, const Vector& centre);

  // Writes a proposal from x into y (n). The scale is taken times `factor`.
  void draw(const Vector& x, double factor, Random& random, Vector& y) const;

  // log q(x | y) - log q(y | x) for factor 1; 0 for a symmetric law.
  double log_ratio(const Vector& x, const Vector& y) const;

 private:
  ProposalLaw law_ = ProposalLaw::gaussian;
  double scale_ = 1;
  Vector centre_;
};

// 2.38/sqrt(n): the best scale of a Gaussian random walk on N(0, I) for large n (Roberts, Gelman & Gilks 1997).
double default_proposal_scale(Index n);

}  // namespace optbed
