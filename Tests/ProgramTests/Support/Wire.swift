import DemoServer
import FoundationEssentials

/// What a request asked a server, as far as the tests look.
struct Sent: Decodable, Sendable {
  struct Message: Decodable, Equatable, Sendable {
    var role: String
    var texts: [String]
    var pictures: [Picture]
  }

  struct Picture: Decodable, Equatable, Sendable {
    var url: String
    var detail: String?
  }

  var model: String
  var messages: [Message]
  /// The names of everything in it.
  var names: Set<String>

  private enum Name: String, CodingKey { case model, messages }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    model = try container.decode(String.self, forKey: .model)
    messages = try container.decode([Message].self, forKey: .messages)
    names = Set(try decoder.container(keyedBy: AnyName.self).allKeys.map(\.stringValue))
  }

  private struct AnyName: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init?(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}

extension Sent.Message {
  private enum Name: String, CodingKey { case role, content }

  private struct Part: Decodable {
    // The names are the wire's.
    var text: String?
    var imageURL: Sent.Picture?

    private enum Name: String, CodingKey {
      case text
      case imageURL = "image_url"
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Name.self)
      text = try container.decodeIfPresent(String.self, forKey: .text)
      imageURL = try container.decodeIfPresent(Sent.Picture.self, forKey: .imageURL)
    }
  }

  init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Name.self)
    role = try container.decode(String.self, forKey: .role)
    if let text = try? container.decode(String.self, forKey: .content) {
      (texts, pictures) = ([text], [])
      return
    }
    // A message of tool calls alone has null.
    let parts = try container.decodeIfPresent([Part].self, forKey: .content) ?? []
    (texts, pictures) = (parts.compactMap(\.text), parts.compactMap(\.imageURL))
  }
}

extension RequestLog {
  /// How many questions were asked so far.
  var questionCount: Int { requests.count { $0.path.hasSuffix("/chat/completions") } }

  /// What was asked so far, oldest first.
  func sent() throws -> [Sent] {
    try requests.filter { $0.path.hasSuffix("/chat/completions") }.map {
      try JSONDecoder().decode(Sent.self, from: Data($0.body))
    }
  }
}

/// Runs `body` with a server of its own and what it was sent.
func withServer(
  pace: Duration = .milliseconds(1), _ body: (Home, RequestLog) async throws -> Void
) async throws {
  let log = RequestLog()
  let server = try await DemoServer.start(pace: pace, log: log, executor: Seats.ofServers)
  do {
    try await body(try Home(server: server), log)
  } catch {
    await server.stop()
    throw error
  }
  await server.stop()
}
