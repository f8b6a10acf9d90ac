/// A form in which a conversation leaves Iris, told by the ending of the file's name.
package enum ExportFormat: CaseIterable, Hashable, Sendable {
  /// The body of a request with the path in use, pictures inside: `curl` posts it as it is.
  case request
  /// Everything that Iris knows of the conversation, pictures inside, for an exact way back.
  case archive
  /// For readers and editors; the pictures stand in a folder beside it.
  case markdown
  /// One page that shows itself in any browser.
  case page
  /// A shell script that asks for the reply with `curl`.
  case script

  package var ending: String {
    switch self {
    case .request: ".json"
    case .archive: ".iris.json"
    case .markdown: ".md"
    case .page: ".html"
    case .script: ".sh"
    }
  }

  /// The format that `path` names.
  package init(path: String) throws(InterchangeError) {
    let named = Self.allCases.filter { path.lowercased().hasSuffix($0.ending) }
    guard let format = named.max(by: { $0.ending.count < $1.ending.count }) else {
      throw .unknownEnding(path: path)
    }
    self = format
  }
}
