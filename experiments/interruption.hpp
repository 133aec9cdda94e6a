// Ctrl-C ends what runs at its next iteration, so that what was finished can be kept.
#pragma once

namespace optbed {

// From here on SIGINT and SIGTERM are noted, once; for what asks interrupted() as it goes.
void catch_interruption();
bool interrupted();

}  // namespace optbed
