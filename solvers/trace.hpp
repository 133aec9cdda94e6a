// What is recorded of a run: columns, one row a recorded iteration. Trigger (which iterations) times properties
// (which columns).
#pragma once

#include <string>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

// Which iterations make a row. The first and the last state always do.
struct Trigger {
  enum class Kind { never, every, logarithmic, on_improvement };
  Kind kind = Kind::every;
  long interval = 1;           // every: each interval-th iteration
  int points_per_decade = 10;  // logarithmic: so many rows between k and 10 k

  bool fires(long iteration, bool improved) const;
};

// Which columns a row has, besides `iteration`.
struct TracePolicy {
  Trigger trigger = {};
  bool value = true;          // value, and gap where f* is known
  bool gradient_norm = true;  // infinity norm
  bool distance = true;       // to the nearest known minimiser, where one is known
  bool step_length = true;
  bool evaluations = true;  // every counter
  bool seconds = true;
  bool properties = true;  // what the solver offers of its own
  bool iterates = false;   // x itself

  static TracePolicy none() { return {.trigger = {.kind = Trigger::Kind::never}}; }
};

class Trace {
 public:
  Trace() = default;
  explicit Trace(std::vector<std::string> names);

  const std::vector<std::string>& names() const { return names_; }
  std::size_t rows() const { return columns_.empty() ? 0 : columns_.front().size(); }
  bool has(const std::string& name) const;

  // Throws std::out_of_range where there is no such column.
  const std::vector<double>& column(const std::string& name) const;

  // The recorded iterates, row after row (rows() x n); empty unless asked for.
  bool has_iterates() const { return dimension_ > 0; }
  Vector iterate(std::size_t row) const;

  // Appends one row: a number for each column, in their order.
  void append(const std::vector<double>& row);
  void append_iterate(const Vector& x);

 private:
  std::vector<std::string> names_;
  std::vector<std::vector<double>> columns_;
  std::vector<double> iterates_;
  Index dimension_ = 0;
};

}  // namespace optbed
