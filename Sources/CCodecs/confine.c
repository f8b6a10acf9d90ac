#define _GNU_SOURCE
#include "confine.h"

#include <stdint.h>
#include <stdio.h>
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
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/landlock.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

/// Takes every file from the process, where the kernel has Landlock (5.13 and later).
static void forbid_files(void) {
  long version = syscall(
      SYS_landlock_create_ruleset, NULL, 0, (unsigned)LANDLOCK_CREATE_RULESET_VERSION);
  if (version < 1) return;
  // The rights of version 1; each version has added one at the end.
  static const uint64_t rights[] = {0x1FFF, 0x3FFF, 0x7FFF, 0x7FFF, 0xFFFF};
  size_t last = sizeof rights / sizeof *rights;
  uint64_t handled = rights[(size_t)version < last ? version - 1 : (long)last - 1];
  // The first member alone: a kernel takes a shorter structure than its own.
  struct landlock_ruleset_attr attributes = {.handled_access_fs = handled};
  long rules = syscall(SYS_landlock_create_ruleset, &attributes, sizeof handled, 0U);
  if (rules < 0) return;
  syscall(SYS_landlock_restrict_self, (int)rules, 0U);
  close((int)rules);
}


#if defined(__x86_64__) || defined(__aarch64__)

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
static bool filter_calls(void) {
  static struct sock_filter filter[] = {
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
      RETURN(SECCOMP_RET_ERRNO | EPERM),
  };
  struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
  return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) == 0;
}

#else

/// For other processors the list is not written; limits and Landlock hold.
static bool filter_calls(void) { return false; }

#endif

bool codec_confine(size_t memory) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (!set_limits(memory) || prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  forbid_files();
  filter_calls();
  return true;
}

#else

bool codec_confine(size_t memory) { return set_limits(memory); }

#endif
