// The least time of several rounds of work, which is what the machine allows when nothing disturbs it.
#pragma once

#include <algorithm>
#include <chrono>
#include <limits>

namespace optbed {

// Each round is preceded by one that is not timed, which brings its arrays as near as
// they come.
class Fastest {
 public:
  template <class Work>
  double time(Work&& work) {
    work();
    const auto begin = std::chrono::steady_clock::now();
    work();
    const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
    least_ = std::min(least_, seconds);
    return seconds;
  }
  double bandwidth(double bytes) const { return bytes / least_; }
  double seconds() const { return least_; }

 private:
  double least_ = std::numeric_limits<double>::infinity();
};

}  // namespace optbed
