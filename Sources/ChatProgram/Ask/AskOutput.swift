import ChatView
import Language
import Screen
import Secrets

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The two outputs of `iris ask`: replies on the standard one, all else on the other.
///
/// A reader that is slow must not keep the loop from bringing a reply to disk: text waits here until
/// standard output takes it, and goes out in pieces that never block. It lives on the loop's thread.
final class AskOutput {
  private let language: Language
  /// Makes what renders a reply; nil where it is printed as it is.
  private let makeRendering: () -> PrintedReply?
  /// What renders the reply that is being printed; nil before its first text.
  private var rendering: PrintedReply?
  let isTerminal = StandardOutput.isTerminal
  let errorsAreTerminal = isatty(STDERR_FILENO) == 1
  /// Takes secrets out of a reply; nil before its first text, so that a key read meanwhile is known.
  private var redaction: RedactionStream?
  /// The blank start of a reply that a terminal has not been given; nil behind its first words.
  private var opening: String? = ""
  /// Text that has not gone out, in UTF-8, and how much of it has.
  private var waiting: [UInt8] = []
  private var written = 0
  /// Whether the last line of standard output has not ended.
  private var isInLine = false
  /// Whether nobody reads standard output any more.
  private(set) var isClosed = false
  /// The line that tells how far all has come, while it stands on the terminal.
  private var progress: String?

  /// The most bytes of a piece: a pipe that is ready takes so many at once (POSIX, `PIPE_BUF`).
  private static let pieceSize = 4096

  /// Outputs whose replies are rendered by what `rendering` makes, once for each.
  init(language: Language, rendering: @escaping () -> PrintedReply? = { nil }) {
    self.language = language
    makeRendering = rendering
  }

  /// Whether all text has gone out, or nobody wants it.
  var isDrained: Bool { isClosed || written == waiting.count }

  /// Writes a reply's text: on a terminal it is rendered, or at least steers nothing; a pipe gets the
  /// bytes.
  func write(_ text: String) {
    guard !text.isEmpty, !isClosed else { return }
    if redaction == nil { rendering = makeRendering() }
    isInLine = rendering == nil && !text.hasSuffix("\n")
    var redaction = self.redaction ?? RedactionStream(StandardOutput.sink.redaction)
    let judged = redaction.feed(text)
    self.redaction = redaction
    append(reply: judged)
  }

  private func append(reply text: String) {
    guard let rows = rendering?.append(text) else { return append(plain: text) }
    append(prepared: rows)
  }

  /// Appends what is not rendered: a terminal gets no blank lines before the first that is none.
  private func append(plain text: String) {
    guard isTerminal, let opening else { return append(text) }
    let words = (opening + text).withoutLeadingBlankLines
    self.opening = words.allSatisfy { $0.isWhitespace } ? words : nil
    if self.opening == nil { append(words) }
  }

  /// Writes a text that is whole: nothing of it is held back for what may follow.
  func write(whole text: String) {
    guard !text.isEmpty, !isClosed else { return }
    isInLine = !text.hasSuffix("\n")
    append(StandardOutput.sink.redaction.redacting(text))
  }

  private func append(_ text: String) {
    append(prepared: isTerminal ? TerminalText.sanitised(text) : text)
  }

  /// Takes in what has no secrets, and nothing that a terminal must not be sent.
  private func append(prepared text: String) {
    waiting += Array(text.utf8)
    flush()
  }

  /// Sends out what standard output takes without blocking.
  func flush() {
    while !isDrained, Self.isReady { writePiece() }
    guard isDrained else { return }
    waiting.removeAll(keepingCapacity: waiting.capacity < 1 << 20)
    written = 0
  }

  /// Gives up what has not gone out.
  func drop() { (waiting, written) = ([], 0) }

  /// Ends a reply, and the last line.
  func endLine() {
    append(reply: redaction?.finish() ?? "")
    append(prepared: rendering?.finish() ?? "")
    (redaction, rendering, opening) = (nil, nil, "")
    guard isInLine else { return }
    isInLine = false
    append("\n")
  }

  private func writePiece() {
    var end = min(written + Self.pieceSize, waiting.count)
    // A piece ends with a whole character (RFC 3629 §3: bytes behind the first begin with 10).
    while end < waiting.count, end > written + 1, waiting[end] & 0xC0 == 0x80 { end -= 1 }
    isClosed = !StandardOutput.sink.write(
      prepared: String(decoding: waiting[written..<end], as: UTF8.self))
    written = end
  }

  private static var isReady: Bool {
    var entry = pollfd(fd: STDOUT_FILENO, events: Int16(POLLOUT), revents: 0)
    return poll(&entry, 1, 0) == 1
  }

  /// A sentence in the user's language.
  func text(_ phrase: Phrase) -> String { phrase.text(in: language) }

  /// Tells a sentence on standard error.
  func tell(_ phrase: Phrase) {
    hideProgress()
    StandardError.say(phrase, in: language)
  }

  /// Shows how far all has come, in one line that the next one takes the place of.
  func show(progress phrase: Phrase) {
    let line = phrase.redacted.text(in: language).sanitised
    guard line != progress else { return }
    progress = line
    // To the line's start, and erase to its end (ECMA-48 §8.3.41, EL).
    StandardError.sink.write(prepared: "\r\u{1B}[K" + line)
  }

  /// Takes the line away.
  func hideProgress() {
    guard progress != nil else { return }
    progress = nil
    StandardError.sink.write(prepared: "\r\u{1B}[K")
  }
}
