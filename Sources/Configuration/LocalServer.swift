/// A model server that people run on their own machine, and the port where it usually answers.
package enum LocalServer: String, CaseIterable, Sendable {
  case ollama
  case llamaCpp = "llama.cpp"
  case lmStudio = "lmstudio"
  case vLLM = "vllm"

  package var port: Int {
    switch self {
    case .ollama: 11434
    case .llamaCpp: 8080
    case .lmStudio: 1234
    case .vLLM: 8000
    }
  }

  package var baseURL: String { "http://127.0.0.1:\(port)/v1" }

  /// What to ask of `baseURL` to see whether a server is there: its list of models.
  package var probeURL: String { baseURL + "/models" }

  /// The servers to look for when nothing is configured, the likeliest first.
  ///
  /// vLLM is left out: port 8000 is every web developer's.
  package static let usual: [LocalServer] = [.ollama, .llamaCpp, .lmStudio]
}
