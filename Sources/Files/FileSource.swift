#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A regular file that is being read from its start to its end.
package struct FileSource: ~Copyable {
  private let file: OpenFile
  private var offset = 0

  /// Opens the file at once; a folder, a pipe, a device or a socket is refused, unread.
  package init(_ path: String) throws(FileError) {
    let file = try OpenFile(path, for: .readingAtOnce)
    let status = try file.status()
    guard status.isFile else {
      throw FileError(code: status.isFolder ? EISDIR : FileError.notOrdinary, path: path)
    }
    self.file = file
  }

  /// How many bytes the file has now.
  package func byteCount() throws(FileError) -> Int { try file.status().byteCount }

  /// Does `body` with the descriptor of the file, which stays open meanwhile.
  func withDescriptor<Value>(_ body: (Int32) -> Value) -> Value { file.withDescriptor(body) }

  /// Goes on behind the first `count` bytes.
  package mutating func skip(to count: Int) { offset = count }

  /// The next `count` bytes; fewer only at the end of the file, none after it.
  package mutating func read(upTo count: Int) throws(FileError) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let read = try readOnce(into: &bytes, from: filled)
      if read == 0 { break }
      filled += read
    }
    bytes.removeLast(count - filled)
    return bytes
  }

  /// All that is left of the file.
  package mutating func readToEnd() throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let chunk = try read(upTo: 256 * 1024)
      if chunk.isEmpty { return bytes }
      bytes += chunk
    }
  }

  private mutating func readOnce(into bytes: inout [UInt8], from start: Int) throws(FileError)
    -> Int
  {
    let result = bytes.withUnsafeMutableBytes { buffer -> Result<Int, FileError> in
      let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[start...])
      do throws(FileError) {
        return .success(try file.read(into: rest, at: offset))
      } catch {
        return .failure(error)
      }
    }
    let read = try result.get()
    offset += read
    return read
  }
}
