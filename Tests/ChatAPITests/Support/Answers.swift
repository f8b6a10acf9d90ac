import ChatAPI
import Conversation
import Synchronization

/// The head of an answer that is a stream of events.
let streamHead = "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n"

/// A whole answer with a status line, JSON and its length.
func answer(_ status: Int, _ body: String, headers: [String] = []) -> String {
  let lines = ["HTTP/1.1 \(status) X", "Content-Type: application/json"]
  let length = ["Content-Length: \(body.utf8.count)", "", ""]
  return (lines + headers + length).joined(separator: "\r\n") + body
}

/// One chunk of a stream, as an event.
func chunk(_ text: String, finish: String? = nil) -> String {
  let reason = finish.map { "\"\($0)\"" } ?? "null"
  return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\(text)\"},"
    + "\"finish_reason\":\(reason)}]}\n\n"
}

let done = "data: [DONE]\n\n"

extension ModelRequest {
  /// A request that says hello.
  static func hello(_ parameters: Parameters = Parameters(), model: String = "m") -> ModelRequest {
    ModelRequest(model: model, messages: [RequestMessage(.user, "Hello")], parameters: parameters)
  }
}

extension Provider {
  /// A loopback server with short limits.
  static func local(_ server: FaultServer, key: String? = "sk-0123456789abcdef0123") throws
    -> Provider
  {
    var provider = try Provider(server.address, apiKey: key.flatMap { APIKey($0) })
    provider.timeLimits.connect = .seconds(5)
    return provider
  }
}

/// All that a stream gave, and how it ended.
struct Outcome: Equatable {
  var events: [ReplyEvent] = []
  var error: ChatAPIError?

  init(_ stream: ReplyStream) async {
    var iterator = stream.makeAsyncIterator()
    do throws(ChatAPIError) {
      while let event = try await iterator.next() { events.append(event) }
    } catch {
      self.error = error
    }
  }

  /// The answer's text, joined.
  var text: String {
    events.compactMap(\.answer).joined()
  }
}

/// A client that notes how long it would have waited, and waits not at all.
final class UnhurriedClient: Sendable {
  let client: ChatClient
  private let delays: Delays

  var waits: [Duration] { delays.all }

  init(learned: LearnedRules = LearnedRules()) {
    let delays = Delays()
    self.delays = delays
    var timing = ChatClient.Timing()
    timing.sleep = { delays.append($0) }
    timing.jitter = { 0 }
    client = ChatClient(learned: learned, timing: timing)
  }

  private final class Delays: Sendable {
    private let list = Mutex<[Duration]>([])
    var all: [Duration] { list.withLock { $0 } }
    func append(_ delay: Duration) { list.withLock { $0.append(delay) } }
  }
}
