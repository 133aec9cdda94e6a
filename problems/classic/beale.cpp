#include "problems/classic/beale.hpp"

#include <array>

#include "problems/classic/start_scale.hpp"

namespace optbed {
namespace {

// One residual, c - x_1 (1 - x_2^i), with its derivatives. The second one in x_1 twice is zero.
struct Residual {
  double r;
  double d1;   // dr/dx_1
  double d2;   // dr/dx_2
  double d12;  // d^2r/dx_1dx_2
  double d22;  // d^2r/dx_2^2
};

std::array<Residual, 3> residuals_at(const Vector& x) {
  const double a = x[0];
  const double b = x[1];
  return {{{1.5 - a * (1 - b), b - 1, a, 1, 0},
           {2.25 - a * (1 - b * b), b * b - 1, 2 * a * b, 2 * b, 2 * a},
           {2.625 - a * (1 - b * b * b), b * b * b - 1, 3 * a * b * b, 3 * b * b, 6 * a * b}}};
}

}  // namespace

Beale::Beale(const Options& options) : start_scale_(static_cast<double>(options.start_scale)) {
  facts_.minimum = {0, "a sum of squares that vanishes at (3, 0.5)"};
  facts_.minimisers.push_back({Vector{{3, 0.5}}, "the only zero: Moré, Garbow & Hillstrom 1981, no. 5"});
  facts_.add_saddle(Vector{{0, 1}}, 14.203125,
                    "grad f = 0 and H = (0, 27.75; 27.75, 0), as every r_i = c_i there");
  facts_.limits_at_infinity.push_back(
      {14.203125 - 13.875 * 13.875 / 14,
       "min over s of sum (c_i - i s)^2, which r_i tends to as |x_1| grows with x_1 (1 - x_2) = s"});
  facts_.convexity = {Convexity::nonconvex, "at (1, 1) the Hessian has H_11 = 0 and H_12 = 27.75"};
  facts_.function_class = {FunctionClass::locally_smooth, "a polynomial of degree 8"};
  facts_.bounded_below = {true, "a sum of squares"};
}

double Beale::value(const Vector& x) const {
  double sum = 0;
  for (const Residual& i : residuals_at(x)) sum += i.r * i.r;
  return sum;
}

double Beale::gradient(const Vector& x, Vector& g) const {
  double sum = 0;
  g.setZero();
  for (const Residual& i : residuals_at(x)) {
    sum += i.r * i.r;
    g[0] += 2 * i.r * i.d1;
    g[1] += 2 * i.r * i.d2;
  }
  return sum;
}

void Beale::hessian(const Vector& x, Matrix& H) const {
  H.setZero();
  for (const Residual& i : residuals_at(x)) {
    H(0, 0) += 2 * i.d1 * i.d1;
    H(1, 0) += 2 * (i.d1 * i.d2 + i.r * i.d12);
    H(1, 1) += 2 * (i.d2 * i.d2 + i.r * i.d22);
  }
  H(0, 1) = H(1, 0);
}

void Beale::hessian_vector(const Vector& x, const Vector& v, Vector& Hv) const {
  Hv.setZero();
  for (const Residual& i : residuals_at(x)) {
    const double along = i.d1 * v[0] + i.d2 * v[1];
    Hv[0] += 2 * (i.d1 * along + i.r * i.d12 * v[1]);
    Hv[1] += 2 * (i.d2 * along + i.r * (i.d12 * v[0] + i.d22 * v[1]));
  }
}

void Beale::residuals(const Vector& x, Vector& r) const {
  Index k = 0;
  for (const Residual& i : residuals_at(x)) r[k++] = i.r;
}

void Beale::jacobian(const Vector& x, Matrix& J) const {
  Index k = 0;
  for (const Residual& i : residuals_at(x)) {
    J(k, 0) = i.d1;
    J(k++, 1) = i.d2;
  }
}

OptionTable<BealeOptions> Beale::option_table() {
  return OptionTable<Options>().choice("start_scale", &Options::start_scale, start_scales(), start_scale_help);
}

ProblemEntry beale_entry() {
  return registry_entry<Problem, Beale>(
      "beale", "f = sum of (c_i - x_1 (1 - x_2^i))^2, i = 1, 2, 3",
      {{"start", "(1, 1)"},
       {"facts", "nonconvex; minimum 0 at (3, 0.5), a saddle at (0, 1), and a limit of 0.452 at infinity"},
       {"source", "Beale 1958; Moré, Garbow & Hillstrom 1981, no. 5"}});
}

}  // namespace optbed
