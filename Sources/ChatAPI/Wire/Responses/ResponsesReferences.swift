import Conversation
import JSON

/// The pages and files that the texts of a stream of `/responses` refer to (OpenAI API reference,
/// `Annotation`), each once however often it is named.
///
/// Where in the text a reference stands is not looked at: servers count past its end.
struct ResponsesReferences: Sendable {
  private var citations: [Citation] = []
  /// Files that a tool of the server's wrote.
  private var files: [ReplyMedia] = []

  mutating func take(_ annotation: JSONValue) {
    switch annotation["type"]?.string {
    case "url_citation":
      guard let url = annotation["url"]?.string.flatMap(SafeURL.init), !url.isData else { return }
      let title = annotation["title"]?.string ?? ""
      add(Citation(title: title.isEmpty ? url.rawValue : title, url: url))
    case "file_citation":
      guard let name = annotation["filename"]?.string, !name.isEmpty else { return }
      add(Citation(title: name, url: nil))
    case "container_file_citation":
      let name = annotation["filename"]?.string ?? annotation["file_id"]?.string ?? ""
      let media = ReplyMedia.serverFile(call: Self.call(annotation), name: name)
      if !files.contains(media) { files.append(media) }
    default: break
    }
  }

  /// The call that gives a container's file; nil where its identifiers are none for an address.
  private static func call(_ annotation: JSONValue) -> String? {
    guard let container = annotation["container_id"]?.string, container.isPathSegment,
      let file = annotation["file_id"]?.string, file.isPathSegment
    else { return nil }
    return "/containers/\(container)/files/\(file)/content"
  }

  /// Gives out the files and the references, at the end of the reply.
  mutating func finish(into events: inout ReplyEventBuffer) {
    for file in files { events.append(file: file) }
    files = []
    guard !citations.isEmpty else { return }
    events.append(part: .citations(citations))
    citations = []
  }

  private mutating func add(_ citation: Citation) {
    let isKnown = citations.contains { other in
      citation.url == nil ? other == citation : other.url == citation.url
    }
    if !isKnown { citations.append(citation) }
  }
}

extension HostedToolCall {
  /// A call as its item tells it; nil for an item of another kind.
  init?(_ item: JSONValue) {
    guard let tool = item["type"]?.string.flatMap(Tool.init) else { return nil }
    let action = item["action"]
    let input: String? =
      switch tool {
      case .webSearch:
        (action?["query"] ?? action?["queries"]?[0] ?? action?["pattern"] ?? action?["url"])?.string
      case .fileSearch: item["queries"]?.elements?.compactMap(\.string).joined(separator: ", ")
      case .codeInterpreter: item["code"]?.string
      case .imageGeneration: item["revised_prompt"]?.string
      }
    let logs = (item["outputs"]?.elements ?? []).compactMap { $0["logs"]?.string }
    self.init(
      tool, input: input ?? "", output: logs.joined(separator: "\n"),
      container: item["container_id"]?.string, isFailed: item["status"] == "failed",
      opaque: tool == .imageGeneration ? "" : item.description,
      drawing: tool == .imageGeneration ? Drawing(item) : nil)
  }

  /// The call of a picture with what names it to a server that keeps responses (`item_reference`); its bytes
  /// are kept apart.
  func naming(_ item: JSONValue, onStoringServer isStored: Bool) -> HostedToolCall {
    guard isStored, let id = item["id"]?.string, !id.isEmpty else { return self }
    var call = self
    let named: JSONValue = ["type": "item_reference", "id": .string(id)]
    call.opaque = named.description
    return call
  }
}

extension Drawing {
  /// The settings of a picture as its item tells them.
  fileprivate init(_ item: JSONValue) {
    self.init(model: item["model"]?.string ?? "")
    size = item["size"]?.string.flatMap(Size.init) ?? .auto
    quality = item["quality"]?.string
    background = item["background"]?.string
    format = item["output_format"]?.string
  }
}
