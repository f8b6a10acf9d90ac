import ChatEngine
import Conversation
import Language

// Pictures that come as a path or a URL in the composer: dropped, pasted, or typed before a question.
extension ChatState {
  /// A paste: pictures that it begins with become attachments, all else is text.
  mutating func paste(_ text: String) -> [ChatEffect] {
    pictureView = nil
    composer.pending = nil
    guard overlay == nil else { return pasteIntoOverlay(text) }
    guard CommandLine(composer.text) == nil, CommandLine(text).flatMap(command) == nil,
      let sources = LeadingSources(text)
    else { return [.composer(.insert(text))] }
    if sources.areNamed {
      let rest: [ChatEffect] = sources.rest.isEmpty ? [] : [.composer(.insert(sources.rest))]
      return rest + findPictures(sources.words, .pasted(text))
    }
    // It may be a folder. Meanwhile it is text, so that nothing typed comes before it.
    guard sources.rest.isEmpty else { return [.composer(.insert(text))] }
    return [.composer(.insert(text))]
      + findPictures(sources.words, .inserted(text))
  }

  /// A line that begins with the paths of pictures: they are attached, and the rest is sent when
  /// they are ready; nil for any other line.
  mutating func attachLeading(_ text: String) -> [ChatEffect]? {
    guard session.role == .user, !text.hasPrefix("//"), CommandLine(text).flatMap(command) == nil,
      let sources = LeadingSources(text), sources.areNamed || text.hasPrefix("/"),
      !["http://", "https://"].contains(where: sources.words[0].hasPrefix)
    else { return nil }
    notice = nil
    let typed = SearchOrigin.typed(text, rest: sources.rest, areNamed: sources.areNamed)
    return remember(text) + findPictures(sources.words, typed)
  }

  private func command(_ line: CommandLine) -> Command? { Command.named(line.name) }

  /// Gives the composer what is left of a text whose sources were found.
  ///
  /// Nil where nothing is to be attached: a pasted path that is no picture's stays text.
  mutating func settle(_ origin: SearchOrigin, found sources: [String]) -> [ChatEffect]? {
    switch origin {
    case .command, .pasted: return []
    case .typed(_, let rest, _):
      guard !rest.isEmpty else { return [] }
      session.isSendingWhenReady = composer.draft.isEmpty
      let text = composer.draft.isEmpty ? rest : rest + " " + composer.draft
      composer.setLine(text)
      return giveBack(text)
    case .inserted(let text):
      let path = text.trimmed
      let offer = [Offer.attach(path: path)]
      guard sources != [LeadingSources(text)?.words.first ?? path] else {
        _ = tell(say("\(path) stays text: it is not named like a picture."), offers: offer)
        return nil
      }
      guard overlay == nil, composer.text.hasSuffix(text) else {
        _ = tell(say("\(path) is a folder with pictures."), offers: offer)
        return nil
      }
      let rest = String(composer.text.dropLast(text.count))
      composer.setLine(rest)
      return giveBack(rest)
    }
  }

  /// Nothing was found; what was pasted or typed is a text after all.
  mutating func settle(
    _ origin: SearchOrigin, because phrase: Phrase, isThere: Bool
  ) -> [ChatEffect] {
    switch origin {
    case .command: return fail(phrase)
    case .pasted(let text):
      let told = fail(phrase)
      return told + (overlay == nil ? [.composer(.insert(text))] : pasteIntoOverlay(text))
    case .inserted: return isThere ? tell(phrase) : []
    case .typed(let line, _, let areNamed):
      let isCommand = !areNamed && !isThere
      let told = fail(
        isCommand ? unknownCommand(CommandLine(line)?.name ?? line) : phrase)
      return told + (composer.draft.isEmpty ? giveBack(line) : [])
    }
  }
}

extension ArgumentWords {
  /// A path as one word.
  static func quoted(_ path: String) -> String {
    path.contains { " '\"\\\t\n".contains($0) }
      ? "'"
        + path.split(separator: "'", omittingEmptySubsequences: false).joined(separator: #"'\''"#)
        + "'" : path
  }
}
