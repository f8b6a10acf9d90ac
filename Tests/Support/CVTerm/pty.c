#define _GNU_SOURCE
#include "CVTerm.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

bool cv_pty_resize(int descriptor, int columns, int rows)
{
  struct winsize size = {.ws_col = (unsigned short)columns, .ws_row = (unsigned short)rows};
  return ioctl(descriptor, TIOCSWINSZ, &size) == 0;
}

int cv_pty_open(int columns, int rows, char *path, size_t room)
{
  int descriptor = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (descriptor < 0) return -1;
  if (grantpt(descriptor) != 0 || unlockpt(descriptor) != 0
      || ptsname_r(descriptor, path, room) != 0 || !cv_pty_resize(descriptor, columns, rows)
      || fcntl(descriptor, F_SETFL, O_NONBLOCK) != 0) {
    close(descriptor);
    return -1;
  }
  return descriptor;
}

int cv_spawn(
  const char *path, char *const arguments[], char *const environment[], const char *directory,
  const char *tty, const char *errors, pid_t *pid)
{
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(
    &attributes, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  if (directory != NULL) posix_spawn_file_actions_addchdir_np(&actions, directory);
  /* The leader of a session gets the first terminal that it opens as its own. */
  posix_spawn_file_actions_addopen(&actions, 0, tty, O_RDWR, 0);
  posix_spawn_file_actions_adddup2(&actions, 0, 1);
  if (errors == NULL) posix_spawn_file_actions_adddup2(&actions, 0, 2);
  else posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT | O_APPEND, 0600);
  /* What the tests have open is none of the program's. */
  posix_spawn_file_actions_addclosefrom_np(&actions, 3);
  int status = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return status;
}
