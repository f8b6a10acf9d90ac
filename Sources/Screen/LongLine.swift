/// Where a line that is very long is cut, so that no stretch of it is costly to lay out.
///
/// A cut depends only on the stretch before it: a line that grows is cut as a whole one is.
package enum LongLine {
  /// The bytes after which the next blank is looked for, and how far.
  private static let size = 4096
  private static let reach = 200

  /// The end of the stretch that a line, or what is left of it, begins with; nil where it is all of
  /// it, or more text might move it.
  package static func cut(_ line: Substring) -> Substring.Index? {
    let bytes = line.utf8
    guard let near = bytes.index(bytes.startIndex, offsetBy: size, limitedBy: bytes.endIndex) else {
      return nil
    }
    let rest = bytes[near...]
    if let blank = rest.prefix(reach).firstIndex(of: UInt8(ascii: " ")) {
      let cut = bytes.index(after: blank)
      return cut == bytes.endIndex ? nil : cut
    }
    return rest.dropFirst(reach).firstIndex { $0 & 0xC0 != 0x80 }
  }
}
