import ChatAPI
import Conversation
import Testing

/// The key in what a server says beside its text: in the items of its own tools, in sources and in names.
extension SecretEchoTests {
  struct ItemCase: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// An event of `/responses` around the secret.
    var event: @Sendable (String) -> String
  }

  static let items = [
    ItemCase(testDescription: "code") {
      done(#""type":"code_interpreter_call","id":"\#($0)","container_id":"\#($0)","code":"\#($0)""#)
    },
    ItemCase(testDescription: "what it printed") {
      done(
        #""type":"code_interpreter_call","id":"i","outputs":[{"type":"logs","logs":"\#($0)"}]"#)
    },
    ItemCase(testDescription: "search") {
      done(
        #""type":"web_search_call","id":"i","action":{"type":"search","query":"\#($0)"}"#)
    },
    ItemCase(testDescription: "page") {
      annotation(#""type":"url_citation","url":"https://e.x/\#($0)","title":"\#($0)""#)
    },
    ItemCase(testDescription: "file") {
      annotation(#""type":"file_citation","filename":"\#($0)""#)
    },
    ItemCase(testDescription: "container's file") {
      annotation(
        #""type":"container_file_citation","container_id":"c","file_id":"f","filename":"\#($0)""#)
    },
    ItemCase(testDescription: "container") {
      annotation(
        #""type":"container_file_citation","container_id":"\#($0)","file_id":"f","filename":"n""#)
    },
    ItemCase(testDescription: "sealed reasoning") {
      done(
        #""type":"reasoning","encrypted_content":"\#($0)","summary":[{"type":"summary_text","text":"\#($0)"}]"#
      )
    },
    ItemCase(testDescription: "call") {
      done(
        #""type":"function_call","call_id":"x\#($0)","name":"t","arguments":"{\"a\":\"\#($0)\"}""#)
    },
  ]

  private static func done(_ item: String) -> String {
    #"{"type":"response.output_item.done","output_index":0,"item":{\#(item)}}"#
  }

  private static func annotation(_ annotation: String) -> String {
    #"{"type":"response.output_text.annotation.added","annotation":{\#(annotation)}}"#
  }

  @Test(arguments: items)
  func `What a server's own tools bring holds no key`(_ row: ItemCase) async throws {
    let events = [
      row.event(Self.key), #"{"type":"response.output_text.delta","delta":"said"}"#,
      #"{"type":"response.completed","response":{"status":"completed","output":[]}}"#,
    ]
    let stream = streamHead + events.map { "data: \($0)\n\n" }.joined()
    let server = try FaultServer(answering: stream)
    var provider = try Provider.local(server, key: Self.key)
    provider.api = .responses
    let outcome = await Outcome(ChatClient().reply(to: .hello(), at: provider))
    #expect(outcome.text == "said")
    #expect(!"\(outcome.events)".contains(Self.key))
  }
}
