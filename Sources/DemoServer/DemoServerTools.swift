import JSON

/// The demo's pretended tools of the server's own: a search of the web, one of files, Python in a container,
/// and pictures.
///
/// Each one that a request offers is used once, pictures where the words ask for one. Nothing is searched
/// and nothing runs: what they give is always the same, but for the names of the files in a vector store.
struct DemoServerTools: Sendable {
  /// The path below `/v1` of the file that the pretended Python writes, and its bytes.
  static let filePath = "/containers/cntr_demo/files/cfile_demo/content"
  static let file = "month,sales\nJanuary,3\nFebruary,5\n"

  /// The items of the calls, in front of the text.
  let items: [JSONValue]
  /// What the text refers to.
  let annotations: [JSONValue]
  /// The unfinished pictures before the finished one, in base64.
  let partialPictures: [String]

  /// The tools that a request offers; nil where it offers none, or brings results.
  ///
  /// `input` are the request's items, whose last picture is the one to change.
  init?(_ request: ChatRequest, input: JSONValue?, files: DemoFiles) throws(WireFault) {
    let tools = request.parameters.first { $0.name == "tools" }?.value.elements ?? []
    let types = tools.compactMap { $0["type"]?.string }
    let known: Set = ["web_search", "code_interpreter", "file_search", "image_generation"]
    guard !known.isDisjoint(with: types), request.messages.last?.role == "user" else { return nil }
    var items: [JSONValue] = []
    var annotations: [JSONValue] = []
    if types.contains("web_search") {
      items.append(Self.search(for: request.lastUserText))
      annotations.append(Self.page)
    }
    if types.contains("code_interpreter") {
      items.append(Self.code)
      // “gone” asks for a container that has ended before its file was fetched.
      let isGone = request.lastUserText.hasPrefix("gone")
      annotations.append(Self.fileCitation(in: isGone ? "cntr_gone" : "cntr_demo"))
    }
    if let search = tools.first(where: { $0["type"] == "file_search" }) {
      let found = try Self.found(by: search, files)
      items.append(Self.search(for: request.lastUserText, in: found))
      annotations += found.map(Self.citation)
    }
    let picture = try tools.first { $0["type"] == "image_generation" }.flatMap {
      tool throws(WireFault) in
      try DemoToolPicture(tool, for: request.lastUserText, input: input)
    }
    if let picture { items.append(picture.item) }
    partialPictures = picture?.partials ?? []
    (self.items, self.annotations) = (items, annotations)
  }

  private static func search(for text: String) -> JSONValue {
    [
      "id": "ws_demo", "type": "web_search_call", "status": "completed",
      "action": ["type": "search", "query": .string(String(text.prefix(80)))],
    ]
  }

  /// The files of all vector stores that a search may look through.
  private static func found(
    by search: JSONValue, _ files: DemoFiles
  ) throws(WireFault) -> [DemoFiles.File] {
    guard let stores = search["vector_store_ids"]?.elements, !stores.isEmpty else {
      throw .missing("tools[0].vector_store_ids")
    }
    var found: [DemoFiles.File] = []
    for id in stores { found += files.files(of: try files.vectorStore(id.string ?? "")) }
    return found
  }

  private static func search(for text: String, in files: [DemoFiles.File]) -> JSONValue {
    let results = files.map { file -> JSONValue in
      let words = String(decoding: file.bytes.prefix(80), as: UTF8.self)
      return [
        "file_id": .string(file.id), "filename": .string(file.name), "score": .number("0.5"),
        "text": .string(words), "attributes": [:],
      ]
    }
    return [
      "id": "fs_demo", "type": "file_search_call", "status": "completed",
      "queries": [.string(String(text.prefix(80)))], "results": .array(results),
    ]
  }

  private static func citation(of file: DemoFiles.File) -> JSONValue {
    [
      "type": "file_citation", "file_id": .string(file.id), "filename": .string(file.name),
      "index": 100_000,
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

  private static func fileCitation(in container: String) -> JSONValue {
    [
      "type": "container_file_citation", "container_id": .string(container),
      "file_id": "cfile_demo", "start_index": 0, "end_index": 1, "filename": "sales.csv",
    ]
  }
}
