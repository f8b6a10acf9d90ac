/* Signals that the loop answers become bytes in a pipe; fatal.c has those that end the program. */
#define _GNU_SOURCE
#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <sys/eventfd.h>
#include <unistd.h>

static const int caught[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};
enum { CAUGHT = sizeof caught / sizeof *caught };

static struct sigaction caught_before[CAUGHT];
static int pipe_ends[2] = {-1, -1};

void signals_let_in(const int *signals, size_t count)
{
  sigset_t set;
  sigemptyset(&set);
  for (size_t i = 0; i < count; i++) sigaddset(&set, signals[i]);
  pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void note(int signal)
{
  int before = errno;
  unsigned char byte = (unsigned char)signal;
  /* A full pipe holds enough signals to wake the loop. */
  if (write(pipe_ends[1], &byte, 1) < 0) errno = before;
  errno = before;
}

int ct_signals_open(void)
{
  if (pipe_ends[0] >= 0) return pipe_ends[0];
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  struct sigaction action = {.sa_handler = note, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i], &action, &caught_before[i]);
  signals_let_in(caught, CAUGHT);
  fatal_open();
  return pipe_ends[0];
}

void ct_signals_close(void)
{
  if (pipe_ends[0] < 0) return;
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i], &caught_before[i], NULL);
  fatal_close();
  close(pipe_ends[0]);
  close(pipe_ends[1]);
  pipe_ends[0] = pipe_ends[1] = -1;
}

int ct_signals_next(void)
{
  unsigned char byte;
  return pipe_ends[0] >= 0 && read(pipe_ends[0], &byte, 1) == 1 ? byte : 0;
}

static void ignore_signal(int signal) { (void)signal; }

void ct_signals_lend(bool lent)
{
  if (pipe_ends[0] < 0) return;
  /* A handler, not SIG_IGN: what is ignored stays ignored in the programs that are started. */
  struct sigaction interrupt = {.sa_handler = lent ? ignore_signal : note, .sa_flags = SA_RESTART};
  struct sigaction stop = {.sa_handler = lent ? SIG_DFL : note, .sa_flags = SA_RESTART};
  struct sigaction quit = {.sa_handler = ignore_signal, .sa_flags = SA_RESTART};
  sigfillset(&interrupt.sa_mask);
  sigfillset(&stop.sa_mask);
  sigfillset(&quit.sa_mask);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGTSTP, &stop, NULL);
  if (lent) sigaction(SIGQUIT, &quit, NULL);
  else fatal_catch_quit();
}

void ct_signals_stop(void)
{
  struct sigaction ignore = {.sa_handler = SIG_IGN}, standard = {.sa_handler = SIG_DFL}, before;
  /* The group first, ourselves last and by thread: a signal to the whole process could be delivered
   * by another thread only after our handler is back, and stop us again. */
  sigaction(SIGTSTP, &ignore, &before);
  kill(0, SIGTSTP);
  sigaction(SIGTSTP, &standard, NULL);
  raise(SIGTSTP);
  sigaction(SIGTSTP, &before, NULL);
}

static const int interrupting[] = {SIGINT, SIGTERM, SIGHUP};
enum { INTERRUPTING = sizeof interrupting / sizeof *interrupting };

static struct sigaction interrupting_before[INTERRUPTING];
/* Never closed: a handler may still be about to write. */
static int interruption_ends[2] = {-1, -1};
static atomic_int interruptions;

static void interrupt(int signal)
{
  int before = errno;
  unsigned char byte = (unsigned char)signal;
  if (atomic_fetch_add(&interruptions, 1) > 0) _exit(128 + signal);
  if (write(interruption_ends[1], &byte, 1) < 0) errno = before;
  errno = before;
}

int ct_interruption_open(void)
{
  if (interruption_ends[0] < 0 && pipe2(interruption_ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  struct sigaction action = {.sa_handler = interrupt, .sa_flags = SA_RESTART};
  sigfillset(&action.sa_mask);
  atomic_store(&interruptions, 0);
  for (int i = 0; i < INTERRUPTING; i++) {
    sigaction(interrupting[i], NULL, &interrupting_before[i]);
    if (interrupting_before[i].sa_handler != SIG_IGN) sigaction(interrupting[i], &action, NULL);
  }
  signals_let_in(interrupting, INTERRUPTING);
  return interruption_ends[0];
}

void ct_interruption_close(void)
{
  for (int i = 0; i < INTERRUPTING; i++) sigaction(interrupting[i], &interrupting_before[i], NULL);
  for (unsigned char byte; read(interruption_ends[0], &byte, 1) == 1;) {}
}

int ct_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
