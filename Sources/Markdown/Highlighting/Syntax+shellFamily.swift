/// Shells, and what systems are described in.
extension Syntax {
  static let shellFamily = [shell, session, powerShell, perl, hcl, protobuf, graphQL, nginx]

  private static let shell = shell(
    ["shell", "sh", "bash", "zsh", "fish", "ksh", "shellscript", "bat"], .none)

  /// What was typed at a prompt, and what came of it.
  private static let session = shell(
    ["console", "terminal", "shell-session", "sh-session", "shellsession"], .prompts)

  private static func shell(_ names: [String], _ rule: LineRule) -> Syntax {
    Syntax(
      names: names,
      keywords: words(
        """
        alias break case continue declare do done elif else end esac eval exec exit export fi for \
        function if in local readonly return select set shift source sudo then time trap unset \
        until while
        """),
      lineComments: ["#"],
      spans: [
        .text("\"").inserting("$(").naming("$"), .text("$'", to: "'"), .text("'", escape: false),
      ],
      sigils: "$", wordCharacters: "-", hasCalls: false, hasCommands: true,
      needsSpaceBeforeComment: true, hasHeredocs: true, lineRule: rule)
  }

  private static let powerShell = Syntax(
    names: ["powershell", "ps1", "pwsh", "psm1"],
    keywords: words(
      """
      begin break catch class continue data do dynamicparam else elseif end enum exit filter \
      finally for foreach from function if in param process return switch throw trap try until \
      using while
      """),
    lineComments: ["#"],
    spans: [
      .comment("<#", "#>"), .text("@\"", to: "\"@", escape: false).naming("$"),
      .text("@'", to: "'@", escape: false),
      .text("\"", escape: false).inserting("$(").naming("$"), .text("'", escape: false),
    ],
    sigils: "$", wordCharacters: "-", isCaseInsensitive: true, needsSpaceBeforeComment: true)

  private static let perl = Syntax(
    names: ["perl", "pl", "pm", "raku"],
    keywords: words(
      """
      and cmp die do each else elsif eq for foreach ge given gt if last le local lt my ne next no \
      not or our package print printf push redo require return say sub unless until use when while
      """),
    lineComments: ["#"],
    spans: [
      Span("=pod", "=cut", .comment, isMultiline: true, startsLine: true),
      .text("\"").naming("$"), .text("'"),
    ],
    sigils: "$@%", wordCharacters: ":", hasRegexes: true, needsSpaceBeforeComment: true,
    hasHeredocs: true)

  private static let hcl = Syntax(
    names: ["hcl", "terraform", "tf", "tfvars"],
    keywords: words(
      """
      data else false for if in locals module null output provider resource terraform true variable
      """),
    types: words("any bool list map number object set string tuple"), lineComments: ["#", "//"],
    spans: [.comment("/*", "*/"), .string("\"").inserting("${")], wordCharacters: "-",
    hasHeredocs: true)

  private static let protobuf = Syntax(
    names: ["protobuf", "proto", "thrift"],
    keywords: words(
      """
      enum extend extensions import map message oneof option optional package public repeated \
      required reserved returns rpc service stream syntax to true false weak
      """),
    types: words(
      """
      bool bytes double fixed32 fixed64 float int32 int64 sfixed32 sfixed64 sint32 sint64 string \
      uint32 uint64
      """),
    lineComments: ["//"], spans: [.comment("/*", "*/"), .string("\""), .string("'")],
    hasCapitalTypes: true)

  private static let graphQL = Syntax(
    names: ["graphql", "gql"],
    keywords: words(
      """
      directive enum extend false fragment implements input interface mutation null on query \
      scalar schema subscription true type union
      """),
    lineComments: ["#"], spans: [.text("\"\"\""), .string("\"")], sigils: "$@",
    hasCapitalTypes: true)

  private static let nginx = Syntax(
    names: ["nginx", "nginxconf", "caddyfile", "apache", "apacheconf"],
    keywords: words(
      """
      events http if include listen location map proxy_pass return rewrite root server \
      server_name set try_files upstream
      """),
    lineComments: ["#"], spans: [.string("\""), .string("'").apart], sigils: "$",
    wordCharacters: "-./", hasCalls: false, needsSpaceBeforeComment: true)
}
