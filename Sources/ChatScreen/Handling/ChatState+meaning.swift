import ChatEngine
import Conversation
import Language
import Markdown

// Search of all conversations by what is meant, in the background.
extension ChatState {
  /// `/search ~TEXT`.
  mutating func searchByMeaning(_ text: String) -> [ChatEffect] {
    guard !text.isEmpty else { return misused(.search) }
    library.meaning = text
    notice = nil
    return [.meaning(.search(text, isAllowed: false))]
  }

  /// Esc: no more vectors are made; those that are there stay.
  mutating func stopMeaning() -> [ChatEffect] {
    library.meaning = nil
    return [.meaning(.stop)]
      + tell(say("Stopped. /search ~TEXT goes on where it was."))
  }

  /// A yes to the price.
  mutating func allowVectors(for query: String) -> [ChatEffect] {
    library.meaning = query
    return [.meaning(.search(query, isAllowed: true))]
  }

  mutating func handleMeaningEvent(_ event: MeaningEvent) -> [ChatEffect] {
    switch event {
    case .asked(let query, let price):
      guard library.meaning == query else { return [] }
      library.meaning = nil
      return ask(
        Question(phrase: say("\(price) Make them?"), consequence: .makeVectors(query: query)))
    case .begun(let query, let price):
      if library.meaning == query { notice = Notice(.information, price, topic: .meaning) }
    case .progress(let query, let done, let count):
      if library.meaning == query {
        notice = Notice(
          .information, say("Vectors: \(done) of \(count). Esc stops."), topic: .meaning)
      }
    case .found(let query, let hits):
      guard library.meaning == query else { return [] }
      endMeaning()
      return showMeant(hits, query)
    case .failed(let query, let phrase):
      guard library.meaning == query else { return [] }
      endMeaning()
      return fail(phrase)
    }
    return []
  }

  private mutating func endMeaning() {
    library.meaning = nil
    if notice?.topic == .meaning { notice = nil }
  }

  private mutating func showMeant(_ hits: [SearchHit], _ query: String) -> [ChatEffect] {
    guard !hits.isEmpty else { return fail(say("No conversation has anything to search yet.")) }
    let items = hits.map { hit in
      Picker.Item(
        title: PlainWords(of: hit.line[...]).text, remark: hit.conversation.title,
        choice: .conversation(hit.conversation.id, at: hit.message))
    }
    let title = say("Messages about “\(query)”, nearest first")
    return open(.picker(Picker(subject: .searchHits, title: title, items: items)))
  }
}
