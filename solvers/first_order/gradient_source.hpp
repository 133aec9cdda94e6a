// Where a first-order method gets its gradients: from all of f, or, on a finite sum, from one batch of samples
// after another (Robbins & Monro 1951; Bottou, Curtis & Nocedal 2018, section 3).
#pragma once

#include "problems/oracle.hpp"
#include "solvers/solver.hpp"
#include "solvers/stochastic/sampler.hpp"

namespace optbed {

// Over the samples of a batch. The sum is the mean times the batch's size, so that it makes the same path with
// a learning rate that is smaller by that factor, where all batches have the same size.
enum class Reduction { mean, sum };

struct BatchOptions {
  std::optional<long> batch_size;  // none: the gradient of all of f
  Sampling sampling = Sampling::shuffle;
  Reduction reduction = Reduction::mean;
};

// With batches a method knows neither f nor its gradient: what evaluate() gives at a point is that of the
// batch, and so is the value that a schedule answers to.
class GradientSource {
 public:
  explicit GradientSource(const BatchOptions& options = {}) : options_(options), sampler_(options.sampling) {}

  // What the problem lacks, in words.
  std::string missing(const Problem& problem) const;

  // Allocates. The batches come from the seed of f.
  void start(const Oracle& f);

  // Throws BudgetExhausted unless the next evaluate() can be paid for.
  void require(const Oracle& f) const { f.require_evaluations(options_.batch_size ? sampler_.next_size() : 1); }

  // Value and gradient at point.x, from the next batch. True when all of it is finite. Where the budget does
  // not hold it, the next batch stays the next.
  [[nodiscard]] bool evaluate(Oracle& f, Point& point);

  // The same from the batch of the last evaluate().
  [[nodiscard]] bool evaluate_again(Oracle& f, Point& point);

  Knowledge knowledge() const { return options_.batch_size ? Knowledge::point : Knowledge::gradient; }

  // The iterations of an epoch, for Solver::look_interval; 1 without batches.
  long look_interval() const { return options_.batch_size ? sampler_.batches_per_epoch() : 1; }

  // Adds batch_size, sampling and reduction to a table of options that derive from BatchOptions. `otherwise`
  // says what holds where no batch size is given.
  template <class T>
  static OptionTable<T>& add_options(OptionTable<T>& table, const std::string& otherwise = "all samples");

 private:
  BatchOptions options_;
  Sampler sampler_;
};

template <class T>
OptionTable<T>& GradientSource::add_options(OptionTable<T>& table, const std::string& otherwise) {
  table.integer("batch_size", static_cast<std::optional<long> T::*>(&BatchOptions::batch_size), at_least(1),
                otherwise, "samples of a finite sum that a gradient is taken from");
  return add_sampling(table, static_cast<Sampling T::*>(&BatchOptions::sampling))
      .choice("reduction", static_cast<Reduction T::*>(&BatchOptions::reduction),
              {{"mean", Reduction::mean}, {"sum", Reduction::sum}}, "of the gradients of a batch")
      .rule([](const T& options, const std::set<std::string>& given) -> std::string {
        if (options.batch_size || !(given.count("sampling") || given.count("reduction"))) return {};
        return given.count("sampling") ? "'sampling' needs 'batch_size'" : "'reduction' needs 'batch_size'";
      });
}

}  // namespace optbed
