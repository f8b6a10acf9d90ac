/// What the user's words ask of the demo.
enum Wish: Equatable, Sendable {
  /// A report of what arrived.
  case report
  /// A long reply, repeated so many times.
  case long(times: Int)
  /// A report, ten times as slowly.
  case slow
  /// The numbers from 1 on.
  case count(to: Int)

  /// Reads `long`, `long 3`, `slow`, `count 100`, and their Chinese forms, at the text's start.
  init(_ text: String) {
    let letters = text.lowercased().prefix(40)
    let word = letters.prefix { !$0.isWhitespace && !$0.isNumber && !$0.isPunctuation }
    let digits = letters.dropFirst(word.count).drop(while: \.isWhitespace).prefix(while: \.isNumber)
    let number = Int(digits)
    switch word {
    case "long", "长": self = .long(times: min(max(number ?? 1, 1), 1_000))
    case "slow", "慢": self = .slow
    case "count", "数": self = .count(to: min(max(number ?? 10, 1), 1_000_000))
    default: self = .report
    }
  }
}
