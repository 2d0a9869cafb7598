#ifndef SLUSS_CARCHIVE_SHIM_H
#define SLUSS_CARCHIVE_SHIM_H

#include <archive.h>
#include <archive_entry.h>

#endif
