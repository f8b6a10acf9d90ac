extension ChatAPIError {
  /// Whether a server refuses a request for the files in it, and not for what is in a file.
  ///
  /// Servers say so in words: Ollama ("file inputs are not currently supported", "invalid message
  /// format"), vLLM ("Unknown part type: file"), llama.cpp ("unsupported content[].type").
  package var refusesDocuments: Bool {
    guard case .answer = kind, let status, [400, 415, 422, 500, 501].contains(status) else {
      return false
    }
    let words = (message ?? "").lowercased()
    let namesPart = [
      "file input", "input_file", "part type: file", "type: file", "type 'file'", "type \"file\"",
      "content[].type", "invalid message format", "file_data",
    ].contains(where: words.contains)
    let isAboutContents = ["password", "encrypted", "corrupt", "empty", "too large", "exceed"]
      .contains(where: words.contains)
    return namesPart && !isAboutContents
  }
}
