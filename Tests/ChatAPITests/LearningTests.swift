import ChatAPI
import Conversation
import Foundation
import Testing

/// What a refusal teaches, and what is sent after it.
@Suite struct LearningTests {
  private static let alternate = answer(
    400,
    #"{"error":{"message":"Conversation roles must alternate user/assistant/user/assistant"}}"#)

  /// A history with a question that has no answer.
  private static let unanswered = ModelRequest(
    model: "gemma",
    messages: [
      RequestMessage(.system, "Be brief"), RequestMessage(.user, "One"),
      RequestMessage(.user, "Two"), RequestMessage(.assistant, "A"),
      RequestMessage(.assistant, "B"),
      RequestMessage(.user, "Three"),
    ])

  private func turns(_ request: ReceivedRequest?) -> [String] {
    let messages = request?.json?["messages"] as? [NSDictionary] ?? []
    return messages.map { "\($0["role"] ?? ""): \($0["content"] ?? "")" }
  }

  @Test func `Neighbouring messages are joined for a server that wants turns, from then on`()
    async throws
  {
    let server = try FaultServer(answering: Self.alternate, streamHead + chunk("ok") + done)
    let provider = try Provider.local(server)
    let client = ChatClient()
    let outcome = await Outcome(client.reply(to: Self.unanswered, at: provider))
    #expect(outcome.text == "ok")
    #expect(
      turns(server.requests.last) == [
        "system: Be brief", "user: One\n\nTwo", "assistant: A\n\nB", "user: Three",
      ])
    _ = await Outcome(client.reply(to: Self.unanswered, at: provider))
    #expect(server.requests.count == 3)
    #expect(turns(server.requests.last).count == 4)
    #expect(client.learnedRules.adaptations(for: "gemma", at: provider) == [.joinRoles])
  }

  /// A turn in which a call was answered, after the model thought.
  private static let answered: ModelRequest = {
    let call = ToolCall(id: "a", name: "time", arguments: "{}")
    var reply = RequestMessage(role: .assistant, parts: [], reasoning: "hm", calls: [call])
    reply.returnsReasoning = true
    return ModelRequest(
      model: "m",
      messages: [
        RequestMessage(.user, "When?"), reply, RequestMessage(answering: "a", parts: [.text("9")]),
      ])
  }()

  @Test func `The name of a server's reasoning is learned, and one that it refuses is left out`()
    async throws
  {
    let thought = #"data: {"choices":[{"delta":{"reasoning":"hm"}}]}"# + "\n\n"
    let refusal = answer(
      400, #"{"error":{"message":"property 'messages.1.reasoning' is unsupported"}}"#)
    let server = try FaultServer(
      answering: streamHead + thought + chunk("ok") + done, refusal,
      streamHead + chunk("ok") + done)
    let (client, provider) = (ChatClient(), try Provider.local(server))
    _ = await Outcome(client.reply(to: Self.answered, at: provider))
    #expect(
      client.learnedRules.adaptations(for: "m", at: provider) == [.reasoningMember("reasoning")])
    #expect(await Outcome(client.reply(to: Self.answered, at: provider)).text == "ok")
    let bodies = server.requests.map { String(decoding: $0.body, as: UTF8.self) }
    #expect(bodies.map { $0.contains(#""reasoning":"hm""#) } == [false, true, false])
  }

  @Test func `A history that begins with the model's words gets a user before it`() {
    let request = ModelRequest(
      model: "m", messages: [RequestMessage(.assistant, "Hi"), RequestMessage(.user, "Hello")])
    let body = ChatCompletionsEncoder(request, dialect: Dialect(), adaptations: [.joinRoles]).body
    #expect(body.text.contains(#"[{"role":"user","content":"…"},{"role":"assistant""#))
  }

  @Test func `Joined messages keep their pictures in request`() {
    let file = PictureFile(path: "/a.png", mediaType: "image/png", byteCount: 3)
    let request = ModelRequest(
      model: "m",
      messages: [
        RequestMessage(role: .user, parts: [.picture(file, .low), .text("One")]),
        RequestMessage(.user, "Two"),
      ])
    let body = ChatCompletionsEncoder(request, dialect: Dialect(), adaptations: [.joinRoles]).body
    #expect(body.text.contains(#""detail":"low"}},{"type":"text","text":"One\n\nTwo"}]}]"#))
  }

  @Test func `Instructions go before the first message where no system is known`() async throws {
    let refusal = answer(400, #"{"error":{"message":"System role not supported"}}"#)
    let server = try FaultServer(answering: refusal, streamHead + chunk("ok") + done)
    var request = Self.unanswered
    request.messages.removeSubrange(2...4)
    let outcome = await Outcome(ChatClient().reply(to: request, at: try .local(server)))
    #expect(outcome.text == "ok")
    #expect(turns(server.requests.last) == ["user: Be brief\n\nOne", "user: Three"])
  }

  @Test func `A limit of pictures that a refusal names is learned and kept to`() async throws {
    let refusal = answer(
      400, #"{"message":"At most 1 image(s) may be provided in one request.","object":"error"}"#)
    let server = try FaultServer(answering: refusal, streamHead + chunk("ok") + done)
    let picture = try TemporaryFile(bytes: [1, 2, 3])
    let provider = try Provider.local(server)
    let client = UnhurriedClient().client
    var request = ModelRequest.hello()
    request.messages[0].parts += [.picture(picture.picture, .low), .picture(picture.picture, .low)]
    let first = await Outcome(client.reply(to: request, at: provider))
    #expect(first.error?.kind == .answer(.pictureRefused(PictureRefusal(.tooMany(limit: 1)))))
    #expect(client.learnedRules.pictureLimits(for: "m", at: provider).count == 1)
    let second = await Outcome(client.reply(to: request, at: provider))
    #expect(second.error?.kind == .request(.pictureLimit(1)))
    #expect(server.connections == 1)
    request.messages[0].parts.removeLast()
    let third = await Outcome(client.reply(to: request, at: provider))
    #expect(third.text == "ok")
  }

  @Test func `What was learned is taken back`() throws {
    let provider = try Provider("https://a.com")
    var rules = LearnedRules()
    rules.learn([.pictureCount(1), .omit("stop")], for: "m", at: provider)
    rules.learn([.omit("stop")], for: "n", at: provider)
    rules.forget("m", at: provider)
    #expect(rules.adaptations(for: "m", at: provider).isEmpty)
    #expect(rules.adaptations(for: "n", at: provider) == [.omit("stop")])
  }

  @Test func `What two programs change of it is kept of both`() throws {
    let provider = try Provider("https://a.com")
    var base = LearnedRules()
    base.learn([.omit("stop"), .pictureCount(1)], for: "m", at: provider)
    var (ours, theirs) = (base, base)
    ours.learn([.omit("seed")], for: "n", at: provider)
    theirs.forget("m", at: provider)
    theirs.learn([.omit("stop"), .pictureCount(4)], for: "m", at: provider)
    let kept = ours.rebased(from: base, onto: theirs)
    #expect(kept.adaptations(for: "m", at: provider) == [.omit("stop"), .pictureCount(4)])
    #expect(kept.adaptations(for: "n", at: provider) == [.omit("seed")])
    #expect(base.rebased(from: base, onto: theirs) == theirs)
    #expect(theirs.rebased(from: base, onto: base) == theirs)
  }

  @Test func `The lowest of the limits that were learned counts`() throws {
    let provider = try Provider("https://a.com")
    var rules = LearnedRules()
    rules.learn(
      [.pictureCount(5), .pictureCount(2), .pictureSide(2000), .pictureByteCount(9)], for: "m",
      at: provider)
    let limits = rules.pictureLimits(for: "m", at: provider)
    #expect(limits.count == 2)
    #expect(limits.side == 2000)
    #expect(limits.byteCount == 9)
  }

  @Test func `Rules of a later version are passed over, the others kept`() throws {
    let provider = try Provider("https://a.com")
    var rules = LearnedRules()
    rules.learn([.omit("stop")], for: "m", at: provider)
    let text = String(decoding: try JSONEncoder().encode(rules), as: UTF8.self)
    let later = text.replacing(#"[{"omit""#, with: #"[{"sing":{}},{"omit""#)
    #expect(later != text)
    let read = try JSONDecoder().decode(LearnedRules.self, from: Data(later.utf8))
    #expect(read == rules)
  }

  @Test func `A model that leaves out its opening tag is known by it the next time`() async throws {
    let reply = streamHead + chunk("hm</think>ok", finish: "stop") + done
    let server = try FaultServer(answering: reply)
    let provider = try Provider.local(server)
    let client = ChatClient()
    let first = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(first.events.contains(.reclassified(isReasoning: true)))
    let second = await Outcome(client.reply(to: .hello(), at: provider))
    #expect(second.text == "ok")
    #expect(second.events.joined.contains(.reasoning("hm")))
  }

  @Test func `A refusal of the server's that cannot change is asked once`() async throws {
    let body =
      #"{"error":{"code":500,"message":"image input is not supported - hint: mmproj"}}"#
    let server = try FaultServer(answering: answer(500, body))
    let picture = try TemporaryFile(bytes: [1, 2, 3])
    var request = ModelRequest.hello()
    request.messages[0].parts.append(.picture(picture.picture, .low))
    let outcome = await Outcome(UnhurriedClient().client.reply(to: request, at: try .local(server)))
    #expect(outcome.error?.kind == .answer(.pictureRefused(PictureRefusal(.notSeen))))
    #expect(server.connections == 1)
  }
}

extension RequestBody {
  /// The bytes that stand in memory, as text.
  fileprivate var text: String {
    pieces.map { piece in
      if case .bytes(let bytes) = piece { String(decoding: bytes, as: UTF8.self) } else { "" }
    }.joined()
  }
}
