import ChatEngine
import ChatScreen
import Conversation
import Testing

/// The numbers by which `/copy code N` calls the blocks of code of a reply.
@Suite struct CodeNumberTests {
  private let text = """
    ```python
    one
    ```

    > - two
    >   ```
    >   two
    >   ```

        no fence, no number

    ~~~sh title="a.sh"
    three
    ~~~
    """

  private func rows(_ text: String, columns: Int = 60) -> [String] {
    var stage = Stage(columns, 40)
    stage.add(.assistant, text)
    return Screenful(stage.draw()).rows.map { row in String(row.drop { " │".contains($0) }) }
  }

  @Test func `From the second on, blocks of code tell the number that copies them`() {
    let rows = rows(text)
    #expect(rows.contains("python"))
    #expect(rows.contains("code 2"))
    #expect(rows.contains("sh a.sh · code 3"))
    #expect(!rows.contains { $0.contains("code 1") || $0.contains("code 4") })
  }

  @Test func `A number that finds no room is left out`() {
    let title = "python:" + String(repeating: "a", count: 24)
    #expect(rows(text + "\n\n```\(title)\n4\n```", columns: 40).contains { $0.hasSuffix("aaa") })
  }

  @Test func `While a reply streams no number changes above its end`() {
    var known: [String] = []
    for end in text.indices {
      var stage = Stage(60, 40)
      stage.add(.assistant, String(text[...end]), status: .streaming)
      let codes = Screenful(stage.draw()).rows.filter { $0.contains("code ") }
      #expect(codes.starts(with: known.dropLast()))
      known = codes
    }
    #expect(known.count == 2)
  }
}
