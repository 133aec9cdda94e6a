#include "problems/regression/nist_models.hpp"

#include <cmath>
#include <numbers>

namespace optbed {
namespace {

using std::atan, std::cos, std::exp, std::pow, std::sin;
using std::numbers::pi;

// b(1), b(2), … as NIST's formulas have them.
template <class X>
class Parameters {
 public:
  explicit Parameters(std::span<const X> b) : b_(b) {}
  const X& operator()(int i) const { return b_[static_cast<std::size_t>(i - 1)]; }
  int count() const { return static_cast<int>(b_.size()); }

 private:
  std::span<const X> b_;
};

// A model of one predictor from m(b, x), and one of two from m(b, x1, x2).
template <class M>
SharedCurveModel of_one(M m) {
  return curve_model(
      [m]<class X>(std::span<const X> b, const double* x) -> X { return m(Parameters<X>(b), x[0]); });
}
template <class M>
SharedCurveModel of_two(M m) {
  return curve_model(
      [m]<class X>(std::span<const X> b, const double* x) -> X { return m(Parameters<X>(b), x[0], x[1]); });
}

template <class X>
X square(const X& x) {
  return x * x;
}

SharedCurveModel rising_exponential() {
  return of_one([](const auto& b, double x) { return b(1) * (1.0 - exp(-b(2) * x)); });
}

SharedCurveModel ultrasonic_response() {
  return of_one([](const auto& b, double x) { return exp(-b(1) * x) / (b(2) + b(3) * x); });
}

SharedCurveModel two_peaks_on_a_decay() {
  return of_one([](const auto& b, double x) {
    return b(1) * exp(-b(2) * x) + b(3) * exp(-square((x - b(4)) / b(5))) +
           b(6) * exp(-square((x - b(7)) / b(8)));
  });
}

SharedCurveModel three_exponentials() {
  return of_one([](const auto& b, double x) {
    return b(1) * exp(-b(2) * x) + b(3) * exp(-b(4) * x) + b(5) * exp(-b(6) * x);
  });
}

SharedCurveModel cubic_over_cubic() {
  return of_one([](const auto& b, double x) {
    return (b(1) + x * (b(2) + x * (b(3) + x * b(4)))) / (1.0 + x * (b(5) + x * (b(6) + x * b(7))));
  });
}

const std::vector<SignedPermutation> exchange_of_peaks = {
    {1, 2, 6, 7, 8, 3, 4, 5}, {1, 2, 3, 4, -5, 6, 7, 8}, {1, 2, 3, 4, 5, 6, 7, -8}};
const std::vector<SignedPermutation> exchange_of_exponentials = {{3, 4, 1, 2, 5, 6}, {1, 2, 5, 6, 3, 4}};

const char* const cubic_over_cubic_formula = "(b1+b2*x+b3*x^2+b4*x^3)/(1+b5*x+b6*x^2+b7*x^3)";
const char* const two_peaks_formula = "b1*exp(-b2*x)+b3*exp(-((x-b4)/b5)^2)+b6*exp(-((x-b7)/b8)^2)";
const char* const three_exponentials_formula = "b1*exp(-b2*x)+b3*exp(-b4*x)+b5*exp(-b6*x)";

// The value of sum b_i x^(i-1) as if summed with twice the digits and then rounded (compensated Horner scheme:
// Graillat, Langlois, Louvet 2009, algorithm 3).
template <class X>
double accurate_polynomial(const Parameters<X>& b, double x) {
  double sum = plain_value(b(b.count()));
  double correction = 0;
  for (int i = b.count() - 1; i >= 1; --i) {
    const double coefficient = plain_value(b(i));
    const double product = sum * x;
    const double product_error = std::fma(sum, x, -product);
    sum = product + coefficient;
    const double part = sum - product;
    const double sum_error = (product - (sum - part)) + (coefficient - part);
    correction = correction * x + (product_error + sum_error);
  }
  return sum + correction;
}

// Filip's terms are 10^8 times as large as its residuals: a plain sum, which gives the derivatives, leaves the
// residual sum of squares right to 8 digits.
SharedCurveModel polynomial() {
  return curve_model([]<class X>(std::span<const X> b, const double* row) -> X {
    const double x = row[0];
    X sum = b[0];
    double power = 1;
    for (std::size_t i = 1; i < b.size(); ++i) {
      power *= x;
      sum = sum + b[i] * power;
    }
    return sum + (accurate_polynomial(Parameters<X>(b), x) - plain_value(sum));
  });
}

SharedCurveModel line_through_the_origin() {
  return of_one([](const auto& b, double x) { return b(1) * x; });
}

SharedCurveModel plane() {
  return curve_model([]<class X>(std::span<const X> b, const double* x) -> X {
    X sum = b[0];
    for (std::size_t i = 1; i < b.size(); ++i) sum = sum + b[i] * x[i - 1];
    return sum;
  });
}

}  // namespace

std::vector<NistModel> nist_nonlinear_models() {
  const auto misra1b = [](const auto& b, double x) {
    return b(1) * (1.0 - 1.0 / square(1.0 + b(2) * x / 2.0));
  };
  const auto misra1c = [](const auto& b, double x) { return b(1) * (1.0 - pow(1.0 + 2.0 * b(2) * x, -0.5)); };
  const auto misra1d = [](const auto& b, double x) { return b(1) * b(2) * x / (1.0 + b(2) * x); };
  const auto bennett5 = [](const auto& b, double x) { return b(1) * pow(b(2) + x, -1.0 / b(3)); };
  const auto danwood = [](const auto& b, double x) { return b(1) * pow(x, b(2)); };
  const auto enso = [](const auto& b, double x) {
    return b(1) + b(2) * cos(2 * pi * x / 12) + b(3) * sin(2 * pi * x / 12) + b(5) * cos(2 * pi * x / b(4)) +
           b(6) * sin(2 * pi * x / b(4)) + b(8) * cos(2 * pi * x / b(7)) + b(9) * sin(2 * pi * x / b(7));
  };
  const auto eckerle4 = [](const auto& b, double x) {
    return b(1) / b(2) * exp(-0.5 * square((x - b(3)) / b(2)));
  };
  const auto kirby2 = [](const auto& b, double x) {
    return (b(1) + x * (b(2) + x * b(3))) / (1.0 + x * (b(4) + x * b(5)));
  };
  const auto mgh09 = [](const auto& b, double x) { return b(1) * (x * (x + b(2))) / (x * (x + b(3)) + b(4)); };
  const auto mgh10 = [](const auto& b, double x) { return b(1) * exp(b(2) / (x + b(3))); };
  const auto mgh17 = [](const auto& b, double x) {
    return b(1) + b(2) * exp(-x * b(4)) + b(3) * exp(-x * b(5));
  };
  const auto nelson = [](const auto& b, double x1, double x2) { return b(1) - b(2) * x1 * exp(-b(3) * x2); };
  const auto rat42 = [](const auto& b, double x) { return b(1) / (1.0 + exp(b(2) - b(3) * x)); };
  // With the power below the fraction line it would overflow for small b4, and the derivatives with it.
  const auto rat43 = [](const auto& b, double x) {
    return b(1) * pow(1.0 + exp(b(2) - b(3) * x), -1.0 / b(4));
  };
  const auto roszman1 = [](const auto& b, double x) { return b(1) - b(2) * x - atan(b(3) / (x - b(4))) / pi; };

  return {
      {"Misra1a", "b1*(1-exp(-b2*x))", "lower", "Misra, NIST 1978", rising_exponential()},
      {"Misra1b", "b1*(1-(1+b2*x/2)^(-2))", "lower", "Misra, NIST 1978", of_one(misra1b)},
      {"Misra1c", "b1*(1-(1+2*b2*x)^(-0.5))", "average", "Misra, NIST 1978", of_one(misra1c)},
      {"Misra1d", "b1*b2*x/(1+b2*x)", "average", "Misra, NIST 1978", of_one(misra1d)},
      {"Chwirut1", "exp(-b1*x)/(b2+b3*x)", "lower", "Chwirut, NIST 197?", ultrasonic_response()},
      {"Chwirut2", "exp(-b1*x)/(b2+b3*x)", "lower", "Chwirut, NIST 197?", ultrasonic_response()},
      {"Lanczos1", three_exponentials_formula, "average", "Lanczos 1956, pp. 272-280", three_exponentials(),
       exchange_of_exponentials},
      {"Lanczos2", three_exponentials_formula, "average", "Lanczos 1956, pp. 272-280", three_exponentials(),
       exchange_of_exponentials},
      {"Lanczos3", three_exponentials_formula, "lower", "Lanczos 1956, pp. 272-280", three_exponentials(),
       exchange_of_exponentials},
      {"Gauss1", two_peaks_formula, "lower", "Rust, NIST 1996", two_peaks_on_a_decay(), exchange_of_peaks},
      {"Gauss2", two_peaks_formula, "lower", "Rust, NIST 1996", two_peaks_on_a_decay(), exchange_of_peaks},
      {"Gauss3", two_peaks_formula, "average", "Rust, NIST 1996", two_peaks_on_a_decay(), exchange_of_peaks},
      {"DanWood", "b1*x^b2", "lower", "Daniel & Wood 1980, pp. 428-431", of_one(danwood)},
      {"Kirby2", "(b1+b2*x+b3*x^2)/(1+b4*x+b5*x^2)", "average", "Kirby, NIST 197?", of_one(kirby2)},
      {"Hahn1", cubic_over_cubic_formula, "average", "Hahn, NIST 197?", cubic_over_cubic()},
      {"Nelson", "b1-b2*x1*exp(-b3*x2)", "average", "Nelson 1981", of_two(nelson), {}, true},
      {"MGH09", "b1*(x^2+x*b2)/(x^2+x*b3+b4)", "higher", "Kowalik & Osborne 1978", of_one(mgh09)},
      {"MGH10", "b1*exp(b2/(x+b3))", "higher", "Meyer 1970", of_one(mgh10)},
      {"MGH17", "b1+b2*exp(-x*b4)+b3*exp(-x*b5)", "average", "Osborne 1972", of_one(mgh17), {{1, 3, 2, 5, 4}}},
      {"Roszman1", "b1-b2*x-atan(b3/(x-b4))/pi", "average", "Roszman, NIST 19??", of_one(roszman1)},
      {"ENSO",
       "b1+b2*cos(2*pi*x/12)+b3*sin(2*pi*x/12)+b5*cos(2*pi*x/b4)+b6*sin(2*pi*x/b4)+b8*cos(2*pi*x/b7)+"
       "b9*sin(2*pi*x/b7)",
       "average",
       "Kahaner, Moler & Nash 1989, pp. 441-445",
       of_one(enso),
       {{1, 2, 3, 7, 8, 9, 4, 5, 6}, {1, 2, 3, -4, 5, -6, 7, 8, 9}},
       false,
       "1/b4 + k and 1/b7 + k for every integer k give others, as every x is an integer"},
      {"Thurber", cubic_over_cubic_formula, "higher", "Thurber, NIST 197?", cubic_over_cubic()},
      {"BoxBOD", "b1*(1-exp(-b2*x))", "higher", "Box, Hunter & Hunter 1978, pp. 483-487", rising_exponential()},
      {"Rat42", "b1/(1+exp(b2-b3*x))", "higher", "Ratkowsky 1983, pp. 61 and 88", of_one(rat42)},
      {"Rat43", "b1/(1+exp(b2-b3*x))^(1/b4)", "higher", "Ratkowsky 1983, pp. 62 and 88", of_one(rat43)},
      {"Eckerle4",
       "(b1/b2)*exp(-0.5*((x-b3)/b2)^2)",
       "higher",
       "Eckerle, NIST 197?",
       of_one(eckerle4),
       {{-1, -2, 3}}},
      {"Bennett5", "b1*(b2+x)^(-1/b3)", "higher", "Bennett, Swartzendruber & Brown, NIST 1994",
       of_one(bennett5)},
  };
}

std::vector<NistModel> nist_linear_models() {
  const std::string quintic = "b1+b2*x+b3*x^2+b4*x^3+b5*x^4+b6*x^5";
  std::vector<NistModel> models = {
      {"Norris", "b1+b2*x", "lower", "Norris, NIST", polynomial()},
      {"Pontius", "b1+b2*x+b3*x^2", "lower", "Pontius, NIST", polynomial()},
      {"NoInt1", "b1*x", "average", "Eberhardt, NIST", line_through_the_origin()},
      {"NoInt2", "b1*x", "average", "Eberhardt, NIST", line_through_the_origin()},
      {"Filip", "b1+b2*x+b3*x^2+b4*x^3+b5*x^4+b6*x^5+b7*x^6+b8*x^7+b9*x^8+b10*x^9+b11*x^10", "higher",
       "Filippelli, NIST", polynomial()},
      {"Longley", "b1+b2*x1+b3*x2+b4*x3+b5*x4+b6*x5+b7*x6", "higher", "Longley 1967", plane()},
  };
  for (const char* name : {"Wampler1", "Wampler2", "Wampler3", "Wampler4", "Wampler5"}) {
    models.push_back({name, quintic, "higher", "Wampler 1970", polynomial()});
  }
  return models;
}

}  // namespace optbed
