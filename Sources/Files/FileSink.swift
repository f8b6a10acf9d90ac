/// The end of a file that is being written, with a buffer of 64 KiB before it.
package struct FileSink: ~Copyable {
  private let file: OpenFile
  private var buffer: [UInt8] = []
  private var offset = 0

  init(_ file: consuming OpenFile) {
    self.file = file
  }

  /// Adds text in UTF-8.
  package mutating func write(_ text: String) throws(FileError) {
    buffer.append(contentsOf: text.utf8)
    try flushIfLarge()
  }

  /// Adds bytes; they reach the file when the buffer is full, or at the end.
  package mutating func write(_ bytes: [UInt8]) throws(FileError) {
    buffer.append(contentsOf: bytes)
    try flushIfLarge()
  }

  /// Empties the buffer and waits until all is on the disk.
  mutating func finish() throws(FileError) {
    try flush()
    try file.synchronise()
  }

  private mutating func flushIfLarge() throws(FileError) {
    if buffer.count >= 64 * 1024 { try flush() }
  }

  private mutating func flush() throws(FileError) {
    var start = 0
    while start < buffer.count { start += try writeOnce(from: start) }
    buffer.removeAll(keepingCapacity: true)
  }

  private mutating func writeOnce(from start: Int) throws(FileError) -> Int {
    let result = buffer.withUnsafeBytes { buffer -> Result<Int, FileError> in
      do throws(FileError) {
        let rest = UnsafeRawBufferPointer(rebasing: buffer[start...])
        return .success(try file.write(rest, at: offset))
      } catch {
        return .failure(error)
      }
    }
    let written = try result.get()
    offset += written
    return written
  }
}
