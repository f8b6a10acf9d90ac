/// Languages that applications and pages are written in.
extension Syntax {
  static let appFamily = [swift, kotlin, javaScript, php]

  private static let swift = Syntax(
    names: ["swift"],
    keywords: words(
      """
      actor any as associatedtype async await borrowing break case catch class consuming continue \
      convenience default defer deinit didSet do dynamic each else enum extension fallthrough false \
      fileprivate final for func get guard if import in indirect infix init inout internal is \
      isolated lazy let macro mutating nil nonisolated nonmutating open operator optional override \
      package postfix precedencegroup prefix private protocol public repeat required rethrows \
      return self Self sending set some static struct subscript super switch throw throws true try \
      typealias unowned var weak where while willSet
      """),
    lineComments: ["//"],
    spans: [
      .comment("/*", "*/", isNested: true),
      .text("\"\"\"").inserting("\\("), .string("\"").inserting("\\("),
    ],
    rawTexts: .swift, sigils: "@#", hasCapitalTypes: true, hasRegexes: true)

  private static let kotlin = Syntax(
    names: ["kotlin", "kt", "kts", "groovy", "gradle", "scala"],
    keywords: words(
      """
      abstract actual annotation as break by catch class companion const constructor continue \
      crossinline data def delegate do else enum expect external extends false final finally for \
      fun get if implements import in infix init inline inner interface internal is lateinit lazy \
      match new noinline null object open operator out override package private protected public \
      reified return sealed set static super suspend tailrec this throw trait true try typealias \
      val var vararg when where while with yield
      """),
    types: words("boolean byte char double float int long short void"), lineComments: ["//"],
    spans: [
      .comment("/*", "*/", isNested: true),
      .text("\"\"\"", escape: false).inserting("${").naming("$"),
      .string("\"").inserting("${").naming("$"), .string("'").apart,
    ],
    sigils: "@", hasCapitalTypes: true)

  private static let javaScript = Syntax(
    names: [
      "javascript", "js", "jsx", "mjs", "cjs", "node", "typescript", "ts", "tsx", "mts", "dart",
    ],
    keywords: words(
      """
      abstract as asserts async await break case catch class const continue debugger declare \
      default delete do else enum export extends false finally for from function get if implements \
      import in infer instanceof interface is keyof let module namespace new null of override \
      private protected public readonly require return satisfies set static super switch this \
      throw true try type typeof undefined unique using var void while with yield
      """),
    types: words("any bigint boolean never number object string symbol unknown"),
    lineComments: ["//"],
    spans: [
      .comment("/*", "*/"), .text("`").inserting("${"), .string("\""), .string("'").apart,
    ],
    sigils: "@", wordCharacters: "$", hasCapitalTypes: true, hasRegexes: true)

  private static let php = Syntax(
    names: ["php"],
    keywords: words(
      """
      abstract and array as break callable case catch class clone const continue declare default \
      do echo else elseif empty enddeclare endfor endforeach endif endswitch endwhile enum extends \
      false final finally fn for foreach from function global goto if implements include \
      include_once instanceof insteadof interface isset list match namespace new null or print \
      private protected public readonly require require_once return static switch throw trait true \
      try unset use var while xor yield
      """),
    types: words("bool float int iterable mixed never object self string void"),
    lineComments: ["//", "#"],
    spans: [
      .comment("/*", "*/"), Span("#[", "]", .attribute),
      .text("\"").naming("$"), .text("'"),
      Span("<?php", "", .attribute), Span("?>", "", .attribute),
    ],
    sigils: "$", hasCapitalTypes: true, hasHeredocs: true)
}
