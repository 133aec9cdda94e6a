#include "analysis/theory/theory.hpp"

namespace optbed {

std::string to_string(Quantity quantity) {
  switch (quantity) {
    case Quantity::distance:
      return "distance";
    case Quantity::gap:
      return "gap";
  }
  return {};
}

}  // namespace optbed
