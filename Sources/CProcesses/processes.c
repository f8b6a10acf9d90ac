#define _GNU_SOURCE
#include "CProcesses.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <time.h>
#include <unistd.h>

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

/* The signal comes to the thread that writes (signal(7)): there it is held back, and taken. */
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
  if (written < 0 && error == EPIPE && !sigismember(&pending, SIGPIPE))
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

short cprocesses_flags(int in_new_session)
{
  int flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | KEEP_STANDARD;
  return (short)(in_new_session ? flags | POSIX_SPAWN_SETSID : flags);
}
