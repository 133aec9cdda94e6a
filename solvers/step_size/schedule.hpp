// Step-size schedules: eta_k = eta_0 s(k), k = 0 on the first step.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "problems/options.hpp"

namespace optbed {

enum class ScheduleKind { constant, linear, quadratic, exponential, step, cosine, cyclic, robbins_monro };

struct ScheduleOptions {
  ScheduleKind schedule = ScheduleKind::constant;
  std::optional<double> decay;
  long period = 1000;
  long patience = 10;
  long warmup = 0;
};

//   constant       1
//   linear         1/(k+1), which is hyperbolic
//   quadratic      1/(k+1)^2
//   exponential    exp(-decay k)
//   step           times `decay` whenever f has not improved for `patience` iterations; of a method on batches
//                  that is the f of each batch, which noise improves now and then
//   cosine         (1 + cos(pi k/period))/2 up to k = period, then 0 (Loshchilov & Hutter 2017, one cycle)
//   cyclic         a triangle between 1 and `decay` with the given period (Smith 2017)
//   robbins_monro  1/(k+1)^decay, 1/2 < decay <= 1 (Robbins & Monro 1951)
// With warmup = w > 0 the first w steps are scaled by (k+1)/w (Goyal et al. 2017).
class Schedule {
 public:
  explicit Schedule(const ScheduleOptions& options);

  // Back to k = 0, where f has this value.
  void start(double value);

  // s(k) for the next step.
  double factor() const;

  // To k + 1, where f has this value. Called when the step is committed, so that a failed one can be taken
  // again.
  void advance(double value);

  bool is_constant() const;

  // Adds schedule, decay, period, patience and warmup to a table of options that derive from ScheduleOptions.
  template <class T>
  static OptionTable<T>& add_options(OptionTable<T>& table);

 private:
  static std::string broken_rule(const ScheduleOptions& options, const std::set<std::string>& given);
  double decayed(double k) const;

  ScheduleOptions options_;
  double decay_;
  long k_ = 0;
  double stagnation_factor_ = 1;
  double best_value_ = 0;
  long since_best_ = 0;
};

template <class T>
OptionTable<T>& Schedule::add_options(OptionTable<T>& table) {
  using Kind = ScheduleKind;
  return table
      .choice("schedule", static_cast<Kind T::*>(&ScheduleOptions::schedule),
              {{"constant", Kind::constant},
               {"linear", Kind::linear},
               {"quadratic", Kind::quadratic},
               {"exponential", Kind::exponential},
               {"step", Kind::step},
               {"cosine", Kind::cosine},
               {"cyclic", Kind::cyclic},
               {"robbins_monro", Kind::robbins_monro}},
              "how the step size changes with k: 1, 1/(k+1), 1/(k+1)^2, exp(-decay k), times decay on "
              "stagnation, …")
      .real("decay", static_cast<std::optional<double> T::*>(&ScheduleOptions::decay), positive(),
            "0.01 for exponential, 0.1 for step and cyclic, 1 for robbins_monro",
            "the schedule's rate, factor, lower end or exponent")
      .integer("period", static_cast<long T::*>(&ScheduleOptions::period), at_least(2),
               "iterations of a cosine or a cycle")
      .integer("patience", static_cast<long T::*>(&ScheduleOptions::patience), at_least(1),
               "iterations without a better f before a step schedule decays")
      .integer("warmup", static_cast<long T::*>(&ScheduleOptions::warmup), at_least(0),
               "first iterations in which the step size rises linearly")
      .rule([](const T& options, const std::set<std::string>& given) { return broken_rule(options, given); });
}

}  // namespace optbed
