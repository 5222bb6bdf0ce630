// Preloaded into a process, notes what it writes to the files of one folder, and what it syncs, in order: the raw material of power
// cuts. Told to, it refuses to write there, as a disk does that has become one for reading only.
//
//   POWER_CUT_FOLDER   the folder, without a slash at its end
//   POWER_CUT_LOG      where the notes go: op u8 ('W' write, 'T' truncate, 'S' sync, 'U' unlink), name length u8, data length u32,
//                      offset or size u64, name, data; little endian. Not set: nothing is noted.
//   POWER_CUT_REFUSE   while this file is there, writing fails with EROFS
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t one_at_a_time = PTHREAD_MUTEX_INITIALIZER;
static int log_fd = -2;
static const char *folder;
static const char *refuse;

#define REAL(name) ((__typeof__(&name))real(#name))
static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static void begin(void) {
  if (log_fd != -2) return;
  const char *log = getenv("POWER_CUT_LOG");
  folder = getenv("POWER_CUT_FOLDER");
  refuse = getenv("POWER_CUT_REFUSE");
  log_fd = log ? REAL(open)(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600) : -1;
}

// The file's name within the folder; NULL: it is not there.
static const char *within(const char *path) {
  size_t length = folder ? strlen(folder) : 0;
  if (!length || !path || strncmp(path, folder, length) || path[length] != '/') return NULL;
  return path + length + 1;
}

static const char *name_of(int fd, char *path) {
  begin();
  char link[64];
  snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t length = readlink(link, path, PATH_MAX - 1);
  if (length < 0) return NULL;
  path[length] = 0;
  return within(path);
}

static int refused(const char *name) {
  if (!name || !refuse || access(refuse, F_OK)) return 0;
  errno = EROFS;
  return 1;
}

static void note(char op, const char *name, uint64_t at, const void *data, uint32_t length) {
  if (log_fd < 0 || !name) return;
  int kept = errno;
  unsigned char head[14];
  uint8_t name_length = (uint8_t)strlen(name);
  head[0] = (unsigned char)op;
  head[1] = name_length;
  memcpy(head + 2, &length, 4);
  memcpy(head + 6, &at, 8);
  pthread_mutex_lock(&one_at_a_time);
  ssize_t (*put)(int, const void *, size_t) = REAL(write);
  if (put(log_fd, head, sizeof head) < 0 || put(log_fd, name, name_length) < 0 || (length && put(log_fd, data, length) < 0))
    abort();
  pthread_mutex_unlock(&one_at_a_time);
  errno = kept;
}

ssize_t pwrite64(int fd, const void *data, size_t length, off64_t at) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (refused(name)) return -1;
  ssize_t written = REAL(pwrite64)(fd, data, length, at);
  if (written > 0) note('W', name, (uint64_t)at, data, (uint32_t)written);
  return written;
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t at) { return pwrite64(fd, data, length, at); }

ssize_t write(int fd, const void *data, size_t length) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (refused(name)) return -1;
  off64_t at = name ? lseek64(fd, 0, fcntl(fd, F_GETFL) & O_APPEND ? SEEK_END : SEEK_CUR) : 0;
  ssize_t written = REAL(write)(fd, data, length);
  if (written > 0 && at >= 0) note('W', name, (uint64_t)at, data, (uint32_t)written);
  return written;
}

int ftruncate64(int fd, off64_t size) {
  char path[PATH_MAX];
  const char *name = name_of(fd, path);
  if (refused(name)) return -1;
  int done = REAL(ftruncate64)(fd, size);
  if (!done) note('T', name, (uint64_t)size, NULL, 0);
  return done;
}
int ftruncate(int fd, off_t size) { return ftruncate64(fd, size); }

static int synced(int fd, int done) {
  char path[PATH_MAX];
  if (!done) note('S', name_of(fd, path), 0, NULL, 0);
  return done;
}
int fsync(int fd) { return synced(fd, REAL(fsync)(fd)); }
int fdatasync(int fd) { return synced(fd, REAL(fdatasync)(fd)); }

int unlink(const char *path) {
  begin();
  const char *name = within(path);
  if (refused(name)) return -1;
  int done = REAL(unlink)(path);
  if (!done) note('U', name, 0, NULL, 0);
  return done;
}

static int opened(const char *symbol, const char *path, int flags, mode_t mode) {
  begin();
  if ((flags & (O_CREAT | O_TRUNC)) && access(path, F_OK) && refused(within(path))) return -1;
  int (*open_it)(const char *, int, ...) = (int (*)(const char *, int, ...))real(symbol);
  return open_it(path, flags, mode);
}
#define MODE                                                                                                                   \
  mode_t mode = 0;                                                                                                             \
  if (flags & (O_CREAT | O_TMPFILE)) {                                                                                         \
    va_list more;                                                                                                              \
    va_start(more, flags);                                                                                                     \
    mode = va_arg(more, mode_t);                                                                                               \
    va_end(more);                                                                                                              \
  }
int open(const char *path, int flags, ...) { MODE return opened("open", path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE return opened("open64", path, flags, mode); }
