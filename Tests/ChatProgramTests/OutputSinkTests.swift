import ChatProgram
import Language
import Screen
import Testing

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

@Suite struct OutputSinkTests {
  @Test func `A stream's pieces are prepared as one text`() throws {
    let pipe = try Pipe()
    var stream = OutputSink(descriptor: pipe.end).stream()
    for piece in ["a\r", "\nb", "", "\r", "c"] { stream.write(piece) }
    stream.end()
    #expect(pipe.text() == "a\r\nb\rc\n")
  }

  @Test(arguments: [("", ""), ("a", "a\n"), ("a\n", "a\n"), ("a\r", "a\r\n")])
  func `A stream ends with a line break, unless it has one or nothing`(
    text: String, expected: String
  ) throws {
    let pipe = try Pipe()
    var stream = OutputSink(descriptor: pipe.end).stream()
    stream.write(text)
    stream.end()
    #expect(pipe.text() == expected)
  }

  @Test func `The first failure stays, and nothing is written behind it`() throws {
    let descriptor = open("/dev/full", O_WRONLY | O_CLOEXEC)
    defer { close(descriptor) }
    let sink = OutputSink(descriptor: descriptor)
    #expect(!sink.write("lost"))
    #expect(sink.failure == .unwritable(code: ENOSPC))
    #expect(!sink.write("also lost"))
    #expect(!OutputSink(descriptor: -1).write("x"))
  }

  @Test(arguments: [
    (
      OutputSink.Failure.unwritable(code: ENOSPC),
      "The output is cut off: there is no space left. Make room, then run the command again."
    ),
    (
      .unwritable(code: EDQUOT),
      "The output is cut off: your disk quota is used up. Remove some files, then run the command again."
    ),
    (
      .unwritable(code: EFBIG),
      "The output is cut off: files may not be larger here (ulimit -f). Raise that limit, then run the command again."
    ),
    (
      .unwritable(code: EIO),
      "The output cannot be written (Input/output error). Send it to another file."
    ),
    (.readerGone, ""),
  ])
  func `A failure says what to do, but not that a reader has gone`(
    failure: OutputSink.Failure, sentence: String
  ) {
    #expect(failure.phrase?.text() ?? "" == sentence)
  }

  @Test(arguments: [
    ("plain\ttext\n", "plain\ttext\n"),
    ("\u{1B}[2Jred", "\u{FFFD}[2Jred"),
    ("\u{9B}2J\u{7F}\u{0}", "\u{FFFD}2J\u{FFFD}\u{FFFD}"),
    ("one\r\ntwo\rthree\r", "one\ntwo\u{FFFD}three\u{FFFD}"),
    ("a\u{202E}b\u{2066}c\u{200F}d\u{61C}e", "abcde"),
    ("line\u{2028}paragraph\u{2029}", "line\u{FFFD}paragraph\u{FFFD}"),
    ("👨‍👩‍👧 ❤️ 你好", "👨‍👩‍👧 ❤️ 你好"),
  ])
  func `A terminal is not steered by text`(text: String, shown: String) {
    #expect(TerminalText.sanitised(text) == shown)
  }
}

/// Two connected ends, of which the reading one does not wait.
private final class Pipe {
  let end: Int32
  private let source: Int32

  init() throws {
    var ends: [Int32] = [-1, -1]
    try #require(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0)
    for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
    (source, end) = (ends[0], ends[1])
  }

  deinit {
    close(source)
    close(end)
  }

  func text() -> String {
    var bytes = [UInt8](repeating: 0, count: 65_536)
    let count = read(source, &bytes, bytes.count)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
