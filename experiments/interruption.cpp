#include "experiments/interruption.hpp"

#include <unistd.h>

#include <csignal>

namespace optbed {
namespace {

volatile std::sig_atomic_t caught = 0;

// A second signal ends the program at once: an iteration may take long.
extern "C" void note_signal(int signal) {
  caught = 1;
  constexpr char message[] = "optbed: stopping after this iteration; once more stops at once\n";
  // Only what is safe in a handler: nothing can be done where this fails.
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message, sizeof message - 1);
  std::signal(signal, SIG_DFL);
}

}  // namespace

void catch_interruption() {
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

bool interrupted() { return caught != 0; }

}  // namespace optbed
