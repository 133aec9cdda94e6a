// The models of NIST's Statistical Reference Datasets for regression.
#pragma once

#include <string>
#include <vector>

#include "problems/regression/curve_model.hpp"

namespace optbed {

// b'_i = b_k, or -b_k where the i-th element is -k; k counts from 1, as NIST's parameters do.
using SignedPermutation = std::vector<int>;

struct NistModel {
  std::string name;       // as NIST writes it, and the file of its data: "Misra1a"
  std::string formula;    // of the response
  std::string level;      // of difficulty: lower, average, higher
  std::string reference;  // who fitted it first
  SharedCurveModel model;
  // Signed permutations of the parameters that leave the model as it is; their products do so, too.
  std::vector<SignedPermutation> symmetries = {};
  bool response_is_log_y = false;
  std::string aliases = {};  // other points that cannot be told from one by the data, in words
};

std::vector<NistModel> nist_nonlinear_models();
std::vector<NistModel> nist_linear_models();

}  // namespace optbed
