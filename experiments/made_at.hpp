// A problem or a solver from its string in a spec.
#pragma once

#include <fmt/format.h>

#include <memory>
#include <string>

#include "experiments/source_position.hpp"
#include "problems/registry.hpp"

namespace optbed {

// Makes what the string stands for. What it throws says where the string stands.
template <class Product>
std::unique_ptr<Product> made_at(const Registry<Product>& registry, const Placed<std::string>& text) {
  try {
    return registry.make(text.value);
  } catch (const UsageError& error) {
    throw_usage_error(text.at, error.what());
  } catch (const InputError& error) {
    throw InputError(fmt::format("{}: {}", to_string(text.at), error.what()));
  }
}

}  // namespace optbed
