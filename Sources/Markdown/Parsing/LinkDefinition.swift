/// A link reference definition (CommonMark 0.29, 4.7): `[label]: address "title"`.
///
/// Iris shows definitions where they stand, since a reply's list of sources is often written so,
/// and hands the valid ones to the parser in front of the text.
struct LinkDefinition: Hashable, Sendable {
  /// Its line, with a line break.
  var text: [UInt8]
  /// The line it stands on, counted from the start of the text that was searched.
  var line: Int

  /// The longest label that CommonMark allows.
  private static let longestLabel = 999

  /// Whether `text` starts with a label and a colon.
  static func starts(in text: ArraySlice<UInt8>) -> Bool { colon(in: text) != nil }

  /// The index of the colon behind the label.
  private static func colon(in text: ArraySlice<UInt8>) -> Int? {
    guard text.first == UInt8(ascii: "[") else { return nil }
    var previous: UInt8 = 0
    for index in text.indices.dropFirst().prefix(longestLabel) {
      let byte = text[index]
      if byte == UInt8(ascii: "\n"), previous == byte { return nil }
      if previous != UInt8(ascii: "\\") {
        if byte == UInt8(ascii: "[") { return nil }
        if byte == UInt8(ascii: "]") {
          return text[(index + 1)...].first == UInt8(ascii: ":") ? index + 1 : nil
        }
      }
      previous = previous == UInt8(ascii: "\\") && byte == previous ? 0 : byte
    }
    return nil
  }

  /// The definition that fills the line `text`, nil if it is none or goes on in the next line.
  ///
  /// A footnote's (`[^1]:`) is none.
  static func text(in line: ArraySlice<UInt8>) -> [UInt8]? {
    guard let colon = colon(in: line), line.dropFirst().first != UInt8(ascii: "^") else {
      return nil
    }
    let address = line[(colon + 1)...].drop(while: \.isBlank)
    let rest = address.drop { !$0.isSpace }
    guard rest.startIndex > address.startIndex else { return nil }
    let title = rest.drop(while: \.isSpace)
    let end = title.lastIndex { !$0.isSpace }.map { $0 + 1 } ?? title.startIndex
    let isTitle = isQuoted(title[title.startIndex..<end])
    guard title.isEmpty || isTitle else { return nil }
    return Array(line[..<(title.isEmpty ? rest.startIndex : end)]) + [UInt8(ascii: "\n")]
  }

  /// The label and the address of a definition; nil for an address that is not shown as it is.
  static func parts(of text: [UInt8]) -> (label: String, address: String)? {
    guard let colon = colon(in: text[...]) else { return nil }
    var address = text[(colon + 1)...].drop(while: \.isBlank).prefix { !$0.isSpace }
    if address.first == UInt8(ascii: "<"), address.last == UInt8(ascii: ">"), address.count > 1 {
      address = address.dropFirst().dropLast()
    }
    let label = text[1..<colon - 1]
    return (String(decoding: label, as: UTF8.self), String(decoding: address, as: UTF8.self))
  }

  private static func isQuoted(_ text: ArraySlice<UInt8>) -> Bool {
    guard text.count >= 2, let first = text.first, let last = text.last else { return false }
    switch first {
    case UInt8(ascii: "\""), UInt8(ascii: "'"): return last == first
    case UInt8(ascii: "("): return last == UInt8(ascii: ")")
    default: return false
    }
  }
}
