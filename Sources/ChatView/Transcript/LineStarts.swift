/// Where the lines of a text begin, in bytes: behind line feeds, carriage returns, or both.
struct LineStarts {
  private(set) var starts = [0]

  init(of text: String) {
    var text = text
    text.withUTF8 { bytes in
      for (offset, byte) in bytes.enumerated() where byte == 0x0A || byte == 0x0D {
        let isPaired = byte == 0x0D && offset + 1 < bytes.count && bytes[offset + 1] == 0x0A
        if !isPaired { starts.append(offset + 1) }
      }
    }
  }

  func line(ofByte offset: Int) -> Int { starts.lastIndex { $0 <= offset } ?? 0 }
}
