import ChatEngine
import Configuration
import Conversation
import ConversationStore
import JSON
import Language
import MCP
import Pictures
import Secrets
import Tools

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

extension MediaReference {
  /// Bytes that are no picture, of the kind that a tool called them; any other word is no media type.
  fileprivate init(_ bytes: [UInt8], named name: String, mediaType: String?) {
    let type = mediaType?.lowercased().prefix { $0 != ";" }
    let parts = type?.split(separator: "/", omittingEmptySubsequences: false) ?? []
    let isType =
      parts.count == 2
      && parts.allSatisfy { part in
        (1...80).contains(part.utf8.count)
          && part.utf8.allSatisfy { (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "\"") }
      }
    let facts: Facts =
      switch isType ? parts[0] : "" {
      case "audio": .sound(seconds: nil)
      case "video": .film(seconds: nil)
      case _ where type == "application/pdf": .document(pages: nil)
      default: .file
      }
    self.init(
      source: .stored(Digest(hashing: bytes)), mediaType: isType ? type.map(String.init) : nil,
      byteCount: ByteCount(bytes.count), name: name, facts: facts)
  }
}

/// Makes one call of a tool, and turns what it gave back into the parts of a result.
///
/// Its words are for a model to read, in English. Cancelling the task ends the call.
struct ToolRunner: Sendable {
  let services: Services
  /// What a server tells and asks meanwhile.
  let context: MCPServer.CallContext

  /// Runs the tool to its end.
  ///
  /// A tool that fails has a result that says so. Secrets that the process knows are taken out.
  func result(of run: ToolRun) async -> ToolResult {
    let clock = ContinuousClock()
    let start = clock.now
    let output = await output(of: run).redacted(by: KnownSecrets.ofProcess.redaction)
    let parts = await parts(of: output, from: run.tool)
    var result = ToolResult(
      callID: run.key.id, parts: parts, isError: output.isError,
      milliseconds: start.duration(to: clock.now).milliseconds)
    result.userOnly = Set(output.pieces.indices.filter { output.pieces[$0].isForUser })
    return result
  }

  private func output(of run: ToolRun) async -> ToolOutput {
    if let program = services.toolLibrary.program(named: run.tool) {
      let installation = services.installation
      return await program.run(
        arguments: run.arguments, environment: installation.environment,
        scratch: installation.folders.cache + "/tools")
    }
    let servers = services.toolLibrary.servers
    if let output = await servers.call(run.tool, arguments: run.arguments, context) {
      return output
    }
    let arguments = JSONValue(parsing: run.arguments) ?? .null
    switch BuiltInTool(rawValue: run.tool) {
    case .time: return .init([.text(Self.time())])
    case .searchConversations: return await search(arguments)
    case .readPicture: return await read(arguments, of: run.pictures)
    case nil: return .failure("There is no tool \(run.tool).")
    }
  }

  // MARK: - Results

  private func parts(of output: ToolOutput, from tool: String) async -> [ContentPart] {
    var parts: [ContentPart] = []
    for piece in output.pieces { parts.append(await part(piece, from: tool)) }
    return parts.isEmpty ? [.text("The tool wrote nothing.")] : parts
  }

  private func part(_ piece: ToolOutput.Piece, from tool: String) async -> ContentPart {
    switch piece {
    case .text(let text): .text(text)
    case .data(let bytes, let mediaType): await part(bytes, mediaType, from: tool)
    case .forUser(let piece): await part(piece, from: tool)
    }
  }

  /// A picture, or any other bytes, kept by their content; what cannot be kept is told.
  private func part(_ bytes: [UInt8], _ mediaType: String?, from tool: String) async -> ContentPart
  {
    let pipeline = services.pipeline
    let kept = await services.pictureQueue.run { () -> ContentPart? in
      let picture = try? pipeline.keep(bytes, name: tool, detail: .auto)
      if let picture { return .picture(picture) }
      let media = MediaReference(bytes, named: tool, mediaType: mediaType)
      guard let digest = media.digest else { return nil }
      do throws(StoreError) {
        try pipeline.blobs.keep(bytes, as: digest)
        return .media(media)
      } catch {
        return .text("[\(bytes.count) bytes that could not be kept: \(error.phrase.text())]")
      }
    }
    return (kept ?? nil) ?? .text("[\(bytes.count) bytes that were not kept]")
  }

  // MARK: - Tools inside Iris

  /// The present as ISO 8601, and the name of the time zone.
  private static func time() -> String {
    var now = Glibc.time(nil)
    var parts = tm()
    localtime_r(&now, &parts)
    var buffer = [CChar](repeating: 0, count: 100)
    let count = strftime(&buffer, buffer.count, "%A, %Y-%m-%dT%H:%M:%S%z (%Z)", &parts)
    return String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  private func search(_ arguments: JSONValue) async -> ToolOutput {
    guard let text = arguments["text"]?.string, !text.allSatisfy(\.isWhitespace) else {
      return .failure("text is missing.")
    }
    let limit = min(max(arguments["limit"]?.integer ?? 10, 1), 20)
    do throws(StoreError) {
      let hits = try await services.storeHandle.open().search(text)
      let lines = hits.prefix(limit).map { hit in
        "\(hit.conversation.title) | \(hit.role.rawValue): \(hit.line)"
      }
      return .init([
        .text(lines.isEmpty ? "No message has these words." : lines.joined(separator: "\n"))
      ])
    } catch {
      return .failure(error.phrase.text())
    }
  }

  private func read(_ arguments: JSONValue, of pictures: [PictureReference]) async -> ToolOutput {
    guard let number = arguments["picture"]?.integer, pictures.indices.contains(number - 1) else {
      return .failure("There is no such picture; the conversation has \(pictures.count).")
    }
    func fraction(_ name: String) -> Double? { arguments[name]?.double }
    guard let left = fraction("left"), let top = fraction("top"), let width = fraction("width"),
      let height = fraction("height"),
      let region = PictureRegion(left: left, top: top, width: width, height: height)
    else { return .failure("The region must be inside the picture, in fractions from 0 to 1.") }
    let reference = pictures[number - 1]
    guard let stored = reference.stored, let path = services.pipeline.original(of: stored) else {
      return .failure("\(reference.name) is not kept on this machine.")
    }
    let decoder = services.pipeline.decoder
    let encoded = await services.pictureQueue.run { () -> Result<[UInt8], PictureError> in
      Result { () throws(PictureError) in
        try PictureContent(path: path, isKept: true).encoded(region, by: decoder).bytes
      }
    }
    switch encoded {
    case .success(let bytes): return .init([.data(bytes, mediaType: nil)])
    case .failure(let error): return .failure(error.phrase(about: reference.name).text())
    case nil: return .failure("Stopped.")
    }
  }
}
