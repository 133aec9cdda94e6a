// Functions of one variable on which line searches are tested, each descending at 0.
#pragma once

#include <cmath>
#include <limits>
#include <memory>
#include <numbers>
#include <string>
#include <vector>

#include "tests/problems/test_problems.hpp"

namespace optbed::testing {

struct NamedFunction {
  std::string name;
  std::function<double(double)> value;
  std::function<double(double)> slope;

  FunctionProblem problem() const { return on_the_line(0, value, slope); }
};

// The six test functions of Moré & Thuente 1994, section 5, (5.1) to (5.4).
inline std::vector<NamedFunction> more_thuente_functions() {
  std::vector<NamedFunction> functions;
  functions.push_back({"more_thuente_1", [](double a) { return -a / (a * a + 2); },
                       [](double a) { return (a * a - 2) / ((a * a + 2) * (a * a + 2)); }});
  functions.push_back({"more_thuente_2",
                       [](double a) { return std::pow(a + 0.004, 5) - 2 * std::pow(a + 0.004, 4); },
                       [](double a) { return 5 * std::pow(a + 0.004, 4) - 8 * std::pow(a + 0.004, 3); }});
  constexpr double beta = 0.01;
  constexpr double half_frequency = 39 * std::numbers::pi / 2;
  functions.push_back({"more_thuente_3",
                       [](double a) {
                         const double kink = a <= 1 - beta   ? 1 - a
                                             : a >= 1 + beta ? a - 1
                                                             : (a - 1) * (a - 1) / (2 * beta) + beta / 2;
                         return kink + (1 - beta) / half_frequency * std::sin(half_frequency * a);
                       },
                       [](double a) {
                         const double kink = a <= 1 - beta ? -1 : a >= 1 + beta ? 1 : (a - 1) / beta;
                         return kink + (1 - beta) * std::cos(half_frequency * a);
                       }});
  struct {
    const char* name;
    double beta1, beta2;
  } const yanai[] = {
      {"more_thuente_4", 0.001, 0.001}, {"more_thuente_5", 0.01, 0.001}, {"more_thuente_6", 0.001, 0.01}};
  for (const auto& [name, beta1, beta2] : yanai) {
    const double gamma1 = std::hypot(1, beta1) - beta1;
    const double gamma2 = std::hypot(1, beta2) - beta2;
    functions.push_back({name,
                         [=, b1 = beta1, b2 = beta2](double a) {
                           return gamma1 * std::hypot(1 - a, b2) + gamma2 * std::hypot(a, b1);
                         },
                         [=, b1 = beta1, b2 = beta2](double a) {
                           return gamma1 * (a - 1) / std::hypot(1 - a, b2) + gamma2 * a / std::hypot(a, b1);
                         }});
  }
  return functions;
}

// Functions that are not finite everywhere, that are flat, or that cannot be told from a constant.
inline std::vector<NamedFunction> awkward_functions() {
  constexpr double nan = std::numeric_limits<double>::quiet_NaN();
  return {
      {"parabola", [](double a) { return (a - 3) * (a - 3) / 2; }, [](double a) { return a - 3; }},
      {"log_barrier", [](double a) { return a < 1 ? -2 * a - std::log(1 - a) : nan; },
       [](double a) { return a < 1 ? -2 + 1 / (1 - a) : nan; }},
      {"gradient_only_finite_up_to_one", [](double a) { return (a - 0.5) * (a - 0.5); },
       [](double a) { return a <= 1 ? 2 * a - 1 : nan; }},
      {"overflows", [](double a) { return std::exp(a) - 10 * a; }, [](double a) { return std::exp(a) - 10; }},
      {"flat_bottom", [](double a) { return std::pow(a - 1, 10); },
       [](double a) { return 10 * std::pow(a - 1, 9); }},
      {"far_minimiser", [](double a) { return (a / 1e6 - 1) * (a / 1e6 - 1); },
       [](double a) { return 2e-6 * (a / 1e6 - 1); }},
      {"near_minimiser", [](double a) { return (a * 1e6 - 1) * (a * 1e6 - 1); },
       [](double a) { return 2e6 * (a * 1e6 - 1); }},
      {"fall_below_rounding_of_the_value", [](double a) { return 1e10 + 1e-8 * (a - 1) * (a - 1); },
       [](double a) { return 2e-8 * (a - 1); }},
  };
}

}  // namespace optbed::testing
