#ifndef SLUSS_CCURSES_SHIM_H
#define SLUSS_CCURSES_SHIM_H

#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include <curses.h>
#include <langinfo.h>
#include <signal.h>
#include <sys/signalfd.h>
#include <locale.h>
#include <wchar.h>

/* Globals and macros that Swift does not import. */
static inline WINDOW *sluss_screen(void) { return stdscr; }
static inline attr_t sluss_bold(void) { return A_BOLD; }
static inline attr_t sluss_dim(void) { return A_DIM; }
static inline attr_t sluss_reverse(void) { return A_REVERSE; }
static inline attr_t sluss_color(int pair) { return COLOR_PAIR(pair); }
static inline int sluss_key_code(void) { return KEY_CODE_YES; }

/* <term.h> has this, and macros named `lines` and `columns`. */
extern int setupterm(const char *name, int descriptor, int *status);
static inline int sluss_knows_terminal(const char *name)
{
    int status = 0;
    return setupterm(name, 1, &status) == OK;
}

/* Glibc's overlay in Swift lacks <sys/signalfd.h>. */
static inline int sluss_signal_file(const sigset_t *signals)
{
    return signalfd(-1, signals, SFD_CLOEXEC | SFD_NONBLOCK);
}

#endif
