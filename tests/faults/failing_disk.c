/* A disk that fails once: the n-th call on a file below FAULT_ROOT returns EIO (or FAULT_ERRNO). Preloaded into a process.
   FAULT_AT: which call, from 1; 0 for none. FAULT_COUNT: a file that takes how many there were.
   A forked process begins and finishes by itself: it has its environment later, and ends without destructors. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static const char *root;
static long at;
static int failure;
static volatile long calls;

__attribute__((constructor)) void failing_disk_begin(void) {
    const char *wanted = getenv("FAULT_AT"), *code = getenv("FAULT_ERRNO");
    root = getenv("FAULT_ROOT");
    at = wanted ? atol(wanted) : 0;
    failure = code ? atoi(code) : EIO;
    calls = 0;
}

__attribute__((destructor)) void failing_disk_finish(void) {
    const char *name = getenv("FAULT_COUNT");
    FILE *out = name ? fopen(name, "a") : NULL;
    if (out) {
        fprintf(out, "%ld\n", calls);
        fclose(out);
    }
}

static int below(const char *path) { return root && path && strncmp(path, root, strlen(root)) == 0; }

static int below_fd(int fd) {
    char link[64], target[PATH_MAX];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, target, sizeof target - 1);
    if (length < 0) return 0;
    target[length] = 0;
    return below(target);
}

static int fails(int ours) {
    if (!ours || __sync_add_and_fetch(&calls, 1) != at) return 0;
    errno = failure;
    return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

#define OPEN(name)                                                   \
    int name(const char *path, int flags, ...) {                     \
        va_list more;                                                \
        va_start(more, flags);                                       \
        mode_t mode = va_arg(more, mode_t);                          \
        va_end(more);                                                \
        if (fails(below(path))) return -1;                           \
        return REAL(name)(path, flags, mode);                        \
    }
OPEN(open)
OPEN(open64)

ssize_t read(int fd, void *to, size_t size) { return fails(below_fd(fd)) ? -1 : REAL(read)(fd, to, size); }
ssize_t write(int fd, const void *from, size_t size) { return fails(below_fd(fd)) ? -1 : REAL(write)(fd, from, size); }
int fsync(int fd) { return fails(below_fd(fd)) ? -1 : REAL(fsync)(fd); }
int rename(const char *from, const char *to) { return fails(below(to)) ? -1 : REAL(rename)(from, to); }
int unlink(const char *path) { return fails(below(path)) ? -1 : REAL(unlink)(path); }
int mkdir(const char *path, mode_t mode) { return fails(below(path)) ? -1 : REAL(mkdir)(path, mode); }
DIR *opendir(const char *path) { return fails(below(path)) ? NULL : REAL(opendir)(path); }
