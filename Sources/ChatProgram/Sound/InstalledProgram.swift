#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Looks for programs as a shell does.
enum InstalledProgram {
  /// Whether one of that name is in a folder of `path`, parted by colons; of the usual folders for nil.
  static func isThere(_ name: String, path: String?) -> Bool {
    (path ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":").contains {
      access("\($0)/\(name)", X_OK) == 0
    }
  }
}
