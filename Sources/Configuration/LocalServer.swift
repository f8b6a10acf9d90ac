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

  package var baseURL: String { Self.baseURL(port: port) }

  private static func baseURL(port: Int) -> String { "http://127.0.0.1:\(port)/v1" }

  /// A local server and the port to look for it at.
  package struct Place: Equatable, Sendable {
    package var server: LocalServer
    package var port: Int
  }

  /// The servers to look for when nothing is configured, the likeliest first.
  ///
  /// vLLM is left out: port 8000 is every web developer's. `IRIS_LOCAL_PORTS` (`ollama=11500`, more
  /// of them behind commas) names the places instead; where it is empty, none is looked for.
  package static func places(in environment: [String: String]) -> [Place] {
    guard let list = environment[Variable.localPorts] else {
      return [.ollama, .llamaCpp, .lmStudio].map { Place(server: $0, port: $0.port) }
    }
    return list.split(separator: ",").compactMap { entry in
      let words = entry.split(separator: "=")
      guard words.count == 2, let server = LocalServer(rawValue: String(words[0])),
        let port = UInt16(words[1])
      else { return nil }
      return Place(server: server, port: Int(port))
    }
  }

  /// The address of the server where `environment` puts it elsewhere; nil where it does not.
  func movedURL(in environment: [String: String]) -> String? {
    guard environment[Variable.localPorts] != nil else { return nil }
    let place = Self.places(in: environment).first { $0.server == self }
    return place.map { Self.baseURL(port: $0.port) }
  }
}
