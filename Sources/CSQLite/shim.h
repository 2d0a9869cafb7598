#ifndef SLUSS_CSQLITE_SHIM_H
#define SLUSS_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <sys/vfs.h>

/* sqlite3_db_config is variadic, which Swift does not import. */
static inline int sluss_sqlite_defensive(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/* statfs(2) is in no module of the toolchain: the type of the file system, or 0 if unknown. */
static inline unsigned long sluss_file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (unsigned long)status.f_type : 0;
}

#endif
