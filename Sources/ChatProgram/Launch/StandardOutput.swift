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
    return text.withUTF8 { writeAll(UnsafeRawBufferPointer($0), to: STDOUT_FILENO) }
  }

  static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }
}
