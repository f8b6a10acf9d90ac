/// Code inside texts, texts inside code, and signs that mean what stands around them.
extension HighlighterTests {
  static let insideCases = [
    Case(
      "swift", #"let s = "a \(b + "c") d""#, #"k:let s:"a  a:\( s:"c" a:) s: d""#),
    Case("swift", ##"#"raw \(no) \#(yes) "q""#"##, ##"s:#"raw \(no)  a:\#( a:) s: "q""#"##),
    Case(
      "swift", "\"\"\"\n\\(a.map { \"\\($0)\" })\n\"\"\"",
      #"s:""" a:\( s:" a:\( n:0 a:) s:" a:) s:""""#
    ),
    Case("swift", #"let r = /a"[/"]\//; x / y / z"#, #"k:let s:/a"[/"]\//"#),
    Case(
      "js", "`a ${b ? `c${d}` : {e: 1}} f\n${g(\"x\")}` + 1",
      "s:`a  a:${ s:`c a:${ a:} s:` n:1 a:} s: f a:${ f:g s:\"x\" a:} s:` n:1"),
    Case("js", "const r = /ab+[\"/]\\/'/gi, d = a / b / c", "k:const s:/ab+[\"/]\\/'/gi"),
    Case("js", "return /x/.test(s) // c", "k:return s:/x/ f:test c:// c"),
    Case("jsx", "<p>it's</p>; let a = 'b'", "k:let s:'b'"),
    Case(
      "py", "f\"{x!r:>{w}} {d['k']} {{no}}\" + rb'\\x' + it",
      "s:f\" a:{ a:} s:  a:{ s:'k' a:} s: {{no}}\" s:rb'\\x'"),
    Case("py", "f'''{\na}''' # c", "s:f''' a:{ a:} s:''' c:# c"),
    Case("kt", #""$a ${b.c("d")} \$e""#, #"s:" a:$a s:  a:${ f:c s:"d" a:} s: \$e""#),
    Case("rb", "\"#{a \"b\"}\" =~ /c\"d/i", "s:\" a:#{ s:\"b\" a:} s:\" s:/c\"d/i"),
    Case("cs", "$\"{a} {{b}}\"", "s:$\" a:{ a:} s: {{b}}\""),
    Case("php", "\"Hi $name\" . 'it\\'s'", "s:\"Hi  a:$name s:\" s:'it\\'s'"),
    Case(
      "rust", "let c = '\\''; let d = 'x'; 'a: loop { println!(\"x\") }",
      "k:let s:'\\'' k:let s:'x' a:'a k:loop f:println s:\"x\""),
    Case(
      "bash", "echo \"a $(date +\"%Y\") $b\" it\\'s && ls # c",
      "f:echo s:\"a  a:$( f:date s:\"%Y\" a:) s:  a:$b s:\" f:ls c:# c"),
    Case(
      "sh", "FOO=1 ./run.sh do -x | sudo tee /f \\\n  set\nx=$?",
      "y:FOO n:1 f:./run.sh k:sudo f:tee y:x a:$?"),
    Case("console", "$ git commit -m 'x'\nit's done", "c:$  f:git s:'x'"),
    Case(
      "yaml",
      "a: don't\nb: turn it on 12\nc: on\nd: 2024-01-02T03:04:05Z\nu: http://h:80/x\ne: 'f'",
      "y:a y:b y:c k:on y:d n:2024-01-02T03:04:05Z y:u y:e s:'f'"),
    Case(
      "yaml", "- run: |\n    a: b # no\n\n    c\n- x: >-\n    y\nz: 1",
      "y:run s:    a: b # no s:    c y:x s:    y y:z n:1"),
    Case("toml", "d = 1979-05-27T07:32:00Z\nv = a b 1", "y:d n:1979-05-27T07:32:00Z y:v"),
    Case(
      "html", "<p id='x' data-a=b\n  c=\"d\ne\">it's \"q\" &amp; a < b</p>",
      "y:p a:id s:'x' a:data-a s:b a:c s:\"d s:e\" y:p"),
    Case(
      "html", "<script>let a = \"</b>\" /*\n*/ </script><style>a { b: 1px }</style>",
      "y:script k:let s:\"</b>\" c:/* c:*/ y:script y:style y:b n:1px y:style"),
    Case("cpp", "#define A \"b\" // c", "a:#define s:\"b\" c:// c"),
    Case(
      "cpp", "auto s = R\"sql(a)\"\n)sq\" )sql\"; u8R\"(b)\" R\"no good\" // c",
      "k:auto s:R\"sql(a)\" s:)sq\" )sql\" s:u8R\"(b)\" s:\"no good\" c:// c"),
    Case(
      "swift", ###"let s = ##"a "# \#(b) \##(c + "d") "##; #if x"###,
      ###"k:let s:##"a "# \#(b)  a:\##( s:"d" a:) s: "## a:#if"###),
    Case("swift", "##\"\"\"\na\"\"\"#\n\"\"\"## + 1", "s:##\"\"\" s:a\"\"\"# s:\"\"\"## n:1"),
    Case(
      "rust", "let r#type = r##\"a\"#\n\"##; br#\"b\\\"# // c",
      "k:let k:type s:r##\"a\"# s:\"## s:br#\"b\\\"# c:// c"),
  ]

  /// Opened without end, as deep as it goes.
  static let endless = [
    "`${", "\"\\(", "\"$(", "f\"{", "<a b='", "<script>", "<style><script>", "'", "/[", "/* ",
    "<<A ", "#",
    "$", "\\",
  ]
}
