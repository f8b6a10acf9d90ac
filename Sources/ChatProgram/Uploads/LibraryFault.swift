import ChatAPI
import Language

/// Why a name means no single library of a server.
enum LibraryFault: Error, Equatable {
  case missing(String, server: String)
  case ambiguous(String, count: Int, server: String)

  /// What is wrong, and what to do.
  var phrase: Phrase {
    switch self {
    case .missing(let name, let server):
      say(
        "There is no library \(name) on \(server). iris library lists those there are, iris library add makes one."
      )
    case .ambiguous(let name, let count, let server):
      say(
        "\(count) libraries on \(server) are called \(name): name one by its id, which iris library list --json prints."
      )
    }
  }

  var status: ExitStatus {
    if case .missing = self { .missingInput } else { .usage }
  }
}

extension [VectorStore] {
  /// The library of an identifier, or of a name that no other has.
  func library(named name: String, at provider: Provider) throws(LibraryFault) -> VectorStore {
    if let store = first(where: { $0.id == name }) { return store }
    let named = filter { $0.name == name }
    guard let store = named.first else { throw .missing(name, server: provider.name) }
    guard named.count == 1 else {
      throw .ambiguous(name, count: named.count, server: provider.name)
    }
    return store
  }
}

extension ChatClient {
  /// The identifiers of the vector stores of these names.
  func vectorStores(named names: [String], at provider: Provider) async throws -> [String] {
    guard !names.isEmpty else { return [] }
    let known = try await vectorStores(at: provider)
    return try names.map { try known.library(named: $0, at: provider).id }
  }
}
