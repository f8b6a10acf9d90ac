#define _GNU_SOURCE
#include "confine.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static bool limit(int resource, rlim_t value) {
  struct rlimit limit;
  if (getrlimit(resource, &limit) != 0) return false;
  if (limit.rlim_max != RLIM_INFINITY && limit.rlim_max < value) value = limit.rlim_max;
  limit.rlim_cur = limit.rlim_max = value;
  return setrlimit(resource, &limit) == 0;
}

/// The address space in use, in bytes; a round number where the system does not tell.
static size_t address_space(void) {
  unsigned long pages = 0;
  FILE *file = fopen("/proc/self/statm", "re");
  if (file) {
    if (fscanf(file, "%lu", &pages) != 1) pages = 0;
    fclose(file);
  }
  return pages > 0 ? pages * (size_t)sysconf(_SC_PAGESIZE) : (size_t)1 << 30;
}

static bool set_limits(size_t memory) {
  // A file as large as 0 bytes: memory for pixels is mapped, and not written to.
  bool is_limited = limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_NOFILE, 16);
#ifdef __APPLE__
  return is_limited;  // RLIMIT_AS is not enforced there.
#else
  return limit(RLIMIT_AS, address_space() + memory) && is_limited;
#endif
}

#ifdef __linux__

#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/// For other processors the list of calls is not written; limits and Landlock hold.
#if defined(__x86_64__) || defined(__aarch64__)
#define FILTERS_CALLS 1
#else
#define FILTERS_CALLS 0
#endif

static long landlock_version(void) {
  return syscall(SYS_landlock_create_ruleset, NULL, 0, (unsigned)LANDLOCK_CREATE_RULESET_VERSION);
}

bool codec_can_confine_files(void) { return landlock_version() >= 1 && FILTERS_CALLS; }

/// Leaves a folder readable, with all that is in it.
static void allow_folder(int rules, const char *path) {
  int folder = open(path, O_PATH | O_CLOEXEC);
  if (folder < 0) return;
  struct landlock_path_beneath_attr rule = {
      .allowed_access = LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR,
      .parent_fd = folder};
  syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0U);
  close(folder);
}

/// Where fontconfig looks for fonts, and for what it knows of them (fonts-conf(5)).
static void allow_fonts(int rules) {
  static const char *const folders[] = {
      "/etc/fonts", "/usr/share/fonts", "/usr/local/share/fonts", "/usr/share/fontconfig",
      "/var/cache/fontconfig", "/usr/share/texmf/fonts", "/run/current-system/sw/share/X11/fonts"};
  static const char *const in_home[] = {
      ".fonts", ".local/share/fonts", ".config/fontconfig", ".cache/fontconfig"};
  for (size_t index = 0; index < sizeof folders / sizeof *folders; index++) {
    allow_folder(rules, folders[index]);
  }
  const char *home = getenv("HOME");
  for (size_t index = 0; home && index < sizeof in_home / sizeof *in_home; index++) {
    char path[4096];
    int length = snprintf(path, sizeof path, "%s/%s", home, in_home[index]);
    if (length > 0 && (size_t)length < sizeof path) allow_folder(rules, path);
  }
}

/// Takes every file from the process but fonts, where the kernel has Landlock.
static void forbid_files(bool reads_fonts) {
  long version = landlock_version();
  if (version < 1) return;
  // The rights of version 1; each version has added one at the end.
  static const uint64_t rights[] = {0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};
  size_t last = sizeof rights / sizeof *rights;
  uint64_t handled = rights[(size_t)version < last ? version - 1 : (long)last - 1];
  // The first member alone: a kernel takes a shorter structure than its own.
  struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
  long rules = syscall(SYS_landlock_create_ruleset, &attributes, sizeof handled, 0U);
  if (rules < 0) return;
  if (reads_fonts) allow_fonts((int)rules);
  syscall(SYS_landlock_restrict_self, (int)rules, 0U);
  close((int)rules);
}

#if FILTERS_CALLS

#ifdef __x86_64__
#define ARCHITECTURE AUDIT_ARCH_X86_64
#else
#define ARCHITECTURE AUDIT_ARCH_AARCH64
#endif

#define LOAD(member) BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, member))
#define ARGUMENT(index) (offsetof(struct seccomp_data, args) + 8 * (index))
#define RETURN(action) BPF_STMT(BPF_RET | BPF_K, (action))
#define ALLOW(name) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), RETURN(SECCOMP_RET_ALLOW)
#define ANSWER(name, code) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 1), \
      RETURN(SECCOMP_RET_ERRNO | ((code) & SECCOMP_RET_DATA))
/// Allows a call unless one of the bits is in the lower half of an argument.
#define ALLOW_WITHOUT(name, index, bits) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 4), \
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(index)), \
      BPF_JUMP(BPF_JMP | BPF_JSET | BPF_K, (bits), 0, 1), \
      RETURN(SECCOMP_RET_ERRNO | EPERM), RETURN(SECCOMP_RET_ALLOW)
/// Allows a call where all of the bits are there.
#define ALLOW_WITH(name, index, bits) \
  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, SYS_##name, 0, 5), \
      BPF_STMT(BPF_LD | BPF_W | BPF_ABS, ARGUMENT(index)), \
      BPF_STMT(BPF_ALU | BPF_AND | BPF_K, (bits)), \
      BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (bits), 1, 0), \
      RETURN(SECCOMP_RET_ERRNO | EPERM), RETURN(SECCOMP_RET_ALLOW)

enum { EXECUTABLE = 4 };

/// Only what decoding needs: memory (none of it executable), threads, reading and writing what is
/// open, time. Everything else is refused, and not fatal: libraries ask for much that they can do
/// without, such as the number of processors.
static const struct sock_filter needed[] = {
    LOAD(arch),
    BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, ARCHITECTURE, 1, 0),
    RETURN(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    ALLOW(read), ALLOW(readv), ALLOW(pread64), ALLOW(write), ALLOW(writev), ALLOW(lseek),
    ALLOW(close), ALLOW(recvmsg), ALLOW(sendto), ALLOW(ppoll),
#ifdef SYS_poll
    ALLOW(poll),
#endif
    ALLOW(fstat), ALLOW(brk), ALLOW(munmap), ALLOW(mremap), ALLOW(madvise), ALLOW(futex),
    ALLOW(set_robust_list), ALLOW(rseq), ALLOW(sched_yield), ALLOW(sched_getaffinity),
    ALLOW(clock_gettime), ALLOW(clock_nanosleep), ALLOW(nanosleep), ALLOW(gettimeofday),
    ALLOW(getrandom), ALLOW(getpid), ALLOW(gettid), ALLOW(tgkill), ALLOW(rt_sigreturn),
    ALLOW(rt_sigprocmask), ALLOW(rt_sigaction), ALLOW(sigaltstack), ALLOW(restart_syscall),
    ALLOW(exit), ALLOW(exit_group),
    // The C library then takes clone, whose flags can be looked at.
    ANSWER(clone3, ENOSYS),
    ALLOW_WITHOUT(mmap, 2, EXECUTABLE),
    ALLOW_WITHOUT(mprotect, 2, EXECUTABLE),
    ALLOW_WITH(clone, 0, CLONE_THREAD),
};

/// What finding and reading fonts needs besides; which files, Landlock says.
static const struct sock_filter for_fonts[] = {
    ALLOW_WITHOUT(openat, 2, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND), ALLOW(newfstatat),
    ALLOW(statx), ALLOW(faccessat), ALLOW(readlinkat), ALLOW(getdents64), ALLOW(fstatfs),
    ALLOW(statfs), ALLOW(fcntl), ALLOW(getcwd), ALLOW(uname), ALLOW(fadvise64),
#ifdef SYS_open
    ALLOW_WITHOUT(open, 1, O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND), ALLOW(stat),
    ALLOW(lstat), ALLOW(access), ALLOW(readlink),
#endif
};

enum { NEEDED = sizeof needed / sizeof *needed, FOR_FONTS = sizeof for_fonts / sizeof *for_fonts };

static bool filter_calls(bool reads_fonts) {
  struct sock_filter filter[NEEDED + FOR_FONTS + 1];
  size_t count = NEEDED;
  memcpy(filter, needed, sizeof needed);
  if (reads_fonts) {
    memcpy(filter + count, for_fonts, sizeof for_fonts);
    count += FOR_FONTS;
  }
  filter[count++] = (struct sock_filter)RETURN(SECCOMP_RET_ERRNO | EPERM);
  struct sock_fprog program = {.len = (unsigned short)count, .filter = filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

static bool filter_calls(bool reads_fonts) { return (void)reads_fonts, false; }

#endif

bool codec_confine(size_t memory, bool reads_fonts) {
  reads_fonts = reads_fonts && codec_can_confine_files();
  if (!set_limits(memory) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  forbid_files(reads_fonts);
  filter_calls(reads_fonts);
  return true;
}

#else

bool codec_can_confine_files(void) { return false; }

bool codec_confine(size_t memory, bool reads_fonts) {
  return (void)reads_fonts, set_limits(memory);
}

#endif
