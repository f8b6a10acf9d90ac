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

  /// For a person the outcome is a word of the language.
  fileprivate func fields(in language: Language) -> [String] {
    let time = Timestamp(milliseconds: Int64(created.timeIntervalSince1970 * 1000))
    let told: Phrase =
      switch ImportResult.Outcome(rawValue: outcome) {
      case .new: say("new")
      case .grown: say("grown")
      case .known, nil: say("known")
      }
    return [
      title, CallOutput.field(time), "\(messages)", "\(pictures)", model ?? "",
      StandardOutput.isTerminal ? told.text(in: language) : outcome,
    ]
  }
}

extension LibraryCalls {
  /// `iris import FILE… --dry-run [--json]`: a row for each conversation, and in a sentence what could
  /// not be kept; nothing is stored.
  package func planImport(
    of paths: [String], allowing allowed: [String], asJSON: Bool
  ) -> ExitStatus {
    status { store throws(AskFailure) in
      var planned: [PlannedImport] = []
      var status = ExitStatus.done
      for path in paths {
        do throws(ConversationFiles.Failure) {
          let before = planned.count
          let loss = try await self.files.plan(path, against: store, allowing: allowed) {
            planned.append($0)
          }
          self.tell(Array(planned[before...]), loss, of: path, isOnly: paths.count == 1)
        } catch {
          let phrase = paths.count == 1 ? error.phrase : say("\(path): \(error.phrase)")
          StandardError.say(phrase, in: self.installation.language)
          if status == .done { status = error.status }
        }
      }
      self.write(planned, asJSON: asJSON)
      return status
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
      head: [
        say("title"), say("created"), say("messages"), say("pictures"), say("model"), say("import"),
      ], in: installation.language,
      planned.map { $0.fields(in: installation.language) })
  }
}
