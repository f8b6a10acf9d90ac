/* Signals: the ordinary ones become bytes in a pipe, the fatal ones restore the terminal first. */
#define _GNU_SOURCE
#include "CTerminal.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <termios.h>
#include <unistd.h>

static const int caught[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};
static const int fatal[] = {
    SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGQUIT};
enum { CAUGHT = sizeof caught / sizeof *caught, FATAL = sizeof fatal / sizeof *fatal };

static struct sigaction caught_before[CAUGHT], fatal_before[FATAL];
static int pipe_ends[2] = {-1, -1};

static struct {
  volatile sig_atomic_t length;
  int descriptor;
  bool has_settings;
  struct termios settings;
  char bytes[256];
} farewell;

static void note(int signal)
{
  int before = errno;
  unsigned char byte = (unsigned char)signal;
  /* A full pipe holds enough signals to wake the loop. */
  if (write(pipe_ends[1], &byte, 1) < 0) errno = before;
  errno = before;
}

static void die(int signal)
{
  if (farewell.length > 0) {
    if (farewell.has_settings) tcsetattr(farewell.descriptor, TCSANOW, &farewell.settings);
    if (write(farewell.descriptor, farewell.bytes, (size_t)farewell.length) < 0) {
      /* Nothing is left to be done about it. */
    }
    farewell.length = 0;
  }
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
  raise(signal); /* delivered when this handler returns, to whoever had it before us */
}

static void install(const int *signals, struct sigaction *before, int count, void (*handler)(int))
{
  struct sigaction action = {.sa_handler = handler};
  action.sa_flags = handler == note ? SA_RESTART : SA_ONSTACK;
  sigfillset(&action.sa_mask);
  for (int i = 0; i < count; i++) sigaction(signals[i], &action, &before[i]);
}

/* A stack of its own lets the handler run after a stack overflow of the main thread. */
static void provide_stack(void)
{
  static char stack[64 * 1024];
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || !(present.ss_flags & SS_DISABLE)) return;
  stack_t ours = {.ss_sp = stack, .ss_size = sizeof stack};
  sigaltstack(&ours, NULL);
}

int ct_signals_open(void)
{
  if (pipe_ends[0] >= 0) return pipe_ends[0];
  if (pipe2(pipe_ends, O_CLOEXEC | O_NONBLOCK) != 0) return -1;
  provide_stack();
  install(caught, caught_before, CAUGHT, note);
  install(fatal, fatal_before, FATAL, die);
  return pipe_ends[0];
}

void ct_signals_close(void)
{
  if (pipe_ends[0] < 0) return;
  for (int i = 0; i < CAUGHT; i++) sigaction(caught[i], &caught_before[i], NULL);
  for (int i = 0; i < FATAL; i++) sigaction(fatal[i], &fatal_before[i], NULL);
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
  struct sigaction quit = {.sa_handler = lent ? ignore_signal : die};
  quit.sa_flags = lent ? SA_RESTART : SA_ONSTACK;
  sigfillset(&interrupt.sa_mask);
  sigfillset(&stop.sa_mask);
  sigfillset(&quit.sa_mask);
  sigaction(SIGINT, &interrupt, NULL);
  sigaction(SIGTSTP, &stop, NULL);
  sigaction(SIGQUIT, &quit, NULL);
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

void ct_fatal_arm(int descriptor, const char *bytes, size_t length)
{
  farewell.length = 0;
  if (length == 0 || length > sizeof farewell.bytes) return;
  memcpy(farewell.bytes, bytes, length);
  farewell.descriptor = descriptor;
  farewell.has_settings = tcgetattr(descriptor, &farewell.settings) == 0;
  farewell.length = (sig_atomic_t)length;
}

int ct_eventfd(void) { return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK); }
