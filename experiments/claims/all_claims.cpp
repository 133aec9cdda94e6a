#include <algorithm>
#include <iterator>

#include "experiments/claims/claim_families.hpp"

namespace optbed {

std::vector<Claim> all_claims() {
  std::vector<Claim> claims;
  for (auto* family : {fixed_step_claims, exact_search_claims, curvature_claims, schedule_claims,
                       momentum_claims, adaptive_claims, surface_claims, stochastic_claims, landscape_claims,
                       linear_system_claims, misprint_claims, mistaken_claims}) {
    std::vector<Claim> some = family();
    std::move(some.begin(), some.end(), std::back_inserter(claims));
  }
  return claims;
}

}  // namespace optbed
