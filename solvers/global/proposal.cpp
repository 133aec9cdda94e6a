#include "solvers/global/proposal.hpp"

#include <cmath>
#include <numbers>

namespace optbed {

std::vector<std::pair<std::string, ProposalLaw>> symmetric_proposal_laws() {
  return {
      {"gaussian", ProposalLaw::gaussian}, {"uniform", ProposalLaw::uniform}, {"cauchy", ProposalLaw::cauchy}};
}

void Proposal::start(ProposalLaw law, double scale, const Vector& centre) {
  law_ = law;
  scale_ = scale;
  centre_ = centre;
}

void Proposal::draw(const Vector& x, double factor, Random& random, Vector& y) const {
  const double scale = factor * scale_;
  for (Index i = 0; i < x.size(); ++i) {
    switch (law_) {
      case ProposalLaw::gaussian:
        y[i] = x[i] + scale * random.normal();
        break;
      case ProposalLaw::uniform:
        y[i] = x[i] + scale * (2 * random.uniform() - 1);
        break;
      case ProposalLaw::cauchy:
        y[i] = x[i] + scale * std::tan(std::numbers::pi * (random.uniform() - 0.5));
        break;
      case ProposalLaw::independent:
        y[i] = centre_[i] + scale * random.normal();
        break;
    }
  }
}

double Proposal::log_ratio(const Vector& x, const Vector& y) const {
  if (law_ != ProposalLaw::independent) return 0;
  return ((y - centre_).squaredNorm() - (x - centre_).squaredNorm()) / (2 * scale_ * scale_);
}

double default_proposal_scale(Index n) { return 2.38 / std::sqrt(static_cast<double>(n)); }

}  // namespace optbed
