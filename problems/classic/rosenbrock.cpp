#include "problems/classic/rosenbrock.hpp"

#include "problems/classic/large_scale/element_sum.hpp"
#include "problems/classic/start_scale.hpp"

namespace optbed {
namespace {

// 100 (b - a^2)^2 + (1 - a)^2.
template <int pair_stride>
struct RosenbrockElement {
  static constexpr int width = 2, stride = pair_stride, padding = 0;

  template <class X>
  static X gradient(X /*k*/, const std::array<X, 2>& x, std::array<X, 2>& g) {
    const auto [a, b] = x;
    const X t = b - a * a;
    const X s = 1.0 - a;
    g[0] = -400.0 * a * t - 2.0 * s;
    g[1] = 200.0 * t;
    return 100.0 * t * t + s * s;
  }

  template <class X>
  static void hessian(X /*k*/, const std::array<X, 2>& x, Triangle<X, 2>& H) {
    const auto [a, b] = x;
    H = {1200.0 * a * a - 400.0 * b + 2.0, -400.0 * a, 0.0 * a + 200.0};
  }
};

using Extended = ElementSum<RosenbrockElement<2>>;
using Chained = ElementSum<RosenbrockElement<1>>;

}  // namespace

Rosenbrock::Rosenbrock(const Options& options)
    : n_(options.n),
      start_scale_(static_cast<double>(options.start_scale)),
      stride_(options.form == RosenbrockForm::extended ? 2 : 1) {
  facts_.minimum = {0, "a sum of squares that vanishes at (1, …, 1)"};
  facts_.minimisers.push_back({Vector::Ones(n_), "the only point where every residual is zero"});
  facts_.convexity = {Convexity::nonconvex,
                      "d^2f/dx_1^2 = 1200 x_1^2 - 400 x_2 + 2 = -398 at x_1 = 0, x_2 = 1"};
  facts_.function_class = {FunctionClass::locally_smooth, "the second derivatives grow like 1200 x_i^2"};
  facts_.bounded_below = {true, "a sum of squares"};
}

Vector Rosenbrock::start() const {
  Vector x(n_);
  for (Index i = 0; i < n_; ++i) x[i] = i % 2 == 0 ? -1.2 : 1;
  return start_scale_ * x;
}

double Rosenbrock::value(const Vector& x) const {
  return is_extended() ? Extended::value(x) : Chained::value(x);
}

double Rosenbrock::gradient(const Vector& x, Vector& g) const {
  return is_extended() ? Extended::gradient(x, g) : Chained::gradient(x, g);
}

void Rosenbrock::hessian(const Vector& x, Matrix& H) const {
  is_extended() ? Extended::hessian(x, H) : Chained::hessian(x, H);
}

SparseRows Rosenbrock::sparse_hessian_pattern() const {
  return is_extended() ? Extended::sparse_hessian_pattern(n_) : Chained::sparse_hessian_pattern(n_);
}

void Rosenbrock::sparse_hessian(const Vector& x, SparseRows& H) const {
  is_extended() ? Extended::sparse_hessian(x, H) : Chained::sparse_hessian(x, H);
}

void Rosenbrock::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  is_extended() ? Extended::hessian_vector(x, v, Hv) : Chained::hessian_vector(x, v, Hv);
}

void Rosenbrock::residuals(const Vector& x, Vector& r) const {
  Index k = 0;
  for (Index i = 0; i + 1 < n_; i += stride_) {
    r[k++] = 10 * (x[i + 1] - x[i] * x[i]);
    r[k++] = 1 - x[i];
  }
}

void Rosenbrock::jacobian(const Vector& x, Matrix& J) const {
  J.setZero();
  Index k = 0;
  for (Index i = 0; i + 1 < n_; i += stride_) {
    J(k, i) = -20 * x[i];
    J(k++, i + 1) = 10;
    J(k++, i) = -1;
  }
}

namespace {

// What is wrong with an n whose components form = extended cannot pair, and what to write in its place.
std::string unpaired(long n, const std::string& otherwise) {
  if (n % 2 == 0) return {};
  return fmt::format("n = {} is odd, and {}n = {}", n, otherwise, n + 1);
}

struct ExtendedRosenbrockOptions {
  long n = 10;
  long start_scale = 1;
};

}  // namespace

OptionTable<RosenbrockOptions> Rosenbrock::option_table() {
  return OptionTable<Options>()
      .integer("n", &Options::n, at_least(2), "dimension; even where form = extended")
      .choice("form", &Options::form,
              {{"extended", RosenbrockForm::extended}, {"chained", RosenbrockForm::chained}},
              "which components make the pairs: (1,2), (3,4), …, or (1,2), (2,3), …")
      .choice("start_scale", &Options::start_scale, start_scales(), start_scale_help)
      .rule([](const Options& options, const std::set<std::string>&) -> std::string {
        if (options.form == RosenbrockForm::chained) return {};
        return unpaired(options.n, "form = extended pairs the components; use form=chained or ");
      });
}

ProblemEntry rosenbrock_entry() {
  return registry_entry<Problem, Rosenbrock>(
      "rosenbrock", "curved valley, the sum over pairs (a, b) of 100 (b - a^2)^2 + (1 - a)^2",
      {{"start", "(-1.2, 1, -1.2, 1, …)"},
       {"facts", "nonconvex; minimum 0 at (1, …, 1); chained with 4 <= n <= 7 has one more local minimum"},
       {"source",
        "Rosenbrock 1960; Moré, Garbow & Hillstrom 1981, nos. 1 and 21 (extended); Toint 1978 (chained); Kok & "
        "Sandrock 2009 (its stationary points)"}});
}

ProblemEntry extended_rosenbrock_entry() {
  using Options = ExtendedRosenbrockOptions;
  const std::string name = "extended_rosenbrock";
  const auto table = OptionTable<Options>()
                         .integer("n", &Options::n, at_least(2), "dimension, even")
                         .choice("start_scale", &Options::start_scale, start_scales(), start_scale_help)
                         .rule([](const Options& options, const std::set<std::string>&) {
                           return unpaired(options.n, "the components come in pairs; use ");
                         });
  return {name,
          "n/2 copies of rosenbrock; the same as rosenbrock:form=extended",
          {{"start", "(-1.2, 1, -1.2, 1, …)"},
           {"facts", "nonconvex; minimum 0 at (1, …, 1)"},
           {"source", "Moré, Garbow & Hillstrom 1981, no. 21"}},
          table.descriptions(),
          [name, table](const KeyValues& values) {
            const Options options = table.parse(name, values);
            return std::make_unique<Rosenbrock>(
                RosenbrockOptions{.n = options.n, .start_scale = options.start_scale});
          }};
}

}  // namespace optbed
