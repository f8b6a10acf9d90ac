import ChatEngine
import Conversation
import Language

// Messages of any role that ask for no reply: examples for the model, and what it shall know.
extension ChatState {
  /// `/add ROLE TEXT`: the message goes to the history; nothing is sent.
  ///
  /// A user's message takes the pictures that wait with it.
  mutating func add(_ rest: String, at moment: Moment) -> [ChatEffect] {
    let word = rest.prefix { !$0.isWhitespace }
    let text = rest.dropFirst(word.count).drop(while: \.isWhitespace)
    guard !word.isEmpty else { return misused(.add) }
    guard let role = Role(written: word.lowercased()) else {
      return fail(say("There is no role \(String(word)): it is user, system or assistant."))
    }
    guard !engine.isBusy else { return failWhileReplyComes() }
    guard !pictures.isPreparing || role != .user else {
      return fail(say("Pictures are still being prepared. Try again when they are ready."))
    }
    let attached = role == .user ? pictures.readyParts : []
    guard !text.isEmpty || !attached.isEmpty else { return misused(.add) }
    transcript.jump(to: .bottom)
    return send(.conversation(.add(NewMessage(role, String(text), draft: draftText))))
      + tell(say("Added, and not sent. /send asks for a reply."))
  }
}
