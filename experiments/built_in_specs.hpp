// The specs that are part of the program, from experiments/specs.
#pragma once

#include <string>
#include <vector>

namespace optbed {

struct BuiltInSpec {
  std::string name;
  std::string text;  // the TOML file
};

// Each in alphabetical order: what `optbed figure` draws, and the batches that `optbed batch` makes.
const std::vector<BuiltInSpec>& built_in_figures();
const std::vector<BuiltInSpec>& built_in_studies();

}  // namespace optbed
