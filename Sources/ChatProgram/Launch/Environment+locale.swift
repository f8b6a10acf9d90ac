#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension [String: String] {
  /// Takes over the locale that the session has come to (POSIX 8.2), for the programs that are started.
  ///
  /// Where the user's locale is not installed (as over ssh, which hands its name on), a pager or an
  /// editor would fall back to ASCII, and show the bytes of a Chinese text.
  mutating func takeLocale() {
    for name in ["LC_ALL", "LC_CTYPE", "LC_MESSAGES", "LANG"] {
      self[name] = getenv(name).map { String(cString: $0) }
    }
  }
}
