import Language

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Standard input, where it is piped.
enum StandardInput {
  /// The most that is read: a picture, or a text that no model would take anyway.
  private static let byteLimit = 256 << 20

  /// The prompt of the command line, with what is piped in behind it.
  ///
  /// Piped text alone is the prompt. Where standard input is a picture, it is not text.
  static func prompt(_ words: String?, imageIsRead: Bool) throws(AskFailure) -> String {
    let piped = imageIsRead || isatty(STDIN_FILENO) == 1 ? "" : try text()
    switch (words, piped.isEmpty) {
    case (let words?, true): return words
    case (let words?, false): return words + "\n\n" + piped
    case (nil, false): return piped
    case (nil, true):
      throw AskFailure(.usage, say("There is no question. Write one: iris ask PROMPT"))
    }
  }

  private static func text() throws(AskFailure) -> String {
    let bytes = bytes()
    guard let text = String(validating: bytes, as: UTF8.self),
      !bytes.contains(0)
    else {
      throw AskFailure(
        .unusableInput,
        say("Standard input is not UTF-8 text. Convert it first, for example with iconv."))
    }
    return text
  }

  /// All bytes of standard input.
  static func bytes() -> [UInt8] {
    var result: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while result.count < byteLimit {
      let count = buffer.withUnsafeMutableBytes { read(STDIN_FILENO, $0.baseAddress, $0.count) }
      guard count > 0 else {
        if count < 0, errno == EINTR { continue }
        break
      }
      result += buffer[..<count]
    }
    return result
  }
}
