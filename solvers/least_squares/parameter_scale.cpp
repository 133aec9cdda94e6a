#include "solvers/least_squares/parameter_scale.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace optbed {

const std::vector<std::pair<std::string, Scaling>>& scaling_choices() {
  static const std::vector<std::pair<std::string, Scaling>> choices = {
      {"none", Scaling::none}, {"jacobian", Scaling::jacobian}, {"more", Scaling::more}};
  return choices;
}

ParameterScale::ParameterScale(Scaling scaling, const std::vector<double>& given)
    : scaling_(given.empty() ? scaling : Scaling::none),
      given_(Eigen::Map<const Vector>(given.data(), static_cast<Index>(given.size()))) {}

void ParameterScale::start(Index n) {
  D_ = given_.size() == 0 ? Vector::Ones(n) : given_;
  first_ = true;
}

void ParameterScale::update(const Matrix& J) {
  if (scaling_ == Scaling::none) return;
  const bool keeps_greatest = scaling_ == Scaling::more && !first_;
  for (Index j = 0; j < D_.size(); ++j) {
    const double norm = J.col(j).norm();
    if (keeps_greatest) {
      D_[j] = std::max(D_[j], norm);
    } else {
      D_[j] = norm > 0 ? norm : 1;
    }
  }
  first_ = false;
}

std::string missing_parameters(Index n, const std::vector<double>& given) {
  const auto count = static_cast<Index>(given.size());
  if (count == 0 || count == n) return {};
  return fmt::format("a parameter for each of the {} numbers of 'scales', or a number for each of its {}",
                     count, n);
}

}  // namespace optbed
