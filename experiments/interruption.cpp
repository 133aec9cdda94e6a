#include "experiments/interruption.hpp"

#include <csignal>

namespace optbed {
namespace {

volatile std::sig_atomic_t caught = 0;

extern "C" void note_signal(int /*signal*/) { caught = 1; }

}  // namespace

void catch_interruption() {
  std::signal(SIGINT, note_signal);
  std::signal(SIGTERM, note_signal);
}

bool interrupted() { return caught != 0; }

}  // namespace optbed
