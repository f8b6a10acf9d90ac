import ChatEngine
import Conversation
import ConversationStore
import FoundationEssentials
import Language

/// A conversation that an import would bring.
struct PlannedImport: Encodable {
  var title: String
  var created: Date
  var messages: Int
  var pictures: Int
  var model: String?
  /// `new`; `grown`, where it is there with fewer messages; `known`, where it is there as it comes.
  var outcome: String

  init(_ conversation: Conversation, _ outcome: ImportResult.Outcome) {
    title = conversation.title
    created = Date(timeIntervalSince1970: Double(conversation.created.milliseconds) / 1000)
    messages = conversation.messages.count
    pictures = conversation.messages.all.reduce(0) { $0 + $1.pictures.count }
    model = conversation.model
    self.outcome = outcome.rawValue
  }

  fileprivate var fields: [String] {
    [title, created.formatted(.iso8601), "\(messages)", "\(pictures)", model ?? "", outcome]
  }
}

extension LibraryCalls {
  /// `iris import FILE… --dry-run [--json]`: a row for each conversation, and in a sentence what could
  /// not be kept; nothing is stored.
  package func planImport(
    of paths: [String], allowing allowed: [String], asJSON: Bool
  ) -> ExitStatus {
    run { store throws(AskFailure) in
      var planned: [PlannedImport] = []
      var failure: AskFailure?
      for path in paths {
        do throws(ConversationFiles.Failure) {
          let before = planned.count
          let loss = try await self.files.plan(path, against: store, allowing: allowed) {
            planned.append($0)
          }
          self.tell(Array(planned[before...]), loss, of: path, isOnly: paths.count == 1)
        } catch {
          StandardError.say(say("\(path): \(error.phrase)"), in: self.installation.language)
          failure = failure ?? AskFailure(error.status, error.phrase)
        }
      }
      self.write(planned, asJSON: asJSON)
      if let failure { throw failure }
    }
  }

  private func tell(
    _ planned: [PlannedImport], _ loss: ImportLoss, of path: String, isOnly: Bool
  ) {
    let new = planned.count { $0.outcome == ImportResult.Outcome.new.rawValue }
    let count = say("Nothing was imported. Conversations: \(planned.count), new: \(new).")
    let phrase = StoreInterpreter.adding(loss, to: count)
    StandardError.say(isOnly ? phrase : say("\(path): \(phrase)"), in: installation.language)
  }

  private func write(_ planned: [PlannedImport], asJSON: Bool) {
    if asJSON { return CallOutput.write(json: planned) }
    CallOutput.write(
      head: ["title", "created", "messages", "pictures", "model", "import"],
      planned.map(\.fields))
  }
}
