import Glibc

/// The images of its memory that a program leaves when it crashes, keys included.
package enum CoreDumps {
  /// Forbids them for this program and what it starts.
  ///
  /// A limit of one byte, not of none: where the kernel hands dumps to a program (`core_pattern`
  /// with a pipe, as systemd's and Ubuntu's), it looks at no limit but this one (Linux,
  /// `fs/coredump.c`: "RLIMIT_CORE of 1"). A file of one byte is not written either.
  package static func forbid() {
    var none = rlimit(rlim_cur: 1, rlim_max: 1)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
