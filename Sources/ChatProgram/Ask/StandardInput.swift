import Conversation
import Files
import Language
import Pictures

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input, where it is piped: the question or what stands behind it, or a picture.
struct StandardInput {
  /// The most bytes of a text; no model takes a hundredth of it.
  static let textLimit = 64 << 20
  /// The most bytes of a picture.
  static let pictureLimit = 256 << 20
  /// How long nothing may come before it is told that something is waited for, in milliseconds.
  static let quietTime: Int32 = 1000
  /// How often a read that waits looks whether it was cancelled, in milliseconds.
  private static let cancellationTime: Int32 = 200

  /// Tells the user something on standard error.
  let tell: (Phrase) -> Void

  /// The question: the words of the command line, with what is piped in behind them.
  ///
  /// Piped text alone is the question; nil where there is neither. Where standard input is a
  /// picture, it is not text.
  func question(_ words: String?, imageIsRead: Bool) throws(AskFailure) -> String? {
    let piped = imageIsRead || isatty(STDIN_FILENO) == 1 ? "" : try text()
    guard !piped.isEmpty else { return words }
    return words.map { $0 + "\n\n" + piped } ?? piped
  }

  private func text() throws(AskFailure) -> String {
    let bytes = try bytes(atMost: Self.textLimit)
    if let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) { return text }
    throw AskFailure(
      .unusableInput,
      (try? PictureContent(bytes: bytes).inspect()) == nil
        ? say("Standard input is not UTF-8 text. Convert it first, for example with iconv.")
        : say("Standard input is a picture. Send it with -i -, and write the question: -i - WORDS"))
  }

  /// All bytes of standard input; more than `most` are refused, never cut.
  func bytes(atMost most: Int = pictureLimit) throws(AskFailure) -> [UInt8] {
    tellIfQuiet()
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      try waitForInput()
      let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      guard count >= 0 else {
        if try mayReadAgain(after: errno) { continue }
        return result
      }
      guard count > 0 else { return result }
      result += buffer[..<count]
      guard result.count <= most else {
        throw AskFailure(
          .unusableInput,
          say(
            "Standard input has more than \(ByteCount(most)), and none of it was sent. Send less."))
      }
    }
  }

  /// Waits until something can be read, or the end: a read that waits in the kernel would not see that a
  /// signal has cancelled the task.
  private func waitForInput() throws(AskFailure) {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    repeat {
      guard !Task.isCancelled else {
        throw AskFailure(
          .interrupted, say("Stopped while standard input was read. Nothing was sent."))
      }
    } while poll(&entry, 1, Self.cancellationTime) == 0
  }

  /// Whether to read on after a read that failed; false where there is no standard input at all.
  ///
  /// - Throws: Where some of it cannot be read: what came so far is not all that was to be sent.
  private func mayReadAgain(after code: Int32) throws(AskFailure) -> Bool {
    switch code {
    // Who shares it may have made it one that does not wait (fcntl(2), O_NONBLOCK).
    case EINTR, EAGAIN: return true
    case EBADF: return false
    default:
      throw AskFailure(
        .unusableInput,
        say(
          "Standard input cannot be read (\(FileError.reason(of: code))), and nothing was sent. Without any, add: </dev/null"
        ))
    }
  }

  private func tellIfQuiet() {
    var entry = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
    guard poll(&entry, 1, Self.quietTime) == 0 else { return }
    tell(say("Reading standard input until it ends; without any, add: </dev/null"))
  }
}

/// What stands behind a call without words.
package enum PipedInput {
  /// Whether standard input is a pipe or a file: its text is a question then, as for `llm` and `aichat`.
  ///
  /// A device or a socket is none: `/dev/null`, or what a service manager gives.
  package static var isThere: Bool {
    var status = stat()
    guard fstat(STDIN_FILENO, &status) == 0 else { return false }
    return [S_IFIFO, S_IFREG].contains(status.st_mode & S_IFMT)
  }
}
