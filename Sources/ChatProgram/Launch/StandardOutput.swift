#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard output, written through at once.
package enum StandardOutput {
  /// Writes all of the text; false where nobody reads any more.
  @discardableResult
  package static func write(_ text: String) -> Bool {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
      while !rest.isEmpty {
        let count = Glibc.write(STDOUT_FILENO, rest.baseAddress, rest.count)
        guard count > 0 || errno == EINTR else { return false }
        rest = UnsafeRawBufferPointer(rebasing: rest.dropFirst(max(0, count)))
      }
      return true
    }
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
