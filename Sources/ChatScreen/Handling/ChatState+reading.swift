import ChatEngine
package import Conversation
import Language
import Markdown

extension ChatState {
  /// `/copy [N|code [N]]`.
  mutating func copy(_ rest: String) -> [ChatEffect] {
    let words = rest.split(separator: " ").map(String.init)
    guard let first = words.first else {
      guard let reply = lastReply else { return fail(say("There is no reply to copy yet.")) }
      return [.externalProgram(.copy(reply.text))]
    }
    if first == "code", words.count <= 2 {
      guard words.count == 2 else { return copyCode(nil) }
      return Int(typed: words[1]).map { copyCode($0) } ?? misused(.copy)
    }
    guard let number = Int(typed: first), words.count == 1 else { return misused(.copy) }
    let path = conversation.messages.path
    guard path.indices.contains(number - 1) else { return fail(noMessage(first)) }
    return [.externalProgram(.copy(path[number - 1].plainText))]
  }

  private mutating func copyCode(_ number: Int?) -> [ChatEffect] {
    let blocks = CodeBlocks(lastReply?.text ?? "").blocks
    guard !blocks.isEmpty else { return fail(say("The last reply has no block of code.")) }
    let index = (number ?? blocks.count) - 1
    guard blocks.indices.contains(index) else {
      return fail(say("There is no block \(index + 1): \(thereAre(blocks.count))."))
    }
    return [.externalProgram(.copy(blocks[index].text))]
  }

  var lastReply: Message? { conversation.messages.path.last { $0.role == .assistant } }

  /// `/find TEXT`: lights the matches, and goes to the last one.
  mutating func findInTranscript(_ rest: String) -> [ChatEffect] {
    guard !rest.isEmpty else {
      transcript.find = nil
      return misused(.find)
    }
    let matches = matches(of: rest)
    guard !matches.isEmpty else {
      transcript.find = nil
      return fail(isNowhere(rest))
    }
    let total = matches.reduce(0) { $0 + $1.count }
    transcript.find = TranscriptState.Find(query: rest, matches: matches, current: total)
    return moveToMatch(by: -1)
  }

  private func matches(of query: String) -> [TranscriptState.Match] {
    conversation.messages.path.compactMap { message in
      let count = SourceMatches(query, in: message.text).count
      return count == 0 ? nil : TranscriptState.Match(message: message.id, count: count)
    }
  }

  private func isNowhere(_ query: String) -> Phrase {
    say("“\(query)” is not in this conversation. /search looks in all of them.")
  }

  /// Goes on among the matches that there are now: replies grow, and branches change.
  mutating func moveToMatch(by step: Int) -> [ChatEffect] {
    guard var find = transcript.find else {
      return tell(say("Nothing is being looked for. /find TEXT begins."))
    }
    find.update(to: matches(of: find.query))
    let total = find.matches.reduce(0) { $0 + $1.count }
    guard total > 0 else {
      transcript.find = nil
      return tell(isNowhere(find.query))
    }
    find.current = (find.current + step + total) % total
    transcript.find = find
    guard let target = find.target else { return [] }
    transcript.jump(to: .match(target.message, ordinal: target.ordinal))
    let number = find.current + 1
    let phrase = say("Match \(number) of \(total). Ctrl-X n and Ctrl-X N move, Esc leaves.")
    notice = Notice(.information, phrase, topic: .find)
    return []
  }

  /// `/open [N]`: a link of the last reply.
  mutating func openLink(_ rest: String) -> [ChatEffect] {
    let links = MarkdownDocument(lastReply?.text ?? "").webAddresses
    guard !links.isEmpty else { return fail(say("The last reply has no links.")) }
    let number = rest.isEmpty ? 1 : Int(typed: rest) ?? 0
    guard links.indices.contains(number - 1) else {
      return fail(say("There is no link \(rest): \(thereAre(links.count))."))
    }
    return [.externalProgram(.open(links[number - 1]))]
  }

  mutating func page() -> [ChatEffect] {
    guard !conversation.messages.isEmpty else { return fail(say("There is nothing to read yet.")) }
    let text = conversation.messages.path.map { "\($0.role.rawValue):\n\($0.plainText)\n" }
    return [.terminal(.page(text.joined(separator: "\n")))]
  }
}

extension TranscriptState.Find {
  /// Takes in the matches as they are now; the current one stays it, while it is there.
  fileprivate mutating func update(to matches: [TranscriptState.Match]) {
    let target = target
    self.matches = matches
    let place = matches.firstIndex { $0.message == target?.message }
    let before = matches.prefix(place ?? matches.count).reduce(0) { $0 + $1.count }
    current = place == nil ? min(current, before) : before + (target?.ordinal ?? 0)
  }

  /// The message of the current match, and which of its matches it is.
  package var target: (message: MessageID, ordinal: Int)? {
    var left = current
    for match in matches {
      if left < match.count { return (match.message, left) }
      left -= match.count
    }
    return nil
  }
}
