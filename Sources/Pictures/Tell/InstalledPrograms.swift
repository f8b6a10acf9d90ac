#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Which programs a shell of this machine finds, so that advice names what is there.
package struct InstalledPrograms: Sendable {
  private let isThere: @Sendable (String) -> Bool

  package init(_ isThere: @Sendable @escaping (String) -> Bool) {
    self.isThere = isThere
  }

  /// Those in the folders of `PATH`.
  package static let ofThisMachine = Self { name in
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/local/bin:/usr/bin:/bin"
    return path.split(separator: ":").contains { access("\($0)/\(name)", X_OK) == 0 }
  }

  package func contains(_ name: String) -> Bool { isThere(name) }
}
