/* Stands in the place of ffmpeg: asks the one that waits beside it, and ends as that run ends.
   What a fork cannot take over (limits, other files, preloaded libraries) is run by the real one, named REAL. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>
#include "asked.h"

static volatile int run;

static void hand_on(int number)
{
    if (run > 0)
        kill(run, number);
}

static int needs_a_process_of_its_own(void)
{
    static const int limits[] = {RLIMIT_FSIZE, RLIMIT_AS, RLIMIT_CPU, RLIMIT_DATA};
    struct rlimit limit;
    for (size_t n = 0; n < sizeof limits / sizeof *limits; n++)
        if (getrlimit(limits[n], &limit) || limit.rlim_cur != RLIM_INFINITY)
            return 1;
    for (int file = 0; file < 32; file++)
        if ((fcntl(file, F_GETFD) >= 0) != (file < 3))
            return 1;
    return getenv("LD_PRELOAD") != 0;
}

static int connected(void)
{
    char own[PATH_MAX] = "";
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    struct ucred other;
    socklen_t size = sizeof other;
    if (readlink("/proc/self/exe", own, sizeof own - 1) < 0)
        return -1;
    if (snprintf(address.sun_path, sizeof address.sun_path, "%s/socket", dirname(own)) >= (int)sizeof address.sun_path)
        return -1;
    int found = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (found < 0 || connect(found, (struct sockaddr *)&address, sizeof address))
        return -1;
    return getsockopt(found, SOL_SOCKET, SO_PEERCRED, &other, &size) || other.uid != geteuid() ? -1 : found;
}

static int give(int to, const char *from, size_t size)
{
    while (size) {
        ssize_t given = send(to, from, size, MSG_NOSIGNAL);
        if (given <= 0)
            return -1;
        from += given, size -= given;
    }
    return 0;
}

static int all_of(int connection, int *value)
{
    ssize_t got;
    while ((got = recv(connection, value, sizeof *value, MSG_WAITALL)) < 0 && errno == EINTR)
        ;
    return got == sizeof *value ? 0 : -1;
}

static int ask(int connection, char **words, char **variables)
{
    char folder[PATH_MAX], control[CMSG_SPACE(3 * sizeof(int))] = {0};
    if (!getcwd(folder, sizeof folder))
        return -1;
    struct asked asked = {.mask = umask(0), .nice = getpriority(PRIO_PROCESS, 0), .bytes = strlen(folder) + 1};
    umask(asked.mask);
    for (; words[asked.words]; asked.words++)
        asked.bytes += strlen(words[asked.words]) + 1;
    for (; variables[asked.variables]; asked.variables++)
        asked.bytes += strlen(variables[asked.variables]) + 1;
    struct iovec part = {&asked, sizeof asked};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    head->cmsg_level = SOL_SOCKET, head->cmsg_type = SCM_RIGHTS, head->cmsg_len = CMSG_LEN(3 * sizeof(int));
    memcpy(CMSG_DATA(head), (int[]){0, 1, 2}, 3 * sizeof(int));
    if (sendmsg(connection, &message, MSG_NOSIGNAL) < 0 || give(connection, folder, strlen(folder) + 1))
        return -1;
    for (int n = 0; n < asked.words; n++)
        if (give(connection, words[n], strlen(words[n]) + 1))
            return -1;
    for (int n = 0; n < asked.variables; n++)
        if (give(connection, variables[n], strlen(variables[n]) + 1))
            return -1;
    return 0;
}

int main(int argc, char **argv, char **variables)
{
    (void)argc;
    int connection = needs_a_process_of_its_own() ? -1 : connected();
    int pid, status = 0;
    if (connection < 0) {
        execve(REAL, argv, variables);
        return 127;
    }
    static const int handed_on[] = {SIGTERM, SIGINT, SIGHUP, SIGQUIT, SIGUSR1, SIGUSR2};
    for (size_t n = 0; n < sizeof handed_on / sizeof *handed_on; n++)
        signal(handed_on[n], hand_on);
    if (all_of(connection, &pid))
        return 126;
    run = pid;
    if (ask(connection, argv, variables))
        return 126;
    for (int file = 0; file < 3; file++)
        close(file);
    if (all_of(connection, &status))
        return 126;
    if (WIFSIGNALED(status)) {
        signal(WTERMSIG(status), SIG_DFL);
        kill(getpid(), WTERMSIG(status));
    }
    return WEXITSTATUS(status);
}
