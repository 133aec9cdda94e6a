#include "solvers/global/population.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace optbed {

double value_or_infinity(Oracle& f, const Vector& x) {
  const double value = f.value(x);
  return std::isfinite(value) ? value : std::numeric_limits<double>::infinity();
}

void Population::start(Index size, Index n) {
  members_.assign(static_cast<std::size_t>(size), {Vector::Zero(n), 0});
  evaluated_ = 0;
}

void Population::evaluate(Oracle& f) {
  for (; evaluated_ < size(); ++evaluated_) {
    Member& member = (*this)[evaluated_];
    member.value = value_or_infinity(f, member.x);
  }
}

Index Population::best() const {
  const auto less = [](const Member& a, const Member& b) { return a.value < b.value; };
  return std::min_element(members_.begin(), members_.end(), less) - members_.begin();
}

bool Population::has_collapsed() const {
  return std::all_of(members_.begin(), members_.end(),
                     [this](const Member& member) { return member.x == members_.front().x; });
}

void Population::rank(std::vector<Index>& order) const {
  std::iota(order.begin(), order.end(), Index{0});
  std::sort(order.begin(), order.end(), [this](Index a, Index b) {
    return std::pair((*this)[a].value, a) < std::pair((*this)[b].value, b);
  });
}

// By insertion: stable without the buffer of std::stable_sort, and linear where only the last is out of place.
void Population::sort() {
  for (std::size_t i = 1; i < members_.size(); ++i) {
    for (std::size_t j = i; j > 0 && members_[j].value < members_[j - 1].value; --j) {
      members_[j].x.swap(members_[j - 1].x);
      std::swap(members_[j].value, members_[j - 1].value);
    }
  }
}

void swap(Population& a, Population& b) noexcept {
  a.members_.swap(b.members_);
  std::swap(a.evaluated_, b.evaluated_);
}

void spread_around(const Point& start, double spread, Random& random, Population& population) {
  population[0].x = start.x;
  population[0].value = start.value;
  for (Index i = 1; i < population.size(); ++i) {
    Vector& x = population[i].x;
    for (Index j = 0; j < x.size(); ++j) x[j] = start.x[j] + spread * (2 * random.uniform() - 1);
  }
  population.await_values(1);
}

StepInfo keep_better(const Member& member, Point& iterate) {
  if (!(member.value < iterate.value)) return rejected();
  const double length = (member.x - iterate.x).norm();
  iterate.x = member.x;
  iterate.value = member.value;
  return moved(length);
}

}  // namespace optbed
