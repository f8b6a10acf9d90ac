/// Where the lines of a text begin, in bytes: behind line feeds, carriage returns, or both; they are the
/// lines of a document of the same text.
package struct LineStarts {
  package private(set) var starts = [0]
  private let byteCount: Int

  package init(of text: String) {
    var text = text
    byteCount = text.utf8.count
    text.withUTF8 { bytes in
      for (offset, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
        let isPaired = byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
        if !isPaired { starts.append(offset + 1) }
      }
    }
  }

  package func line(ofByte offset: Int) -> Int { starts.lastIndex { $0 <= offset } ?? 0 }

  /// The bytes of some lines, without the line feed behind the last; nothing behind the text.
  package func bytes(of lines: Range<Int>) -> Range<Int> {
    let start = lines.lowerBound < starts.count ? starts[lines.lowerBound] : byteCount
    let end = lines.upperBound < starts.count ? starts[lines.upperBound] - 1 : byteCount
    return start..<max(start, end)
  }
}
