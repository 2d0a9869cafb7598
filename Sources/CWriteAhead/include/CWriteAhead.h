#ifndef SLUSS_CWRITEAHEAD_H
#define SLUSS_CWRITEAHEAD_H

// Makes the default way to files of SQLite in this process (sqlite.org/vfs.html) one that writes a
// write-ahead log in few large pieces: SQLite hands each page over as two small ones, 24 bytes and the
// page, and their system calls are a tenth of what a merge takes.
//
// Only what is written to a write-ahead log in succession is put together, and it never outlives what
// it is part of:
//
// - it is handed on before anything else is done with the log: a sync, a read, a change of its length;
// - a frame that commits is handed on at once: others look for it as soon as SQLite says that it is
//   there, in the other modes of `synchronous` before any sync;
// - what is left when the lock for writing is let go, or when the log is closed, belongs to a
//   transaction that was taken back; it is dropped, since others may write there now;
// - what could not be handed on is kept and tried again as long as the transaction may go on.
//
// So after each commit the files are what they would be without this, and an error in writing comes
// out before SQLite says that a transaction is committed.
//
// Called before the first connection is opened, from any thread and as often as one likes. Returns
// SQLITE_OK or SQLite's error; then files are written as they were.
int sluss_write_ahead_register(void);

#endif
