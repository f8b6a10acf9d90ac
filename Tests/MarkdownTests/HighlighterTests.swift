import Markdown
import Testing

/// Code in colours, line by line.
@Suite struct HighlighterTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var language: String
    var code: String
    var expected: String
    var testDescription: String { language + ": " + code }

    init(_ language: String, _ code: String, _ expected: String) {
      self.language = language
      self.code = code
      self.expected = expected
    }
  }

  static let cases = [
    Case(
      "swift", "@main struct A { let s = \"x\\\"y\" }", "a:@main k:struct t:A k:let s:\"x\\\"y\""),
    Case("swift", "/* a /* b */\nc */ let x = 1_0.5e-3", "c:/* a /* b */ c:c */ k:let n:1_0.5e-3"),
    Case("swift", "\"\"\"\nlet \"a\"\n\"\"\" + 0...9", "s:\"\"\" s:let \"a\" s:\"\"\" n:0 n:9"),
    Case(
      "c", "#include <a.h>\nint main(void) { return 'c'; } // x",
      "a:#include s:<a.h> t:int f:main t:void k:return s:'c' c:// x"),
    Case(
      "C++", "auto s = R\"(a\n\\\")\"; std::vector<int> v;",
      "k:auto s:R\"(a s:\\\")\" t:vector t:int"),
    Case(
      "rs", "#[derive(Debug)]\nfn f<'a>(x: &'a str) -> u8 { 0xFF }",
      "a:#[derive(Debug)] k:fn a:'a a:'a t:str t:u8 n:0xFF"),
    Case(
      "go", "func (t *T) Do() error { return `raw\n` }", "k:func f:Do t:error k:return s:`raw s:`"),
    Case(
      "py", "@cache\ndef f(x: int): # hi\n  \"\"\"doc\n  \"\"\"",
      "a:@cache k:def f:f t:int c:# hi s:\"\"\"doc s:  \"\"\""),
    Case(
      "ts", "const f = async (x: string) => `a ${x}\nb`;",
      "k:const k:async t:string s:`a  a:${ a:} s:b`"
    ),
    Case(
      "java", "@Override public int f() { return 1'0; }",
      "a:@Override k:public t:int f:f k:return n:1'0"),
    Case(
      "kt", "fun main() = println(\"\"\"a\nb\"\"\")", "k:fun f:main f:println s:\"\"\"a s:b\"\"\""),
    Case("cs", "var s = @\"a\nb\"; #region", "k:var s:@\"a s:b\""),
    Case(
      "rb", "x = <<~EOS\n  don't\nEOS\nputs :sym, @var # c",
      "a:<<~EOS s:  don't a:EOS a::sym a:@var c:# c"),
    Case("php", "<?php echo $x->y; // c", "a:<?php k:echo a:$x c:// c"),
    Case("lua", "--[[ a\nb ]] local x = nil -- c", "c:--[[ a c:b ]] k:local k:nil c:-- c"),
    Case(
      "sh", "for f in $HOME/*; do echo \"${f#a}\" # c\ndone",
      "k:for k:in a:$HOME k:do f:echo s:\" a:${f#a} s:\" c:# c k:done"),
    Case("bash", "cat <<'EOF' > f\nit's $x\nEOF\nls", "f:cat a:<<'EOF' s:it's $x a:EOF f:ls"),
    Case(
      "SQL", "Select * FROM t WHERE a = 'it''s' -- c", "k:Select k:FROM k:WHERE s:'it''s' c:-- c"),
    Case("json", "{\"a\": [1, -2.5e3, true, \"b:c\"]}", "y:\"a\" n:1 n:2.5e3 k:true s:\"b:c\""),
    Case("yml", "a-b: http://x # c\n- c: 'd' # e", "y:a-b c:# c y:c s:'d' c:# e"),
    Case("toml", "[a.b]\nkey = \"v\" # c", "h:[a.b] y:key s:\"v\" c:# c"),
    Case(
      "html", "<a href=\"x\">b</a> <!-- c\nd --> e", "y:a a:href s:\"x\" y:a c:<!-- c c:d -->"),
    Case("css", ".a { color: #fff; } /* c */ @media x", "y:color a:#fff c:/* c */ a:@media"),
    Case(
      "diff", "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n z", "h:--- a h:+++ b a:@@ -1 +1 @@ d:-x i:+y"),
    Case("make", "CC := gcc\nall: a.o\n\t$(CC) -o x # c", "y:CC f:all c:# c"),
    Case("dockerfile", "FROM a AS b\nRUN echo \"x\" # c", "k:FROM k:AS k:RUN s:\"x\" c:# c"),
    Case("md", "# Head\n`code` <!-- c -->", "h:# Head s:`code` c:<!-- c -->"),
    Case("tex", "\\frac{a}{b} % c", "a:\\frac c:% c"),
  ]

  @Test(arguments: cases + insideCases)
  func `Each language has its colours`(_ sample: Case) {
    var highlighter = CodeHighlighter(language: sample.language)
    let runs = lines(sample.code).flatMap { highlighter.highlight(line: $0) }
    let shown = runs.filter { $0.kind != .plain }.map { letter($0.kind) + ":" + $0.text }
    #expect(shown.joined(separator: " ") == sample.expected)
  }

  @Test(arguments: cases.map(\.language) + ["", "unknown"])
  func `No character is lost or changed`(_ language: String) {
    var random = RandomMarkdown(seed: 9)
    var highlighter = CodeHighlighter(language: language)
    let all = Self.cases + Self.insideCases
    let text = all.map(\.code).joined(separator: "\n") + random.text(bits: 2000)
    for line in lines(text) {
      #expect(highlighter.highlight(line: line).map(\.text).joined() == line)
    }
  }

  @Test(arguments: Set((cases + insideCases).map(\.language)).sorted())
  func `What never ends costs little and loses nothing`(_ language: String) {
    let clock = ContinuousClock()
    let start = clock.now
    for opening in Self.endless {
      var highlighter = CodeHighlighter(language: language)
      let line = String(repeating: opening, count: 200)
      for _ in 0..<3 { #expect(highlighter.highlight(line: line).map(\.text).joined() == line) }
    }
    #expect(clock.now - start < .seconds(20))
  }

  @Test(arguments: ["swift", "py", "sh", "html"])
  func `What is open is carried to the next line, in a copy too`(_ language: String) {
    let opening = ["swift": "/*", "py": "'''", "sh": "'", "html": "<!--"][language] ?? ""
    var highlighter = CodeHighlighter(language: language)
    _ = highlighter.highlight(line: opening)
    _ = highlighter.highlight(line: "")
    var copy = highlighter
    #expect(highlighter.highlight(line: "if 1") == copy.highlight(line: "if 1"))
    #expect(copy.highlight(line: "if 1").count == 1)
  }

  @Test func `An unknown language is plain`() {
    var highlighter = CodeHighlighter(language: "brainfuck")
    #expect(!highlighter.isKnown)
    #expect(highlighter.highlight(line: "if 1") == [CodeRun("if 1", .plain)])
  }

  @Test func `Names are known in any case`() {
    let names = [
      "Swift", "C", "c++", "Python", "TypeScript", "JSON", "YAML", "Dockerfile", "c#", "diff",
    ]
    for name in names { #expect(CodeHighlighter(language: name).isKnown, "\(name)") }
  }

  private func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  private func letter(_ kind: CodeKind) -> String {
    switch kind {
    case .plain: "p"
    case .keyword: "k"
    case .type: "t"
    case .string: "s"
    case .number: "n"
    case .comment: "c"
    case .function: "f"
    case .attribute: "a"
    case .key: "y"
    case .inserted: "i"
    case .deleted: "d"
    case .heading: "h"
    }
  }
}
