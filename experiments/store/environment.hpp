// What a result may depend on besides its description: the program, how it was built, and the processor.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace optbed {

// Name and content of each part, in the order of the store's columns: version, compiler, flags, libraries,
// processor, system. Nothing of it names the machine or its user.
using Environment = std::vector<std::pair<std::string, std::string>>;

// Of this process.
const Environment& this_environment();

// The parts that differ, in words.
std::vector<std::string> differences(const Environment& a, const Environment& b);

}  // namespace optbed
