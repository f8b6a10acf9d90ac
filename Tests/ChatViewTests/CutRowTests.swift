import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// Rows that have no room for all they say: a sign stands where the rest is left out.
@Suite struct CutRowTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let scene: Scene
    let language: Language
    var testDescription: String { "\(scene.name), \(language)" }

    static let all = Language.allCases.flatMap { language in
      (Scene.all + Scene.wordy).map { Case(scene: $0, language: language) }
    }

    /// The rows of the scene on a screen of this size, without the blanks at their ends.
    func rows(_ columns: Int, _ rows: Int) -> [String] {
      var stage = Stage(columns, rows, language: language)
      scene.set(&stage)
      return stage.draw().snapshot.split(separator: "\n", omittingEmptySubsequences: false)
        .map(String.init)
    }
  }

  /// A row is cut in silence where a wide screen goes on with a word that stands nowhere below it.
  @Test(arguments: Case.all)
  func `No row of a small screen ends in silence where a wide one goes on`(_ row: Case) {
    let wide = row.rows(400, 100)
    let small = row.rows(40, 10)
    // What scrolls goes on below, and says so.
    for (index, text) in small.enumerated().dropLast() where text.count > 20 {
      for other in wide where other.hasPrefix(text) && other.count > text.count {
        let next = other.dropFirst(text.count).drop { $0 == " " }.prefix { $0 != " " }
        let below = small.dropFirst(index + 1).joined(separator: "\n")
        #expect(
          below.contains(next.prefix(2)) || next.allSatisfy { "─…".contains($0) },
          "\(text)\n\(other)")
      }
    }
  }

  @Test(arguments: Scene.wordy)
  func `What has more words than room ends in a sign`(_ scene: Scene) {
    let rows = Case(scene: scene, language: .english).rows(40, 10)
    #expect(rows.contains { $0.contains("…") }, "\(rows.joined(separator: "\n"))")
    #expect(rows.allSatisfy { Cell.cells(of: $0).count <= 40 })
  }
}

extension Scene {
  private static let words = (1...40).map { "word\($0)" }.joined(separator: " ")

  /// Every part of the screen with more words than it has room for.
  fileprivate static let wordy: [Scene] = [
    Scene("long title of a page") { stage in
      let rows = (1...40).map { Page.Row("", .verbatim("row \($0)")) }
      stage.overlay = .page(Page(title: .verbatim(words), rows: rows))
    },
    Scene("long heading of a page") { stage in
      stage.overlay = .page(Page(title: "Page", rows: [.heading(.verbatim(words))]))
    },
    Scene("long title of a list") { stage in
      let summary = ConversationSummary(
        id: Identifier(rawValue: 7), name: nil, title: "one", updated: Timestamp(milliseconds: 0),
        messageCount: 1, pictureCount: 0, model: nil)
      let hit = SearchHit(
        conversation: summary, message: Identifier(rawValue: 8), role: .user, line: "one")
      stage.handle(.store(.found(query: words, [hit])))
    },
    Scene("long item of a list") { stage in
      stage.enter("/models")
      stage.handle(.server(.models([words, "two"])))
    },
    Scene("long question") { stage in
      stage.overlay = .question(
        Question(phrase: .verbatim(words + words), consequence: .delete(.name("a"))))
    },
    Scene("long notice") { stage in
      stage.notice = Notice(.error, .verbatim(words + words), offers: [.send, .retry])
    },
    Scene("long title of a conversation") { $0.conversation.name = Label(words) },
    Scene("long candidates") { stage in
      stage.type("/load ")
      stage.handle(.composer(.candidates([words, "two"])))
    },
    Scene("hints without room") { stage in
      stage.type((1...9).map { "line \($0)" }.joined(separator: "\n"))
      stage.notice = Notice(.error, .verbatim(words))
    },
  ]
}
