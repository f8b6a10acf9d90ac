import Glibc

/// The images of its memory that a program leaves when it crashes, keys included.
package enum CoreDumps {
  /// Forbids them for this program and what it starts.
  package static func forbid() {
    var none = rlimit(rlim_cur: 0, rlim_max: 0)
    _ = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none)
  }
}
