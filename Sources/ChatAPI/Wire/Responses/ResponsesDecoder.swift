import Conversation
import JSON

/// Reads the events of a stream of `/responses`, or one whole response (OpenAI API reference,
/// `ResponseStreamEvent` and `response`), in the forms that compatible servers give them.
///
/// Events are told by `type` in their data; those that nobody knows are passed over. Every other member
/// is optional. A text, a call or reasoning may come in deltas, with the event that ends it, with its
/// whole item, or in the response at the end: the first that brings it counts, and what comes again is
/// passed over.
struct ResponsesDecoder: ReplyDecoder {
  let ignoredMembers: [StaticString] = ["sequence_number", "obfuscation", "logprobs"]
  private(set) var finishReason: FinishReason?
  private(set) var onlyText: String?
  private var usage: TokenUsage?
  private var answer: AnswerText
  private var calls = ResponsesCalls()
  private var pictureCalls = ResponsesPictureCalls()
  private var pictures = ReplyPictures()
  /// The pages and files that texts refer to, as far as they have come.
  private var references = ResponsesReferences()
  /// The parts of text, refusal and reasoning that have come.
  private var places = ResponsesPlaces()
  /// The kind of the text that came last, where nothing stands behind it.
  private var lastKind: ReplyPart.Kind?
  /// Whether the server says that it keeps the response, whose items can be named from then on.
  private var isStored = false
  /// Whether items came whole before the end, so that those of the whole response are the same again.
  private var hasItems = false
  /// The parts that the reasoning of items went into: what seals an item may come behind later ones.
  private var reasoningParts: [ResponsesPlace: ReplyPart] = [:]
  /// The most tokens that the request allowed; nil where it set none.
  private let tokenLimit: Int?

  init(startsInReasoning: Bool = false, tokenLimit: Int? = nil) {
    answer = AnswerText(startsInReasoning: startsInReasoning)
    self.tokenLimit = tokenLimit
  }

  func recognizes(_ json: JSONValue) -> Bool {
    json["type"]?.string?.hasPrefix("response.") == true || json["object"] == "response"
      || json["output"]?.elements != nil
  }

  mutating func decode(_ json: JSONValue, into events: inout ReplyEventBuffer) {
    onlyText = nil
    guard let type = json["type"]?.string else {
      if recognizes(json) { end(with: json, as: nil, into: &events) }
      return
    }
    if type != "response.output_text.delta" { flush(into: &events) }
    switch type {
    case "response.output_text.delta": append(json["delta"], .text, at: json, into: &events)
    case "response.output_text.done": complete(json["text"], .text, at: json, into: &events)
    case "response.refusal.delta": append(json["delta"], .refusal, at: json, into: &events)
    case "response.refusal.done": complete(json["refusal"], .refusal, at: json, into: &events)
    case "response.reasoning_summary_text.delta", "response.reasoning_text.delta":
      append(json["delta"], .reasoning, at: json, into: &events)
    case "response.reasoning_summary_text.done", "response.reasoning_text.done":
      complete(json["text"], .reasoning, at: json, into: &events)
    case "response.function_call_arguments.delta":
      calls.append(json["delta"]?.string ?? "", of: json, into: &events)
    case "response.function_call_arguments.done":
      calls.complete(json["arguments"], of: json, into: &events)
    case "response.output_text.annotation.added":
      if let annotation = json["annotation"] { references.take(annotation) }
    case "response.image_generation_call.partial_image":
      takePicture(
        json["partial_image_b64"], of: json, isFinished: false,
        call: pictureCalls.number(at: json["output_index"]?.integer, json["item_id"]?.string),
        into: &events)
    case "response.output_item.added":
      if let item = json["item"] { calls.begin(item, of: json, into: &events) }
    case "response.output_item.done":
      guard let item = json["item"] else { break }
      hasItems = true
      take(item, at: json["output_index"]?.integer, into: &events)
    case "response.created", "response.queued", "response.in_progress":
      noteStorage(of: json["response"] ?? json)
    case "response.completed", "response.incomplete", "response.failed", "response.cancelled":
      end(with: json["response"] ?? json, as: type, into: &events)
    default: break
    }
  }

  var waitingByteCount: Int { answer.waitingByteCount }

  mutating func take(_ text: String) { answer.take(text) }

  mutating func flush(into events: inout ReplyEventBuffer) { answer.flush(into: &events) }

  mutating func finish(into events: inout ReplyEventBuffer) {
    answer.finish(into: &events)
    references.finish(into: &events)
    events.finishParts()
    if let usage { events.append(.usage(usage)) }
  }
}

// MARK: - Text

extension ResponsesDecoder {
  /// Adds a delta to its part.
  private mutating func append(
    _ delta: JSONValue?, _ kind: ReplyPart.Kind, at json: JSONValue,
    into events: inout ReplyEventBuffer
  ) {
    guard let text = delta?.string, !text.isEmpty else { return }
    let place = ResponsesPlace(json, kind)
    let begins = places.enter(place, text, of: json)
    // What comes next in the same place is added without any pause.
    if kind == .text, !begins { onlyText = text }
    add(text, kind, behindOther: begins, into: &events)
    if begins { note(events.openReasoning, at: place) }
  }

  /// Takes a whole part, where nothing of it has come.
  private mutating func complete(
    _ text: JSONValue?, _ kind: ReplyPart.Kind, at json: JSONValue,
    into events: inout ReplyEventBuffer
  ) {
    let place = ResponsesPlace(json, kind)
    guard let text = text?.string, !text.isEmpty,
      places.takeWhole(place, text, of: json)
    else { return }
    add(text, kind, behindOther: true, into: &events)
    flush(into: &events)
    note(events.openReasoning, at: place)
  }

  private mutating func note(_ part: ReplyPart?, at place: ResponsesPlace) {
    if let part { reasoningParts[place.ofItem] = part }
  }

  /// Adds text of a kind; with an empty line before it where another part of this kind came just
  /// before.
  private mutating func add(
    _ text: String, _ kind: ReplyPart.Kind, behindOther: Bool, into events: inout ReplyEventBuffer
  ) {
    let pause = behindOther && lastKind == kind ? "\n\n" : ""
    lastKind = kind
    switch kind {
    case .reasoning: answer.append(reasoning: pause + text, into: &events)
    case .refusal: events.append(pause + text, as: .refusal)
    default: answer.take(pause + text)
    }
  }
}

// MARK: - Items

extension ResponsesDecoder {
  /// Takes an item that came whole.
  private mutating func take(
    _ item: JSONValue, at index: Int?, into events: inout ReplyEventBuffer
  ) {
    switch item["type"]?.string {
    case "message":
      for (place, part) in (item["content"]?.elements ?? []).enumerated() {
        let (text, kind): (JSONValue?, ReplyPart.Kind) =
          part["type"] == "refusal" ? (part["refusal"], .refusal) : (part["text"], .text)
        complete(text, kind, at: Self.place(item, index, place), into: &events)
        for annotation in part["annotations"]?.elements ?? [] {
          references.take(annotation)
        }
      }
      pictures.read(item, into: &events)
      noteEnd(ofMessage: item, into: &events)
    case "reasoning": takeReasoning(item, at: index, into: &events)
    case "function_call": calls.take(item, at: index, into: &events)
    case "web_search_call", "file_search_call", "code_interpreter_call":
      takeHostedCall(item, into: &events)
    case "image_generation_call":
      takePicture(
        item["result"], of: item, isFinished: true,
        call: pictureCalls.number(at: index, item["id"]?.string), into: &events)
      guard let call = HostedToolCall(item) else { break }
      events.append(part: .hostedCall(call.naming(item, onStoringServer: isStored)))
    default: break
    }
  }

  /// Takes a picture, finished or not, that stands in a member of an item or of an event.
  private mutating func takePicture(
    _ picture: JSONValue?, of json: JSONValue, isFinished: Bool, call: Int,
    into events: inout ReplyEventBuffer
  ) {
    guard let bytes = events.pictures.take(picture) else { return }
    flush(into: &events)
    let prompt = json["revised_prompt"]?.string.flatMap { $0.isEmpty ? nil : $0 }
    events.append(made: bytes, prompt: prompt, isFinished: isFinished, call: call)
    lastKind = nil
  }

  /// Keeps the server's name for what a message was (`commentary`, `final_answer`); the next message is
  /// a text of its own then.
  private mutating func noteEnd(
    ofMessage item: JSONValue, into events: inout ReplyEventBuffer
  ) {
    guard let phase = item["phase"]?.string, (1...64).contains(phase.utf8.count) else { return }
    flush(into: &events)
    events.sealText(Reasoning.seal(ofPhase: phase))
    lastKind = nil
  }

  /// Takes a call that the server made by itself, with the pictures that its code drew.
  private mutating func takeHostedCall(_ item: JSONValue, into events: inout ReplyEventBuffer) {
    guard let call = HostedToolCall(item) else { return }
    flush(into: &events)
    events.append(part: .hostedCall(call))
    lastKind = nil
    for output in item["outputs"]?.elements ?? [] {
      if let url = output["url"]?.string, !url.isEmpty { events.append(pictureAt: url) }
    }
  }

  private mutating func takeReasoning(
    _ item: JSONValue, at index: Int?, into events: inout ReplyEventBuffer
  ) {
    let shown = item["summary"]?.elements ?? []
    let parts = shown.isEmpty ? item["content"]?.elements ?? [] : shown
    for (place, part) in parts.enumerated() {
      complete(part["text"], .reasoning, at: Self.place(item, index, place), into: &events)
    }
    // Without either there is nothing that the server could read.
    let isSealed = item["encrypted_content"]?.string?.isEmpty == false
    guard isSealed || item["content"]?[0]?["text"]?.string?.isEmpty == false else { return }
    flush(into: &events)
    let place = ResponsesPlace(Self.place(item, index, 0), .reasoning)
    events.sealReasoning(item.description, of: reasoningParts[place])
    lastKind = nil
  }

  /// An object that says where a part of an item is, as an event about it would.
  private static func place(_ item: JSONValue, _ index: Int?, _ part: Int) -> JSONValue {
    var members = [JSONMember("content_index", JSONValue(part))]
    if let id = item["id"] { members.append(JSONMember("item_id", id)) }
    if let index { members.append(JSONMember("output_index", JSONValue(index))) }
    return .object(members)
  }

  private mutating func noteStorage(of response: JSONValue) {
    if response["store"] == true { isStored = true }
  }

  /// Takes the response as it is at its end.
  private mutating func end(
    with response: JSONValue, as type: String?, into events: inout ReplyEventBuffer
  ) {
    noteStorage(of: response)
    usage = TokenUsage(response["usage"]) ?? usage
    if !hasItems {
      for (index, item) in (response["output"]?.elements ?? []).enumerated() {
        take(item, at: index, into: &events)
      }
    }
    let status = response["status"]?.string ?? type.map { String($0.dropFirst(9)) } ?? "completed"
    finishReason =
      switch status {
      case "completed": calls.isEmpty ? ending : .toolCalls
      case "incomplete": Self.reason(response["incomplete_details"]?["reason"]?.string)
      case "failed": .other("error")
      default: .other(status)
      }
  }

  /// Why a response ended that is called complete: llama.cpp and transformers call one so that the limit
  /// cut, which its tokens show.
  private var ending: FinishReason {
    guard let tokenLimit, let usage, usage.completion.value >= tokenLimit else { return .stop }
    return .length
  }

  private static func reason(_ name: String?) -> FinishReason {
    switch name {
    case "max_output_tokens", "max_tokens": .length
    case "content_filter": .contentFilter
    default: .other(name ?? "incomplete")
    }
  }
}

// MARK: - Places

/// Where a part of the output stands: servers name the item by its index, its identifier, or both.
struct ResponsesPlace: Hashable, Sendable {
  let kind: ReplyPart.Kind
  let output: Int?
  let item: String?
  private(set) var part: Int

  init(_ event: JSONValue, _ kind: ReplyPart.Kind) {
    self.kind = kind
    output = event["output_index"]?.integer
    // LiteLLM gives each event another identifier: it counts only where it is all there is.
    item = output == nil ? event["item_id"]?.string : nil
    part = (event["content_index"] ?? event["summary_index"])?.integer ?? 0
  }

  /// The item's own place, whichever of its parts this is.
  var ofItem: ResponsesPlace {
    var place = self
    place.part = 0
    return place
  }
}

/// Which parts have come, and which one goes on.
struct ResponsesPlaces: Sendable {
  private var come: Set<ResponsesPlace> = []
  private var current: ResponsesPlace?
  /// Whether a delta named the index of its item, and whether one did not.
  private var (hasIndexed, hasUnindexed) = (false, false)
  /// What the part that goes on says so far, and the identifier of its item.
  private var (said, item): (ResponsesText, String?) = (ResponsesText(), nil)
  /// What parts say that do not go on, by the identifiers of their items.
  private var texts: [String: Set<ResponsesText>] = [:]

  /// Notes a delta; whether its part begins with it.
  mutating func enter(_ place: ResponsesPlace, _ text: String, of event: JSONValue) -> Bool {
    if place.output == nil { hasUnindexed = true } else { hasIndexed = true }
    guard place != current else {
      said.append(text)
      return false
    }
    leave(for: place, event)
    said.append(text)
    return come.insert(place).inserted
  }

  /// Notes a part that came whole; false where some of it has come, or may have under another name, or
  /// the whole of it at another index: transformers 5.24 opens the text before a call a second time.
  mutating func takeWhole(_ place: ResponsesPlace, _ text: String, of event: JSONValue) -> Bool {
    let isNamedOtherwise = place.output == nil ? hasIndexed : hasUnindexed
    guard !isNamedOtherwise || !come.contains(where: { $0.kind == place.kind }) else {
      return false
    }
    guard !come.contains(place) else { return false }
    leave(for: place, event)
    said.append(text)
    let isKnown = item.map { texts[$0]?.contains(said) == true } ?? false
    come.insert(place)
    return !isKnown
  }

  private mutating func leave(for place: ResponsesPlace, _ event: JSONValue) {
    if let item { texts[item, default: []].insert(said) }
    (current, said, item) = (place, ResponsesText(), event["item_id"]?.string)
  }
}

/// A text told apart from others by its length and a sum over its bytes (FNV-1a, 64 bits).
private struct ResponsesText: Hashable, Sendable {
  private var byteCount = 0
  private var sum: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func append(_ text: String) {
    byteCount += text.utf8.count
    for byte in text.utf8 { sum = (sum ^ UInt64(byte)) &* 0x100_0000_01B3 }
  }
}
