import JSON

/// The demo's pretended tools of the server's own: a search of the web, and Python in a container.
///
/// Each one that a request offers is used once. Nothing is searched and nothing runs: what they give is
/// always the same.
struct DemoServerTools: Sendable {
  /// The path below `/v1` of the file that the pretended Python writes, and its bytes.
  static let filePath = "/containers/cntr_demo/files/cfile_demo/content"
  static let file = "month,sales\nJanuary,3\nFebruary,5\n"

  /// The items of the calls, in front of the text.
  let items: [JSONValue]
  /// What the text refers to.
  let annotations: [JSONValue]

  /// The tools that a request offers; nil where it offers none, or brings results.
  init?(_ request: ChatRequest) {
    let tools = request.parameters.first { $0.name == "tools" }?.value.elements ?? []
    let types = tools.compactMap { $0["type"]?.string }
    guard types.contains("web_search") || types.contains("code_interpreter"),
      request.messages.last?.role == "user"
    else { return nil }
    var items: [JSONValue] = []
    var annotations: [JSONValue] = []
    if types.contains("web_search") {
      items.append(Self.search(for: request.lastUserText))
      annotations.append(Self.page)
    }
    if types.contains("code_interpreter") {
      items.append(Self.code)
      annotations.append(Self.fileCitation)
    }
    (self.items, self.annotations) = (items, annotations)
  }

  private static func search(for text: String) -> JSONValue {
    [
      "id": "ws_demo", "type": "web_search_call", "status": "completed",
      "action": ["type": "search", "query": .string(String(text.prefix(80)))],
    ]
  }

  private static let code: JSONValue = [
    "id": "ci_demo", "type": "code_interpreter_call", "status": "completed",
    "container_id": "cntr_demo",
    "code": "sales = [3, 5]\nprint(sum(sales))",
    "outputs": [["type": "logs", "logs": "8"]],
  ]

  /// Its place lies behind the end of the text, as servers sometimes count.
  private static let page: JSONValue = [
    "type": "url_citation", "start_index": 100_000, "end_index": 100_010,
    "url": "https://example.com/demo", "title": "A page that the demo pretends to have found",
  ]

  private static let fileCitation: JSONValue = [
    "type": "container_file_citation", "container_id": "cntr_demo", "file_id": "cfile_demo",
    "start_index": 0, "end_index": 1, "filename": "sales.csv",
  ]
}
