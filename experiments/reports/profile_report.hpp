// Profiles of the runs of a store, what they say of the order of the solvers, and how far that depends on
// single problems and on the other solvers.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "analysis/profiles/performance_profile.hpp"
#include "analysis/profiles/ranking.hpp"
#include "analysis/statistics/run_table.hpp"
#include "experiments/json.hpp"
#include "experiments/reports/run_filter.hpp"
#include "experiments/reports/text_table.hpp"
#include "experiments/store/store.hpp"

namespace optbed {

// performance: Dolan & Moré (2002). data: Moré & Wild (2009). ecdf: of the evaluations to many targets at once
// (Hansen et al. 2016).
enum class ProfileKind { performance, data, ecdf };

// Throws UsageError for another word than these three.
ProfileKind profile_kind(const std::string& word);
std::string to_string(ProfileKind kind);

struct ProfileRequest {
  ProfileKind kind = ProfileKind::performance;
  CostKind cost = CostKind::evaluations;
  // Of the convergence test of Moré & Wild. performance: without it a run has converged where it is solved, at
  // the cost of the whole run. data: 1e-3 without it. ecdf: no such test.
  std::optional<double> tau = {};
};

// The solvers in an order, from the costs that the profile is made of.
struct ProfileRanking {
  PerformanceProfile profile;
  Ranking ranking;                                   // by the area below the performance profile
  std::optional<RankingStability> stability = {};    // of two problems or more
  std::vector<PairwiseProfile> contradictions = {};  // pairs that are in the other order by themselves
};

struct ProfileReport {
  ProfileRequest request;
  Profile profile;
  std::size_t problems = 0;                    // that every solver has run on
  std::size_t left_out = 0;                    // other problems
  std::optional<ProfileRanking> ranking = {};  // not of an ecdf, which has no single costs

  // How many problems and which cost of theirs, as a sentence.
  std::string basis() const;
  // What the abscissa is, and where the last curve ends.
  std::string abscissa() const;
  double end() const;
};

// Throws UsageError as read_runs() and read_anytime_runs() do, and where no problem has runs of every solver.
ProfileReport profile_report(const Store& store, const RunFilter& filter, const ProfileRequest& request);

// The profile at 1, 2, 4, …; the ranking, and the pairs that contradict it.
std::string text_of(const ProfileReport& report);

// A row a step: solver, abscissa, share.
std::string csv_of(const ProfileReport& report);

Json json_of(const ProfileReport& report);

}  // namespace optbed
