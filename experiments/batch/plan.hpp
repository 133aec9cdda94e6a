// All runs of a batch or of one of its stages, numbered. They are not kept but made from their numbers, so that
// a batch of any size takes the memory of its lists.
#pragma once

#include <string>
#include <vector>

#include "experiments/batch/batch_spec.hpp"
#include "experiments/store/run_description.hpp"

namespace optbed {

// A pair that is not run, and why.
struct SkippedPair {
  std::string problem;
  std::string solver;
  std::string why;
};

class Plan {
 public:
  // Makes every problem and every solver once, to see that they can be made and which fit. Throws UsageError
  // that says where: of what cannot be made, of a start of the wrong dimension, of two runs of the same name,
  // and, of a whole batch, of an override that fits no pair, and where nothing is left to run; InputError where
  // a file of data cannot be read.
  Plan(BatchSpec spec, const ProblemRegistry& problems, const SolverRegistry& solvers);

  const BatchSpec& spec() const { return spec_; }
  const std::vector<SkippedPair>& skipped() const { return skipped_; }

  // Pairs with more to do come first: by the dimension times the largest number of iterations or evaluations.
  std::size_t size() const { return pairs_.size() * spec_.starts.size() * spec_.seeds.value.size(); }
  RunDescription run(std::size_t number) const;

  // The position of the run's problem in spec().problems.
  std::size_t problem_of(std::size_t number) const { return pair_of(number).problem; }

  // Those of runs of one solver are the same.
  std::size_t solver_of(std::size_t number) const { return pair_of(number).solver; }

 private:
  struct Pair {  // with one of its limits
    std::size_t problem;
    std::size_t solver;  // of solvers_
    Limits limits;
    double work;
  };

  const Pair& pair_of(std::size_t number) const {
    return pairs_[number / (spec_.starts.size() * spec_.seeds.value.size())];
  }
  void require_no_more_than(double most) const;
  void require_complete() const;
  void add_pairs_of(std::size_t problem, const Problem& made,
                    const std::vector<std::unique_ptr<Solver>>& solvers);
  void note_skipped(SkippedPair pair);

  BatchSpec spec_;
  std::vector<TunedSolver> solvers_;  // the spec's, tuned or not
  std::vector<Pair> pairs_;
  std::vector<SkippedPair> skipped_;
  std::vector<bool> override_fits_;
};

}  // namespace optbed
