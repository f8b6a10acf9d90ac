package import ChatAPI
import JSON

/// Has a server make vectors, as many texts at once as it takes.
package struct Embedder: Sendable {
  /// So many texts are sent at once, until a server says that they are too many.
  package static let usualBatch = 512
  /// So many bytes of text are sent at once: far below the 300,000 tokens that OpenAI takes.
  package static let batchBytes = 400_000

  package let provider: Provider
  package let model: String
  package let dimensions: Int?
  private let client: ChatClient
  /// How many texts the server takes at once, as far as is known.
  package private(set) var batchLimit = Self.usualBatch
  private var isCompact = true
  /// How many numbers the first vector had.
  private var size: Int?

  package init(_ client: ChatClient, at provider: Provider, model: String, dimensions: Int? = nil) {
    self.client = client
    self.provider = provider
    self.model = model
    self.dimensions = dimensions
  }

  /// The vectors of `texts`, which are at most as many as ``batch(of:)`` gives, and the tokens that the
  /// server counted.
  ///
  /// A server that refuses so many texts at once, or vectors in base64, is asked again with fewer, or
  /// without.
  package mutating func vectors(
    of texts: [String]
  ) async throws(VectorError) -> (vectors: [Vector], tokens: Int?) {
    var vectors: [Vector] = []
    var tokens: Int? = 0
    while vectors.count < texts.count {
      let batch = Array(texts[vectors.count...].prefix(batchLimit))
      do throws(VectorError) {
        let answer = try await ask(batch)
        try check(answer.vectors)
        vectors += answer.vectors
        tokens = tokens.flatMap { sum in answer.tokens.map { sum + $0 } }
      } catch {
        guard adapt(to: error, batch) else { throw error }
      }
    }
    return (vectors, tokens)
  }

  /// How many of the first `texts` go into one request.
  package func batch(of texts: some Sequence<String>) -> Int {
    var (count, bytes) = (0, 0)
    for text in texts {
      bytes += text.utf8.count
      guard count < batchLimit, count == 0 || bytes <= Self.batchBytes else { break }
      count += 1
    }
    return count
  }

  private func ask(_ texts: [String]) async throws(VectorError) -> EmbeddingAnswer {
    var request = EmbeddingRequest(model: model, texts: texts, dimensions: dimensions)
    request.isCompact = isCompact
    let bytes: [UInt8]
    do throws(ChatAPIError) {
      var call = ServerCall(EmbeddingRequest.path, request.body)
      call.byteLimit = request.byteLimit
      bytes = try await client.open(call, at: provider).bytes()
    } catch {
      throw error.isMissingCall ? .callMissing(server: provider.name) : .server(error)
    }
    do throws(VectorError) {
      return try EmbeddingAnswer(bytes, count: texts.count, server: provider.name)
    } catch {
      guard case .answerUnreadable = error, bytes.count <= Self.faultLimit,
        let json = JSONValue(parsing: bytes),
        let fault = ChatAPIError(told: json, by: provider)
      else { throw error }
      throw .server(fault)
    }
  }

  /// No error that a server tells in place of vectors is longer, in bytes.
  private static let faultLimit = 1 << 20

  /// Looks whether vectors have the size that was asked for, where one was.
  ///
  /// - Throws: ``VectorError/notAsAsked(server:asked:came:)``: an index asks for its size each time, and a
  ///   server that heeds it some day would give vectors that cannot be compared with those before.
  package func checkSize(of vectors: [Vector]) throws(VectorError) {
    guard let dimensions, let came = vectors.first?.values.count, came != dimensions else { return }
    throw .notAsAsked(server: provider.name, asked: dimensions, came: came)
  }

  /// Looks whether vectors have the size of those before.
  private mutating func check(_ vectors: [Vector]) throws(VectorError) {
    guard let came = vectors.first?.values.count else { return }
    if let size, size != came {
      throw .sizesDiffer(server: provider.name, one: size, other: came)
    }
    size = came
  }

  /// Changes what the error asks for; whether there is anything to change.
  private mutating func adapt(to error: VectorError, _ texts: [String]) -> Bool {
    guard case .server(let error) = error, case .answer = error.kind else { return false }
    let words = (error.message ?? "").lowercased()
    if isCompact, words.contains("encoding_format") || error.parameter == "encoding_format" {
      isCompact = false
      return true
    }
    guard texts.count > 1, error.isAboutSize(words) else { return false }
    batchLimit = texts.count / 2
    return true
  }
}

extension ChatAPIError {
  /// Whether fewer texts may be taken where these were refused.
  fileprivate func isAboutSize(_ words: String) -> Bool {
    if status == 413 || kind == .answer(.tooLarge) || kind == .answer(.contextTooLong) {
      return true
    }
    let signs = [
      "batch", "too many", "at most", "maximum", "larger than", "too large", "exceed", "array",
      "input size", "不超过", "过多", "过大",
    ]
    return [400, 422].contains(status) && signs.contains { words.contains($0) }
  }
}
