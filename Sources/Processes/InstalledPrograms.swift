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

  /// Those in the folders of `path`, parted by colons; in the usual ones for nil.
  package init(path: String?) {
    let path = path ?? "/usr/local/bin:/usr/bin:/bin"
    self.init { Self.place(of: $0, in: path) != nil }
  }

  /// Those in the folders of `PATH`.
  package static let ofThisMachine = Self { name in
    Self(path: getenv("PATH").map { String(cString: $0) }).contains(name)
  }

  package func contains(_ name: String) -> Bool { isThere(name) }

  /// The path of the first program of that name in folders that are parted by colons; nil where there is
  /// none.
  package static func place(of name: String, in path: String) -> String? {
    path.split(separator: ":").lazy.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }
}
