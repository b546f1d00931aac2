/* Loaded into an ffmpeg: once all its libraries are in place it waits, and forks for each call that asks for a run. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>
#include "asked.h"

enum { MOST = 64 };

typedef int (*entry)(int, char **, char **);

static entry real_main;
static struct { int pid, connection; } running[MOST];
static int count;

static int take(int from, void *to, size_t size)
{
    for (char *at = to; size;) {
        ssize_t got = read(from, at, size);
        if (got <= 0)
            return -1;
        at += got, size -= got;
    }
    return 0;
}

static int asked_by(int connection, struct asked *asked, int *files)
{
    char control[CMSG_SPACE(3 * sizeof(int))];
    struct iovec part = {asked, sizeof *asked};
    struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1, .msg_control = control, .msg_controllen = sizeof control};
    if (recvmsg(connection, &message, MSG_WAITALL) != (ssize_t)sizeof *asked)
        return -1;
    struct cmsghdr *head = CMSG_FIRSTHDR(&message);
    if (!head || head->cmsg_type != SCM_RIGHTS || head->cmsg_len != CMSG_LEN(3 * sizeof(int)))
        return -1;
    memcpy(files, CMSG_DATA(head), 3 * sizeof(int));
    return 0;
}

/* Becomes the run that is asked for; returns the exit code of ffmpeg's main. */
static int become(int connection)
{
    struct asked asked;
    int files[3];
    if (asked_by(connection, &asked, files))
        _exit(126);
    char *texts = malloc(asked.bytes), **words = calloc(asked.words + asked.variables + 2, sizeof *words);
    if (!texts || !words || take(connection, texts, asked.bytes))
        _exit(126);
    char *folder = texts, *at = texts + strlen(texts) + 1;
    char **variables = words + asked.words + 1;
    for (int n = 0; n < asked.words; n++, at += strlen(at) + 1)
        words[n] = at;
    for (int n = 0; n < asked.variables; n++, at += strlen(at) + 1)
        variables[n] = at;
    if (chdir(folder))
        _exit(126);
    umask(asked.mask);
    setpriority(PRIO_PROCESS, 0, asked.nice);
    for (int n = 0; n < 3; n++)
        dup2(files[n], n);
    close_range(3, ~0U, 0);
    environ = variables;
    return real_main(asked.words, words, variables);
}

static int listening(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    strncpy(address.sun_path, path, sizeof address.sun_path - 1);
    int found = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (found < 0 || bind(found, (struct sockaddr *)&address, sizeof address) || listen(found, MOST))
        _exit(125);
    return found;
}

static void forget(int n)
{
    close(running[n].connection);
    running[n] = running[--count];
}

static void tell_the_ended(void)
{
    int status;
    for (int pid; (pid = waitpid(-1, &status, WNOHANG)) > 0;)
        for (int n = 0; n < count; n++)
            if (running[n].pid == pid) {
                send(running[n].connection, &status, sizeof status, MSG_NOSIGNAL);
                forget(n);
                break;
            }
}

static int serve(int argc, char **argv, char **variables)
{
    (void)argc, (void)argv, (void)variables;
    int asking = listening(getenv("WAITING_SOCKET"));
    sigset_t ended, before;
    sigemptyset(&ended);
    sigaddset(&ended, SIGCHLD);
    sigprocmask(SIG_BLOCK, &ended, &before);
    int ends = signalfd(-1, &ended, SFD_CLOEXEC | SFD_NONBLOCK);
    for (;;) {
        struct pollfd waited[MOST + 2] = {{asking, count < MOST ? POLLIN : 0, 0}, {ends, POLLIN, 0}};
        for (int n = 0; n < count; n++)
            waited[n + 2] = (struct pollfd){running[n].connection, POLLRDHUP, 0};
        if (poll(waited, count + 2, -1) < 0)
            continue;
        for (int n = count; n-- > 0;)
            if (waited[n + 2].revents & (POLLHUP | POLLRDHUP | POLLERR))
                kill(running[n].pid, SIGKILL); /* who asked was killed */
        if (waited[1].revents) {
            struct signalfd_siginfo info;
            while (read(ends, &info, sizeof info) > 0)
                ;
            tell_the_ended();
        }
        if (!(waited[0].revents & POLLIN))
            continue;
        int connection = accept4(asking, 0, 0, SOCK_CLOEXEC);
        if (connection < 0)
            continue;
        int server = getpid(), pid = fork();
        if (!pid) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            if (getppid() != server)
                _exit(126);
            sigprocmask(SIG_SETMASK, &before, 0);
            return become(connection);
        }
        if (pid < 0) {
            close(connection);
            continue;
        }
        send(connection, &pid, sizeof pid, MSG_NOSIGNAL);
        running[count].pid = pid, running[count++].connection = connection;
    }
}

int __libc_start_main(entry main, int argc, char **argv, void (*init)(void), void (*fini)(void),
                      void (*rtld_fini)(void), void *stack_end)
{
    int (*next)(entry, int, char **, void (*)(void), void (*)(void), void (*)(void), void *);
    next = dlsym(RTLD_NEXT, "__libc_start_main");
    real_main = main;
    return next(serve, argc, argv, init, fini, rtld_fini, stack_end);
}
