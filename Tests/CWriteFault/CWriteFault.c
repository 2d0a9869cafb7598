#define _GNU_SOURCE
#include "CWriteFault.h"

#include <errno.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <unistd.h>

static atomic_int failing = -1;
static atomic_int failed;

static ssize_t write_or_fail(int descriptor, const void *bytes, size_t count, off_t start) {
    int wanted = descriptor;
    if (descriptor >= 0 && atomic_compare_exchange_strong(&failing, &wanted, -1)) {
        atomic_fetch_add(&failed, 1);
        errno = ENOSPC;
        return -1;
    }
    return pwrite(descriptor, bytes, count, start);
}

static void install(void) {
    sqlite3_vfs *vfs = sqlite3_vfs_find("unix");
    vfs->xSetSystemCall(vfs, "pwrite", (sqlite3_syscall_ptr)write_or_fail);
    vfs->xSetSystemCall(vfs, "pwrite64", (sqlite3_syscall_ptr)write_or_fail);
}

int sluss_fail_next_write(int descriptor) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, install);
    atomic_store(&failing, descriptor);
    return atomic_exchange(&failed, 0);
}
