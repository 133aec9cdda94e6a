#pragma once

#include <functional>

#include "problems/facts.hpp"

namespace optbed {

// Writes A v (n) into Av, which has that size already, A symmetric (n x n).
using SymmetricProduct = std::function<void(const Vector& v, Vector& Av)>;

}  // namespace optbed
