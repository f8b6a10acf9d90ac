package import Language
import Screen

/// The page of `--help` that the argument parser wrote, in the user's language and laid out for the
/// terminal.
///
/// The package (swift-argument-parser 1.8, `HelpGenerator.swift`) has English headings alone, counts
/// characters where a terminal counts columns, cuts usage lines nowhere, and leaves texts 14 of 40
/// columns. Its page is asked for with lines that are never cut, so that each holds one sentence, a key of
/// the catalogue; a line that is none stays as it is.
package struct HelpPage {
  /// The width that the package is to lay its page out for: no line of a page is as long.
  package static let uncutColumns = 100_000
  /// The column at which texts begin behind their labels (`HelpGenerator.labelColumnWidth`).
  private static let labelColumns = 26
  /// Below this width texts stand under their labels, so far in.
  private static let leastColumns = 60
  private static let narrowIndent = 6

  private let lines: [Substring]
  private let language: Language
  private let columns: Int

  /// A page without cuts; nil where the text is none (a version, a completion script).
  package init?(_ text: String, language: Language, columns: Int) {
    guard text.hasPrefix("OVERVIEW: ") || text.hasPrefix("USAGE: ") else { return nil }
    lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    self.language = language
    self.columns = columns
  }

  /// The width of pages: `COLUMNS`, else that of the terminal, else 80, as the package has it.
  package static func columns(_ environment: [String: String]) -> Int {
    environment["COLUMNS"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
      ?? StandardOutput.columns ?? 80
  }

  /// The page's lines, each ended.
  package var text: String {
    var rows: [String] = []
    var isInSection = false
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let below = index + 1 < lines.count ? Self.textBelowLabel(lines[index + 1]) : nil
      index += 1
      if let heading = Self.headings.first(where: { $0.key == line }) {
        isInSection = true
        rows.append(heading.text(in: language))
      } else if isInSection, let below {
        rows += self.rows(String(line), below)
        index += 1
      } else if isInSection, !line.hasPrefix("  See '"), let row = HelpRow(line) {
        rows += self.rows(row.label, row.text)
      } else {
        rows += prose(line)
      }
    }
    while rows.last?.isEmpty == true { rows.removeLast() }
    return rows.map { $0 + "\n" }.joined()
  }

  private static let headings = [say("ARGUMENTS:"), say("OPTIONS:"), say("SUBCOMMANDS:")]

  /// What stands below a label that reaches the column of texts; nil for any other line.
  private static func textBelowLabel(_ line: Substring) -> String? {
    let text = line.drop { $0 == " " }
    return line.count - text.count == labelColumns ? String(text) : nil
  }
}

// MARK: - Sentences

extension HelpPage {
  private static let overview = say("OVERVIEW: \("")")
  private static let usage = say("USAGE: \("")")
  private static let detail = say("  See '\("")' for detailed help.")
  /// The sentences of the package about options that every call has.
  private static let ownSentences = [say("Show the version."), say("Show help information.")]
  private static let defaultMark = say("\("") (default)")
  private static let values = [
    say("\("") (values: \(""); default: \(""))"), say("\("") (values: \(""))"),
    say("\("") (default: \(""))"),
  ]

  /// A text of the page: a sentence of the catalogue, or one with what the package adds of values.
  static func translated(_ text: String, in language: Language) -> String {
    for phrase in values {
      guard let parts = ParserMessage.arguments(of: text, by: phrase.key) else { continue }
      let sentence = Phrase(stringLiteral: parts[0]).text(in: language)
      let comma = say(", ").text(in: language)
      let rest = parts.dropFirst().map { Phrase.Argument.text($0.replacing(", ", with: comma)) }
      return Phrase(key: phrase.key, arguments: [.text(sentence)] + rest).text(in: language)
    }
    return Phrase(stringLiteral: text).text(in: language)
  }

  /// The sentence of a key with one argument, if the line is it, with that argument put otherwise.
  private func sentence(
    _ line: Substring, _ phrase: Phrase, _ change: (String) -> String
  ) -> String? {
    ParserMessage.arguments(of: String(line), by: phrase.key).map { parts in
      Phrase(key: phrase.key, arguments: [.text(change(parts[0]))]).text(in: language)
    }
  }

  /// An option's name and its value are not parted.
  private func translated(usage line: String) -> String {
    [say("<options>"), say("<subcommand>")].reduce(line) {
      $0.replacing($1.key, with: $1.text(in: language))
    }.replacing(" <", with: "\u{A0}<")
  }
}

// MARK: - Layout

extension HelpPage {
  /// A paragraph, or a line of usage, which goes on below its own beginning.
  private func prose(_ line: Substring) -> [String] {
    let head = Phrase(key: Self.usage.key, arguments: [.text("")]).text(in: language)
    let indent = Cell.cells(of: head).count
    if let usage = sentence(line, Self.usage, { translated(usage: $0) }) {
      return cut(usage, hanging: indent)
    }
    if line.hasPrefix("       ") {
      return cut(translated(usage: String(line.drop { $0 == " " })), indent: indent)
    }
    if let detail = sentence(line, Self.detail, { $0 }) { return cut(detail) }
    let overview = sentence(line, Self.overview) { Self.translated($0, in: language) }
    return cut(overview ?? Self.translated(String(line), in: language))
  }

  /// A label with its text behind it, or below it where either is too long.
  private func rows(_ label: String, _ text: String) -> [String] {
    let label = sentence(label[...], Self.defaultMark, { $0 }) ?? label
    let width = Cell.cells(of: label).count
    let isNarrow = columns < Self.leastColumns
    let indent = isNarrow ? Self.narrowIndent : Self.labelColumns
    let texts = cut(Self.translated(text, in: language), indent: indent)
    guard !isNarrow, width < indent, let first = texts.first else { return [label] + texts }
    return [label + first.dropFirst(width)] + texts.dropFirst()
  }

  /// Rows of at most the page's width; names of options are not cut at their hyphens.
  private func cut(_ text: String, indent: Int = 0, hanging: Int = 0) -> [String] {
    let glued = text.replacing("-", with: "\u{2011}")
    let rows = StyledLine(glued, .plain).wrapped(
      to: max(8, columns - indent), continuationIndent: hanging)
    return rows.map {
      String(repeating: " ", count: indent)
        + $0.text.replacing("\u{2011}", with: "-").replacing("\u{A0}", with: " ")
    }
  }
}

/// A row of a page: the label of an option, an argument or a call, and the text behind it.
struct HelpRow {
  let label: String
  let text: String

  /// Nil where a line has no text behind two spaces; labels hold none.
  init?(_ line: Substring) {
    let indent = line.prefix { $0 == " " }
    let rest = line.dropFirst(indent.count)
    guard let gap = rest.firstRange(of: "  ") else { return nil }
    label = String(indent + rest[..<gap.lowerBound])
    text = String(rest[gap.upperBound...].drop { $0 == " " })
  }
}
