// A person's own data and model: f(b) = sum_i (m(b; x_i) - y_i)^2 over the rows of a CSV file, without a half.
//
//   curve_fit:data=points.csv,model=gaussian,start=1;0;2
//   curve_fit:data=points.csv,x=time,y=volume,model="b1*(1-exp(-b2*x))",start=100;1e-3
//   curve_fit:data=rates.csv,y=rate,model="k*exp(-E/(8.314*T))",parameters=k;E,start=1e7;5e4
//
// In a model x is the column of that option, and any other column is there by its name; in a file without a
// header the columns are c1, c2, …. Only the columns that are used need hold numbers. Derivatives are exact.
#pragma once

#include "problems/options.hpp"
#include "problems/registry.hpp"
#include "problems/regression/curve_regression.hpp"

namespace optbed {

struct CurveFitOptions {
  std::string data;
  std::string model = "saturation";
  std::string x;
  std::string y;
  std::string parameters;
  std::vector<double> start;
};

struct NamedCurve {
  std::string name;
  std::string formula;  // in x and b1, b2, …
};

const std::vector<NamedCurve>& named_curves();

class CurveFit final : public CurveRegression {
 public:
  using Options = CurveFitOptions;
  static OptionTable<Options> option_table();

  // Throws InputError where the file cannot be read, UsageError where model, columns and start do not fit it.
  explicit CurveFit(const Options& options = {});

 private:
  struct Task;
  static Task task_of(const Options& options);
  explicit CurveFit(Task task);
};

ProblemEntry curve_fit_entry();

}  // namespace optbed
