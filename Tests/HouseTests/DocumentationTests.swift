import Testing

@Suite struct DocumentationTests {
  /// What other modules see is documented: every type, and every function of more than one line.
  ///
  /// A property's or a one-line function's name may say all there is to say.
  @Test func `What other modules see is documented`() {
    let bare = House.sources.flatMap { file in
      file.declarations.filter(\.needsDocumentation).filter { !$0.isDocumented }.map {
        "\(file.place(line: $0.line)): \($0.name)"
      }
    }
    #expect(bare == [])
  }

  @Test func `Documentation is found above attributes`() {
    let source = SwiftSource(
      """
      /// Documented.
      @discardableResult
      package func documented() {
        one()
      }
      // Not documentation.
      package func bare() {
        one()
        two()
      }
      package func clear() {
        one()
      }
      package static func < (left: Self, right: Self) -> Bool {
        one()
        two()
      }
      package final class Bare {}
      private struct Hidden {}
      """)
    let needed = source.declarations.filter(\.needsDocumentation)
    #expect(needed.map(\.name) == ["bare", "Bare"])
    #expect(needed.map(\.isDocumented) == [false, false])
    #expect(source.declarations.first?.isDocumented == true)
  }
}

extension SwiftDeclaration {
  /// What the standard library's protocols ask for means here what it means everywhere.
  private static let known: Set = [
    "Iterator", "AsyncIterator", "next", "makeIterator", "makeAsyncIterator", "appendLiteral",
    "appendInterpolation", "encode", "hash",
  ]

  fileprivate var needsDocumentation: Bool {
    guard isPackage, !Self.known.contains(name) else { return false }
    switch kind {
    case .type: return true
    case .function: return bodyLength ?? 0 > 1 && (name.first?.isLetter ?? false)
    case .initializer, .property: return false
    }
  }
}
