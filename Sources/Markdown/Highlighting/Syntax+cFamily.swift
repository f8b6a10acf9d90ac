/// Languages that people compile, with C's comments and strings.
extension Syntax {
  static let cFamily = [c, cPlusPlus, cSharp, java, go, rust]

  private static let cComment = Span.comment("/*", "*/")
  private static let directive = Span("#", "", .attribute, startsLine: true)
  private static let cTypes = """
    int char short long float double void signed unsigned bool size_t ssize_t ptrdiff_t int8_t \
    int16_t int32_t int64_t uint8_t uint16_t uint32_t uint64_t intptr_t uintptr_t wchar_t FILE
    """
  private static let cKeywords = """
    auto break case const continue default do else enum extern for goto if inline register \
    restrict return sizeof static struct switch typedef union volatile while NULL true false \
    _Atomic _Bool _Static_assert _Thread_local
    """

  private static let c = Syntax(
    names: ["c", "h"], keywords: words(cKeywords), types: words(cTypes), lineComments: ["//"],
    spans: [cComment, .string("\""), .string("'"), directive])

  private static let cPlusPlus = Syntax(
    names: ["c++", "cpp", "cc", "cxx", "hpp", "hh", "objective-c", "objc", "cuda", "arduino"],
    keywords: words(
      cKeywords + """
         alignas alignof and asm catch class co_await co_return co_yield concept consteval \
        constexpr constinit const_cast decltype delete dynamic_cast explicit export final friend \
        import module mutable namespace new noexcept not nullptr operator or override private \
        protected public reinterpret_cast requires static_assert static_cast template this throw \
        try typeid typename using virtual xor
        """),
    types: words(
      cTypes + """
         string string_view vector map set unordered_map unordered_set array tuple pair optional \
        variant span unique_ptr shared_ptr weak_ptr thread mutex function char8_t char16_t char32_t
        """),
    lineComments: ["//"],
    spans: [
      cComment, .string("\""), .string("'"), directive,
    ],
    rawTexts: .cPlusPlus)

  private static let cSharp = Syntax(
    names: ["c#", "csharp", "cs"],
    keywords: words(
      """
      abstract as async await base break case catch checked class const continue default delegate \
      do else enum event explicit extern false finally fixed for foreach get global goto if \
      implicit in init interface internal is lock namespace new null operator out override params \
      partial private protected public readonly record ref required return sealed set sizeof \
      stackalloc static struct switch this throw true try typeof unchecked unsafe using value var \
      virtual volatile when where while with yield
      """),
    types: words(
      "bool byte char decimal double dynamic float int long nint object sbyte short string uint "
        + "ulong ushort void"),
    lineComments: ["//"],
    spans: [
      cComment, .text("\"\"\"", escape: false),
      .text("$@\"", to: "\"", escape: false).inserting("{"),
      .text("@\"", to: "\"", escape: false),
      Span("$\"", "\"", .string, escape: true).inserting("{"), .string("\""), .string("'"),
      directive,
    ],
    hasCapitalTypes: true)

  private static let java = Syntax(
    names: ["java"],
    keywords: words(
      """
      abstract assert break case catch class const continue default do else enum extends false \
      final finally for goto if implements import instanceof interface module native new non-sealed \
      null package permits private protected public record return sealed static strictfp super \
      switch synchronized this throw throws transient true try var volatile while yield
      """),
    types: words("boolean byte char double float int long short void"), lineComments: ["//"],
    spans: [cComment, .text("\"\"\""), .string("\""), .string("'")], sigils: "@",
    hasCapitalTypes: true)

  private static let go = Syntax(
    names: ["go", "golang"],
    keywords: words(
      """
      break case chan const continue default defer else fallthrough false for func go goto if \
      import interface iota map nil package range return select struct switch true type var
      """),
    types: words(
      """
      any bool byte comparable complex64 complex128 error float32 float64 int int8 int16 int32 \
      int64 rune string uint uint8 uint16 uint32 uint64 uintptr
      """),
    lineComments: ["//"],
    spans: [cComment, .text("`", escape: false), .string("\""), .string("'")])

  private static let rust = Syntax(
    names: ["rust", "rs"],
    keywords: words(
      """
      as async await break const continue crate dyn else enum extern false fn for if impl in let \
      loop macro_rules match mod move mut pub ref return self Self static struct super trait true type union \
      unsafe use where while yield
      """),
    types: words(
      """
      bool char f32 f64 i8 i16 i32 i64 i128 isize str u8 u16 u32 u64 u128 usize
      """),
    lineComments: ["//"],
    spans: [
      .comment("/*", "*/", isNested: true), .text("b\"", to: "\""), .text("\""),
      Span("#[", "]", .attribute), Span("#![", "]", .attribute),
    ],
    rawTexts: .rust, hasCapitalTypes: true, hasCharacters: true, hasMacros: true)
}
