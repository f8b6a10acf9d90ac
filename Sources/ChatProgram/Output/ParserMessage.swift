package import Language

/// What the argument parser says of a command line, in the user's language.
///
/// The package (swift-argument-parser 1.8, `UsageGenerator.swift`) has English sentences alone: each line
/// is compared with those below, and one that none fits stays as it is.
package struct ParserMessage {
  private let language: Language

  package init(language: Language) {
    self.language = language
  }

  /// The lines of a message, each in the user's language as far as its sentence is known.
  package func translated(_ message: String) -> String {
    guard language != .english else { return message }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { translated(line: String($0)) }.joined(separator: "\n")
  }

  private func translated(line: String) -> String {
    if let parts = Self.arguments(of: line, by: Self.help.key) {
      let row = HelpRow(parts[0].drop { $0 == " " })
      let told = row.map { $0.label + "  " + HelpPage.translated($0.text, in: language) }
      return Phrase(key: Self.help.key, arguments: [.text(told ?? parts[0])]).text(in: language)
    }
    for sentence in Self.heads {
      guard let parts = Self.arguments(of: line, by: sentence.key) else { continue }
      let rest = parts.map { Phrase.Argument.text(translated(line: $0)) }
      return Phrase(key: sentence.key, arguments: rest).text(in: language)
    }
    for sentence in Self.sentences {
      guard let parts = Self.arguments(of: line, by: sentence.key) else { continue }
      return Phrase(key: sentence.key, arguments: parts.map { .text($0) }).text(in: language)
    }
    return line
  }

  /// What stands before a sentence of the package, or of ours.
  private static let heads: [Phrase] = [
    say("Error: \("")"), say("Usage: \("")"), say("   or: \("")"),
  ]

  private static let help = say("Help: \("")")

  /// The longer of two that fit comes first.
  private static let sentences: [Phrase] = [
    say("  See '\("")' for more information."),
    say("Unknown option '\("")'. Did you mean '\("")'?"), say("Unknown option '\("")'"),
    say("Missing value for '\("")' in '\("")'"), say("Missing value for '\("")'"),
    say("The option '\("")' does not take any value, but '\("")' was specified."),
    say("Unexpected argument '\("")'"), say("\("") unexpected arguments: '\("")'"),
    say("Missing expected argument '\("")'"), say("Missing one of: '\("")'"),
    say("Missing required subcommand."),
    say("The value '\("")' is invalid for '\("")'. Please provide one of \("")."),
    say("The value '\("")' is invalid for '\("")'"),
    say("Value to be set with \("") had already been set with \("")"),
  ]

  /// What stands in a line in the places of a key's arguments; nil where it is another sentence.
  static func arguments(of line: String, by key: String) -> [String]? {
    let pieces = key.components(separatedBy: "%@")
    guard let first = pieces.first, line.hasPrefix(first) else { return nil }
    var rest = line.dropFirst(first.count)
    var found: [String] = []
    for (index, piece) in pieces.dropFirst().enumerated() {
      let isLast = index == pieces.count - 2
      guard
        let place = piece.isEmpty
          ? rest.endIndex..<rest.endIndex
          : isLast ? rest.endPlace(of: String(piece)) : rest.firstRange(of: piece)
      else { return nil }
      found.append(String(rest[..<place.lowerBound]))
      rest = rest[place.upperBound...]
    }
    return rest.isEmpty ? found : nil
  }
}

extension Substring {
  /// The end of the text, where it is this one.
  fileprivate func endPlace(of text: String) -> Range<Index>? {
    hasSuffix(text) ? index(endIndex, offsetBy: -text.count)..<endIndex : nil
  }
}

extension String {
  fileprivate func components(separatedBy separator: String) -> [Substring] {
    var parts: [Substring] = []
    var rest = self[...]
    while let place = rest.firstRange(of: separator) {
      parts.append(rest[..<place.lowerBound])
      rest = rest[place.upperBound...]
    }
    return parts + [rest]
  }
}
