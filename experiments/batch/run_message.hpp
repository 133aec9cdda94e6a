// A finished run on its way from one process to another.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "experiments/store/finished_run.hpp"

namespace optbed {

// The run without its name and description, which the other side has, as CBOR (RFC 8949).
std::vector<std::uint8_t> message_of(const FinishedRun& run);

// Throws std::runtime_error where the bytes are no whole message.
FinishedRun run_of_message(std::span<const std::uint8_t> bytes);

}  // namespace optbed
