#include "problems/classic/more_garbow_hillstrom/more_garbow_hillstrom.hpp"

#include "problems/classic/more_garbow_hillstrom/entries.hpp"

namespace optbed {

void add_more_garbow_hillstrom(ProblemRegistry& registry) {
  more_garbow_hillstrom::add_two_to_four_variables(registry);
  more_garbow_hillstrom::add_five_to_twelve_variables(registry);
  more_garbow_hillstrom::add_any_number_of_variables(registry);
}

std::vector<std::string> more_garbow_hillstrom_names() {
  return {"rosenbrock",
          "freudenstein_roth",
          "powell_badly_scaled",
          "brown_badly_scaled",
          "beale",
          "jennrich_sampson",
          "helical_valley",
          "bard",
          "gaussian",
          "meyer",
          "gulf",
          "box3d",
          "powell_singular",
          "wood",
          "kowalik_osborne",
          "brown_dennis",
          "osborne1",
          "biggs_exp6",
          "osborne2",
          "watson",
          "extended_rosenbrock",
          "extended_powell",
          "penalty1",
          "penalty2",
          "variably_dimensioned",
          "trigonometric",
          "brown_almost_linear",
          "discrete_bv",
          "discrete_ie",
          "broyden_tridiagonal",
          "broyden_banded",
          "linear_full_rank",
          "linear_rank1",
          "linear_rank1_zero",
          "chebyquad"};
}

}  // namespace optbed
