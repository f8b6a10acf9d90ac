#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// How many files the system lets this program have open at once (`ulimit -n`, getrlimit(2)).
package enum OpenFileLimit {
  /// What a question with a tool takes, and some more: with fewer the system's own libraries end the
  /// program, or wait for ever.
  private static let least: rlim_t = 32
  private static let wanted: rlim_t = 1024

  /// Raises the limit as far as it is wanted and allowed; what it is then where that is too little.
  package static func raise() -> Int? {
    var limit = rlimit()
    let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < wanted else { return nil }
    limit.rlim_cur = min(wanted, limit.rlim_max)
    guard setrlimit(kind, &limit) != 0 || limit.rlim_cur < least else { return nil }
    guard getrlimit(kind, &limit) == 0, limit.rlim_cur < least else { return nil }
    return Int(limit.rlim_cur)
  }
}
