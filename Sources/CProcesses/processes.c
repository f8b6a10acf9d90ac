#define _GNU_SOURCE
#include "CProcesses.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#ifdef __APPLE__

/* macOS has no pipe2(2): children are kept from the ends by POSIX_SPAWN_CLOEXEC_DEFAULT below. */
int cprocesses_pipe(int ends[2])
{
  if (pipe(ends) != 0) return -1;
  for (int i = 0; i < 2; i++) fcntl(ends[i], F_SETFD, FD_CLOEXEC);
  return 0;
}

ssize_t cprocesses_write(int end, const void *bytes, size_t count)
{
  fcntl(end, F_SETNOSIGPIPE, 1);
  return write(end, bytes, count);
}

int cprocesses_keep_standard(posix_spawn_file_actions_t *actions)
{
  for (int i = 0; i < 3; i++) {
    int code = posix_spawn_file_actions_addinherit_np(actions, i);
    if (code != 0) return code;
  }
  return 0;
}

enum { KEEP_STANDARD = POSIX_SPAWN_CLOEXEC_DEFAULT };

#else

int cprocesses_pipe(int ends[2]) { return pipe2(ends, O_CLOEXEC); }

/* The signal comes to the thread that writes (signal(7)): there it is held back, and taken. It comes also with a
   write that is reported as partly done, where the reader goes in its middle (pipe_write of Linux 6.1). */
ssize_t cprocesses_write(int end, const void *bytes, size_t count)
{
  sigset_t broken, before, pending;
  struct timespec now = {0};
  sigemptyset(&broken);
  sigaddset(&broken, SIGPIPE);
  sigpending(&pending);
  pthread_sigmask(SIG_BLOCK, &broken, &before);
  ssize_t written = write(end, bytes, count);
  int error = errno;
  if (written < (ssize_t)count && !sigismember(&pending, SIGPIPE))
    sigtimedwait(&broken, NULL, &now);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return written;
}

int cprocesses_keep_standard(posix_spawn_file_actions_t *actions)
{
#ifdef __GLIBC__
  return posix_spawn_file_actions_addclosefrom_np(actions, 3);
#else
  (void)actions;
  return 0;
#endif
}

enum { KEEP_STANDARD = 0 };

#endif

short cprocesses_flags(enum cprocesses_place place)
{
  int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | KEEP_STANDARD;
  if (place == CPROCESSES_IN_GROUP) flags |= POSIX_SPAWN_SETPGROUP;
  if (place == CPROCESSES_IN_SESSION) flags |= POSIX_SPAWN_SETSID;
  return (short)flags;
}

int cprocesses_set_foreground(int terminal, pid_t group)
{
  sigset_t output, before;
  sigemptyset(&output);
  sigaddset(&output, SIGTTOU);
  pthread_sigmask(SIG_BLOCK, &output, &before);
  int result = tcsetpgrp(terminal, group), error = errno;
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  errno = error;
  return result;
}

int cprocesses_take_foreground(posix_spawn_file_actions_t *actions, int terminal)
{
#ifdef __GLIBC__
#if __GLIBC_PREREQ(2, 35)
  return posix_spawn_file_actions_addtcsetpgrp_np(actions, terminal);
#endif
#endif
  (void)actions, (void)terminal;
  return 0;
}

void cprocesses_stop(void)
{
  struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL}, before;
  sigset_t stop, mask;
  sigemptyset(&stop);
  sigaddset(&stop, SIGTSTP);
  /* The group first, then this process by its thread: that has happened when raise() returns. */
  sigaction(SIGTSTP, &ignore, &before);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &standard, NULL);
  /* libdispatch's threads hold signals back. */
  pthread_sigmask(SIG_UNBLOCK, &stop, &mask);
  raise(SIGTSTP);
  pthread_sigmask(SIG_SETMASK, &mask, NULL);
  sigaction(SIGTSTP, &before, NULL);
}

void cprocesses_use_one_arena(void)
{
#ifdef __GLIBC__
  mallopt(M_ARENA_MAX, 1);
#endif
}
