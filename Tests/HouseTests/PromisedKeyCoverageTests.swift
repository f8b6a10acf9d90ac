import Foundation
import Testing

/// A sentence that names a key is a promise: `PromisedKeyTests` of the program press it where it stands.
@Suite struct PromisedKeyCoverageTests {
  /// Sentences that name a key and cannot be kept standing by a test, or whose key is another's, with
  /// the reason.
  private static let excused: [String: String] = [
    "starting the recorder, Esc drops it":
      "stands until the recorder is there; SoundTests of the screen's state",
    "writing down what was said, Esc drops it":
      "stands until the transcript is there; SoundTests of the screen's state",
    "%@ is asked to remove what nothing names… Esc stops.":
      "ServerToolCommandTests of the screen's state",
    "Vectors: %@ of %@. Esc stops.": "MeaningTests of the screen's state",
    "connecting %@ s, Esc stops": "stands until a connection is there; drawn as “streaming”",
    "waiting %@ s, Esc stops": "stands until the first token; drawn as “streaming”",
    "streaming %@ s, Esc stops": "the first second of “streaming … tok/s”",
    "trying again in %@ s, Esc stops: %@": "“trying again” where there is room for the reason",
    "Pictures are still being prepared: press Enter again in a moment.":
      "DrawingTests of the screen's state",
    "preparing pictures, Esc stops": "PictureTests of the screen's state",
    "Pictures done: %@ of %@. Esc stops.": "PictureTests of the screen's state",
    "The message goes as soon as its pictures are ready. Esc holds it back.":
      "SendingTests of the screen's state",
    "The message goes as soon as the conversation is open. Esc holds it back.":
      "SendingTests of the screen's state",
    "The message goes as soon as the server has told its libraries. Esc holds it back.":
      "SendingTests of the screen's state",
    "The message goes as soon as the schema is read. Esc holds it back.":
      "SendingTests of the screen's state",
    "The conversation is still being opened: press Enter again in a moment.":
      "SendingTests of the screen's state",
    "The server is still asked for its libraries: press Enter again in a moment.":
      "SendingTests of the screen's state",
    "The schema is still being read: press Enter again in a moment.":
      "SendingTests of the screen's state",
    "Not sent yet. Enter sends the message.": "SendingTests of the screen's state",
    "Not sent: /quit leaves Iris. Enter again sends “%@”.": "SendingTests of the screen's state",
    "reading %@, %@ stored, Esc stops": "ConversationTests of the screen's state",
    "%@ is still being read. Esc stops it.": "ConversationTests of the screen's state",
    "%@ calls run, %@ s, Esc stops": "the plural of “runs”",
    "%@ results, Ctrl-X t shows them": "CallQuestionTests of the screen's state",
    "1 result, Ctrl-X t shows it": "CallQuestionTests of the screen's state",
    "y once, n no, Esc stops all": "the narrow form of the longer question",
    "Space marks, ? shows the keys, Esc leaves": "the narrow form of the longer sentence",
    "Space marks, Esc leaves": "the narrow form of the longer sentence",
    "Enter copies, Esc leaves": "the narrow form of the longer sentence",
    "/ filters, Esc closes": "the narrow form of the longer sentence",
    "? keys, /help commands": "the narrow form of the longer sentence",
    "Esc closes": "the narrow form of the longer sentence",
    "‹%@/%@› %@, Alt-Left, Alt-Right": "the form with the model's name",
    "Enter takes it, Up goes back, Esc leaves the form.":
      "MCPTests, ToolFormTests of the screen's state",
    "o opens the address, y agrees without opening it, n declines, Esc closes":
      "ToolFormTests of the screen's state",
    "y agrees, n declines, Esc closes. Iris does not open it.":
      "ToolFormTests of the screen's state",
    "y fills it in, n declines, Esc closes": "MCPTests, ToolFormTests of the screen's state",
    "y sends this, e edits, n declines, Esc closes":
      "MCPTests, ToolFormTests of the screen's state",
    "Why not? Enter tells it to the model.": "ToolCallTests, on the terminal of a call",
    "y once, c in this conversation, a always, e edits, n no, r no with a reason; then Enter":
      "ToolCallTests, on the terminal of a call",
    "The result of message %@ is written anew: Enter makes a branch, Esc leaves it.":
      "“Message %@ is written anew” of a tool's result",
    "The editor failed; the text is as it was. Up brings back what it had saved.": "EditingTests",
    "The key for %@ (%@); it is not shown, and Enter alone gives none: ": "KeyTests",
    "These arguments are no JSON object. Mend them, or leave with Esc.": "CallQuestionTests",
    "The message is empty. Type its text, then press Enter.": "asks for a text and Enter",
    "The next Enter writes a message of the %@.": "narrow form of “Enter adds …”",
    "There is no file %@. Paths with spaces need quotes; Tab completes them.": "CompletionTests",
  ]

  /// Where sentences are that nobody sees beside the keys: pages of documentation, and tables.
  private static let documentation = ["Documentation/", "KeyAction.swift", "Command+table.swift"]

  private static let key =
    #"(Ctrl-X [A-Za-z]|(Ctrl|Alt)-[A-Z][A-Za-z]*|\bEsc\b|\bEnter\b|\bTab\b|\bSpace\b|\bUp\b|(?<![\w/])\?(?= (keys|shows)))"#

  private static func keys(in sentence: String) -> Set<String> {
    var keys: Set<String> = []
    var rest = sentence[...]
    while let range = rest.range(of: key, options: .regularExpression) {
      keys.insert(String(rest[range]))
      rest = rest[range.upperBound...]
    }
    return keys
  }

  /// Each sentence of the screen that names keys, with them.
  private static let sentences: [String: Set<String>] = {
    var result: [String: Set<String>] = [:]
    for file in House.sources where !["iris", "Language"].contains(file.module) {
      if documentation.contains(where: file.path.contains) { continue }
      for sentence in SentenceExtractor(file.source).sentences {
        let keys = keys(in: sentence.key)
        if !keys.isEmpty { result[sentence.key] = keys }
      }
    }
    return result
  }()

  /// The keys that tests press at each sentence, as their source says.
  private static let pressed: [String: Set<String>] = {
    let text = House.text(at: "Tests/ProgramTests/PromisedKeyTests.swift") ?? ""
    var result: [String: Set<String>] = [:]
    for call in text.components(separatedBy: "promises(").dropFirst() {
      let end = call.range(of: ")\n")?.lowerBound ?? call.endIndex
      let literals = call[..<end].components(separatedBy: "\"").enumerated()
        .filter { $0.offset % 2 == 1 }.map(\.element)
      guard let sentence = literals.first else { continue }
      result[sentence, default: []].formUnion(literals.dropFirst())
    }
    return result
  }()

  @Test func `Every key that a sentence names is pressed where it stands`() {
    #expect(Self.sentences.count > 40)
    for (sentence, keys) in Self.sentences where Self.excused[sentence] == nil {
      guard let pressed = Self.pressed[sentence] else {
        Issue.record("no test shows “\(sentence)”")
        continue
      }
      // Where a key is only mentioned beside what is to be typed first, the test types that.
      let missing = keys.subtracting(pressed).subtracting(["Enter", "Tab", "Ctrl-X v", "Alt-Enter"])
      #expect(missing == [], "“\(sentence)”")
    }
  }

  @Test func `No excuse is left of a sentence that is gone, or that is pressed`() {
    for sentence in Self.excused.keys {
      #expect(Self.sentences[sentence] != nil, "“\(sentence)”")
      #expect(Self.pressed[sentence] == nil, "“\(sentence)”")
    }
  }
}
