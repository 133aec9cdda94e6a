// Which runs of a store are looked at, in words that must all hold:
//
//   problem=mgh solver=lbfgs,bfgs n<100 seed=1,2 solved=yes
//
// A word is KEY, one of = != < <= > >=, and a value. After = and != several values are separated by commas, and
// one of them (after != none of them) has to fit.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "experiments/store/finished_run.hpp"
#include "problems/registry.hpp"
#include "solvers/registry.hpp"

namespace optbed {

// True where the word can be nothing but part of a filter: a key and a comparison.
bool is_filter_word(const std::string& word);

// Problem and solver: names, which are those of all their options; full strings, as they stand in the store;
// and the sets of named_sets.hpp. start, stop: words. solved, and trial
// (of a tuning): yes or no. The columns of results that are
// numbers, n (the dimension), evaluations (all kinds together) and the limits: numbers. What is not known of a
// run fits no comparison.
class RunFilter {
 public:
  // Throws UsageError, naming the word, where it is no such comparison.
  RunFilter(const std::vector<std::string>& words, const ProblemRegistry& problems,
            const SolverRegistry& solvers);

  bool accepts(const FinishedRun& run) const;

  // True where a word is about trials: without one, reports leave them out.
  bool asks_for_trials() const { return asks_for_trials_; }

  // The words, as they were given.
  const std::string& text() const { return text_; }

  // The words of runs that a filter can name.
  class Vocabulary {
   public:
    void add(const FinishedRun& run);

   private:
    friend class RunFilter;
    std::set<std::string> problems_;
    std::set<std::string> solvers_;
    std::set<std::string> starts_;
    std::set<std::string> stops_;
  };

  // Throws UsageError, with the nearest that there is, where the filter names a problem, solver, start or stop
  // that none of the runs has. A set may have members that were not run.
  void require_names_in(const Vocabulary& runs) const;

 private:
  struct Word;  // one of problem, solver, start, stop
  struct Name {
    std::string key;
    std::string name;
    std::string word;
  };

  void add_names(const Word& key, const std::string& word, bool equal, const std::string& values,
                 const ProblemRegistry& problems, const SolverRegistry& solvers);

  std::string text_;
  bool asks_for_trials_ = false;
  std::vector<std::function<bool(const FinishedRun&)>> conditions_;
  std::vector<Name> names_;
};

}  // namespace optbed
