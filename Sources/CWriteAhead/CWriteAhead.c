#include "CWriteAhead.h"

#include <pthread.h>
#include <sqlite3.h>
#include <stddef.h>
#include <string.h>

// What is put together before it is written. SQLite's own writing takes less than 128 KiB at a time
// (`seekAndWriteFd` in os_unix.c).
#define BYTES_MAX (120 * 1024)

// sqlite.org/fileformat2.html, 4.2: a frame's header, and where in it a commit has something else
// than zeros.
#define FRAME_HEADER_BYTES 24
#define COMMIT_START 4
#define COMMIT_END 8

// The lock that whoever writes to the log holds (sqlite.org/walformat.html, 2.3.1).
#define WRITE_LOCK 0

// A database's file or its write-ahead log. The file of the system's own VFS lies behind it.
typedef struct wrapped {
    sqlite3_file base;
    // Of a database: its log, while that is open. Of a log: its database.
    struct wrapped *other;
    // Of a log: what has been put together, and where the first of it belongs.
    unsigned char *bytes;
    int count;
    sqlite3_int64 start;
    // Of a log: whether a frame that commits is being written, or has been in this transaction. What
    // may follow one is written in pieces that look like anything.
    int commits;
} wrapped;

static sqlite3_vfs *system_vfs;
static sqlite3_vfs vfs;

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((wrapped *)file + 1); }

static const sqlite3_io_methods *real_methods(sqlite3_file *file) {
    return real(file)->pMethods;
}

// Hands on what has been put together. If that fails it is kept, and whatever is done next tries it
// again: SQLite may take back no more than the statement that has met the error.
static int hand_on(sqlite3_file *file) {
    wrapped *log = (wrapped *)file;
    if (log->count == 0) return SQLITE_OK;
    int outcome = real_methods(file)->xWrite(real(file), log->bytes, log->count, log->start);
    if (outcome == SQLITE_OK) log->count = 0;
    return outcome;
}

// The transaction is at its end, or has failed in writing and will be taken back.
static void drop(wrapped *log) {
    if (log == NULL) return;
    log->count = 0;
    log->commits = 0;
}

static int is_zero(const unsigned char *bytes, int start, int end) {
    for (int place = start; place < end; place++) {
        if (bytes[place] != 0) return 0;
    }
    return 1;
}

static int file_write(sqlite3_file *file, const void *bytes, int count, sqlite3_int64 start) {
    wrapped *log = (wrapped *)file;
    if (log->bytes == NULL) return real_methods(file)->xWrite(real(file), bytes, count, start);
    if (log->count > 0
        && (start != log->start + log->count || count > BYTES_MAX - log->count)) {
        int outcome = hand_on(file);
        if (outcome != SQLITE_OK) {
            drop(log);
            return outcome;
        }
    }
    if (count == FRAME_HEADER_BYTES && !is_zero(bytes, COMMIT_START, COMMIT_END)) {
        log->commits = 1;
    }
    if (count > BYTES_MAX) return real_methods(file)->xWrite(real(file), bytes, count, start);
    if (log->count == 0) log->start = start;
    memcpy(log->bytes + log->count, bytes, (size_t)count);
    log->count += count;
    if (!log->commits) return SQLITE_OK;
    // Others may look for a frame that commits as soon as it is written, synced or not.
    int outcome = hand_on(file);
    if (outcome != SQLITE_OK) drop(log);
    return outcome;
}

static int file_read(sqlite3_file *file, void *bytes, int count, sqlite3_int64 start) {
    int outcome = hand_on(file);
    if (outcome != SQLITE_OK) return outcome;
    return real_methods(file)->xRead(real(file), bytes, count, start);
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size) {
    int outcome = hand_on(file);
    return outcome != SQLITE_OK ? outcome : real_methods(file)->xTruncate(real(file), size);
}

static int file_sync(sqlite3_file *file, int flags) {
    int outcome = hand_on(file);
    return outcome != SQLITE_OK ? outcome : real_methods(file)->xSync(real(file), flags);
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size) {
    int outcome = hand_on(file);
    return outcome != SQLITE_OK ? outcome : real_methods(file)->xFileSize(real(file), size);
}

static int file_control(sqlite3_file *file, int what, void *argument) {
    int outcome = hand_on(file);
    if (outcome != SQLITE_OK) return outcome;
    return real_methods(file)->xFileControl(real(file), what, argument);
}

// What is still there has not been committed, and others may have written in its place.
static int file_close(sqlite3_file *file) {
    wrapped *closing = (wrapped *)file;
    if (closing->other != NULL) closing->other->other = NULL;
    sqlite3_free(closing->bytes);
    closing->bytes = NULL;
    return real_methods(file)->xClose(real(file));
}

// Whoever lets go of the log for writing has committed, or taken back what is still there.
static int file_shm_lock(sqlite3_file *file, int first, int count, int flags) {
    wrapped *database = (wrapped *)file;
    int lets_go = (flags & SQLITE_SHM_UNLOCK) != 0 && (flags & SQLITE_SHM_EXCLUSIVE) != 0
                  && first == WRITE_LOCK;
    if (lets_go) drop(database->other);
    return real_methods(file)->xShmLock(real(file), first, count, flags);
}

// Without shared memory (`locking_mode=EXCLUSIVE`) this is how the log is let go of.
static int file_unlock(sqlite3_file *file, int level) {
    drop(((wrapped *)file)->other);
    return real_methods(file)->xUnlock(real(file), level);
}

// The rest is the system's.

static int file_lock(sqlite3_file *file, int level) {
    return real_methods(file)->xLock(real(file), level);
}

static int file_is_reserved(sqlite3_file *file, int *is_reserved) {
    return real_methods(file)->xCheckReservedLock(real(file), is_reserved);
}

static int file_sector_size(sqlite3_file *file) {
    return real_methods(file)->xSectorSize(real(file));
}

static int file_device(sqlite3_file *file) {
    return real_methods(file)->xDeviceCharacteristics(real(file));
}

static int file_shm_map(sqlite3_file *file, int page, int size, int extends, void volatile **at) {
    return real_methods(file)->xShmMap(real(file), page, size, extends, at);
}

static void file_shm_barrier(sqlite3_file *file) { real_methods(file)->xShmBarrier(real(file)); }

static int file_shm_unmap(sqlite3_file *file, int deletes) {
    return real_methods(file)->xShmUnmap(real(file), deletes);
}

static int file_fetch(sqlite3_file *file, sqlite3_int64 start, int count, void **at) {
    return real_methods(file)->xFetch(real(file), start, count, at);
}

static int file_unfetch(sqlite3_file *file, sqlite3_int64 start, void *at) {
    return real_methods(file)->xUnfetch(real(file), start, at);
}

static const sqlite3_io_methods methods = {
    .iVersion = 3,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector_size,
    .xDeviceCharacteristics = file_device,
    .xShmMap = file_shm_map,
    .xShmLock = file_shm_lock,
    .xShmBarrier = file_shm_barrier,
    .xShmUnmap = file_shm_unmap,
    .xFetch = file_fetch,
    .xUnfetch = file_unfetch,
};

static int open_file(sqlite3_vfs *ours, const char *name, sqlite3_file *file, int flags,
                     int *flags_out) {
    (void)ours;
    if ((flags & (SQLITE_OPEN_MAIN_DB | SQLITE_OPEN_WAL)) == 0) {
        return system_vfs->xOpen(system_vfs, name, file, flags, flags_out);
    }
    wrapped *opening = (wrapped *)file;
    memset(file, 0, (size_t)vfs.szOsFile);
    int outcome = system_vfs->xOpen(system_vfs, name, real(file), flags, flags_out);
    if (outcome == SQLITE_OK && real_methods(file)->iVersion < methods.iVersion) {
        // Not the way to files that this was made for.
        outcome = SQLITE_MISUSE;
    }
    if (outcome == SQLITE_OK && (flags & SQLITE_OPEN_WAL) != 0) {
        opening->bytes = sqlite3_malloc(BYTES_MAX);
        if (opening->bytes == NULL) outcome = SQLITE_NOMEM;
    }
    if (outcome != SQLITE_OK) {
        if (real_methods(file) != NULL) real_methods(file)->xClose(real(file));
        memset(file, 0, (size_t)vfs.szOsFile);
        return outcome;
    }
    if (opening->bytes != NULL) {
        // A connection opens both by the same way.
        opening->other = (wrapped *)sqlite3_database_file_object(name);
        opening->other->other = opening;
    }
    opening->base.pMethods = &methods;
    return SQLITE_OK;
}

static int outcome_of_registering;

static void register_once(void) {
    outcome_of_registering = SQLITE_ERROR;
    system_vfs = sqlite3_vfs_find(NULL);
    if (system_vfs == NULL) return;
    vfs = *system_vfs;
    // What a later SQLite may add behind is not ours to pass on.
    if (vfs.iVersion > 3) vfs.iVersion = 3;
    vfs.zName = "sluss";
    vfs.pNext = NULL;
    vfs.szOsFile = system_vfs->szOsFile + (int)sizeof(wrapped);
    vfs.xOpen = open_file;
    outcome_of_registering = sqlite3_vfs_register(&vfs, 1);
}

int sluss_write_ahead_register(void) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_once);
    return outcome_of_registering;
}
