/* A frame goes to the terminal in one piece (docs/decisions/0058): curses writes at every movement of
 * its cursor, and terminals draw what they have got so far. */
#define _GNU_SOURCE
#include "shared.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/mman.h>
#include <unistd.h>

/* The file in memory that stands in for the terminal while curses draws, and the terminal meanwhile. */
static int memory = -1, terminal = -1;

/* Replaces `descriptor`, whatever it was. Only one thread opens and closes it: EBUSY passes. */
static bool replace(int descriptor, int source)
{
#ifdef __linux__
  while (dup3(source, descriptor, O_CLOEXEC) < 0) {
    if (errno != EINTR && errno != EBUSY) return false;
  }
  return true;
#else
  (void)descriptor, (void)source;
  return false;
#endif
}

bool output_gather(int descriptor)
{
#ifdef __linux__
  if (memory < 0) memory = memfd_create("frame", MFD_CLOEXEC);
#endif
  if (terminal < 0) terminal = fcntl(descriptor, F_DUPFD_CLOEXEC, 3);
  if (memory < 0 || terminal < 0 || lseek(memory, 0, SEEK_SET) != 0) return false;
  return replace(descriptor, memory);
}

static bool write_all(int descriptor, const char *bytes, ssize_t count)
{
  while (count > 0) {
    ssize_t written = write(descriptor, bytes, (size_t)count);
    if (written >= 0) {
      bytes += written;
      count -= written;
    } else if (errno == EAGAIN) {
      poll(&(struct pollfd){.fd = descriptor, .events = POLLOUT}, 1, -1);
    } else if (errno != EINTR) {
      return false; /* the terminal is gone; the next read says so */
    }
  }
  return true;
}

void output_release(int descriptor)
{
  static char bytes[16384];
  off_t length = lseek(memory, 0, SEEK_CUR);
  replace(descriptor, terminal);
  for (off_t offset = 0; offset < length;) {
    off_t rest = length - offset;
    size_t most = rest < (off_t)sizeof bytes ? (size_t)rest : sizeof bytes;
    ssize_t count = pread(memory, bytes, most, offset);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0 || !write_all(descriptor, bytes, count)) return;
    offset += count;
  }
}

void output_close(void)
{
  if (memory >= 0) close(memory);
  if (terminal >= 0) close(terminal);
  memory = terminal = -1;
}
