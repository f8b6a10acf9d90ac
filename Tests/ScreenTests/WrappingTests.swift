import Screen
import SeededNumbers
import Testing

struct WrappingTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let name: String
    let text: String
    let columns: Int
    let rows: [String]
    var testDescription: String { name }
  }

  static let words = [
    Case(name: "nothing", text: "", columns: 10, rows: [""]),
    Case(name: "what fits", text: "hello", columns: 5, rows: ["hello"]),
    Case(name: "at a space", text: "hello world", columns: 7, rows: ["hello", "world"]),
    Case(name: "spaces hang", text: "hello     world", columns: 7, rows: ["hello", "world"]),
    Case(name: "an indent stays", text: "  to be or not", columns: 8, rows: ["  to be", "or not"]),
    Case(
      name: "an indented long word", text: "   extraordinary", columns: 8,
      rows: ["   extra", "ordinary"]),
    Case(name: "after a hyphen", text: "a well-known", columns: 8, rows: ["a well-", "known"]),
    Case(
      name: "not in an option", text: "use --flag -v", columns: 6, rows: ["use", "--flag", "-v"]),
    Case(name: "not in a negative", text: "it is -40 now", columns: 7, rows: ["it is", "-40 now"]),
    Case(name: "an em dash", text: "so—yes", columns: 4, rows: ["so—", "yes"]),
    Case(
      name: "not in numbers", text: "is $1,234.56 ok", columns: 10, rows: ["is", "$1,234.56", "ok"]),
    Case(name: "a long word", text: "abcdefghij", columns: 4, rows: ["abcd", "efgh", "ij"]),
    Case(name: "after a long word", text: "abcdefg hi", columns: 4, rows: ["abcd", "efg", "hi"]),
    Case(
      name: "a no-break space", text: "about 5\u{A0}km on", columns: 9,
      rows: ["about", "5\u{A0}km on"]),
    Case(
      name: "parentheses", text: "see foo (bar) baz", columns: 9, rows: ["see foo", "(bar) baz"]),
    Case(name: "a call", text: "run print(x)", columns: 9, rows: ["run", "print(x)"]),
    Case(name: "a quote", text: "say \"no\" now", columns: 7, rows: ["say", "\"no\"", "now"]),
    Case(name: "an apostrophe", text: "I don’t know", columns: 6, rows: ["I", "don’t", "know"]),
    Case(
      name: "a path after a space", text: "cat /usr/bin", columns: 8, rows: ["cat", "/usr/bin"]),
    Case(
      name: "a dot file after a space", text: "edit .zshrc", columns: 8, rows: ["edit", ".zshrc"]),
    Case(
      name: "an address", text: "see https://example.com/a/b", columns: 14,
      rows: ["see", "https://", "example.com/a/", "b"]),
    Case(name: "either/or", text: "and either/or", columns: 10, rows: ["and", "either/or"]),
    Case(name: "flags stay whole", text: "🇨🇳🇯🇵🇰🇷", columns: 3, rows: ["🇨🇳", "🇯🇵", "🇰🇷"]),
    Case(name: "spacing marks", text: "कीकीकी", columns: 3, rows: ["की", "की", "की"]),
  ]

  @Test(arguments: words)
  func `Words wrap`(_ row: Case) {
    #expect(StyledLine(row.text).wrapped(to: row.columns).map(\.text) == row.rows)
  }

  static let kinsoku = [
    Case(name: "between ideographs", text: "春眠不觉晓", columns: 6, rows: ["春眠不", "觉晓"]),
    Case(name: "an odd width", text: "春眠不觉晓", columns: 7, rows: ["春眠不", "觉晓"]),
    Case(name: "no row begins with 。", text: "一二三。四", columns: 6, rows: ["一二", "三。四"]),
    Case(name: "no row begins with ，", text: "一二三，四", columns: 6, rows: ["一二", "三，四"]),
    Case(name: "no row begins with 、", text: "一二三、四", columns: 6, rows: ["一二", "三、四"]),
    Case(name: "no row begins with ！", text: "一二三！", columns: 6, rows: ["一二", "三！"]),
    Case(name: "no row begins with ？", text: "一二三？", columns: 6, rows: ["一二", "三？"]),
    Case(name: "no row begins with ：", text: "一二三：四", columns: 6, rows: ["一二", "三：四"]),
    Case(name: "no row begins with ；", text: "一二三；四", columns: 6, rows: ["一二", "三；四"]),
    Case(name: "no row begins with 」", text: "一「二」三", columns: 6, rows: ["一", "「二」", "三"]),
    Case(name: "no row begins with 』", text: "一二三』", columns: 6, rows: ["一二", "三』"]),
    Case(name: "no row begins with ）", text: "一二三）四", columns: 6, rows: ["一二", "三）四"]),
    Case(name: "no row begins with …", text: "一二三……", columns: 6, rows: ["一二", "三……"]),
    Case(name: "no row begins with ー", text: "アイウー", columns: 6, rows: ["アイ", "ウー"]),
    Case(name: "no row begins with っ", text: "まいったね", columns: 4, rows: ["ま", "いっ", "たね"]),
    Case(name: "no row begins with ・", text: "アイウ・エ", columns: 6, rows: ["アイ", "ウ・エ"]),
    Case(name: "no row ends with 「", text: "一二「三」", columns: 6, rows: ["一二", "「三」"]),
    Case(name: "no row ends with （", text: "一二（三）", columns: 6, rows: ["一二", "（三）"]),
    Case(name: "no row ends with 『", text: "一二『三", columns: 6, rows: ["一二", "『三"]),
    Case(name: "no row ends with “", text: "一二三“四”五", columns: 7, rows: ["一二三", "“四”五"]),
    Case(name: "a break after ”", text: "“一二”三", columns: 6, rows: ["“一二”", "三"]),
    Case(name: "——stays whole", text: "一二——三", columns: 5, rows: ["一二", "——三"]),
    Case(name: "stops together", text: "一二三！」。", columns: 8, rows: ["一二", "三！」。"]),
    Case(name: "Latin in Chinese", text: "我用Swift写", columns: 8, rows: ["我用", "Swift写"]),
    Case(name: "percent", text: "约五十%的", columns: 6, rows: ["约五", "十%的"]),
    Case(name: "Korean", text: "한국어 문장", columns: 6, rows: ["한국어", "문장"]),
    Case(name: "emoji", text: "🙂🙂🙂", columns: 5, rows: ["🙂🙂", "🙂"]),
  ]

  @Test(arguments: kinsoku)
  func `Chinese, Japanese and Korean wrap by their rules`(_ row: Case) {
    let rows = StyledLine(row.text).wrapped(to: row.columns).map(\.text)
    #expect(rows == row.rows)
  }

  @Test func `Rows after the first are indented`() {
    let rows = StyledLine("- one two three").wrapped(to: 8, continuationIndent: 2)
    #expect(rows.map(\.text) == ["- one", "  two", "  three"])
  }

  @Test func `An indent leaves room for one wide character`() {
    let rows = StyledLine("一二三").wrapped(to: 4, continuationIndent: 10)
    #expect(rows.map(\.text) == ["一二", "  三"])
  }

  @Test func `Code is cut at the edge and keeps its spaces`() {
    let cells = Cell.cells(of: "let x  = 你好")
    let rows = cells.wrapped(by: Wrapping(columns: 6, unit: .characters))
    #expect(rows.map(\.text) == ["let x ", " = 你", "好"])
  }

  @Test func `Ambiguous characters count as the rules say`() {
    let text = "αβγ“δ”"
    #expect(StyledLine(text).wrapped(to: 6).count == 1)
    let wide = StyledLine(text).wrapped(to: 6, rules: WidthRules(ambiguousIsWide: true))
    #expect(wide.map(\.count).allSatisfy { $0 <= 6 })
    #expect(wide.count == 2)
  }

  @Test func `Styles go along`() {
    let bold = Style(attributes: .bold)
    let line = StyledLine("one ") + StyledLine("two", bold)
    #expect(line.wrapped(to: 4) == [Cell.cells(of: "one"), Cell.cells(of: "two", style: bold)])
  }

  @Test(arguments: 1...300)
  func `Wrapping loses nothing and never passes the edge`(_ seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let rules = WidthRules(ambiguousIsWide: seed.isMultiple(of: 3))
    let cells = Cell.cells(of: random.line(pieces: 60), rules: rules)
    let wrapping = Wrapping(
      columns: Int.random(in: 0...40, using: &random),
      continuationIndent: Int.random(in: 0...8, using: &random),
      unit: seed.isMultiple(of: 5) ? .characters : .words)
    let rows = wrapping.rows(of: cells)
    #expect(rows.flatMap(Array.init) == Array(cells.indices))
    for (number, row) in rows.enumerated() {
      let visible = wrapping.visible(row, of: cells)
      let indent = number == 0 ? 0 : wrapping.continuationIndent
      #expect(visible.count + indent <= wrapping.columns)
      #expect(cells[visible.upperBound..<row.upperBound].allSatisfy { $0.base == " " })
      #expect(row.isEmpty == cells.isEmpty)
      expectWhole(Array(cells[row]))
    }
  }

  @Test func `A megabyte without a space is cut into full rows`() {
    let cells = Cell.cells(of: String(repeating: "x", count: 1_000_000))
    let rows = Wrapping(columns: 80).rows(of: cells)
    #expect(rows.count == 12_500)
    #expect(rows.allSatisfy { $0.count == 80 })
  }
}
