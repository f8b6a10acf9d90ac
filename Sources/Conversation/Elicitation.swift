import JSON

/// A question of a tool's server to the user, while a call of its tool waits (MCP 2026-07-28,
/// client/elicitation).
package struct Elicitation: Hashable, Sendable {
  /// What is asked for.
  package enum Kind: Hashable, Sendable {
    case form([ElicitationField])
    /// An address to visit, which is shown whole and opened only when the user says so.
    case url(String)
  }

  /// The server's configured name.
  package var server: String
  /// Where the server runs; nil on this machine.
  package var host: String?
  /// Why it asks, in its own words.
  package var message: String
  package var kind: Kind

  package init(server: String, host: String? = nil, message: String, kind: Kind) {
    self.server = server
    self.host = host
    self.message = message
    self.kind = kind
  }
}

/// What the user says to it.
package enum ElicitationAnswer: Equatable, Sendable {
  /// Yes; for a form, with its values as the text of a JSON object.
  case accept(content: String)
  /// No.
  case decline
  /// Neither: the question was closed.
  case cancel
}

/// One value that a form asks for.
package struct ElicitationField: Hashable, Sendable {
  /// What the value may be.
  package enum Shape: Hashable, Sendable {
    /// A text of so many characters; `format` is email, uri, date or date-time.
    case text(length: ClosedRange<Int>, format: String?)
    case number(isWhole: Bool, ClosedRange<Double>)
    case flag
    /// One of the options.
    case choice([Option])
    /// Some of the options, so many.
    case choices([Option], count: ClosedRange<Int>)
  }

  /// A value to choose.
  package struct Option: Hashable, Sendable {
    package var value: String
    package var title: String

    package init(value: String, title: String) {
      self.value = value
      self.title = title
    }
  }

  package var name: String
  package var title: String
  package var details: String
  package var isRequired: Bool
  package var shape: Shape
  /// What it is when nothing is typed, as it would be typed.
  package var initial: String?

  package init(
    name: String, title: String, details: String = "", isRequired: Bool, shape: Shape,
    initial: String? = nil
  ) {
    self.name = name
    self.title = title
    self.details = details
    self.isRequired = isRequired
    self.shape = shape
    self.initial = initial
  }
}

extension Elicitation {
  /// The text of the JSON object that a form's answer is, of what was typed by the fields' numbers from 0;
  /// fields that were left empty are left out.
  package func content(of typed: [Int: String]) -> String {
    guard case .form(let fields) = kind else { return "{}" }
    let members = fields.enumerated().compactMap { number, field -> JSONMember? in
      guard let text = typed[number], !text.isEmpty else { return nil }
      return field.value(of: text).map { JSONMember(field.name, $0) }
    }
    return JSONValue.object(members).description
  }
}

extension ElicitationField {
  /// Whether a typed text is a value of the field; none at all is one where it is not required.
  package func accepts(_ typed: String) -> Bool {
    typed.isEmpty ? !isRequired : value(of: typed) != nil
  }

  /// The value that a typed text is; nil where it does not fit.
  ///
  /// Options are typed by their titles, values or numbers from 1, several with commas between them.
  fileprivate func value(of typed: String) -> JSONValue? {
    switch shape {
    case .text(let length, let format):
      let fits = length.contains(typed.unicodeScalars.count)
      return fits && (format.map { typed.fits($0) } ?? true) ? .string(typed) : nil
    case .number(let isWhole, let range):
      guard let number = Double(typed), range.contains(number),
        case .number? = JSONValue(parsing: typed)
      else { return nil }
      return isWhole && number.rounded() != number ? nil : .number(typed)
    case .flag:
      switch typed.lowercased() {
      case "y", "yes", "true", "on", "1", "是", "对": return true
      case "n", "no", "false", "off", "0", "否", "不": return false
      default: return nil
      }
    case .choice(let options): return option(typed, of: options).map { .string($0) }
    case .choices(let options, let count):
      let words = typed.split(whereSeparator: { ",，、".contains($0) })
      let values = words.compactMap { option(String($0), of: options) }
      guard values.count == words.count, count.contains(values.count) else { return nil }
      return .array(values.map { .string($0) })
    }
  }

  private func option(_ typed: String, of options: [Option]) -> String? {
    let word = typed.filter { !$0.isWhitespace }.lowercased()
    let named = options.first { option in
      [option.title, option.value].contains { $0.filter { !$0.isWhitespace }.lowercased() == word }
    }
    if let named { return named.value }
    guard let number = Int(word), options.indices.contains(number - 1) else { return nil }
    return options[number - 1].value
  }
}

extension String {
  /// Whether the text looks like what a schema's `format` says; an unknown format is any text.
  fileprivate func fits(_ format: String) -> Bool {
    switch format {
    case "email":
      let parts = split(separator: "@", omittingEmptySubsequences: false)
      return parts.count == 2 && parts.allSatisfy { !$0.isEmpty }
        && !contains(where: \.isWhitespace)
    case "uri": return contains(":") && !contains(where: \.isWhitespace)
    case "date": return hasShape("0000-00-00")
    case "date-time": return prefix(10).description.hasShape("0000-00-00") && contains("T")
    default: return true
    }
  }

  /// Whether the text has a digit for each 0, and else the same characters.
  private func hasShape(_ shape: String) -> Bool {
    count == shape.count
      && zip(self, shape).allSatisfy { $1 == "0" ? "0123456789".contains($0) : $0 == $1 }
  }
}
