// Reader of the files of NIST's Statistical Reference Datasets for regression.
#pragma once

#include <string_view>
#include <vector>

#include "problems/facts.hpp"

namespace optbed {

// m observations of a response y that p predictors are to explain by a model of n parameters. The certified
// values have 11 digits where the model is nonlinear, 15 where it is linear.
struct StrdData {
  Vector y;                    // (m)
  Matrix x;                    // (p x m), one observation a column
  std::vector<Vector> starts;  // (n) each; two where the model is nonlinear, else none
  Vector parameters;           // (n), certified
  Vector standard_deviations;  // (n), certified
  double residual_sum_of_squares = 0;
  double residual_standard_deviation = 0;
};

// Throws InputError naming the data set and what the text lacks.
StrdData read_strd(std::string_view name, std::string_view text);

}  // namespace optbed
