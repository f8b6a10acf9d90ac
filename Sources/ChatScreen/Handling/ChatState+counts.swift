import ChatEngine
import Conversation
import Language

extension ChatState {
  /// “there are N”: the valid range, for errors about a number that is out of it.
  func thereAre(_ count: Int) -> Phrase {
    count == 1 ? say("there is 1") : say("there are \(count)")
  }

  /// How many pictures the conversation has: those that wait are numbered behind them, so that a
  /// number means one picture everywhere, and means it still when it is sent.
  package var sentPictureCount: Int {
    conversation.messages.path.reduce(0) { $0 + $1.pictures.count }
  }

  func noPicture(_ word: String, of count: Int) -> Phrase {
    say("There is no picture \(word): \(thereAre(count)).")
  }

  func noWaitingPicture(_ word: String) -> Phrase {
    say("There is no waiting picture \(word). /attachments lists them.")
  }
}
