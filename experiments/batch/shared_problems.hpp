// Problems are immutable, so runs at the same time share one; it is kept as long as one of them needs it.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "problems/problem.hpp"
#include "problems/registry.hpp"

namespace optbed {

class SharedProblems {
 public:
  SharedProblems(const ProblemRegistry& registry, std::vector<std::string> texts)
      : registry_(registry), texts_(std::move(texts)), shelf_(texts_.size()) {}

  // The i-th, made where nobody has it. May be called by several threads at once. Throws what making it throws.
  std::shared_ptr<const Problem> at(std::size_t i) {
    const std::lock_guard lock(shelf_[i].making);
    std::shared_ptr<const Problem> problem = shelf_[i].problem.lock();
    if (!problem) {
      problem = registry_.make(texts_[i]);
      shelf_[i].problem = problem;
    }
    return problem;
  }

 private:
  struct Place {
    std::mutex making;
    std::weak_ptr<const Problem> problem;
  };

  const ProblemRegistry& registry_;
  std::vector<std::string> texts_;
  std::vector<Place> shelf_;
};

}  // namespace optbed
