import ChatEngine
import Conversation

/// A question without a screen: events go in, effects come out, reports are kept; the clock stands
/// still unless told.
struct Asker {
  private var state: AskState
  private(set) var reports: [EngineReport] = []
  private(set) var now: Int64 = 1_000_000
  private var entropy: UInt64 = 0

  init(_ state: AskState) {
    self.state = state
  }

  var engine: ChatEngine { state.engine }

  /// The messages in use, as `role: text`.
  var path: [String] {
    engine.conversation.messages.path.map { "\($0.role.rawValue): \($0.text)" }
  }

  /// Takes in an event; what is to be done, in request.
  @discardableResult
  mutating func on(_ event: AskEvent) -> [AskEffect] {
    entropy += 1
    let moment = Moment(timestamp: Timestamp(milliseconds: now), entropy: entropy, uptime: now)
    let effects = state.handle(event, at: moment)
    reports += effects.compactMap {
      if case .engine(.report(let report)) = $0 { report } else { nil }
    }
    return effects.filter { if case .engine(.report) = $0 { false } else { true } }
  }

  @discardableResult
  mutating func on(_ event: EngineEvent) -> [AskEffect] { on(.engine(event)) }

  @discardableResult
  mutating func store(_ event: StoreEvent) -> [AskEffect] { on(.store(event)) }

  @discardableResult
  mutating func written(_ result: WriteResult) -> [AskEffect] { store(.written(result)) }

  /// Reports on the reply in flight.
  @discardableResult
  mutating func reply(_ event: ReplyEvent) -> [AskEffect] {
    on(.reply(engine.run.id ?? MessageID(rawValue: 0), event))
  }

  /// Lets the reply in flight come, and end well.
  @discardableResult
  mutating func answer(_ text: String) -> [AskEffect] {
    commit(reply(.text(text))) + reply(.finished(.stop))
  }

  /// The clock goes on, and rings.
  @discardableResult
  mutating func tick(after milliseconds: Int64 = 250) -> [AskEffect] {
    now += milliseconds
    return on(.clock(draft: nil))
  }

  /// Lets time go by in which nothing happens.
  mutating func pass(_ milliseconds: Int64) { now += milliseconds }

  /// Lets the store answer that it has every message that it was given.
  @discardableResult
  mutating func commit(_ effects: [AskEffect]) -> [AskEffect] {
    effects.storeEffects.flatMap { effect -> [AskEffect] in
      guard case .append(let message, _) = effect else { return [] }
      return written(.committed(message.id))
    }
  }
}

extension [AskEffect] {
  /// The first request for a reply.
  var request: ReplyRequest? {
    lazy.compactMap { effect in
      if case .engine(.reply(.request(let request))) = effect { request } else { nil }
    }.first
  }

  /// Without the orders to be woken, which most tests are not about.
  var withoutWakes: Self { filter { if case .engine(.wake) = $0 { false } else { true } } }

  var storeEffects: [StoreEffect] {
    compactMap { if case .engine(.store(let effect)) = $0 { effect } else { nil } }
  }
}

extension ReplyEvent {
  /// More text of a reply.
  static func text(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .text), text)
  }

  static func reasoning(_ text: String) -> ReplyEvent {
    .partDelta(ReplyPart(index: 0, kind: .reasoning), text)
  }
}
