import Secrets

/// A text that goes to a sink in pieces, and is prepared as if it had come whole.
///
/// What must be seen together to be judged (the letters of a key, a line break's two halves) is held
/// back until the next piece or ``end()``.
package struct OutputStream {
  private let sink: OutputSink
  /// Nil before the first piece, so that a key which is read meanwhile is known.
  private var redaction: RedactionStream?
  /// The last piece's end, not written yet.
  private var held = ""
  /// Whether the last character that was written ended a line; true at the start.
  private var isAtLineStart = true
  private var isEmpty = true

  init(_ sink: OutputSink) {
    self.sink = sink
  }

  /// Writes a piece; false where nobody takes any more of it.
  @discardableResult
  package mutating func write(_ piece: String) -> Bool {
    var redaction = self.redaction ?? RedactionStream(sink.redaction)
    var text = held + redaction.feed(piece)
    self.redaction = redaction
    held = ""
    if text.unicodeScalars.last == "\r" {
      text.unicodeScalars.removeLast()
      held = "\r"
    }
    return emit(text)
  }

  /// Writes what was held back, and ends the last line; false where that could not be written.
  ///
  /// A stream that had no text writes nothing.
  @discardableResult
  package mutating func end() -> Bool {
    let rest = held + (redaction?.finish() ?? "")
    held = ""
    guard emit(rest), !isEmpty, !isAtLineStart else { return sink.failure == nil }
    return emit("\n")
  }

  private mutating func emit(_ text: String) -> Bool {
    guard !text.isEmpty else { return sink.failure == nil }
    isEmpty = false
    isAtLineStart = text.unicodeScalars.last == "\n"
    return sink.write(redacted: text)
  }
}
