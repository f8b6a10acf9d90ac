/// Which tools may run unasked, and which may not run at all, as a text that people can edit.
///
/// A line is `allow TOOL`, `allow TOOL PATTERN` or `deny TOOL`; `#` begins a comment. A pattern is
/// compared with the arguments as JSON of one line; in it and in a tool's name `*` stands for any
/// characters. In a tool's name `\u{2A}` is the character of that number, as which a blank, a `*` or a
/// control character of a name is written: a name says nothing but itself. What is denied is denied,
/// whatever is allowed besides. Comments, and lines that are no rules, stay as they are.
package struct ToolRules: Equatable, Sendable {
  /// One line.
  package struct Rule: Hashable, Sendable {
    package var isAllowed: Bool
    package var tool: String
    /// What the arguments must look like; nil for any.
    package var pattern: String?

    package init(isAllowed: Bool, tool: String, pattern: String? = nil) {
      self.isAllowed = isAllowed
      self.tool = tool
      self.pattern = pattern
    }

    /// The rule that allows the one tool of that name, whatever is in the name.
    package init(allowing name: String) {
      self.init(isAllowed: true, tool: ToolPattern(matching: name).text)
    }

    /// The rule as a line.
    package var line: String {
      (isAllowed ? "allow " : "deny ") + tool + (pattern.map { " " + $0 } ?? "")
    }
  }

  /// A line of the text: what is no rule is kept as it was written.
  private enum Line: Equatable, Sendable {
    case rule(Rule)
    case comment(String)
    case unreadable(String)
  }

  private var lines: [Line] = []

  package init() {}

  package init(text: String) {
    var written = text.split(separator: "\n", omittingEmptySubsequences: false)
    if written.last?.isEmpty == true { written.removeLast() }
    lines = written.map { line in
      let words = line.drop(while: \.isWhitespace)
      if words.isEmpty || words.hasPrefix("#") { return .comment(String(line)) }
      return Rule(line: words).map(Line.rule) ?? .unreadable(String(line))
    }
  }

  package var rules: [Rule] {
    lines.compactMap { if case .rule(let rule) = $0 { rule } else { nil } }
  }

  /// The numbers of lines that are no rules, from 1.
  package var unreadableLines: [Int] {
    lines.indices.compactMap { if case .unreadable = lines[$0] { $0 + 1 } else { nil } }
  }

  /// The rules as a text; one that has nothing else begins with a line that says what it is.
  package var text: String {
    let isWritten = lines.contains { if case .rule = $0 { false } else { true } }
    let head = isWritten ? [] : ["# allow TOOL [PATTERN] or deny TOOL, a line each"]
    let texts = lines.map { line in
      switch line {
      case .rule(let rule): rule.line
      case .comment(let text), .unreadable(let text): text
      }
    }
    return (head + texts).map { $0 + "\n" }.joined()
  }

  package func denies(_ tool: String) -> Bool {
    rules.contains { !$0.isAllowed && ToolPattern(text: $0.tool).matches(tool) }
  }

  /// Whether a call with these arguments, as JSON of one line, may run unasked.
  package func allows(_ tool: String, arguments: String) -> Bool {
    guard !denies(tool) else { return false }
    return rules.contains { rule in
      rule.isAllowed && ToolPattern(text: rule.tool).matches(tool)
        && rule.pattern.map { ToolPattern(arguments: $0).matches(arguments) } ?? true
    }
  }

  /// Adds a rule; one that says the opposite of the same tool goes.
  package mutating func add(_ rule: Rule) {
    lines.removeAll { line in
      guard case .rule(let old) = line else { return false }
      return old == rule || old.tool == rule.tool && old.isAllowed != rule.isAllowed
    }
    lines.append(.rule(rule))
  }
}

extension ToolRules.Rule {
  /// Reads a line; nil for what is no rule.
  ///
  /// What is denied is denied whatever its arguments.
  fileprivate init?(line: Substring) {
    let words = line.split(maxSplits: 2, whereSeparator: \.isWhitespace).map { word in
      String(
        word.prefix(
          upTo: (word.lastIndex { !$0.isWhitespace }.map(word.index(after:))) ?? word.endIndex))
    }
    guard words.count > 1, words[0] == "allow" || words[0] == "deny" && words.count == 2 else {
      return nil
    }
    self.init(
      isAllowed: words[0] == "allow", tool: words[1], pattern: words.count > 2 ? words[2] : nil)
  }
}
