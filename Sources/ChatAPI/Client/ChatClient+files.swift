extension ChatClient {
  /// The bytes of a file that a server keeps, at a call like `/containers/C/files/F/content` (OpenAI API
  /// reference, containers/files).
  ///
  /// Asks once; fails as a reply does, and where there are more than `byteLimit` bytes.
  package func file(
    at call: String, of provider: Provider, byteLimit: Int
  ) async throws(ChatAPIError) -> [UInt8] {
    let applied = learnedRules.adaptations(for: "", at: provider)
    var request = try provider.transfer(
      .get, call: call, withoutVersion: applied.contains(.plainPath))
    request.byteLimit = byteLimit
    let (_, answer) = try await collect(
      request, server: provider.name, key: provider.apiKey, hiding: provider.redaction)
    switch answer {
    case .success(let bytes): return bytes
    case .failure(let error): throw error.redacted(by: provider.redaction)
    }
  }
}
