/* Loaded before libc into the real binary: counts what it asks of the disk below FAULT_ROOT, and at one call does
 * something else. Only for tests/interrupted.rs.
 *
 * FAULT_AT   at which call, from 1; 0 counts and lets all be
 * FAULT_FROM set: at every call from there on
 * FAULT_HOW  kill: the process dies before the call;  half: it dies when a write is half done
 *            run: FAULT_RUN is run by a shell before the call, which is made then
 *            a number: the call fails with this errno
 * FAULT_OPENS set: what opens a file or folder to read counts as well
 * FAULT_LOG  gets a line a call
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static long calls;

static const char *root(void) {
  const char *root = getenv("FAULT_ROOT");
  return root ? root : "/nowhere";
}

/* Where a descriptor leads, when that is below the root. */
static int below(int fd, char *into) {
  char name[64], path[4096];
  snprintf(name, sizeof name, "/proc/self/fd/%d", fd);
  long length = syscall(SYS_readlinkat, AT_FDCWD, name, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  if (into) strcpy(into, path);
  return strncmp(path, root(), strlen(root())) == 0;
}

/* 0: go on. Otherwise errno. Half of a write is asked for by -1. */
static int fault(const char *what, int fd, const char *name) {
  char folder[4096] = "";
  if (!strcmp(what, "open") && !getenv("FAULT_OPENS")) return 0;
  if (!below(fd, folder)) return 0;
  pthread_mutex_lock(&one_at_a_time);
  long call = ++calls;
  const char *log = getenv("FAULT_LOG");
  if (log) {
    char line[9000];
    int length = snprintf(line, sizeof line, "%s %s %s\n", what, folder, name ? name : "");
    int out = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0666);
    if (out >= 0) syscall(SYS_write, out, line, length), syscall(SYS_close, out);
  }
  const char *at = getenv("FAULT_AT"), *how = getenv("FAULT_HOW");
  long wanted = at ? atol(at) : 0;
  int result = 0;
  if (wanted > 0 && (call == wanted || (call > wanted && getenv("FAULT_FROM")))) {
    if (!strcmp(how, "kill")) {
      syscall(SYS_kill, getpid(), SIGKILL);
      for (;;) pause();
    } else if (!strcmp(how, "half")) {
      result = -1;
    } else if (!strcmp(how, "run")) {
      const char *command = getenv("FAULT_RUN");
      pid_t child = fork();
      if (child == 0) {
        unsetenv("LD_PRELOAD");
        execl("/bin/sh", "sh", "-c", command, (char *)0);
        _exit(127);
      }
      int status;
      while (syscall(SYS_wait4, child, &status, 0, 0) < 0 && errno == EINTR) {}
    } else {
      result = atoi(how);
    }
  }
  pthread_mutex_unlock(&one_at_a_time);
  return result;
}

static int half_is_none(int result) {
  if (result == -1) {
    syscall(SYS_kill, getpid(), SIGKILL);
    for (;;) pause();
  }
  return result;
}

#define MAYBE(what, fd, name) \
  do { \
    int wrong = half_is_none(fault(what, fd, name)); \
    if (wrong) { errno = wrong; return -1; } \
  } while (0)

static int opened(int fd, const char *path, int flags, mode_t mode) {
  MAYBE(flags & O_CREAT ? "create" : "open", fd, path);
  return syscall(SYS_openat, fd, path, flags, mode);
}

#define OPENAT(name) \
  int name(int fd, const char *path, int flags, ...) { \
    mode_t mode = 0; \
    if (flags & (O_CREAT | O_TMPFILE)) { va_list all; va_start(all, flags); mode = va_arg(all, mode_t); va_end(all); } \
    return opened(fd, path, flags, mode); \
  }
OPENAT(openat)
OPENAT(openat64)

ssize_t write(int fd, const void *bytes, size_t count) {
  int wrong = fd > 2 ? fault("write", fd, 0) : 0;
  if (wrong == -1) {
    syscall(SYS_write, fd, bytes, count / 2);
    half_is_none(wrong);
  }
  if (wrong) { errno = wrong; return -1; }
  return syscall(SYS_write, fd, bytes, count);
}

int mkdirat(int fd, const char *path, mode_t mode) {
  MAYBE("mkdir", fd, path);
  return syscall(SYS_mkdirat, fd, path, mode);
}

int renameat(int from, const char *old, int to, const char *new) {
  MAYBE("rename", from, new);
  return syscall(SYS_renameat2, from, old, to, new, 0);
}

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
  MAYBE("rename", from, new);
  return syscall(SYS_renameat2, from, old, to, new, flags);
}

int linkat(int from, const char *old, int to, const char *new, int flags) {
  MAYBE("link", from, new);
  return syscall(SYS_linkat, from, old, to, new, flags);
}

int unlinkat(int fd, const char *path, int flags) {
  MAYBE("unlink", fd, path);
  return syscall(SYS_unlinkat, fd, path, flags);
}
