// Sums of one small element function along the components (partially separable functions, Griewank & Toint
// 1982):
//   f(x) = sum over k = 0, 1, … of e_k(x_{sk+1-p}, …, x_{sk+w-p}),
// with w the width of the element, s its stride, and p components that are 0 put before x and after it; k runs
// as far as these reach. H is a band of 2w - 1 diagonals at most.
//
// Value, gradient and Hessian-vector product each take one pass over memory, with two elements at a time in the
// two lanes of a 16-byte vector (SSE2, NEON: what every processor of its kind has). Nothing depends on n but
// the result, and nothing is allocated.
//
// An element E has `width`, `stride` and `padding` (w, s <= w <= 3s, p <= s) and, for X = double and X = Lanes,
//
//   // e_k(x), and its gradient in g; k is k.
//   template <class X>
//   static X gradient(X k, const std::array<X, width>& x, std::array<X, width>& g);
//
//   // The lower triangle of its Hessian, h(i, j) = H[i (i + 1)/2 + j].
//   template <class X>
//   static void hessian(X k, const std::array<X, width>& x, Triangle<X, width>& H);
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <limits>
#include <stdexcept>
#include <type_traits>
#include <utility>

#include "problems/problem.hpp"

namespace optbed {

// Two numbers that are added, multiplied, … together, with each other's or with one number for both.
typedef double Lanes __attribute__((vector_size(16)));  // NOLINT(modernize-use-using): `using` drops it

template <class X, int width>
using Triangle = std::array<X, static_cast<std::size_t>(width*(width + 1) / 2)>;

// Calls f with 0, …, count - 1 as constants: what is indexed by them stays in registers, which a loop does not
// promise.
template <int count, class F>
void unrolled(F&& f) {
  [&]<int... i>(std::integer_sequence<int, i...>) { (f(std::integral_constant<int, i>()), ...); }
  (std::make_integer_sequence<int, count>());
}

template <int stride>
Lanes load(const double* from) {
  Lanes lanes;
  if constexpr (stride == 1) {
    std::memcpy(&lanes, from, sizeof lanes);
  } else {
    lanes = Lanes{from[0], from[stride]};
  }
  return lanes;
}

template <int stride>
void store(Lanes lanes, double* to) {
  if constexpr (stride == 1) {
    std::memcpy(to, &lanes, sizeof lanes);
  } else {
    to[0] = lanes[0];
    to[stride] = lanes[1];
  }
}

template <class E>
class ElementSum {
 public:
  static double value(const Vector& x) {
    Sum sum;
    const Index n = x.size();
    for (Index k = 0; k < first_inner; ++k) sum.add(at_the_end(k, x));
    Index k = first_inner;
    Lanes numbers = {number(k), number(k + 1)};
    for (; k + 2 <= inner_end(n); k += 2, numbers += 2.0) {
      Window<Lanes> g;
      sum.add(E::gradient(numbers, lanes_window(k, x.data()), g));
    }
    for (; k < element_count(n); ++k) sum.add(at_the_end(k, x));
    return sum.total();
  }

  // Writes the gradient (n) into g, which has that size, and returns f(x).
  static double gradient(const Vector& x, Vector& g) {
    return scattered(
        x.size(), g.data(),
        [x = x.data()](Index k, Lanes numbers, Window<Lanes>& y) {
          return E::gradient(numbers, lanes_window(k, x), y);
        },
        [&x](Index k, Window<double>& y) { return E::gradient(number(k), window(k, x), y); });
  }

  // Writes H(x) v (n) into Hv, which has that size.
  static void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) {
    scattered(
        x.size(), Hv.data(),
        [x = x.data(), v = v.data()](Index k, Lanes numbers, Window<Lanes>& y) {
          Triangle<Lanes, w> H;
          E::hessian(numbers, lanes_window(k, x), H);
          multiply(H, lanes_window(k, v), y);
          return Lanes{};
        },
        [&x, &v](Index k, Window<double>& y) {
          Triangle<double, w> H;
          E::hessian(number(k), window(k, x), H);
          multiply(H, window(k, v), y);
          return 0.0;
        });
  }

  static void hessian(const Vector& x, Matrix& H) {
    H.setZero();
    for_each_second_derivative(x, [&H](Index i, Index j, double h) { H(i, j) += h; });
  }

  static SparseRows sparse_hessian_pattern(Index n) {
    SparseRows pattern(n, n);
    Index size = 0;
    for (Index i = 0; i < n; ++i) size += columns_of_row(i, n).size();
    if (size > std::numeric_limits<int>::max()) {
      throw std::length_error("a sparse Hessian holds at most 2^31 - 1 numbers");
    }
    pattern.resizeNonZeros(size);
    pattern.coeffs().setZero();
    int place = 0;
    for (Index i = 0; i < n; ++i) {
      const auto [first, last] = columns_of_row(i, n);
      pattern.outerIndexPtr()[i] = place;
      for (Index j = first; j <= last; ++j) pattern.innerIndexPtr()[place++] = static_cast<int>(j);
    }
    pattern.outerIndexPtr()[n] = place;
    return pattern;
  }

  static void sparse_hessian(const Vector& x, SparseRows& H) {
    H.coeffs().setZero();
    for_each_second_derivative(x, [&H](Index i, Index j, double h) {
      // The columns of a row follow each other without a gap.
      const int row = H.outerIndexPtr()[i];
      H.valuePtr()[row + j - H.innerIndexPtr()[row]] += h;
    });
  }

 private:
  static constexpr int w = E::width;
  static constexpr int s = E::stride;
  static constexpr int p = E::padding;
  static_assert(s <= w && w <= 3 * s && p <= s);

  template <class X>
  using Window = std::array<X, static_cast<std::size_t>(w)>;

  // Elements first_inner, …, inner_end(n) - 1 see components of x alone.
  static constexpr Index first_inner = p > 0 ? 1 : 0;
  static Index inner_end(Index n) { return n + p < w ? first_inner : (n + p - w) / s + 1; }
  static Index element_count(Index n) { return (n + p + p - w) / s + 1; }

  class Sum {
   public:
    void add(Lanes lanes) { lanes_ += lanes; }
    void add(double number) { rest_ += number; }
    double total() const { return lanes_[0] + lanes_[1] + rest_; }

   private:
    Lanes lanes_{};
    double rest_ = 0;
  };

  static double number(Index k) { return static_cast<double>(k); }

  // What the elements k and k + 1 see, and what k alone sees.
  static Window<Lanes> lanes_window(Index k, const double* x) {
    Window<Lanes> window;
    unrolled<w>([&](auto i) { window[i] = load<s>(x + s * k - p + i); });
    return window;
  }
  static Window<double> window(Index k, const Vector& x) {
    Window<double> window;
    for (int i = 0; i < w; ++i) {
      const Index component = s * k - p + i;
      window[i] = component >= 0 && component < x.size() ? x[component] : 0;
    }
    return window;
  }

  static double at_the_end(Index k, const Vector& x) {
    Window<double> g;
    return E::gradient(number(k), window(k, x), g);
  }

  template <class X>
  static void multiply(const Triangle<X, w>& H, const Window<X>& v, Window<X>& Hv) {
    unrolled<w>([&](auto i) {
      X sum = H[i * (i + 1) / 2 + i] * v[i];
      unrolled<w>([&](auto j) {
        if constexpr (j < i) sum += H[i * (i + 1) / 2 + j] * v[j];
        if constexpr (j > i) sum += H[j * (j + 1) / 2 + i] * v[j];
      });
      Hv[i] = sum;
    });
  }

  // result (n) = the sum of what each element writes for its window; returns the sum of what they return.
  // `two` takes an element k, with k and k + 1 as lanes, and writes for both; `one` writes for one.
  template <class Two, class One>
  static double scattered(Index n, double* result, Two two, One one) {
    Sum sum;
    const auto add_one = [&](Index k) {
      Window<double> y;
      sum.add(one(k, y));
      for (int i = 0; i < w; ++i) {
        const Index component = s * k - p + i;
        if (component >= 0 && component < n) result[component] += y[i];
      }
    };
    const Index pairs_end = first_inner + (inner_end(n) - first_inner) / 2 * 2;
    const bool has_pairs = pairs_end > first_inner;
    const Index first_of_pairs = s * first_inner - p;
    const Index held_end = std::min<Index>(n, has_pairs ? first_of_pairs + w - s : n);

    std::fill(result, result + held_end, 0.0);
    for (Index k = 0; k < first_inner; ++k) add_one(k);
    std::array<double, static_cast<std::size_t>(w)> held{};
    if (has_pairs) std::copy(result + first_of_pairs, result + held_end, held.begin());

    // What the pair before wrote; its parts beyond the stride belong to components of this pair.
    Window<Lanes> before{};
    Lanes numbers = {number(first_inner), number(first_inner + 1)};
    for (Index k = first_inner; k < pairs_end; k += 2, numbers += 2.0) {
      Window<Lanes> y;
      sum.add(two(k, numbers, y));
      unrolled<s>([&](auto m) {
        Lanes component = y[m];
        if constexpr (m + s < w) component += __builtin_shufflevector(before[m + s], y[m + s], 1, 2);
        if constexpr (m + 2 * s < w) component += before[m + 2 * s];
        store<s>(component, result + s * k - p + m);
      });
      before = y;
    }

    if (has_pairs) {
      for (Index i = first_of_pairs; i < held_end; ++i) result[i] += held[i - first_of_pairs];
      const Index rest = s * pairs_end - p;
      std::fill(result + rest, result + n, 0.0);
      for (int i = s; i < w; ++i) result[rest + i - s] += before[i][1];
      for (int i = 2 * s; i < w; ++i) result[rest + i - s - s] += before[i][0];
    }
    for (Index k = std::max(pairs_end, first_inner); k < element_count(n); ++k) add_one(k);
    return sum.total();
  }

  // Calls add(i, j, h) with every second derivative of every element, both triangles.
  template <class Add>
  static void for_each_second_derivative(const Vector& x, Add&& add) {
    const Index n = x.size();
    for (Index k = 0; k < element_count(n); ++k) {
      Triangle<double, w> H;
      E::hessian(number(k), window(k, x), H);
      const Index first = s * k - p;
      for (int i = std::max<int>(0, static_cast<int>(-first)); i < w && first + i < n; ++i) {
        for (int j = std::max<int>(0, static_cast<int>(-first)); j <= i; ++j) {
          const double h = H[i * (i + 1) / 2 + j];
          add(first + i, first + j, h);
          if (i != j) add(first + j, first + i, h);
        }
      }
    }
  }

  struct Columns {
    Index first;
    Index last;
    Index size() const { return last - first + 1; }
  };

  // The components that share an element with the i-th.
  static Columns columns_of_row(Index i, Index n) {
    const Index first_element = std::max<Index>(0, (i + p - w + s) / s);
    const Index last_element = std::min<Index>(element_count(n) - 1, (i + p) / s);
    return {std::max<Index>(0, s * first_element - p), std::min<Index>(n - 1, s * last_element - p + w - 1)};
  }
};

class ProblemInVariables : public virtual Problem {
 public:
  explicit ProblemInVariables(Index n) : n_(n) {}

  Index dimension() const override { return n_; }

 private:
  Index n_;
};

// P with such a sum as its f; P, or a subclass of this, gives start and facts.
template <class E, class P = ProblemInVariables>
class ElementSumProblem : public P {
 public:
  using P::P;

  double value(const Vector& x) const override { return ElementSum<E>::value(x); }
  double gradient(const Vector& x, Vector& g) const override { return ElementSum<E>::gradient(x, g); }
  bool has_hessian() const override { return true; }
  void hessian(const Vector& x, Matrix& H) const override { ElementSum<E>::hessian(x, H); }
  bool has_sparse_hessian() const override { return true; }
  SparseRows sparse_hessian_pattern() const override {
    return ElementSum<E>::sparse_hessian_pattern(this->dimension());
  }
  void sparse_hessian(const Vector& x, SparseRows& H) const override { ElementSum<E>::sparse_hessian(x, H); }
  bool has_hessian_vector() const override { return true; }
  void hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const override {
    ElementSum<E>::hessian_vector(x, v, Hv);
  }
};

}  // namespace optbed
