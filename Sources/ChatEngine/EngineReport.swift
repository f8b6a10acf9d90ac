package import Conversation
package import Language
package import ModelCatalog

/// Something to be told: facts as types, from which each face makes its own sentences.
///
/// The screen makes a notice with offers, `iris ask` a line on standard error and an exit status.
package enum EngineReport: Equatable, Sendable {
  /// Worth knowing, whatever it is about.
  case remark(Phrase)
  /// The conversation could not be opened or named.
  case notOpened(StoreFailure)
  /// Another conversation has the name.
  case nameTaken(String)

  // The run.
  /// The request failed in passing and is made again, after so many milliseconds.
  case retrying(after: Int64, because: Phrase)
  /// The server refused something that is left out from now on.
  case adapted(Phrase)
  /// A part of the reply cannot be kept on this machine: its disk is full, or takes nothing.
  case lost(Phrase)
  /// The server's configuration changed under a fixed seed.
  case serverChanged(from: String, to: String)
  /// The server counted fewer tokens of the whole question than its pictures are: it left them out.
  case picturesUnseen(count: Int, counted: Int, server: String)
  /// Asking for a reply is over, or was prevented.
  case ended(RunEnding)
  /// A whole reply is not what it was asked to be, such as JSON of a schema.
  case replyUnfit(Phrase)
  /// Something will stand in the way of the next request.
  case foreseen(RequestObstacle)

  // Tools.
  /// The user is to decide about calls, which ``Calls/round`` holds.
  case callsAsked
  case callStarted(ToolCall)
  case callFinished(ToolCall, ToolResult)
  /// A call was not made, since nobody can be asked; its tool.
  case callNotAllowed(String)
  /// Calls were answered so many times in a row that the model is not asked again by itself.
  case roundsUsedUp(Int)
  /// The model is not asked again: the turn would cost more than the budget, so much.
  case budgetReached(Money, with: Money)
  /// So it is where nobody knows what the model costs.
  case budgetUncounted(model: String)
  /// The conversation ends in calls without results: the program was ended before, or while they ran.
  case callsOpen(tool: String, mayHaveRun: Bool)
  /// It is known which tools there are; what of them cannot be used.
  case toolsListed(problems: [Phrase])
  /// The server of a tool asks the user, while the call waits.
  case questionAsked(ToolQuestion)
  /// So does one where nobody can be asked.
  case questionDeclined(Elicitation)
  /// A rule could not be written down; it holds until the program ends.
  case rulesNotKept(Phrase)

  // What is on disk.
  case notStored(StoreFailure)
  case storedAgain
  case draftNotStored(Phrase)
  /// A request's figures could not be counted.
  case notCounted(Phrase)
  /// Another program wrote in the conversation: this goes on as a branch.
  case branched

  // Pictures.
  /// A search found these pictures; the face says whether they are attached.
  case picturesFound(request: Int, [String], Detail)
  case picturesMissing(request: Int, PictureFailure, isThere: Bool)
  case pictureReady(AttachmentID, PreparedPicture)
  /// A picture is ready as these tiles.
  case pictureTiled(AttachmentID, name: String, [PreparedPicture], TokenEstimate)
  case pictureFailed(AttachmentID, PictureFailure)
  /// What was to be attached is a document, which waits to be sent.
  case documentReady(AttachmentID, MediaReference, warnings: [Phrase])

  // Servers.
  /// The models of the server in use came.
  case modelsListed
  /// Of several, none is chosen.
  case modelsOffered(count: Int)
  /// The only model of the server was chosen.
  case modelChosen(String)
  case modelsFailed(ReplyFailure)
  /// The server in use wants a key, and there is none.
  case keyMissing(Phrase)
  /// The facts in a server's list of models came.
  case modelFactsListed
}

extension EngineReport {
  /// The sentence that every face uses; nil where each has words of its own.
  package var phrase: Phrase? {
    switch self {
    case .remark(let phrase), .adapted(let phrase), .lost(let phrase), .notCounted(let phrase),
      .draftNotStored(let phrase), .keyMissing(let phrase), .replyUnfit(let phrase):
      phrase
    case .notOpened(let failure), .notStored(let failure): failure.phrase
    case .serverChanged(let old, let new):
      say("The server changed (\(old) to \(new)): the same seed may answer otherwise.")
    case .branched:
      say("Another program wrote to this conversation too: this goes on as a branch of it.")
    case .storedAgain: say("All messages are on disk again.")
    case .callsOpen(let tool, mayHaveRun: false):
      say("The call of \(tool) has no result: it was not made.")
    case .callsOpen(let tool, mayHaveRun: true):
      say("The call of \(tool) has no result: the program was ended while it ran.")
    case .roundsUsedUp(1): say("The model used tools 1 time in a row: that is the limit.")
    case .roundsUsedUp(let limit):
      say("The model used tools \(limit) times in a row: that is the limit.")
    case .budgetReached(let budget, let cost):
      say("The next request would bring this turn to \("\(cost)"): the budget is \("\(budget)").")
    case .budgetUncounted(let model):
      say("What \(model) costs is not known: the budget cannot be kept, and the model waits.")
    case .toolsListed(let problems):
      problems.first.map { problems.dropFirst().reduce($0) { say("\($0) \($1)") } }
    case .questionDeclined(let elicitation):
      say(
        """
        \(elicitation.server) asks: “\(elicitation.message)” Nobody is asked here: the answer is no. \
        Ask in iris to answer.
        """)
    case .rulesNotKept(let phrase): phrase
    case .picturesUnseen(1, let counted, let server):
      say("\(server) counted \(counted) tokens in all: the model was not shown the picture.")
    case .picturesUnseen(let count, let counted, let server):
      say(
        "\(server) counted \(counted) tokens in all: the model was not shown the \(count, .pictures)."
      )
    case .modelsFailed(let failure): failure.phrase
    case .pictureTiled(_, let name, let tiles, let tokens):
      tiles.first?.reference.stored.map {
        say(
          "\(name) is attached as \(tiles.count, .tiles) of \($0.size), in order: \(tokens.phrase)."
        )
      }
    case .picturesMissing(_, let failure, _), .pictureFailed(_, let failure): failure.phrase
    default: nil
    }
  }
}

/// How asking for a reply ended, and what stands of it.
package struct RunEnding: Equatable, Sendable {
  package var outcome: ReplyOutcome
  /// Whether a message of the reply stands in the conversation.
  package var hasBegun: Bool
  /// Whether the reply was asked for beside an older one.
  package var isRetry: Bool
  /// What cut a reply short, where that is not what the request asked for.
  package var cut: ReplyCut?

  package init(_ outcome: ReplyOutcome, hasBegun: Bool = false, isRetry: Bool = false) {
    self.outcome = outcome
    self.hasBegun = hasBegun
    self.isRetry = isRetry
  }
}
