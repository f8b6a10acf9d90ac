#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The composer's history on disk: one entry a line, oldest first.
///
/// A line break in an entry is written `\n`, a backslash `\\`. Each entry is appended with a single
/// write as soon as it is made, so nothing is lost and several programs can share the file. Only the
/// user can read it (mode 0600).
package struct HistoryFile: Hashable, Sendable {
  package var path: String
  /// How many entries are kept; the file is cut to these when it holds more than twice as many.
  package var limit: Int

  package init(path: String, limit: Int = 5_000) {
    self.path = path
    self.limit = limit
  }

  /// The newest entries, oldest first; none where there is no file yet.
  package func load() throws(TerminalError) -> [String] {
    guard let bytes = try read() else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let entries = lines.suffix(limit).map(Self.entry)
    if lines.count > 2 * limit { try rewrite(entries) }
    return entries
  }

  /// Adds an entry at the end.
  package func append(_ entry: String) throws(TerminalError) {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    try write(Self.line(for: entry), to: descriptor)
  }
}

extension HistoryFile {
  private var failure: TerminalError { .file(path: path, errno: errno) }

  private func read() throws(TerminalError) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC)
    if descriptor < 0, errno == ENOENT { return nil }
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      guard count >= 0 else { throw failure }
      guard count > 0 else { return bytes }
      bytes += chunk[..<count]
    }
  }

  /// Cuts the file: a new one is written beside it and takes its place whole.
  private func rewrite(_ entries: [String]) throws(TerminalError) {
    let draft = "\(path).\(getpid())"
    let descriptor = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    try write(entries.flatMap(Self.line), to: descriptor)
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw failure }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(TerminalError) {
    let count = bytes.withUnsafeBytes { systemWrite(descriptor, $0) }
    guard count == bytes.count else { throw failure }
  }

  private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private func systemWrite(_ descriptor: Int32, _ buffer: UnsafeRawBufferPointer) -> Int {
    #if canImport(Glibc)
      Glibc.write(descriptor, buffer.baseAddress, buffer.count)
    #else
      Darwin.write(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }

  private static func line(for entry: String) -> [UInt8] {
    var line: [UInt8] = []
    for byte in entry.utf8 {
      switch byte {
      case UInt8(ascii: "\\"): line += Array("\\\\".utf8)
      case UInt8(ascii: "\n"): line += Array("\\n".utf8)
      default: line.append(byte)
      }
    }
    return line + [UInt8(ascii: "\n")]
  }

  private static func entry(from line: ArraySlice<UInt8>) -> String {
    var bytes: [UInt8] = []
    var isEscaped = false
    for byte in line {
      if isEscaped {
        bytes.append(byte == UInt8(ascii: "n") ? UInt8(ascii: "\n") : byte)
        isEscaped = false
      } else if byte == UInt8(ascii: "\\") {
        isEscaped = true
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
