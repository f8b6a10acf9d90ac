import ChatAPI
import Configuration
import Files
import Language
import ModelCatalog
import Vectors

extension VectorCalls {
  /// Puts the texts of files into an index: those that are there already cost nothing.
  func add(
    _ paths: [String], to name: String, _ options: EmbedOptions
  ) async throws(AskFailure) {
    guard !name.allSatisfy(\.isWhitespace) else {
      throw AskFailure(
        .usage, say("An index needs a name. Give one: iris embed --index NAME FILE…"))
    }
    guard !paths.isEmpty else {
      throw AskFailure(.usage, say("There is no file. Name some: iris embed --index NAME FILE…"))
    }
    let server = try await servers.server(for: .embedding)
    let index = try open()
    let lock = try await index.lockForIndexing(tell)
    defer { lock.release() }
    let isNew = try AskFailure.translating { () throws(VectorError) in
      try !index.collections().contains { $0.0.name == name }
    }
    do throws(AskFailure) {
      try await add(paths, to: name, of: index, options, server)
    } catch {
      // What holds no text after all would only be in the way.
      let texts = try? index.collections().first { $0.0.name == name }?.texts
      if isNew, texts == 0 { try? index.remove(name) }
      throw error
    }
  }

  private func add(
    _ paths: [String], to name: String, of index: VectorIndex, _ options: EmbedOptions,
    _ server: SideServer
  ) async throws(AskFailure) {
    let collection = try AskFailure.translating { () throws(VectorError) in
      try index.collection(
        named: name, server: server.address, model: server.model, asked: options.dimensions)
    }
    var embedder = embedder(at: server, dimensions: options.dimensions)
    var plans: [IndexPlan] = []
    for path in paths {
      plans.append(try plan(path, in: collection, index, areLines: options.areLines))
    }
    server.endNotice.map(tell)
    tellPrice(of: plans, server)
    var tokens: Int? = 0
    for plan in plans {
      let count = try await carryOut(plan, in: collection, index, &embedder, server)
      tokens = tokens.flatMap { sum in count.map { sum + $0 } }
    }
    tellEnd(of: plans, tokens, server, name)
  }

  private func plan(
    _ path: String, in collection: VectorIndex.Collection, _ index: VectorIndex, areLines: Bool
  ) throws(AskFailure) -> IndexPlan {
    let full = installation.folders.expand(path)
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try SmallFile.bytes(of: full, atMost: StandardInput.textLimit)
    } catch {
      throw AskFailure(
        error.isMissing ? .missingInput : .unusableInput,
        say("\(path) cannot be read: \(error.reason). Check the path and the rights of the file."))
    }
    guard let text = String(validating: bytes, as: UTF8.self), !bytes.contains(0) else {
      throw AskFailure(
        .unusableInput,
        say("\(path) is not UTF-8 text. Convert it first, for example with iconv or pdftotext."))
    }
    let source = (try? FileSystem.realPath(of: full)) ?? full
    let items = try AskFailure.translating { () throws(VectorError) in
      try index.items(of: source, in: collection)
    }
    let pieces = areLines ? TextPiece.lines(of: text) : TextPiece.pieces(of: text)
    return IndexPlan(source: source, pieces: pieces, held: items)
  }

  /// Has the new texts made vectors and keeps them, batch by batch: an interrupted run goes on later.
  private func carryOut(
    _ plan: IndexPlan, in collection: VectorIndex.Collection, _ index: VectorIndex,
    _ embedder: inout Embedder, _ server: SideServer
  ) async throws(AskFailure) -> Int? {
    var tokens: Int? = 0
    var rest = plan.new[...]
    while !rest.isEmpty {
      if Task.isCancelled { throw AskFailure(.interrupted, say("The indexing was stopped.")) }
      let batch = Array(rest.prefix(embedder.batch(of: rest.lazy.map(\.text))))
      let (vectors, count) = try await self.vectors(of: batch.map(\.text), &embedder, at: server)
      tokens = tokens.flatMap { sum in count.map { sum + $0 } }
      try AskFailure.translating { () throws(VectorError) in
        try embedder.checkSize(of: vectors)
        try index.add(
          zip(batch, vectors).map { (plan.source, $0, $1) }, to: collection)
      }
      rest = rest.dropFirst(batch.count)
    }
    try AskFailure.translating { () throws(VectorError) in
      try index.update(plan.moved, removing: plan.gone, in: collection)
    }
    return tokens
  }

  private func tellPrice(of plans: [IndexPlan], _ server: SideServer) {
    let texts = plans.flatMap(\.new).map(\.text)
    let tokens = texts.reduce(0) { $0 + $1.utf8.count / 4 + 1 }
    guard !texts.isEmpty,
      let cost = ServiceModel(named: server.model)?.cost(ofTokens: tokens)
    else { return }
    tell(
      say(
        "\(server.provider.name) makes vectors with \(server.model): ≈\(tokens) tokens, ≈\(cost.description)."
      ))
  }

  private func tellEnd(
    of plans: [IndexPlan], _ tokens: Int?, _ server: SideServer, _ name: String
  ) {
    let new = plans.reduce(0) { $0 + $1.new.count }
    let kept = plans.reduce(0) { $0 + $1.pieces.count } - new
    let gone = plans.reduce(0) { $0 + $1.gone.count }
    let counts = say("\(name): texts added: \(new), there before: \(kept), taken away: \(gone).")
    guard let tokens, tokens > 0 else { return tell(counts) }
    let cost = ServiceModel(named: server.model)?.cost(ofTokens: tokens)
    tell(
      cost.map { say("\(counts) \(tokens) tokens, \($0.description).") }
        ?? say("\(counts) \(tokens) tokens."))
  }
}

/// What becomes of a file's texts in an index.
private struct IndexPlan {
  let source: String
  let pieces: [TextPiece]
  /// Those that have no vector yet.
  private(set) var new: [TextPiece] = []
  /// Those that stand on another line than before.
  private(set) var moved: [(item: Int64, line: Int)] = []
  /// Those that are no longer in the file.
  private(set) var gone: [Int64] = []

  init(source: String, pieces: [TextPiece], held: [VectorIndex.Item]) {
    self.source = source
    self.pieces = pieces
    var left = Dictionary(grouping: held, by: \.digest)
    for piece in pieces {
      guard let item = left[piece.digest]?.popLast() else {
        new.append(piece)
        continue
      }
      if item.line != piece.line { moved.append((item.id, piece.line)) }
    }
    gone = left.values.flatMap { $0.map(\.id) }
  }
}
