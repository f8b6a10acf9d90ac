/// Parts a reply that holds `<think>…</think>` into reasoning and answer.
///
/// Local servers pass on what a reasoning model writes, tags included. An opening tag counts only at
/// the very start (behind blanks): one further down is part of the answer. A closing tag without an
/// opening one counts wherever it first stands, since chat templates that end with `<think>` leave
/// the model only the closing one to write (DeepSeek-R1, QwQ); one in quotes is text.
struct ThinkSplitter: Sendable {
  /// What a piece of text turned out to be, in this order.
  struct Pieces: Equatable {
    var reasoning = ""
    var answer = ""
    /// Whether all of the answer up to and with `answer` was reasoning.
    var answerWasReasoning = false
    /// Whether all of the reasoning up to and with `reasoning` was the answer.
    var reasoningWasAnswer = false
    /// What follows a change of the two above.
    var rest = ""
  }

  private static let names = ["think", "thinking", "thought", "reasoning", "seed:think"]
  private static let openings = names.map { Array("<\($0)>".utf8) }
  private static let closings = names.map { Array("</\($0)>".utf8) }
  /// Behind so many blanks, in bytes, no tag is looked for any more.
  private static let mostBlanks = 64 << 10

  private enum State: Equatable {
    /// Nothing but blanks, or the start of a tag, has come. Next: `reasoning`, `answer`.
    case start
    /// Inside the tags. Next: `gap`.
    case reasoning
    /// Behind the closing tag, where blanks are left out. Next: `answer`.
    case gap
    /// The end state.
    case answer
  }

  private var state: State
  /// Whether the reasoning has no opening tag: it is so by what was learned of the model.
  private let isAssumed: Bool
  /// Whether a closing tag in the answer would make all before it reasoning.
  private var watches = true
  /// Blanks at the start, which belong to the answer unless a tag follows.
  private var blanks = ""
  /// Text that may belong to a tag that has not come whole; shorter than the longest tag.
  private var held = ""
  /// The last byte before `held`.
  private var lastByte: UInt8 = 0

  /// A splitter for a model whose replies begin inside the tags where `startsInReasoning` is true.
  init(startsInReasoning: Bool = false) {
    isAssumed = startsInReasoning
    state = startsInReasoning ? .reasoning : .start
  }

  /// Notes that reasoning came outside of the text, so that a tag in the text is text.
  mutating func noteReasoningElsewhere() {
    watches = false
    if isAssumed, state == .reasoning { state = .answer }
  }

  /// Takes the next piece of text.
  ///
  /// - Complexity: linear in the piece.
  mutating func feed(_ piece: String) -> Pieces {
    if state == .answer, !watches, held.isEmpty { return Pieces(answer: piece) }
    held += piece
    var pieces = Pieces()
    if state == .start { open() }
    if state == .reasoning { takeReasoning(into: &pieces) }
    if state == .answer { takeAnswer(into: &pieces) }
    if state == .gap { closeGap(into: &pieces) }
    return pieces
  }

  /// Ends the reply; what was held back.
  mutating func finish() -> Pieces {
    defer { (held, blanks) = ("", "") }
    switch state {
    case .start: return Pieces(answer: blanks + held)
    case .reasoning where isAssumed: return Pieces(reasoning: held, reasoningWasAnswer: true)
    case .reasoning: return Pieces(reasoning: held)
    case .gap: return Pieces()
    case .answer: return Pieces(answer: held)
    }
  }

  /// Looks for an opening tag behind the blanks.
  private mutating func open() {
    let count = held.unicodeScalars.prefix { $0.properties.isWhitespace }.endIndex
    if blanks.utf8.count < Self.mostBlanks, count > held.startIndex {
      blanks += held[..<count]
      held.removeSubrange(..<count)
    }
    if let tag = Self.openings.first(where: { held.utf8.starts(with: $0) }) {
      held.removeSubrange(..<held.utf8.index(held.startIndex, offsetBy: tag.count))
      (state, blanks, watches) = (.reasoning, "", false)
    } else if blanks.utf8.count >= Self.mostBlanks || !held.couldBegin(Self.openings) {
      held = blanks + held
      (state, blanks) = (.answer, "")
    }
  }

  private mutating func takeReasoning(into pieces: inout Pieces) {
    guard let tag = held.firstRange(of: Self.closings, after: nil) else {
      pieces.reasoning = held.takeAllBut(startOf: Self.closings)
      return
    }
    pieces.reasoning = String(held[..<tag.lowerBound])
    held.removeSubrange(..<tag.upperBound)
    (state, watches) = (.gap, false)
  }

  private mutating func takeAnswer(into pieces: inout Pieces) {
    let tags = Self.closings + Self.openings
    guard watches, let tag = held.firstRange(of: tags, after: lastByte) else {
      pieces.answer = watches ? held.takeAllBut(startOf: tags) : held.takeAllBut(startOf: [])
      lastByte = pieces.answer.utf8.last ?? lastByte
      return
    }
    watches = false
    guard Self.closings.contains(Array(held.utf8[tag])) else {
      (pieces.answer, held) = (held, "")
      return
    }
    pieces.answer = String(held[..<tag.lowerBound])
    pieces.answerWasReasoning = true
    held.removeSubrange(..<tag.upperBound)
    state = .gap
  }

  private mutating func closeGap(into pieces: inout Pieces) {
    let text = held.unicodeScalars.drop { $0.properties.isWhitespace }
    held = ""
    guard !text.isEmpty else { return }
    state = .answer
    if pieces.answerWasReasoning {
      pieces.rest = String(text)
    } else {
      pieces.answer = String(text)
    }
  }
}

extension String {
  /// Where the first of `tags` stands, compared byte by byte.
  ///
  /// One behind a quotation mark is passed over where `last` is given, the byte before the text.
  fileprivate func firstRange(of tags: [[UInt8]], after last: UInt8?) -> Range<Index>? {
    var start = utf8.startIndex
    while let place = utf8[start...].firstIndex(of: UInt8(ascii: "<")) {
      start = utf8.index(after: place)
      guard let tag = tags.first(where: { utf8[place...].starts(with: $0) }) else { continue }
      let before = place > utf8.startIndex ? utf8[utf8.index(before: place)] : last
      if last != nil, before?.isQuote == true { continue }
      return place..<utf8.index(place, offsetBy: tag.count)
    }
    return nil
  }

  /// Whether one of `tags` could begin with the whole text, or the text is empty.
  fileprivate func couldBegin(_ tags: [[UInt8]]) -> Bool {
    tags.contains { $0.starts(with: utf8) }
  }

  /// Takes the text out, but for what at its end could be the start of one of `tags`.
  fileprivate mutating func takeAllBut(startOf tags: [[UInt8]]) -> String {
    let tail = utf8.suffix(16)
    let start = tail.lastIndex(of: UInt8(ascii: "<")) ?? tail.endIndex
    let isOpen = start < tail.endIndex && tags.contains { $0.starts(with: tail[start...]) }
    // Not cut in place: a string that was long once would keep its room, and be copied with it.
    let all = self
    self = isOpen ? String(all[start...]) : ""
    return isOpen ? String(all[..<start]) : all
  }
}

extension UInt8 {
  /// A mark that quotes a word of code or of a sentence.
  fileprivate var isQuote: Bool {
    [UInt8(ascii: "`"), UInt8(ascii: "\""), UInt8(ascii: "'")].contains(self)
  }
}
