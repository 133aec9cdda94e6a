// DE/rand/1/bin and DE/best/1/bin once more, in plain loops from Storn & Price 1997, with the same random
// numbers in the same order: for each member its partners, the component that is certain, and one number a
// component.
#pragma once

#include <functional>
#include <vector>

#include "problems/random.hpp"

namespace optbed::reference {

struct EvolutionSettings {
  std::size_t population;
  double F;
  double CR;
  double spread;
  bool mutates_best;  // best1bin instead of rand1bin
};

using Member = std::vector<double>;

// The least values after 0, 1, … generations, the first of which is drawn around x0.
inline std::vector<double> differential_evolution(const std::function<double(const Member&)>& f,
                                                  const Member& x0, const EvolutionSettings& settings,
                                                  std::uint64_t seed, int generations) {
  Random random(seed);
  const auto one_of = [&random](std::size_t count) {
    return static_cast<std::size_t>(random.uniform() * static_cast<double>(count));
  };
  const std::size_t NP = settings.population;
  const std::size_t D = x0.size();
  std::vector<Member> x(NP, x0);
  for (std::size_t i = 1; i < NP; ++i) {
    for (double& component : x[i]) component += settings.spread * (2 * random.uniform() - 1);
  }
  std::vector<double> cost;
  for (const Member& member : x) cost.push_back(f(member));
  std::vector<double> least;
  for (int g = 0;; ++g) {
    std::size_t best = 0;
    for (std::size_t i = 0; i < NP; ++i) {
      if (cost[i] < cost[best]) best = i;
    }
    least.push_back(cost[best]);
    if (g == generations) return least;
    std::vector<Member> u = x;
    for (std::size_t i = 0; i < NP; ++i) {
      std::size_t r0 = best;
      if (!settings.mutates_best) {
        do r0 = one_of(NP);
        while (r0 == i);
      }
      const auto is_taken = [&](std::size_t r) { return r == i || (!settings.mutates_best && r == r0); };
      std::size_t r1 = 0;
      std::size_t r2 = 0;
      do r1 = one_of(NP);
      while (is_taken(r1));
      do r2 = one_of(NP);
      while (is_taken(r2) || r2 == r1);
      const std::size_t certain = one_of(D);
      for (std::size_t j = 0; j < D; ++j) {
        const bool mutant = random.uniform() < settings.CR;
        if (mutant || j == certain) u[i][j] = x[r0][j] + settings.F * (x[r1][j] - x[r2][j]);
      }
    }
    for (std::size_t i = 0; i < NP; ++i) {
      const double trial = f(u[i]);
      if (trial > cost[i]) continue;
      cost[i] = trial;
      x[i] = u[i];
    }
  }
}

}  // namespace optbed::reference
