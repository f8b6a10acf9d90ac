import ChatEngine
import Conversation
import Language

/// One picture of `--each`, and what became of asking about it.
struct EachItem {
  /// How the picture was named, and is named in the results.
  let name: String
  /// Where it is read from; nil for one that is kept already.
  let source: String?
  let picture: PictureReference?
  /// How often it was asked about; nothing but a limit of the server's rate is asked about again.
  var attempts = 0
  /// What is known of the replies to the questions about it, those of given up attempts included.
  var replies: [ReplyDetails] = []
  /// What was told against it.
  var errors: [Phrase] = []
  var result: EachResult?

  init(source: String) {
    name = source
    self.source = source
    picture = nil
  }

  init(picture: PictureReference) {
    name = picture.name
    source = nil
    self.picture = picture
  }

  /// The question about this picture alone.
  func input(_ input: AskInput) -> AskInput {
    var single = input
    single.sources = source.map { [$0] } ?? []
    single.pictures = picture.map { [$0] } ?? []
    return single
  }
}

/// What became of the question about one picture.
struct EachResult: Equatable {
  var status = ExitStatus.done
  /// The reply, as far as it came; nil where nothing did.
  var reply: String?
  /// What went wrong, in English.
  var error: String?
  /// What is known of the last reply.
  var details: ReplyDetails?
  /// What all replies took, one a round of calls; nil where no server told it.
  var usage: TokenUsage?
  /// US dollars for all of it; nil where a price is unknown.
  var dollars: Double?
}
