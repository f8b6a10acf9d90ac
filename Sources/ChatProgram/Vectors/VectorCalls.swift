import ChatAPI
import ChatEngine
import Configuration
import Conversation
import Files
import FoundationEssentials
import JSON
import Language
import ModelCatalog
import Vectors

/// What `iris embed` was asked for.
package struct EmbedOptions: Sendable {
  /// What is printed of each vector.
  package enum Format: String, CaseIterable, Sendable {
    /// An object a line.
    case json
    /// Floats of four bytes, little-endian, and nothing else.
    case f32
  }

  /// Texts, or with an index the files.
  package var words: [String] = []
  package var dimensions: Int?
  package var format = Format.json
  package var index: String?
  /// Whether each line of what is read is a text of its own.
  package var areLines = false

  package init() {}
}

/// The calls about vectors: `embed` and `similar`.
package struct VectorCalls: Sendable {
  let installation: Installation
  private let directory: ServerDirectory
  let servers: SideServers

  package init(_ installation: Installation) {
    self.installation = installation
    directory = ServerDirectory(installation)
    servers = SideServers(installation: installation, directory: directory)
  }

  /// `iris embed`: prints vectors of texts, or puts files into an index; blocks.
  package func embed(_ options: EmbedOptions) -> ExitStatus {
    run { () async throws(AskFailure) in
      if let name = options.index {
        try await add(options.words, to: name, options)
      } else {
        try await printVectors(options)
      }
    }
  }

  /// `iris similar`: the texts of an index nearest to a text; `-` reads a text a line; blocks.
  package func similar(_ name: String, to words: [String], limit: Int, asJSON: Bool) -> ExitStatus {
    run { () async throws(AskFailure) in
      let index = try open()
      let collection = try AskFailure.translating { () throws(VectorError) in
        try index.collection(named: name)
      }
      guard collection.dimensions != nil else {
        // It never had a text: its server need not be asked.
        if asJSON { CallOutput.write(json: [PrintedHit]()) }
        return tellEmpty(collection)
      }
      let server = try await server(of: collection)
      var embedder = embedder(at: server, dimensions: collection.asked)
      for text in try queries(words) {
        let (vectors, _) = try await vectors(of: [text], &embedder, at: server)
        let hits = try AskFailure.translating { () throws(VectorError) in
          try index.search(for: vectors[0], in: collection, limit: limit)
        }
        write(hits, asJSON: asJSON)
        if hits.isEmpty { return tellEmpty(collection) }
      }
    }
  }

  private func tellEmpty(_ collection: VectorIndex.Collection) {
    tell(
      say(
        "The index \(collection.name) holds no texts. iris embed --index NAME FILE puts some in."))
  }

  /// `iris embed --list`: the indexes, by name.
  package func list(asJSON: Bool) -> ExitStatus {
    run { () async throws(AskFailure) in
      let index = try open()
      let found = try AskFailure.translating { () throws(VectorError) in try index.collections() }
      if asJSON { return CallOutput.write(json: found.map { PrintedIndex($0.0, $0.texts) }) }
      CallOutput.write(
        head: [say("index"), say("texts"), say("model"), say("size"), say("server")],
        in: installation.language,
        found.map { index, texts in
          [
            index.name, "\(texts)", index.model, index.dimensions.map(String.init) ?? "",
            index.server,
          ]
        })
      CallOutput.tellEmpty(
        found.isEmpty, say("There are no indexes. iris embed --index NAME FILE makes one."),
        in: installation.language)
    }
  }

  /// `iris embed --remove NAME`: takes an index away.
  package func remove(_ name: String) -> ExitStatus {
    run { () async throws(AskFailure) in
      let index = try open()
      try AskFailure.translating { () throws(VectorError) in try index.remove(name) }
    }
  }

  private func run(_ body: @escaping @Sendable () async throws(AskFailure) -> Void) -> ExitStatus {
    directory.callBlocking(installation) { () async throws(AskFailure) in
      try await body()
      return .done
    }
  }

  func open() throws(AskFailure) -> VectorIndex {
    try AskFailure.translating { () throws(VectorError) in
      try VectorIndex(path: installation.folders.data + "/vectors.sqlite")
    }
  }

  // MARK: - Vectors

  private func printVectors(_ options: EmbedOptions) async throws(AskFailure) {
    if options.format == .f32, StandardOutput.isTerminal {
      throw AskFailure(.usage, say("f32 is no text. Send it to a file or a pipe: > FILE"))
    }
    let texts = try texts(options)
    let server = try await servers.server(for: .embedding)
    server.endNotice.map(tell)
    var embedder = embedder(at: server, dimensions: options.dimensions)
    var done = 0
    while done < texts.count {
      let batch = Array(texts[done...].prefix(embedder.batch(of: texts[done...])))
      let (vectors, _) = try await vectors(of: batch, &embedder, at: server)
      if done == 0 { tellSize(of: vectors[0], asked: options.dimensions, server) }
      for (text, vector) in zip(batch, vectors) {
        guard write(vector, of: text, by: embedder.model, as: options.format) else { return }
      }
      done += batch.count
    }
  }

  /// Tells that a server does not look at the size that was asked for; all its vectors have one.
  private func tellSize(of vector: Vector, asked: Int?, _ server: SideServer) {
    guard let asked, vector.values.count != asked else { return }
    tell(
      say(
        "\(server.provider.name) gave vectors of \(vector.values.count) numbers where \(asked) were asked for. Leave out --dimensions, or try another model."
      ))
  }

  private func write(
    _ vector: Vector, of text: String, by model: String, as format: EmbedOptions.Format
  ) -> Bool {
    if format == .f32 { return StandardOutput.sink.write(bytes: vector.littleEndianBytes) }
    let line: JSONValue = [
      "text": .string(text), "model": .string(model),
      "dimensions": JSONValue(vector.values.count),
      "embedding": .array(vector.values.map { .number("\($0)") }),
    ]
    return StandardOutput.write("\(line)\n")
  }

  func embedder(at server: SideServer, dimensions: Int?) -> Embedder {
    Embedder(
      ChatClient(timing: .quiet), at: server.provider, model: server.model,
      dimensions: dimensions)
  }

  private func server(of collection: VectorIndex.Collection) async throws(AskFailure) -> SideServer
  {
    guard
      let server = try await servers.server(at: collection.server, model: collection.model)
    else {
      throw AskFailure(
        .usage,
        say(
          "The index \(collection.name) was made by \(collection.server), which no server of config.yaml is. Name it there."
        ))
    }
    return server
  }

  func vectors(
    of texts: [String], _ embedder: inout Embedder, at server: SideServer
  ) async throws(AskFailure) -> ([Vector], tokens: Int?) {
    do throws(VectorError) {
      let (vectors, tokens) = try await embedder.vectors(of: texts)
      ServiceLedger(installation, tell: tell)
        .note(.vectors(vectors.count), by: server, tokens: tokens)
      return (vectors, tokens)
    } catch {
      if Task.isCancelled {
        ServiceLedger(installation, tell: tell).note(stopped: texts, by: server)
        tell(.stoppedPaid)
      }
      throw AskFailure(error)
    }
  }

  // MARK: - Texts

  private func texts(_ options: EmbedOptions) throws(AskFailure) -> [String] {
    var texts: [String] = []
    for word in options.words.isEmpty ? ["-"] : options.words {
      let text = word == "-" ? try standardInput() : word
      texts += options.areLines ? TextPiece.lines(of: text).map(\.text) : [text]
    }
    texts.removeAll { text in text.allSatisfy(\.isWhitespace) }
    guard !texts.isEmpty else {
      throw AskFailure(.usage, say("There is no text. Give one, or pipe it in."))
    }
    return texts
  }

  private func queries(_ words: [String]) throws(AskFailure) -> [String] {
    let isPiped = words.isEmpty || words == ["-"]
    let lines =
      isPiped
      ? TextPiece.lines(of: try standardInput()).map(\.text) : [words.joined(separator: " ")]
    guard lines.contains(where: { !$0.allSatisfy(\.isWhitespace) }) else {
      throw AskFailure(.usage, say("There is no text. Give one, or pipe it in."))
    }
    return lines
  }

  private func standardInput() throws(AskFailure) -> String {
    try StandardInput(tell: tell).question(nil, imageIsRead: false) ?? ""
  }

  private func write(_ hits: [VectorIndex.Hit], asJSON: Bool) {
    if asJSON { return CallOutput.write(json: hits.map(PrintedHit.init)) }
    CallOutput.write(
      head: [say("score"), say("place"), say("text")], in: installation.language,
      hits.map { hit in
        let line = hit.text.split(separator: "\n").first { !$0.allSatisfy(\.isWhitespace) } ?? ""
        return [PrintedHit(hit).score.description, "\(hit.source):\(hit.line)", String(line)]
      })
  }

  func tell(_ phrase: Phrase) { StandardError.say(phrase, in: installation.language) }
}

extension AskFailure {
  init(_ error: VectorError) {
    let status: ExitStatus =
      switch error {
      case .server(let error): ReplyFailure(error).kind.status
      case .callMissing, .answerUnreadable, .wrongCount, .vectorUnusable, .placesWrong,
        .sizesDiffer, .notAsAsked:
        .unavailable
      case .otherSize, .otherModel, .damaged: .unusableInput
      case .indexMissing, .indexTakenAway: .missingInput
      case .storage: .cannotWrite
      }
    self.init(status, error.phrase)
  }

  /// Does `body`, and translates its error.
  static func translating<Value>(
    _ body: () throws(VectorError) -> Value
  ) throws(AskFailure) -> Value {
    do throws(VectorError) { return try body() } catch { throw AskFailure(error) }
  }
}

/// A text of `iris similar --json`.
private struct PrintedHit: Encodable {
  let score: Double
  let source: String
  let line: Int
  let text: String

  init(_ hit: VectorIndex.Hit) {
    score = (Double(hit.score) * 10_000).rounded() / 10_000
    (source, line, text) = (hit.source, hit.line, hit.text)
  }
}

/// An index of `iris embed --list --json`.
private struct PrintedIndex: Encodable {
  let name: String
  let texts: Int
  let model: String
  let dimensions: Int?
  let server: String

  init(_ index: VectorIndex.Collection, _ texts: Int) {
    (name, self.texts, model) = (index.name, texts, index.model)
    (dimensions, server) = (index.dimensions, index.server)
  }
}
