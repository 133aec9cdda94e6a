// Numbers for the length of a scope, of which a thread keeps the memory for its next ones: evaluating a
// function allocates the first time only. Scopes may lie within each other, as when a function evaluates
// another one.
#pragma once

#include <cstddef>
#include <deque>
#include <span>
#include <vector>

namespace optbed {

template <class X>
class Numbers {
 public:
  // Without a meaning at first.
  explicit Numbers(std::size_t size) : numbers_(take(size)) {}

  // number_of(i), i = 0, …, size - 1.
  template <class NumberOf>
  Numbers(std::size_t size, NumberOf&& number_of) : Numbers(size) {
    for (std::size_t i = 0; i < size; ++i) numbers_[i] = number_of(i);
  }

  Numbers(const Numbers&) = delete;
  Numbers& operator=(const Numbers&) = delete;
  ~Numbers() { --kept().taken; }

  X& operator[](std::size_t i) { return numbers_[i]; }
  const X& operator[](std::size_t i) const { return numbers_[i]; }
  std::span<X> span() { return numbers_; }
  std::span<const X> span() const { return numbers_; }

 private:
  struct Kept {
    std::deque<std::vector<X>> buffers;  // one a level of scopes
    std::size_t taken = 0;
  };

  static Kept& kept() {
    thread_local Kept kept;
    return kept;
  }

  static std::span<X> take(std::size_t size) {
    Kept& kept = Numbers::kept();
    if (kept.taken == kept.buffers.size()) kept.buffers.emplace_back();
    std::vector<X>& buffer = kept.buffers[kept.taken];
    if (buffer.size() < size) buffer.resize(size);
    ++kept.taken;
    return {buffer.data(), size};
  }

  std::span<X> numbers_;
};

}  // namespace optbed
