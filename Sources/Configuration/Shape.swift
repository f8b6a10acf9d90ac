import Conversation
import Language
import Yams

/// What a setting's value must look like: the words for it, and how it is read.
struct Shape<Value> {
  /// Completes the sentence “expected …”.
  let expectation: Phrase
  /// Whether a value that does not fit stays out of sentences, since it may be a key.
  var isPrivate = false
  /// The value, or nil where the node does not fit.
  let read: (Node) -> Value?
}

extension Shape {
  /// A shape of one scalar's text.
  static func scalar(
    _ expectation: Phrase, isPrivate: Bool = false, _ parse: @escaping (String) -> Value?
  ) -> Shape {
    Shape(expectation: expectation, isPrivate: isPrivate) { $0.scalar.flatMap { parse($0.string) } }
  }

  /// The same value in another form.
  func map<Other>(_ transform: @escaping (Value) -> Other) -> Shape<Other> {
    Shape<Other>(expectation: expectation, isPrivate: isPrivate) { read($0).map(transform) }
  }
}

extension Shape where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of the cases, by its raw value.
  static var choice: Shape {
    scalar(alternatives(Value.allCases.map(\.rawValue))) { Value(rawValue: $0.lowercased()) }
  }
}

extension Shape where Value == Bool {
  static var flag: Shape {
    scalar(say("true or false")) {
      switch $0.lowercased() {
      case "true", "yes", "on": true
      case "false", "no", "off": false
      default: nil
      }
    }
  }
}

extension Shape where Value == String {
  /// A text of any length, without the line breaks at its end (which YAML's `|` leaves).
  static var text: Shape {
    scalar(say("a text")) { text in
      text.lastIndex { !$0.isNewline }.map { String(text[...$0]) } ?? ""
    }
  }

  static var line: Shape { scalar(say("one line of text")) { $0.isOneLine ? $0 : nil } }

  /// A text that may hold a secret.
  static var privateLine: Shape {
    scalar(say("one line of text"), isPrivate: true) { $0.isOneLine ? $0 : nil }
  }

  static var variable: Shape {
    scalar(say("the name of a variable, as in OPENAI_API_KEY"), isPrivate: true) { text in
      let letters = text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") }
      return letters && text.first?.isNumber == false ? text : nil
    }
  }

  /// An http address; the scheme may be left out.
  static var address: Shape {
    scalar(say("an address, as in https://api.example.com/v1")) { text in
      let scheme = text.firstRange(of: "://").map { text[..<$0.lowerBound].lowercased() }
      guard [nil, "http", "https"].contains(scheme), !text.contains(where: \.isWhitespace),
        !Authority(of: text).host.isEmpty
      else { return nil }
      return text
    }
  }
}

extension Shape where Value == Double {
  static func number(from lower: Int, to upper: Int) -> Shape {
    scalar(say("a number from \(lower) to \(upper)")) {
      Double($0).flatMap { Double(lower)...Double(upper) ~= $0 ? $0 : nil }
    }
  }
}

extension Shape where Value == Double {
  /// An amount of money.
  static var amount: Shape {
    scalar(say("an amount of dollars above 0, as in 0.50")) {
      Double($0.hasPrefix("$") ? String($0.dropFirst()) : $0)
        .flatMap { $0 > 0 && $0 <= 1_000_000 ? $0 : nil }
    }
  }
}

extension Shape where Value: FixedWidthInteger {
  static func wholeNumber(from lower: Value) -> Shape {
    scalar(say("a whole number, \(lower) or more")) {
      Value($0).flatMap { $0 >= lower ? $0 : nil }
    }
  }

  static var wholeNumber: Shape { scalar(say("a whole number")) { Value($0) } }
}

extension Shape where Value == Int {
  private static var units: [(name: String, bytes: Int)] {
    [("KiB", 1024), ("MiB", 1_048_576), ("kB", 1000), ("MB", 1_000_000), ("GB", 1_000_000_000)]
  }

  /// A number of bytes, with or without a unit.
  static var bytes: Shape {
    scalar(say("a number of bytes, as in 20 MB")) { text in
      let unit = units.first { text.lowercased().hasSuffix($0.name.lowercased()) }
      let digits = text.dropLast(unit?.name.count ?? 0).filter { $0 != " " }
      let product = Int(digits).map { $0.multipliedReportingOverflow(by: unit?.bytes ?? 1) }
      guard let product, !product.overflow, product.partialValue > 0 else { return nil }
      return product.partialValue
    }
  }
}

extension Shape where Value == Duration {
  static var seconds: Shape {
    scalar(say("a number of seconds above 0 and up to 86400")) {
      Double($0).flatMap { $0 > 0 && $0 <= 86_400 ? .seconds($0) : nil }
    }
  }
}

extension Shape where Value == [String] {
  /// A list of texts, or one alone.
  static func texts(atMost most: Int) -> Shape {
    Shape(expectation: say("a text, or a list of at most \(most)")) { node in
      let items = node.sequence.map(Array.init) ?? [node]
      let texts = items.compactMap(\.scalar?.string)
      return texts.count == items.count && 1...most ~= texts.count ? texts : nil
    }
  }
}

extension Shape where Value == Set<PictureFormat> {
  static var formats: Shape {
    let names = PictureFormat.allCases.map(\.rawValue)
    return Shape(expectation: say("a list of \(alternatives(names))")) { node in
      let items = node.sequence.map(Array.init) ?? [node]
      let formats = items.compactMap { item in
        item.scalar.flatMap { PictureFormat(rawValue: $0.string == "jpg" ? "jpeg" : $0.string) }
      }
      return formats.count == items.count && !formats.isEmpty ? Set(formats) : nil
    }
  }
}

extension String {
  /// Whether the text is not empty and has no control characters, line breaks included.
  var isOneLine: Bool {
    !isEmpty && unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F }
  }
}
