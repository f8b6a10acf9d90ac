/// What was heard of a recording so far.
struct HeardSoFar: Sendable {
  /// Of the pieces that are whole.
  var heard = Heard()
  /// The text of the piece that is being heard.
  var begun = ""
  /// Whether it is all of the recording.
  var isWhole = false
  /// What came of its translation, which is not whole.
  var translation = ""

  var isEmpty: Bool { (heard.text + begun).allSatisfy(\.isWhitespace) }

  /// All of it.
  var whole: Heard {
    var whole = heard
    let words = begun.trimmed
    guard !words.isEmpty else { return whole }
    whole.text += (whole.text.isEmpty ? "" : " ") + words
    whole.untimed = words
    // How much of the recording that is, nobody tells.
    whole.seconds = nil
    return whole
  }
}
