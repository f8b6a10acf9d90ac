// A decoding process whose decoder does on request what a broken or hostile one might do.
//
// The request stands in the picture, behind "PROBE ": a word, and a path for some. What came of it is
// the first pixel: 0 where it was done, else errno.

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "CDecoder.h"

static int errno_of(bool is_done) { return is_done ? 0 : errno; }

static void *spin(void *unused) {
  for (;;) __asm__ volatile("");
  return unused;
}

static int spin_in_threads(void) {
  pthread_t threads[2];
  for (int index = 0; index < 2; index++) pthread_create(&threads[index], NULL, spin, NULL);
  spin(NULL);
  return 0;
}

/// Read by nobody; without it the compiler would leave out the memory as well.
void *volatile kept;

/// Until there is none, each page written to.
static int allocate(void) {
  size_t step = 16 << 20;
  for (int index = 0; index < 4096; index++) {
    void *block = malloc(step);
    if (!block) return ENOMEM;
    memset(block, 1, step);
    kept = block;
  }
  return 0;
}

static int run_thread(void) {
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  int code = pthread_create(&thread, &attributes, (void *(*)(void *))(void (*)(void))getpid, NULL);
  if (code == 0) pthread_join(thread, NULL);
  return code;
}

static int act(const char *word, const char *path) {
  if (strcmp(word, "sleep") == 0) return (int)sleep(3600);
  if (strcmp(word, "spin") == 0) return spin_in_threads();
  if (strcmp(word, "allocate") == 0) return allocate();
  if (strcmp(word, "thread") == 0) return run_thread();
  if (strcmp(word, "read") == 0) return errno_of(open(path, O_RDONLY) >= 0);
  if (strcmp(word, "write") == 0) return errno_of(open(path, O_WRONLY | O_CREAT, 0600) >= 0);
  if (strcmp(word, "remove") == 0) return errno_of(unlink(path) == 0);
  if (strcmp(word, "connect") == 0) return errno_of(socket(AF_INET, SOCK_STREAM, 0) >= 0);
  if (strcmp(word, "fork") == 0) return errno_of(fork() >= 0);
  if (strcmp(word, "execute") == 0) return errno_of(execl(path, path, (char *)NULL) == 0);
  if (strcmp(word, "signal") == 0) return errno_of(kill(getppid(), 0) == 0);
  if (strcmp(word, "code") == 0) {
    return errno_of(
        mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0)
        != MAP_FAILED);
  }
  if (strcmp(word, "die") == 0) abort();
  if (strcmp(word, "kill") == 0) return raise(SIGKILL);
  if (strcmp(word, "stop") == 0) return raise(SIGSTOP);
  if (strcmp(word, "leave") == 0) _exit(0);
  return 0;
}

static codec_status decode(
    uint32_t format, const codec_input *input, const codec_canvas *canvas) {
  static const char sign[] = "PROBE ";
  char bytes[4096] = {0}, word[16], path[2048];
  (void)format;
  ssize_t count = pread(input->descriptor, bytes, sizeof bytes - 1, 0);
  char *request = count > 0 ? memmem(bytes, (size_t)count, sign, sizeof sign - 1) : NULL;
  if (!request) return CODEC_DAMAGED;
  request += sizeof sign - 1;
  size_t length = strcspn(request, " ;"), rest = 0;
  if (length >= sizeof word) return CODEC_DAMAGED;
  memcpy(word, request, length);
  word[length] = 0;
  if (request[length] == ' ') rest = strcspn(request + length + 1, ";");
  if (rest >= sizeof path) return CODEC_DAMAGED;
  memcpy(path, request + length + 1, rest);
  path[rest] = 0;
  memset(canvas->pixels, 0, (size_t)canvas->width * canvas->height * canvas->channels);
  canvas->pixels[0] = (uint8_t)act(word, path);
  return CODEC_OK;
}

int main(void) { return codec_serve(0, CODEC_NO_LIBRARY, decode); }
