#ifndef SLUSS_CWRITEFAULT_H
#define SLUSS_CWRITEFAULT_H

// Lets SQLite's own way to files find the disk full at the next write to one file of this process,
// and at no other: tests run beside one another.
//
// `descriptor` is that of the file, -1 of none. Returns how many writes have failed since the last
// call.
int sluss_fail_next_write(int descriptor);

#endif
