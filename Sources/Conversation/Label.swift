import Screen

/// A name on one line that fits a list: at most 120 columns, and nothing in it steers a terminal.
///
/// Line breaks, tabs and runs of blanks become one blank; other control characters become U+FFFD;
/// characters that reorder text go; of the combining marks on one letter four stay. A longer name is
/// cut in its middle by “…”, since names that begin alike (`scan … 1`, `scan … 2`) are told apart by
/// their ends.
package struct Label: Hashable, Sendable {
  /// The most columns that a name takes on a screen where ambiguous characters take one.
  package static let columns = 120

  package let text: String

  /// The name made of `text`; it may be empty.
  ///
  /// - Complexity: linear in `text` up to 4,000 scalars; of a longer one only both ends are read.
  package init(_ text: String) {
    self.text = Self.line(of: text)
  }

  /// The name, where `text` can be one as it is meant: with words, and no wider than the limit.
  package init(typed text: String) throws(LabelError) {
    let line = Self.words(of: text.unicodeScalars)
    let width = DisplayWidth.columns(of: line)
    guard width <= Self.columns else { throw .tooWide(columns: width) }
    guard !line.isEmpty else { throw .empty }
    self.text = line.sanitised
  }

  private static func line(of text: String) -> String {
    // Most names are plain, and are asked for at every row that is read.
    if text.utf8.count <= columns, text.utf8.allSatisfy({ 0x21...0x7E ~= $0 }) { return text }
    let scalars = text.unicodeScalars
    let most = 2_000
    // An end that is not counted through would have to be searched for.
    guard text.utf8.count > 8 * most else { return cut(words(of: scalars)) }
    let ends = scalars.prefix(most) + "…".unicodeScalars + scalars.suffix(most)
    return cut(words(of: String.UnicodeScalarView(ends)))
  }

  private static func words(of scalars: String.UnicodeScalarView) -> String {
    scalars.split(whereSeparator: \.properties.isWhitespace).map(String.init)
      .joined(separator: " ")
  }

  private static func cut(_ line: String) -> String {
    Cell.cells(of: line).truncated(to: columns, at: .middle).text
  }
}

/// Why a typed text cannot be a name.
package enum LabelError: Error, Equatable, Sendable {
  case tooWide(columns: Int)
  case empty
}

extension Label: ExpressibleByStringLiteral {
  package init(stringLiteral value: String) { self.init(value) }
}

/// A label stands in JSON as its text.
extension Label: Codable {
  package init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

extension String {
  /// Whether the text can name a model: at most 512 bytes of UTF-8, without control characters.
  ///
  /// A name is sent as it is, so that it is never cut.
  package var isModelName: Bool {
    (1...512).contains(utf8.count)
      && unicodeScalars.allSatisfy { $0.properties.generalCategory != .control }
  }
}
