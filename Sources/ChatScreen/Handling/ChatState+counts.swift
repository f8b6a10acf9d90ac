import ChatEngine
import Language

extension ChatState {
  /// How many there are of what was counted too far, to stand behind a colon.
  func thereAre(_ count: Int) -> Phrase {
    count == 1 ? say("there is 1") : say("there are \(count)")
  }

  func noPicture(_ word: String, of count: Int) -> Phrase {
    say("There is no picture \(word): \(thereAre(count)).")
  }

  func noWaitingPicture(_ word: String) -> Phrase {
    say("There is no waiting picture \(word): \(thereAre(pictures.waiting.count)).")
  }
}
