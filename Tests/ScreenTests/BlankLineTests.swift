import Screen
import Testing

/// Blank lines that stand before everything that is said.
@Suite struct BlankLineTests {
  @Test(arguments: [
    ("", ""), ("Hi", "Hi"), ("\n\nHi\n", "Hi\n"), (" \n\t\n  Hi", "  Hi"), ("  Hi", "  Hi"),
    ("\r\n\r\nHi", "Hi"), ("\n\n", ""), ("\n  ", "  "), ("\u{3000}\nHi", "Hi"),
  ])
  func `They are left out, and the first line keeps its indentation`(text: String, shown: String) {
    #expect(text.withoutLeadingBlankLines == shown)
  }
}
