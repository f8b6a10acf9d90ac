#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The composer's history on disk: one entry a line, oldest first.
///
/// A line break in an entry is written `\n`, a backslash `\\`. Each entry is appended as soon as it is
/// made, so nothing is lost and several programs can share the file. Only the user can read it (mode
/// 0600). It is a regular file, or a link to one or to `/dev/null`, which keeps nothing: anything else
/// could make a reader wait for ever.
package struct HistoryFile: Hashable, Sendable {
  package var path: String
  /// How many entries are kept; the file is cut to these when it holds more than twice as many.
  package var limit: Int
  /// The most bytes that are read, from the file's end; a longer file is cut to the entries in them.
  package var byteLimit: Int

  package init(path: String, limit: Int = 5_000, byteLimit: Int = 16 << 20) {
    self.path = path
    self.limit = limit
    self.byteLimit = byteLimit
  }

  /// The newest entries, oldest first; none where there is no file yet.
  ///
  /// `filter` says what of an entry may be kept: where it takes something away, or all, the file is
  /// written anew without it. Throws `file`, or `notARegularFile`.
  package func load(
    filteredBy filter: (String) -> String = { $0 }
  ) throws(TerminalError) -> [String] {
    guard let (bytes, isWhole) = try read() else { return [] }
    let lines = bytes.split(separator: UInt8(ascii: "\n"))
    let found = lines.suffix(limit).map(Self.entry)
    let entries = found.map(filter).filter { !$0.isEmpty }
    if lines.count > 2 * limit || !isWhole || entries != found { try rewrite(entries) }
    return entries
  }

  /// Adds an entry at the end.
  package func append(_ entry: String) throws(TerminalError) {
    guard let descriptor = try open(O_WRONLY | O_CREAT | O_APPEND) else { return }
    defer { close(descriptor) }
    try write(Self.line(for: entry), to: descriptor)
  }
}

extension HistoryFile {
  private var failure: TerminalError { .file(path: path, errno: errno) }

  /// Opens the file without waiting; nil where it is `/dev/null`.
  private func open(_ flags: Int32) throws(TerminalError) -> Int32? {
    let descriptor = systemOpen(path, flags | O_NONBLOCK | O_CLOEXEC, 0o600)
    // A FIFO without a reader (ENXIO), a folder.
    if descriptor < 0, errno == ENXIO || errno == EISDIR { throw .notARegularFile(path) }
    guard descriptor >= 0 else { throw failure }
    var status = stat()
    var null = stat()
    guard fstat(descriptor, &status) == 0 else {
      close(descriptor)
      throw failure
    }
    if status.st_mode & S_IFMT == S_IFREG { return descriptor }
    close(descriptor)
    guard stat("/dev/null", &null) == 0, null.st_rdev == status.st_rdev,
      status.st_mode & S_IFMT == S_IFCHR
    else { throw .notARegularFile(path) }
    return nil
  }

  /// The last bytes of the file, from the start of an entry on, and whether those are all.
  private func read() throws(TerminalError) -> (bytes: ArraySlice<UInt8>, isWhole: Bool)? {
    guard access(path, F_OK) == 0 || errno != ENOENT else { return nil }
    guard let descriptor = try open(O_RDONLY) else { return nil }
    defer { close(descriptor) }
    let end = lseek(descriptor, 0, SEEK_END)
    let start = max(0, end - off_t(byteLimit))
    guard end >= 0, lseek(descriptor, start, SEEK_SET) >= 0 else { throw failure }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while bytes.count < byteLimit {
      let count = chunk.withUnsafeMutableBytes { systemRead(descriptor, $0) }
      guard count >= 0 else { throw failure }
      guard count > 0 else { break }
      bytes += chunk[..<count]
    }
    guard start > 0 else { return (bytes[...], true) }
    // The first line is the end of one that begins before.
    return (bytes.drop { $0 != UInt8(ascii: "\n") }, false)
  }

  /// Cuts the file: a new one is written beside it and takes its place whole.
  private func rewrite(_ entries: [String]) throws(TerminalError) {
    let draft = "\(path).\(getpid())"
    let descriptor = systemOpen(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure }
    defer { close(descriptor) }
    try write(entries.flatMap(Self.line), to: descriptor)
    guard fsync(descriptor) == 0, rename(draft, path) == 0 else { throw failure }
  }

  private func write(_ bytes: [UInt8], to descriptor: Int32) throws(TerminalError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { systemWrite(descriptor, $0) }
      guard count > 0 || errno == EINTR else { throw failure }
      rest = rest.dropFirst(max(0, count))
    }
  }

  private func systemOpen(_ path: String, _ flags: Int32, _ mode: mode_t) -> Int32 {
    #if canImport(Glibc)
      Glibc.open(path, flags, mode)
    #else
      Darwin.open(path, flags, mode)
    #endif
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
