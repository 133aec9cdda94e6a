// The options that every first-order method has: its schedule and its batches.
#pragma once

#include "solvers/first_order/gradient_source.hpp"
#include "solvers/step_size/schedule.hpp"

namespace optbed {

struct FirstOrderOptions : ScheduleOptions, BatchOptions {};

// Adds them to a table of options that derive from FirstOrderOptions. `all` says what a batch is where no size
// is given.
template <class T>
OptionTable<T>& add_first_order_options(OptionTable<T>& table, const std::string& all = "all samples") {
  return GradientSource::add_options(Schedule::add_options(table), all);
}

}  // namespace optbed
