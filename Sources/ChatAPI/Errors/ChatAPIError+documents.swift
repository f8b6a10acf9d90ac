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

  /// Whether a server refuses a request for the sound in it, and not for what is in that sound.
  ///
  /// Servers say so in words: OpenAI ("This model does not support audio inputs", "invalid value:
  /// 'input_audio'"), vLLM ("At most 0 audio(s) may be provided"), llama.cpp ("audio input is not
  /// supported", "unsupported content[].type"), OpenRouter ("No endpoints found that support input audio").
  package var refusesSound: Bool {
    guard case .answer = kind, let status, [400, 404, 415, 422, 500, 501].contains(status) else {
      return false
    }
    let words = (message ?? "").lowercased()
    let namesPart = ["audio", "content[].type", "invalid message format"]
      .contains(where: words.contains)
    let isAboutContents = [
      "corrupt", "decode", "too short", "too long", "too large", "exceed", "duration", "empty",
    ].contains(where: words.contains)
    return namesPart && !isAboutContents
  }
}
