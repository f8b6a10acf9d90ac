#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "CDecoder.h"
#include "confine.h"
#include "heif_library.h"
#include "isal_library.h"
#include "jxl_library.h"
#include "lcms_library.h"
#include "svg_library.h"
#include "tiff_library.h"

enum { FILE_END, PIXELS_END, DESCRIPTORS };

typedef union control {
  char bytes[CMSG_SPACE(DESCRIPTORS * sizeof(int))];
  struct cmsghdr header;
} control;

#ifndef MSG_NOSIGNAL
enum { MSG_NOSIGNAL = 0 };
#endif

bool codec_send_job(int socket, const codec_job *job, int file, int pixels) {
  control control = {{0}};
  int descriptors[DESCRIPTORS] = {file, pixels};
  struct iovec bytes = {.iov_base = (void *)(uintptr_t)job, .iov_len = sizeof *job};
  struct msghdr message = {
      .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptors);
  memcpy(CMSG_DATA(header), descriptors, sizeof descriptors);
  ssize_t sent;
  do {
    sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  } while (sent < 0 && errno == EINTR);
  return sent == (ssize_t)sizeof *job;
}

/// False at the end.
static bool receive_job(int socket, codec_job *job, int descriptors[DESCRIPTORS]) {
  control control;
  struct iovec bytes = {.iov_base = job, .iov_len = sizeof *job};
  struct msghdr message = {
      .msg_iov = &bytes, .msg_iovlen = 1, .msg_control = control.bytes,
      .msg_controllen = sizeof control.bytes};
  ssize_t got;
  do {
    got = recvmsg(socket, &message, 0);
  } while (got < 0 && errno == EINTR);
  struct cmsghdr *header = got == (ssize_t)sizeof *job ? CMSG_FIRSTHDR(&message) : NULL;
  if (!header || header->cmsg_len != CMSG_LEN(DESCRIPTORS * sizeof(int))) return false;
  memcpy(descriptors, CMSG_DATA(header), DESCRIPTORS * sizeof(int));
  return true;
}

bool codec_receive_status(int socket, uint32_t *status) {
  ssize_t got;
  do {
    got = recv(socket, status, sizeof *status, 0);
  } while (got < 0 && errno == EINTR);
  return got == (ssize_t)sizeof *status;
}

static codec_status work(
    const codec_job *job, const int descriptors[DESCRIPTORS], codec_decoder decoder) {
  codec_input input = {.descriptor = descriptors[FILE_END], .count = job->byte_count};
  codec_canvas canvas = {
      .source_width = job->source_width, .source_height = job->source_height,
      .width = job->width, .height = job->height, .channels = job->channels};
  size_t count = (size_t)job->width * job->height * job->channels;
  void *pixels =
      mmap(NULL, count, PROT_READ | PROT_WRITE, MAP_SHARED, descriptors[PIXELS_END], 0);
  if (pixels == MAP_FAILED) return CODEC_NO_MEMORY;
  canvas.pixels = pixels;
  codec_status status = decoder(job->format, &input, &canvas);
  munmap(pixels, count);
  return status;
}

static void load_heif(void) {
  const struct heif_library *heif = heif_library();
  // Its first context loads its plugins.
  if (heif) heif->context_free(heif->context_alloc());
}

/// A first drawing with a letter in it has the fonts looked for, which reads many files.
static void load_svg(void) {
  static const char drawing[] =
      "<svg xmlns='http://www.w3.org/2000/svg'><text y='9'>a</text></svg>";
  if (!codec_can_confine_files() || !svg_library()) return;
  uint8_t pixels[16 * 16 * 3];
  codec_input input = {
      .descriptor = -1, .bytes = (const uint8_t *)drawing, .count = sizeof drawing - 1};
  codec_canvas canvas = {
      .source_width = 16, .source_height = 16, .width = 16, .height = 16, .channels = 3,
      .pixels = pixels};
  codec_decode_svg(&input, &canvas);
}

/// Loads what a decoder may need, as long as files can be opened.
static void load_libraries(codec_library library) {
  lcms_library();
  switch (library) {
    case CODEC_NO_LIBRARY: codec_load_isal(); break;
    case CODEC_LIBHEIF: load_heif(); break;
    case CODEC_LIBTIFF: tiff_library(); break;
    case CODEC_LIBJXL: jxl_library(); break;
    case CODEC_LIBRSVG: load_svg(); break;
  }
#ifdef __GLIBC__
  // Each arena would reserve 64 MiB of the address space.
  mallopt(M_ARENA_MAX, 1);
#endif
}

/// Ends the process when the other end of its socket is closed, whatever its decoder does.
///
/// PR_SET_PDEATHSIG would not do: it kills when the thread ends that started the process, and a pool's
/// threads come and go.
static void *watch(void *socket) {
  struct pollfd entry = {.fd = (int)(intptr_t)socket, .events = 0};
  while (poll(&entry, 1, -1) <= 0) {
    if (errno != EINTR && errno != EAGAIN) return NULL;
  }
  _exit(0);
}

/// After the process is confined, since a thread is confined as the one is that began it.
static void begin_watch(int socket) {
  enum { STACK = 256 * 1024 };
  pthread_t thread;
  pthread_attr_t attributes;
  pthread_attr_init(&attributes);
  pthread_attr_setstacksize(&attributes, STACK);
  pthread_attr_setdetachstate(&attributes, PTHREAD_CREATE_DETACHED);
  pthread_create(&thread, &attributes, watch, (void *)(intptr_t)socket);
  pthread_attr_destroy(&attributes);
}

int codec_serve(int socket, codec_library library, codec_decoder decoder) {
  load_libraries(library);
  if (!codec_confine(CODEC_SERVER_MEMORY, library == CODEC_LIBRSVG)) return 1;
  begin_watch(socket);
  codec_job job;
  int descriptors[DESCRIPTORS];
  while (receive_job(socket, &job, descriptors)) {
    uint32_t status = work(&job, descriptors, decoder);
    for (int index = 0; index < DESCRIPTORS; index++) close(descriptors[index]);
    if (send(socket, &status, sizeof status, MSG_NOSIGNAL) != (ssize_t)sizeof status) break;
  }
  return 0;
}

#ifdef __linux__

int codec_make_memory(size_t count) {
  int memory = memfd_create("iris-pixels", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (memory < 0) return -1;
  // Or a decoder could cut it off while it is read here.
  if (ftruncate(memory, (off_t)count) == 0
      && fcntl(memory, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) == 0) {
    return memory;
  }
  close(memory);
  return -1;
}

#else

int codec_make_memory(size_t count) {
  char path[] = "/tmp/iris-pixels.XXXXXX";
  int memory = mkstemp(path);
  if (memory < 0) return -1;
  unlink(path);
  fcntl(memory, F_SETFD, FD_CLOEXEC);
  if (ftruncate(memory, (off_t)count) == 0) return memory;
  close(memory);
  return -1;
}

#endif

int codec_make_sockets(int ends[2]) {
  // Messages stay whole, and the end is told.
#ifdef __linux__
  return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
#else
  if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return -1;
  for (int index = 0; index < 2; index++) fcntl(ends[index], F_SETFD, FD_CLOEXEC);
  return 0;
#endif
}
