/// Whether a stop ends a sentence: those of abbreviations, numbers and pauses do not.
package enum SentenceEnd: Equatable, Sendable {
  /// It does, whatever follows.
  case certain
  /// It belongs to the word before it, as in “Dr. Smith”.
  case none
  /// It does unless a small letter follows, as in “etc. and so on”, or “Wait… what?”.
  case unlessSmallLetter
  /// It does unless a digit follows, as in “No. 5”.
  case unlessDigit

  /// What the first of `marks` is, which stands behind `words`, the sentence so far: a stop, with what closes
  /// the sentence or stands beside it.
  package init(
    _ marks: some Collection<Character>, behind words: some BidirectionalCollection<Character>
  ) {
    let isPause = marks.contains("…") || marks.count { $0 == "." } > 1
    guard !marks.contains(where: { "!?。！？；".contains($0) }) else {
      self = .certain
      return
    }
    guard !isPause else {
      self = .unlessSmallLetter
      return
    }
    let letters = words.reversed().prefix { $0.isLetter || $0.isNumber || $0 == "." }
    self.init(word: String(letters.reversed()), isAlone: letters.count == words.count)
  }

  /// What a stop behind that word is; `isAlone` says that nothing stands before it.
  private init(word: String, isAlone: Bool) {
    // As of lists: “1.”, “2.1.”, “a.”
    let isNumber = isAlone && word.allSatisfy { $0.isNumber || $0 == "." }
    let isInitial = word.count == 1 && (isAlone || word.first?.isUppercase == true)
    switch word.lowercased() {
    case _ where isInitial || !word.isEmpty && isNumber: self = .none
    case let word where Self.beforeNames.contains(word): self = .none
    case let word where Self.beforeNumbers.contains(word): self = .unlessDigit
    case let word where Self.withStop.contains(word) || Self.isOfInitials(word):
      self = .unlessSmallLetter
    default: self = .certain
    }
  }

  /// Whether the sentence ends where `next` is the first character behind the blank; nil at the end.
  package func holds(before next: Character?) -> Bool {
    switch self {
    case .certain: true
    case .none: false
    case .unlessSmallLetter: next?.isLowercase != true
    case .unlessDigit: next?.isNumber != true
    }
  }

  /// Whether it is like “a.m” or “U.S”: single letters with stops between them.
  private static func isOfInitials(_ word: String) -> Bool {
    let letters = word.split(separator: ".", omittingEmptySubsequences: false)
    return letters.count > 1 && letters.allSatisfy { $0.count == 1 && $0.first?.isLetter == true }
  }

  /// Words behind which something always follows.
  private static let beforeNames: Set<String> = [
    "dr", "mr", "mrs", "ms", "mx", "messrs", "prof", "st", "mt", "gen", "col", "maj", "lt", "sgt",
    "capt", "cmdr", "adm", "rev", "hon", "gov", "sen", "rep", "pres", "vs", "cf", "viz", "approx",
    "e.g", "i.e", "z.b", "d.h",
  ]

  /// Words that are short ones only where a number follows.
  private static let beforeNumbers: Set<String> = [
    "no", "nos", "nr", "p", "pp", "fig", "figs", "eq", "art", "sec", "ch", "vol", "jan", "feb",
    "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
  ]

  /// Words that stand in a sentence as well as at its end.
  private static let withStop: Set<String> = [
    "etc", "inc", "ltd", "co", "corp", "bros", "jr", "sr", "al", "dept", "est", "ave", "blvd",
    "ph.d",
  ]
}
