/// Languages that people run without compiling.
extension Syntax {
  static let scriptFamily = [python, ruby, lua, sql, makefile, dockerfile]

  private static let python = Syntax(
    names: ["python", "py", "python3", "py3", "ipython", "pycon"],
    keywords: words(
      """
      and as assert async await break case class continue def del elif else except False finally \
      for from global if import in is lambda match None nonlocal not or pass raise return self \
      True try type while with yield
      """),
    types: words(
      "bool bytearray bytes complex dict float frozenset int list object set str tuple"),
    lineComments: ["#"],
    spans: pythonStrings, sigils: "@", hasCapitalTypes: true)

  /// Its strings with every prefix (Python reference, 2.4.1); those with an `f` hold code.
  private static let pythonStrings: [Span] = {
    let quotes = ["\"\"\"", "'''", "\"", "'"]
    let formats = ["f", "F", "rf", "fr", "Rf", "fR", "t"]
    let others = ["r", "R", "b", "B", "rb", "br", "Rb", "bR", "u", ""]
    func span(_ prefix: String, _ quote: String) -> Span {
      Span(prefix + quote, quote, .string, escape: true, isMultiline: quote.utf8.count == 3)
    }
    return formats.flatMap { prefix in quotes.map { span(prefix, $0).inserting("{") } }
      + others.flatMap { prefix in quotes.map { span(prefix, $0) } }
  }()

  private static let ruby = Syntax(
    names: ["ruby", "rb", "crystal", "elixir", "ex", "exs"],
    keywords: words(
      """
      alias and attr_accessor attr_reader attr_writer begin break case class def defined? \
      defmodule do else elsif end ensure extend false fn for if in include loop module next nil not \
      or private protected public raise redo require require_relative rescue retry return self \
      super then true undef unless until use when while yield
      """),
    lineComments: ["#"],
    spans: [
      Span("=begin", "=end", .comment, isMultiline: true, startsLine: true),
      .text("\"\"\"").inserting("#{"), .text("\"").inserting("#{"), .text("'").apart,
    ],
    sigils: "@$:", wordCharacters: "?!", hasCapitalTypes: true, hasRegexes: true,
    needsSpaceBeforeComment: true, hasHeredocs: true)

  private static let lua = Syntax(
    names: ["lua", "luau"],
    keywords: words(
      """
      and break do else elseif end false for function goto if in local nil not or repeat return \
      then true until while
      """),
    lineComments: ["--"],
    spans: [
      .comment("--[[", "]]"), .text("[[", to: "]]", escape: false), .string("\""), .string("'"),
    ])

  private static let sql = Syntax(
    names: ["sql", "sqlite", "mysql", "postgresql", "postgres", "plsql", "pgsql", "tsql"],
    keywords: words(
      """
      add all alter and any as asc begin between by case cascade check column commit conflict \
      constraint create cross database default delete desc distinct do drop else end except exists \
      explain false foreign from full function grant group having if in index inner insert \
      intersect into is join key left like limit natural not nothing null offset on or order outer \
      over partition primary procedure recursive references replace returning revoke right rollback \
      row rows select set table then trigger true truncate union unique update using values view \
      when where window with
      """),
    types: words(
      """
      bigint bigserial blob bool boolean bytea char character date datetime decimal double float \
      int integer json jsonb numeric real serial smallint text time timestamp timestamptz tinyint \
      uuid varchar
      """),
    lineComments: ["--"],
    spans: [.comment("/*", "*/"), .text("'", escape: false), .text("\"", escape: false)],
    isCaseInsensitive: true)

  private static let makefile = Syntax(
    names: ["makefile", "make", "mk", "cmake", "just", "justfile"],
    keywords: words(
      """
      define else endef endif export ifdef ifeq ifndef ifneq include override private unexport vpath
      """),
    lineComments: ["#"], spans: [.string("\""), .string("'")], sigils: "$", wordCharacters: "-.",
    hasCalls: false, needsSpaceBeforeComment: true, lineRule: .makefile)

  private static let dockerfile = Syntax(
    names: ["dockerfile", "docker", "containerfile"],
    keywords: words(
      """
      ADD ARG AS CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL MAINTAINER ONBUILD RUN \
      SHELL STOPSIGNAL USER VOLUME WORKDIR
      """),
    lineComments: ["#"], spans: [.string("\""), .string("'")], sigils: "$", wordCharacters: "-",
    hasCalls: false, needsSpaceBeforeComment: true)
}
