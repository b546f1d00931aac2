/* Keeps, in SYNCED, each file below WATCHED as it was when it was last synced: what a power cut would leave of it. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The place of a watched path among the synced ones; 0 where it is not watched. */
static int place_of(const char *path, char *out) {
    const char *watched = getenv("BOBINE_WATCHED"), *synced = getenv("BOBINE_SYNCED");
    size_t length = watched ? strlen(watched) : 0;
    if (!length || !synced || strncmp(path, watched, length) || path[length] != '/')
        return 0;
    return snprintf(out, PATH_MAX, "%s%s", synced, path + length) < PATH_MAX;
}

static void make_folders(char *path) {
    for (char *slash = strchr(path + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = 0;
        mkdir(path, 0777);
        *slash = '/';
    }
}

static void keep(int fd) {
    char link[64], path[PATH_MAX], to[PATH_MAX], part[PATH_MAX + 32], block[1 << 16];
    struct stat is;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0 || fstat(fd, &is) || !S_ISREG(is.st_mode))
        return;
    path[length] = 0;
    if (!place_of(path, to))
        return;
    make_folders(to);
    snprintf(part, sizeof part, "%s.%d.part", to, (int)getpid());
    int from = open(path, O_RDONLY), into = open(part, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    ssize_t got = -1;
    while (from >= 0 && into >= 0 && (got = read(from, block, sizeof block)) > 0)
        if (write(into, block, got) != got)
            got = -1;
    close(from);
    close(into);
    int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    if (got == 0)
        real(part, to);
}

int fsync(int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fsync");
    keep(fd);
    return real(fd);
}

int fdatasync(int fd) {
    int (*real)(int) = dlsym(RTLD_NEXT, "fdatasync");
    keep(fd);
    return real(fd);
}

int rename(const char *from, const char *to) {
    int (*real)(const char *, const char *) = dlsym(RTLD_NEXT, "rename");
    char a[PATH_MAX], b[PATH_MAX];
    if (place_of(from, a) && place_of(to, b)) {
        make_folders(b);
        real(a, b);
    }
    return real(from, to);
}
