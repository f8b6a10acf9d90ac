package import Conversation
package import JSON

/// A wire: how a request is written, how an answer is read, and what its refusals ask to change.
///
/// Everything else is the same for every wire: the transport, the cutting of a stream into events,
/// retries, errors, and what is learned of servers.
package protocol WireProtocol: Sendable {
  /// The call behind the server's address, like `/chat/completions`.
  var call: String { get }

  /// What is wrong with a request before it is written; nil where nothing is.
  func fault(in request: ModelRequest) -> RequestFault?

  /// The request as this server takes it, with the changes that are known to be needed.
  ///
  /// - Complexity: linear in the bytes that stand in memory; files are not read.
  func encode(_ request: ModelRequest, adaptations: Set<Adaptation>) -> EncodedRequest

  /// The change that a refusal asks for, given the names of the settings that were sent; nil where it
  /// asks for none, or for one that would not help.
  func adaptation(to error: ChatAPIError, settings: [String]) -> Adaptation?

  /// A decoder of one answer; `startsInReasoning` says that the model was seen to close a `<think>`
  /// that it had not opened, `tokenLimit` how many tokens the request allowed.
  func makeDecoder(startsInReasoning: Bool, tokenLimit: Int?) -> any ReplyDecoder
}

extension WireProtocol {
  package func fault(in request: ModelRequest) -> RequestFault? { request.fault }

  package func makeDecoder(startsInReasoning: Bool) -> any ReplyDecoder {
    makeDecoder(startsInReasoning: startsInReasoning, tokenLimit: nil)
  }
}

/// A request in the form in which it leaves.
package struct EncodedRequest: Sendable {
  package var body: RequestBody
  /// What of the request a refusal may be about.
  package var facts: RequestFacts
  /// Names of settings that were made and are left out, since the model's family refuses them.
  package var omitted: [String]
  /// Names of settings that were made and are left out, since the wire has no member for them.
  package var unknown: [String]

  package init(
    body: RequestBody, facts: RequestFacts, omitted: [String], unknown: [String] = []
  ) {
    self.body = body
    self.facts = facts
    self.omitted = omitted
    self.unknown = unknown
  }
}

/// Reads the JSON of one answer, event by event, into the events of a reply.
///
/// Errors are none of its business: the reader looks for them in whatever comes.
package protocol ReplyDecoder: Sendable {
  /// Members of an event's outermost object that every event repeats and nobody reads.
  var ignoredMembers: [StaticString] { get }
  /// The reason for the end of the reply, once it has come.
  var finishReason: FinishReason? { get }

  /// Whether a value is part of an answer on this wire, and not of some other server's.
  func recognizes(_ json: JSONValue) -> Bool

  /// The member of its events that brought reasoning, where the wire's own way back is by that name; nil
  /// where none came.
  var reasoningMember: String? { get }

  /// Text that has been taken and not looked through yet, in bytes.
  var waitingByteCount: Int { get }

  /// The text that the last event brought, where it brought nothing else; nil where it did.
  var onlyText: String? { get }

  /// Takes the next event of a stream, or the whole answer.
  mutating func decode(_ json: JSONValue, into events: inout ReplyEventBuffer)

  /// Takes the text of an event that is the last one but for its text.
  mutating func take(_ text: String)

  /// Looks through the text that waits. A decoder may gather the text of the events that one read
  /// brought, and is asked for it before anybody takes the reply's events.
  mutating func flush(into events: inout ReplyEventBuffer)

  /// Gives out what was held back; nothing more comes.
  mutating func finish(into events: inout ReplyEventBuffer)
}

extension ReplyDecoder {
  package var reasoningMember: String? { nil }
  package var waitingByteCount: Int { 0 }
  package var onlyText: String? { nil }
  package mutating func take(_ text: String) {}
  package mutating func flush(into events: inout ReplyEventBuffer) {}
}
