/// Languages of smaller circles.
extension Syntax {
  static let otherFamily = [r, julia, haskell, zig]

  private static let r = Syntax(
    names: ["r", "rscript"],
    keywords: words(
      """
      break else FALSE for function if in Inf library NA NaN next NULL repeat require return \
      source TRUE while
      """),
    lineComments: ["#"], spans: [.text("\""), .text("'")], wordCharacters: ".")

  private static let julia = Syntax(
    names: ["julia", "jl"],
    keywords: words(
      """
      abstract begin break catch const continue do else elseif end export false finally for \
      function global if import in let local macro module mutable nothing primitive quote return \
      struct true try type using where while
      """),
    lineComments: ["#"],
    spans: [
      .comment("#=", "=#", isNested: true), .text("\"\"\"").inserting("$(").naming("$"),
      .text("\"").inserting("$(").naming("$"),
    ],
    sigils: "@", wordCharacters: "!", hasCapitalTypes: true, hasCharacters: true)

  private static let haskell = Syntax(
    names: ["haskell", "hs", "elm", "purescript", "purs", "ocaml", "ml", "fsharp", "fs", "f#"],
    keywords: words(
      """
      and as begin case class data default deriving do else end fun function hiding if import in \
      infix infixl infixr instance let match module mutable newtype of open qualified rec sig \
      struct then try type val where with
      """),
    lineComments: ["--", "//"],
    spans: [
      .comment("{-", "-}", isNested: true), .comment("(*", "*)", isNested: true), .string("\""),
    ],
    wordCharacters: "'", hasCapitalTypes: true, hasCalls: false, hasCharacters: true)

  private static let zig = Syntax(
    names: ["zig"],
    keywords: words(
      """
      align and anyframe anytype asm break catch comptime const continue defer else enum errdefer \
      error export extern false fn for if inline noalias null or orelse packed pub resume return \
      struct suspend switch test true try undefined union unreachable usingnamespace var while
      """),
    types: words(
      "anyerror bool comptime_int f16 f32 f64 i8 i16 i32 i64 isize type u8 u16 u32 u64 usize void"),
    lineComments: ["//"], spans: [.string("\"")], sigils: "@", hasCapitalTypes: true,
    hasCharacters: true)
}
