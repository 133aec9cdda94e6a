#include "experiments/store/environment.hpp"

#include <SQLiteCpp/Database.h>
#include <fmt/format.h>
#include <sys/utsname.h>

#include <Eigen/Core>
#include <boost/version.hpp>
#include <fstream>

#include "experiments/version.hpp"

namespace optbed {
namespace {

std::string compiler() {
#ifdef __clang__
  return fmt::format("clang {}", __clang_version__);
#else
  return fmt::format("gcc {}", __VERSION__);
#endif
}

std::string libraries() {
  return fmt::format("Eigen {}.{}.{}, Boost {}.{}.{}, fmt {}.{}.{}, SQLite {}", EIGEN_WORLD_VERSION,
                     EIGEN_MAJOR_VERSION, EIGEN_MINOR_VERSION, BOOST_VERSION / 100000,
                     BOOST_VERSION / 100 % 1000, BOOST_VERSION % 100, FMT_VERSION / 10000,
                     FMT_VERSION / 100 % 100, FMT_VERSION % 100, SQLite::getLibVersion());
}

std::string processor() {
  std::ifstream lines("/proc/cpuinfo");
  for (std::string line; std::getline(lines, line);) {
    const auto colon = line.find(": ");
    if (line.starts_with("model name") && colon != std::string::npos) return line.substr(colon + 2);
  }
  return "unknown";
}

// Kernel and architecture, without the machine's name.
std::string system_name() {
  utsname names{};
  if (uname(&names) != 0) return "unknown";
  return fmt::format("{} {} {}", names.sysname, names.release, names.machine);
}

}  // namespace

const Environment& this_environment() {
  static const Environment parts = {{"version", version()},     {"compiler", compiler()},
                                    {"flags", OPTBED_FLAGS},    {"libraries", libraries()},
                                    {"processor", processor()}, {"system", system_name()}};
  return parts;
}

std::vector<std::string> differences(const Environment& a, const Environment& b) {
  std::vector<std::string> found;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) {
    if (a[i] != b[i]) found.push_back(fmt::format("{}: {} and {}", a[i].first, a[i].second, b[i].second));
  }
  return found;
}

}  // namespace optbed
