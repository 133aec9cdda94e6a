// What becomes of memory that is freed.
#pragma once

namespace optbed {

// Keeps up to 64 MB of it for the next run, as glibc does by itself once a block of 32 MB has been freed: the
// first touch of a page that comes from the system costs more than to record the twenty rows of a trace that
// fit on it. For main() to call, before there are threads. Does nothing with another C library.
void keep_freed_memory();

}  // namespace optbed
