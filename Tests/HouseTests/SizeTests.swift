import Testing

@Suite struct SizeTests {
  @Test func `No file is longer than 400 lines`() {
    let long = (House.sources + House.tests).filter { $0.source.lineCount > 400 }
    #expect(long.map { "\($0.path): \($0.source.lineCount)" } == [])
  }

  @Test func `No function is longer than 40 lines, one-line cases aside`() {
    let long = House.sources.flatMap { file in
      file.declarations.filter { $0.bodyLength ?? 0 > 40 }.map {
        "\(file.place(line: $0.line)): \($0.name), \($0.bodyLength ?? 0) lines"
      }
    }
    #expect(long == [])
  }

  @Test func `A body's lines are counted between its braces`() {
    let source = SwiftSource(
      """
      func short() { print("{") }
      func long(
        with: () -> Void = {}
      ) throws
        -> Int
      {
        // One: "}".
        if true {

        }
      }
      var computed: Int {
        1
      }
      protocol P {
        func required()
        var stored: Int { get }
      }
      """)
    let lengths = source.declarations.map { "\($0.name) \($0.bodyLength.map(String.init) ?? "–")" }
    #expect(
      lengths == ["short 0", "long 4", "computed 1", "P –", "required –", "stored 0"])
  }

  @Test func `A case with its answer on its own line is not counted`() {
    let source = SwiftSource(
      """
      func dispatch() {
        switch self {
        case .one: 1
        case .two:
          2
        default: 3
        }
      }
      """)
    #expect(source.declarations.map(\.bodyLength) == [4])
  }
}

extension SwiftSource {
  var lineCount: Int {
    text.count { $0 == UInt8(ascii: "\n") }
  }
}
