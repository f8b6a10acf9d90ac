import ChatEngine
import Conversation
import Language

extension ChatState {
  /// Does what a slash command says, or says why not, at once or later.
  ///
  /// The line of one that failed comes back where something in it can be mended: a name that there is
  /// not, arguments, or their want; and where a reply is to be waited for. A bare `/retry` that cannot be done now would only stand in the way
  /// of what is typed next; Up brings it back.
  mutating func perform(_ line: CommandLine, typed: String, at moment: Moment) -> [ChatEffect] {
    guard let command = Command.named(line.name) else {
      notice = Notice(.error, unknownCommand(line.name))
      return giveBack(typed)
    }
    notice = nil
    let effects = perform(command.name, line, at: moment)
    guard notice?.kind != .error else {
      let isMendable = !line.rest.isEmpty || [.usage, .replyComing].contains(notice?.topic)
      return effects + (isMendable ? giveBack(typed) : [])
    }
    composer.pending = line.rest.isEmpty ? nil : PendingCommand(typed, effects)
    return effects
  }

  mutating func perform(
    _ name: CommandName, _ line: CommandLine, at moment: Moment
  ) -> [ChatEffect] {
    switch name {
    case .attach: attach(line.words, whole: line.rest)
    case .paste: pasteClipboard()
    case .detach: detach(line.rest)
    case .attachments: listAttachments()
    case .detail: setDetail(line.words)
    case .images: listImages()
    case .view: viewPicture(line.rest)
    case .preview: setPreviews(line.rest)
    case .draw: draw(line.rest)
    case .redraw: redraw(line.rest)
    case .again: drawAgain(line.rest)
    case .mask: maskPicture(line.rest)
    case .role: setRole(line.rest)
    case .system: setInstructions(line.rest)
    case .send: sendAgain()
    case .add: add(line.rest, at: moment)
    case .retry: retry()
    case .edit: edit(line.rest)
    case .undo: undo()
    case .variant: showVariant(line.rest)
    case .model: setModel(line.rest)
    case .models: pickModel()
    case .provider: setProvider(line.rest)
    case .api: setAPI(line.rest)
    case .key: askKey()
    case .temperature: set(.temperature, to: line.rest)
    case .topP: set(.topP, to: line.rest)
    case .set: set(line.rest)
    case .unset: unset(line.rest)
    case .params: listParameters()
    case .tools: setTool(line.words)
    case .allow: allowTool(line.rest)
    case .deny: denyTool(line.rest)
    case .rounds: setRounds(line.rest)
    case .budget: setBudget(line.rest)
    case .rerun: rerun(line.words)
    case .web: setWeb(line.rest)
    case .python: setPython(line.rest)
    case .pictures: setPictures(line.rest)
    case .library: setLibraries(line.words)
    case .files: askFiles(line.words)
    case .saveFile: saveFile(line.words)
    case .context: showContext()
    case .forget: forget(line.words)
    case .keep: keep(line.words)
    case .usage: askUsage()
    case .new: startNew(at: moment)
    case .fork: fork(at: moment)
    case .save: save(line.rest)
    case .load: load(line.rest)
    case .list: list()
    case .rename: rename(line.rest)
    case .delete: askToDelete(line.rest)
    case .undelete: undelete()
    case .search: search(line.rest)
    case .export: export(line.rest)
    case .speak: speak(line.rest)
    case .voice: chooseVoice(line.rest)
    case .listen: listen()
    case .copy: copy(line.rest)
    case .find: findInTranscript(line.rest)
    case .raw: toggleRaw()
    case .open: openLink(line.rest)
    case .pipe: pipe(line.rest)
    case .pipeOnScreen: pipeOnScreen(line.rest)
    case .pager: page()
    case .help: help(line.rest)
    case .quit: leave(.asked)
    }
  }

  func unknownCommand(_ name: String) -> Phrase {
    guard let near = Command.nearest(to: name) else {
      return say("There is no command /\(name). /help lists them; // sends a line with a slash.")
    }
    return say("There is no command /\(name). Did you mean /\(near)? /help lists them.")
  }

  /// The sentence for a command that was called wrongly.
  mutating func misused(_ name: CommandName) -> [ChatEffect] {
    guard let command = Command.named(name.rawValue) else { return [] }
    notice = Notice(
      .error, say("It is written \(command.usage), for example \(command.example)."),
      topic: .usage)
    return []
  }

  /// Shows an error in the notice line.
  mutating func fail(_ phrase: Phrase, offers: [Offer] = []) -> [ChatEffect] {
    notice = Notice(.error, phrase, offers: offers)
    return []
  }

  /// Refuses what would change the path under a reply.
  mutating func failWhileReplyComes() -> [ChatEffect] {
    notice = Notice(.error, say("A reply is still coming: Esc stops it."), topic: .replyComing)
    return []
  }

  /// Shows what was done in the notice line.
  mutating func tell(_ phrase: Phrase, offers: [Offer] = []) -> [ChatEffect] {
    notice = Notice(.information, phrase, offers: offers)
    return []
  }
}

extension Command {
  /// The command that a mistyped name may mean: the first that begins with it, else one whose name is
  /// at most two edits away.
  static func nearest(to name: String) -> String? {
    let names = table.flatMap { [$0.name.rawValue] + $0.aliases }
    if name.count >= 3, let whole = names.first(where: { $0.hasPrefix(name) }) { return whole }
    let near = names.map { ($0, EditDistance.between($0, name)) }.min { $0.1 < $1.1 }
    guard let near, near.1 <= 2, near.1 < name.count else { return nil }
    return near.0
  }
}
