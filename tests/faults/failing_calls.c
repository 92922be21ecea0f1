/* What if the disk fails, or the clock? Preloaded into the program under test (LD_PRELOAD):
 *   FAIL_CALL=write|sync|rename   which calls fail, counted over files below FAIL_BELOW
 *   FAIL_FROM=N                   the Nth and all later ones fail with EIO (the disk has died)
 *   FAIL_ONCE=N                   only the Nth fails
 *   FAIL_BYTES=N                  after N bytes written below FAIL_BELOW the disk is full: ENOSPC
 *   CLOCK_OFFSET=SECONDS          the wall clock is off by so much */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

static atomic_long calls, written;

static int path_matters(const char* path) {
  const char* below = getenv("FAIL_BELOW");
  return below != NULL && strncmp(path, below, strlen(below)) == 0;
}

static int descriptor_matters(int descriptor) {
  char link[64], path[4096];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  const ssize_t n = readlink(link, path, sizeof path - 1);
  if (n < 0) return 0;
  path[n] = 0;
  return path_matters(path);
}

static int fails(const char* call) {
  const char* which = getenv("FAIL_CALL");
  if (which == NULL || strcmp(which, call) != 0) return 0;
  const long number = atomic_fetch_add(&calls, 1) + 1;
  const char* from = getenv("FAIL_FROM");
  const char* once = getenv("FAIL_ONCE");
  if ((from != NULL && number >= atol(from)) || (once != NULL && number == atol(once))) {
    errno = EIO;
    return 1;
  }
  return 0;
}

static int is_full(size_t more) {
  const char* room = getenv("FAIL_BYTES");
  if (room == NULL || atomic_fetch_add(&written, (long)more) + (long)more <= atol(room)) return 0;
  errno = ENOSPC;
  return 1;
}

static size_t bytes_of(const struct iovec* parts, int n) {
  size_t all = 0;
  for (int i = 0; i < n; ++i) all += parts[i].iov_len;
  return all;
}

#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define WRITING(name, parameters, arguments, size)                                          \
  ssize_t name parameters {                                                                 \
    if (descriptor_matters(descriptor) && (fails("write") || is_full(size))) return -1;     \
    return NEXT(name) arguments;                                                            \
  }
WRITING(write, (int descriptor, const void* bytes, size_t n), (descriptor, bytes, n), n)
WRITING(pwrite, (int descriptor, const void* bytes, size_t n, off_t at), (descriptor, bytes, n, at), n)
WRITING(pwrite64, (int descriptor, const void* bytes, size_t n, off64_t at), (descriptor, bytes, n, at), n)
WRITING(writev, (int descriptor, const struct iovec* parts, int n), (descriptor, parts, n), bytes_of(parts, n))

#define SYNCING(name)                                                       \
  int name(int descriptor) {                                                \
    if (descriptor_matters(descriptor) && fails("sync")) return -1;         \
    return NEXT(name)(descriptor);                                          \
  }
SYNCING(fsync)
SYNCING(fdatasync)

int rename(const char* from, const char* to) {
  if (path_matters(to) && fails("rename")) return -1;
  return NEXT(rename)(from, to);
}

int clock_gettime(clockid_t clock, struct timespec* now) {
  const int status = NEXT(clock_gettime)(clock, now);
  const char* offset = getenv("CLOCK_OFFSET");
  if (status == 0 && offset != NULL && clock == CLOCK_REALTIME) now->tv_sec += atol(offset);
  return status;
}

time_t time(time_t* out) {
  struct timespec now;
  clock_gettime(CLOCK_REALTIME, &now);
  if (out != NULL) *out = now.tv_sec;
  return now.tv_sec;
}
