#ifndef SLUSS_CSQLITE_SHIM_H
#define SLUSS_CSQLITE_SHIM_H

#include <sqlite3.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <sys/vfs.h>
#include <unistd.h>

/* sqlite3_db_config is variadic, which Swift does not import. */
static inline int sluss_sqlite_defensive(sqlite3 *db) {
    return sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 1, (int *)0);
}

/* A macro with a cast, which Swift does not import either. */
static inline sqlite3_destructor_type sluss_sqlite_transient(void) { return SQLITE_TRANSIENT; }

/* A text that is there although it is empty: a null pointer would be bound as NULL. */
static inline const char *sluss_empty_text(void) { return ""; }

/* statfs(2) is in no module of the toolchain: the type of the file system, or 0 if unknown. */
static inline unsigned long sluss_file_system_type(const char *path) {
    struct statfs status;
    return statfs(path, &status) == 0 ? (unsigned long)status.f_type : 0;
}

/* renameat2(2) with RENAME_EXCHANGE is not declared without _GNU_SOURCE: gives two folders each
   other's name, in one step. */
static inline int sluss_exchange(const char *one, const char *other) {
    return (int)syscall(SYS_renameat2, AT_FDCWD, one, AT_FDCWD, other, 2);
}

#endif
