#include "experiments/version.hpp"

namespace optbed {

std::string version() { return OPTBED_VERSION; }

}  // namespace optbed
