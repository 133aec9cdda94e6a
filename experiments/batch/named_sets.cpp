#include "experiments/batch/named_sets.hpp"

#include <functional>

#include "problems/classic/landscapes/landscapes.hpp"
#include "problems/classic/more_garbow_hillstrom/more_garbow_hillstrom.hpp"
#include "problems/errors.hpp"
#include "problems/problem.hpp"
#include "problems/regression/nist.hpp"

namespace optbed {
namespace {

// Those that can be made without options and of which this holds then.
std::vector<std::string> problems_with(const ProblemRegistry& problems,
                                       const std::function<bool(const Facts&)>& property) {
  std::vector<std::string> names;
  for (const ProblemEntry& entry : problems.entries()) {
    try {
      if (property(entry.make({})->facts())) names.push_back(entry.name);
    } catch (const UsageError&) {  // nothing without options, so not in the set
    }
  }
  return names;
}

std::vector<std::string> landscape_names() {
  ProblemRegistry landscapes("problem");
  add_landscapes(landscapes);
  return landscapes.names();
}

std::vector<std::string> nist_names() {
  std::vector<std::string> names;
  for (const ProblemEntry& entry : nist_entries()) names.push_back(entry.name);
  return names;
}

bool is_convex(const Facts& facts) { return facts.convexity && facts.convexity->value != Convexity::nonconvex; }

}  // namespace

std::vector<std::string> problem_set_names() {
  return {"mgh", "nist", "landscapes", "quadratics", "convex", "all"};
}

std::vector<std::string> problems_in_set(const std::string& set, const ProblemRegistry& problems) {
  if (set == "mgh") return more_garbow_hillstrom_names();
  if (set == "nist") return nist_names();
  if (set == "landscapes") return landscape_names();
  if (set == "quadratics")
    return problems_with(problems, [](const Facts& facts) { return facts.is_quadratic(); });
  if (set == "convex") return problems_with(problems, is_convex);
  if (set == "all") return problems_with(problems, [](const Facts&) { return true; });
  return {};
}

std::vector<std::string> solvers_in_set(const std::string& set, const SolverRegistry& solvers) {
  return set == "all" ? solvers.names() : std::vector<std::string>();
}

}  // namespace optbed
