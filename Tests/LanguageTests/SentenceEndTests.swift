import Language
import Testing

@Suite struct SentenceEndTests {
  @Test(arguments: [
    ("Thank you", ".", "S", true), ("Dr", ".", "S", false), ("So said Mrs", ".", "B", false),
    ("by J", ".", "B", false), ("fruit, e.g", ".", "a", false), ("apples, etc", ".", "a", false),
    ("apples, etc", ".", "T", true), ("at 9 a.m", ".", "t", false), ("at 9 a.m", ".", "T", true),
    ("see No", ".", "5", false), ("He said no", ".", "S", true), ("on Jan", ".", "5", false),
    ("Wait", "…", "w", false), ("Wait", "...", "w", false), ("Wait", "...", "W", true),
    ("1", ".", "F", false), ("in 1721", ".", "I", true), ("what", "?!", "n", true),
    ("好", "。」", "他", true), ("on it", ".”", "H", true),
  ])
  func `A stop ends a sentence where it is no part of a word`(
    words: String, marks: String, next: Character, isEnd: Bool
  ) {
    #expect(SentenceEnd(marks, behind: words).holds(before: next) == isEnd)
  }

  @Test func `At the end of a text each stop but that of a title ends it`() {
    #expect(SentenceEnd(".", behind: "apples, etc").holds(before: nil))
    #expect(SentenceEnd("…", behind: "Wait").holds(before: nil))
  }
}
