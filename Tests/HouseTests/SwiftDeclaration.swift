/// A declaration in a Swift file, as far as the house's rules look at it.
struct SwiftDeclaration: Sendable {
  enum Kind: Sendable {
    case type
    case function
    case initializer
    case property
  }

  let kind: Kind
  let name: String
  /// From 1 on.
  let line: Int
  let isPackage: Bool
  let isDocumented: Bool
  /// The lines between its braces, without the one-line cases of a `switch`; nil without a body.
  let bodyLength: Int?
}

extension SwiftSource {
  /// The types, functions, initializers and computed properties of the file, in their order.
  var declarations: [SwiftDeclaration] {
    let (lines, codeLines) = (lines, codeLines)
    var offset = 0
    var found: [SwiftDeclaration] = []
    for (index, line) in codeLines.enumerated() {
      defer { offset += line.utf8.count + 1 }
      guard let head = DeclarationHead(line) else { continue }
      let body = head.kind == .type ? nil : bodyRange(from: offset)
      found.append(
        SwiftDeclaration(
          kind: head.kind, name: head.name, line: index + 1, isPackage: head.isPackage,
          isDocumented: Self.isDocumented(index, in: lines), bodyLength: body.map(length(of:))))
    }
    return found
  }

  /// Whether a documentation comment stands above the line, attributes between them aside.
  private static func isDocumented(_ index: Int, in lines: [String]) -> Bool {
    let above = lines[..<index].reversed().map { $0.drop(while: \.isWhitespace) }
    return above.first { !$0.hasPrefix("@") }?.hasPrefix("///") ?? false
  }

  /// What stands between the braces of the declaration whose line starts at `offset`.
  private func bodyRange(from offset: Int) -> Range<Int>? {
    var depth = 0
    var index = offset
    while index < code.count {
      switch code[index] {
      case UInt8(ascii: "("), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: ")"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "{") where depth == 0: return (index + 1)..<closingBrace(from: index)
      case UInt8(ascii: "\n") where depth == 0 && !continues(after: index): return nil
      default: break
      }
      index += 1
    }
    return nil
  }

  /// Whether the line behind the line break at `index` goes on with a declaration's head.
  private func continues(after index: Int) -> Bool {
    let next = code[(index + 1)...].drop { $0 == UInt8(ascii: " ") }
    return ["where", "->", ")", "{", "async", "throws"].contains { next.starts(with: $0.utf8) }
  }

  private func closingBrace(from open: Int) -> Int {
    let (opening, closing) = (UInt8(ascii: "{"), UInt8(ascii: "}"))
    var (depth, index) = (1, open + 1)
    while index < code.count {
      if code[index] == opening { depth += 1 }
      if code[index] == closing { depth -= 1 }
      if depth == 0 { return index }
      index += 1
    }
    return code.count
  }

  private func length(of body: Range<Int>) -> Int {
    let lines = text[body].split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    let inner = lines.dropFirst().dropLast().map { $0.drop { $0 == UInt8(ascii: " ") } }
    return inner.count { line in
      let isCase = ["case ", "default:"].contains { line.starts(with: $0.utf8) }
      return !isCase || line.last == UInt8(ascii: ":") || line.last == UInt8(ascii: ",")
    }
  }
}

/// The first line of a declaration: what it declares, and how far it can be seen.
private struct DeclarationHead {
  let kind: SwiftDeclaration.Kind
  let name: String
  let isPackage: Bool

  private static let modifiers: Set = [
    "package", "private", "fileprivate", "internal", "static", "final", "mutating", "nonmutating",
    "nonisolated", "indirect", "override", "convenience", "required", "consuming", "borrowing",
    "private(set)", "internal(set)", "fileprivate(set)", "package(set)", "async", "lazy", "weak",
  ]

  private static let kinds: [String: SwiftDeclaration.Kind] = [
    "struct": .type, "enum": .type, "class": .type, "actor": .type, "protocol": .type,
    "func": .function, "init": .initializer, "deinit": .initializer, "subscript": .function,
    "var": .property,
  ]

  /// Reads a line of code; nil where it declares nothing of interest.
  init?(_ line: String) {
    var words = line.split(separator: " ")[...]
    let leading = words.prefix { Self.modifiers.contains(String($0)) || $0.hasPrefix("@") }
    words = words.dropFirst(leading.count)
    guard let first = words.first else { return nil }
    let keyword = String(first.prefix { $0.isLetter })
    guard let kind = Self.kinds[keyword] else { return nil }
    self.kind = kind
    isPackage = leading.contains("package")
    let rest = keyword == first ? words.dropFirst().first ?? "" : first
    name = String(rest.prefix { $0 != "(" && $0 != ":" && $0 != "<" || rest.first == $0 })
  }
}
