// Points that are evaluated together: a generation, or the vertices of a simplex.
#pragma once

#include <vector>

#include "problems/random.hpp"
#include "solvers/solver.hpp"

namespace optbed {

// f(x), counted; +infinity where it is infinite or NaN, so that such a point is worse than every other.
double value_or_infinity(Oracle& f, const Vector& x);

struct Member {
  Vector x;
  double value = 0;
};

class Population {
 public:
  void start(Index size, Index n);

  Index size() const { return static_cast<Index>(members_.size()); }
  Member& operator[](Index i) { return members_[static_cast<std::size_t>(i)]; }
  const Member& operator[](Index i) const { return members_[static_cast<std::size_t>(i)]; }

  // The first `known` members have values, the others wait for theirs.
  void await_values(Index known) { evaluated_ = known; }
  bool is_waiting() const { return evaluated_ < size(); }

  // Gives every member that waits its value_or_infinity, in order. Where the budget ends between two of them,
  // the next call goes on with the rest: a generation costs the same whether it is interrupted or not.
  void evaluate(Oracle& f);

  // The first one of least value.
  Index best() const;

  // Are all members the same point?
  bool has_collapsed() const;

  // Indices of the members from the best to the worst, equal ones in their order. `order` has size() elements.
  void rank(std::vector<Index>& order) const;

  // Sorts the members themselves, the best first; equal ones keep their order.
  void sort();

  friend void swap(Population& a, Population& b) noexcept;

 private:
  std::vector<Member> members_;
  Index evaluated_ = 0;
};

void swap(Population& a, Population& b) noexcept;

// The start as the first member, with its value, and the others uniformly in the box |x_i - x0_i| <= spread,
// waiting for theirs.
void spread_around(const Point& start, double spread, Random& random, Population& population);

// An iterate that is the best point so far takes the member where it is better.
StepInfo keep_better(const Member& member, Point& iterate);

}  // namespace optbed
