/*
 * Fatal signals: the terminal is given back, then the signal takes its default course.
 *
 * The handler uses async-signal-safe calls only (POSIX.1-2017 2.4.3) on bytes that were put together
 * beforehand. It runs on a stack of its own, so that a stack overflow reaches it, and never hands
 * the signal to whoever had it before: Swift's backtracer would ask its questions on the terminal.
 */
#define _GNU_SOURCE
#include "shared.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* ---- What is given back --------------------------------------------------------------------- */

/* Line settings and descriptor; they stay what they are while `level` is above NOTHING. */
static struct {
  int descriptor;
  bool has_settings;
  struct termios settings;
} line;

/* How much of the terminal is the program's at the moment. */
enum { NOTHING, SETTINGS, SCREEN };
static volatile sig_atomic_t level = NOTHING;

/* The bytes that leave the screen, twice: one is composed while the handler may need the other. */
static struct {
  char bytes[2048];
  size_t length;
} farewells[2];
static volatile sig_atomic_t current;

/* The parts that they are composed of. */
static struct part {
  char bytes[512];
  size_t length;
} modes, screen, message;

static size_t append(size_t used, const char *bytes, size_t length, int slot)
{
  if (used + length > sizeof farewells[slot].bytes) return used;
  memcpy(farewells[slot].bytes + used, bytes, length);
  return used + length;
}

static void compose(void)
{
  int slot = !current;
  /* A frame may have been cut off inside a sequence or a string: CAN and ST end both. */
  size_t used = append(0, "\030\033\\", 3, slot);
  used = append(used, modes.bytes, modes.length, slot);
  used = append(used, screen.bytes, screen.length, slot);
  used = append(used, message.bytes, message.length, slot);
  farewells[slot].length = used;
  atomic_signal_fence(memory_order_seq_cst);
  current = slot;
}

static void set(struct part *part, const char *bytes, size_t length)
{
  if (length > sizeof part->bytes) length = 0;
  if (length == part->length && memcmp(bytes, part->bytes, length) == 0) return;
  memcpy(part->bytes, bytes, length);
  part->length = length;
  compose();
}

void ct_fatal_set_modes(const char *bytes, size_t length) { set(&modes, bytes, length); }
void ct_fatal_set_message(const char *bytes, size_t length) { set(&message, bytes, length); }
void fatal_set_screen(const char *bytes, size_t length) { set(&screen, bytes, length); }

void fatal_remember(int descriptor)
{
  level = NOTHING;
  line.descriptor = descriptor;
  line.has_settings = tcgetattr(descriptor, &line.settings) == 0;
  compose();
  level = SETTINGS;
}

void fatal_hold_screen(bool holds) { level = holds ? SCREEN : SETTINGS; }

void fatal_forget(void)
{
  level = NOTHING;
  modes.length = screen.length = 0;
}

/* ---- Giving it back ------------------------------------------------------------------------- */

/* Whether another job has the terminal: then none of it is ours to change. */
static bool is_in_background(void)
{
  pid_t foreground = tcgetpgrp(line.descriptor);
  return foreground >= 0 && foreground != getpgrp();
}

/* Writes what the terminal takes; one that has stopped reading is not waited for. */
static void write_farewell(void)
{
  const char *bytes = farewells[current].bytes;
  size_t left = farewells[current].length;
  struct pollfd entry = {.fd = line.descriptor, .events = POLLOUT};
  while (left > 0 && poll(&entry, 1, 500) == 1 && (entry.revents & POLLOUT) != 0) {
    ssize_t count = write(line.descriptor, bytes, left);
    if (count < 0 && errno != EINTR && errno != EAGAIN) return;
    if (count > 0) bytes += count, left -= (size_t)count;
  }
}

static void give_back(void)
{
  if (level == NOTHING || is_in_background()) return;
  if (line.has_settings) tcsetattr(line.descriptor, TCSANOW, &line.settings);
  if (level != SCREEN) return;
  /* Keys and answers that nobody has read are not the shell's. */
  tcflush(line.descriptor, TCIFLUSH);
  write_farewell();
}

void fatal_restore_settings(void)
{
  if (line.has_settings) tcsetattr(line.descriptor, TCSADRAIN, &line.settings);
}

/* ---- Signals -------------------------------------------------------------------------------- */

/* Every signal whose default course ends the program, those aside that the loop gets to see. */
static const int named[] = {
  SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGSYS, SIGQUIT, SIGPIPE, SIGUSR1, SIGUSR2,
  SIGALRM, SIGVTALRM, SIGPROF, SIGXCPU, SIGXFSZ,
#ifdef __linux__
  SIGIO, SIGPWR, SIGSTKFLT,
#endif
};

static struct sigaction before[NSIG];
static bool is_caught[NSIG];

/* A write to a closed pipe, or beyond a file's limit, has an error number for its caller: the signal
 * ends nothing. It names this process as its sender, as the kernel does for both. */
static bool is_of_own_write(int signal, const siginfo_t *info)
{
  return (signal == SIGPIPE || signal == SIGXFSZ) && info->si_code != SI_TKILL
    && info->si_pid == getpid();
}

static void die(int signal, siginfo_t *info, void *context)
{
  static atomic_flag is_dying = ATOMIC_FLAG_INIT;
  (void)context;
  if (is_of_own_write(signal, info)) return;
  /* Another thread is at it already, and ends this one too. */
  while (atomic_flag_test_and_set(&is_dying)) pause();
  give_back();
  struct sigaction standard = {.sa_handler = SIG_DFL};
  sigaction(signal, &standard, NULL);
  raise(signal); /* delivered when this handler returns */
}

static void catch(int signal)
{
  struct sigaction action = {.sa_sigaction = die, .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
  if (signal >= NSIG) return;
  if (!is_caught[signal] && sigaction(signal, NULL, &before[signal]) != 0) return;
  /* Whoever started the program had it ignore this: so it does. */
  if (before[signal].sa_handler == SIG_IGN) return;
  sigfillset(&action.sa_mask);
  is_caught[signal] = sigaction(signal, &action, NULL) == 0;
}

void fatal_open(void)
{
  ct_thread_guard();
  for (size_t i = 0; i < sizeof named / sizeof *named; i++) catch(named[i]);
  signals_let_in(named, sizeof named / sizeof *named);
#ifdef SIGRTMIN
  for (int signal = SIGRTMIN; signal <= SIGRTMAX; signal++) catch(signal);
#endif
}

void fatal_close(void)
{
  for (int signal = 1; signal < NSIG; signal++) {
    if (is_caught[signal]) sigaction(signal, &before[signal], NULL);
    is_caught[signal] = false;
  }
}

void fatal_catch_quit(void) { catch(SIGQUIT); }

/* ---- Stacks --------------------------------------------------------------------------------- */

enum { STACK = 64 * 1024 };

static pthread_key_t stacks;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void release(void *stack)
{
  stack_t none = {.ss_flags = SS_DISABLE};
  sigaltstack(&none, NULL);
  free(stack);
}

static void make_key(void) { pthread_key_create(&stacks, release); }

void ct_thread_guard(void)
{
  stack_t present;
  if (sigaltstack(NULL, &present) != 0 || (present.ss_flags & SS_DISABLE) == 0) return;
  pthread_once(&once, make_key);
  stack_t own = {.ss_sp = malloc(STACK), .ss_size = STACK};
  if (own.ss_sp == NULL) return;
  if (sigaltstack(&own, NULL) != 0 || pthread_setspecific(stacks, own.ss_sp) != 0) free(own.ss_sp);
}
