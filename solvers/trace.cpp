#include "solvers/trace.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace optbed {

bool Trigger::fires(long iteration, bool improved) const {
  switch (kind) {
    case Kind::never:
      return false;
    case Kind::every:
      return iteration % interval == 0;
    case Kind::on_improvement:
      return improved;
    case Kind::logarithmic: {
      if (iteration < 1) return true;
      // A row where the count of points up to this iteration is larger than up to the one before.
      const auto points = [this](long k) {
        return std::floor(points_per_decade * std::log10(static_cast<double>(k)) + 1e-9);
      };
      return iteration == 1 || points(iteration) > points(iteration - 1);
    }
  }
  return false;
}

Trace::Trace(std::vector<std::string> names) : names_(std::move(names)), columns_(names_.size()) {
  // The traces of most runs never grow past this.
  constexpr std::size_t first_rows = 128;
  for (std::vector<double>& column : columns_) column.reserve(first_rows);
}

bool Trace::has(const std::string& name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

const std::vector<double>& Trace::column(const std::string& name) const {
  const auto found = std::find(names_.begin(), names_.end(), name);
  if (found == names_.end()) throw std::out_of_range("the trace has no column '" + name + "'");
  return columns_[static_cast<std::size_t>(found - names_.begin())];
}

Vector Trace::iterate(std::size_t row) const {
  return Eigen::Map<const Vector>(iterates_.data() + row * static_cast<std::size_t>(dimension_), dimension_);
}

void Trace::append(const std::vector<double>& row) {
  for (std::size_t i = 0; i < columns_.size(); ++i) columns_[i].push_back(row[i]);
}

void Trace::append_iterate(const Vector& x) {
  dimension_ = x.size();
  iterates_.insert(iterates_.end(), x.begin(), x.end());
}

}  // namespace optbed
