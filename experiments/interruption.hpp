// Ctrl-C ends what runs at its next iteration, so that what was finished can be kept.
#pragma once

namespace optbed {

void catch_interruption();  // SIGINT and SIGTERM
bool interrupted();

}  // namespace optbed
