package import ChatEngine
package import Conversation
package import Language

/// A list, question, page or mode that stands before the transcript and takes the composer's line.
package enum Overlay: Equatable, Sendable {
  case picker(Picker)
  case question(Question)
  /// The calls of tools that the model asks for.
  case calls(CallQuestion)
  /// What the server of a tool asks.
  case form(ToolForm)
  case page(Page)
  /// Text of the transcript that is being marked; it covers nothing.
  case selection(Selection)

  /// Whether nothing of the transcript is seen behind it.
  package var coversTranscript: Bool {
    switch self {
    case .picker, .page: true
    case .question, .calls, .form, .selection: false
    }
  }
}

/// A list to choose from, filtered as one types.
package struct Picker: Equatable, Sendable {
  /// What is being chosen.
  package enum Subject: Equatable, Sendable {
    case models
    case conversations
    case searchHits
    case providers
    case tools
    case voices
  }

  /// One line to choose.
  package struct Item: Equatable, Sendable {
    /// What stands first, and is searched.
    package var title: String
    /// What stands to the right, dimmed.
    package var remark: String
    package var choice: Choice

    package init(title: String, remark: String, choice: Choice) {
      self.title = title
      self.remark = remark
      self.choice = choice
    }
  }

  /// What choosing a line does.
  package enum Choice: Equatable, Sendable {
    case model(String)
    case provider(String)
    case conversation(ConversationID, at: MessageID?)
    /// Offers a tool to the model, or no more.
    case tool(String)
    case voice(String)
  }

  package var subject: Subject
  package var title: Phrase
  package var items: [Item]
  package var filter = ""
  package var selection = 0
  /// The choice that is in force already: the list starts on it, and marks it.
  package var current: Choice?

  /// The items that hold every word of the filter, whatever the case.
  package var shown: [Item] {
    let words = filter.lowercased().split(separator: " ")
    guard !words.isEmpty else { return items }
    return items.filter { item in
      let text = item.title.lowercased()
      return words.allSatisfy { text.contains($0) }
    }
  }

  /// Whether its items are still to come: of the lists, only that of models is opened before.
  package var isExpecting: Bool { subject == .models && items.isEmpty }

  package var chosen: Item? {
    let shown = shown
    return shown.indices.contains(selection) ? shown[selection] : nil
  }

  mutating func move(by rows: Int) {
    selection = max(0, min(shown.count - 1, selection + rows))
  }

  /// Puts other items in, and stays on the chosen one where it is still there.
  mutating func replace(items: [Item]) {
    let old = chosen
    self.items = items
    selection = shown.firstIndex { $0.choice == old?.choice } ?? place(of: current)
  }

  /// Starts on the choice that is in force, and marks it.
  mutating func start(on choice: Choice?) {
    current = choice
    selection = place(of: choice)
  }

  /// The place of a choice among the items shown; the first where it is not among them.
  private func place(of choice: Choice?) -> Int { shown.firstIndex { $0.choice == choice } ?? 0 }

  mutating func narrow(to filter: String) {
    guard filter != self.filter else { return }
    self.filter = filter
    selection = filter.isEmpty ? place(of: current) : 0
  }
}

/// A question that `y` or `n` answers.
package struct Question: Equatable, Sendable {
  /// What a yes does.
  package enum Consequence: Equatable, Sendable {
    case delete(ConversationQuery)
    case attach(sources: [String], Detail)
    case overwriteName(String)
    case replaceFile(path: String, Conversation)
    /// Makes vectors of what was said, and searches by them.
    case makeVectors(query: String)
  }

  package var phrase: Phrase
  package var consequence: Consequence

  package init(phrase: Phrase, consequence: Consequence) {
    self.phrase = phrase
    self.consequence = consequence
  }
}

/// Text to read: help, parameters, the context of the next request.
package struct Page: Equatable, Sendable {
  /// One row: a left part with its own column, and the rest.
  package struct Row: Equatable, Sendable {
    package var lead: String
    package var phrase: Phrase
    package var isDim: Bool
    package var isHeading = false

    package init(_ lead: String, _ phrase: Phrase, isDim: Bool = false) {
      self.lead = lead
      self.phrase = phrase
      self.isDim = isDim
    }

    /// The name of the rows below it.
    package static func heading(_ phrase: Phrase) -> Row {
      var row = Row("", phrase)
      row.isHeading = true
      return row
    }
  }

  /// What a page is about that goes on changing while it is shown.
  package enum Subject: Equatable, Sendable {
    /// What the next request carries.
    case context
  }

  package var title: Phrase
  package var rows: [Row]
  package var subject: Subject?
  /// The first row shown.
  package var offset = 0
  /// What rows must hold to be shown, word by word, whatever the case.
  package var filter = ""
  /// Whether what is typed is the filter.
  package var isFiltering = false

  package init(title: Phrase, rows: [Row]) {
    self.title = title
    self.rows = rows
  }

  mutating func move(by amount: Int) {
    offset = max(0, min(rows.count - 1, offset + amount))
  }

  /// The rows that hold every word of the filter, in the language that `text` puts them in, below
  /// the headings that have any of them.
  package func shown(_ text: (Phrase) -> String) -> [Row] {
    let words = filter.lowercased().split(separator: " ")
    guard !words.isEmpty else { return rows }
    var result: [Row] = []
    var heading: Row?
    for row in rows {
      let content = (row.lead + " " + text(row.phrase)).lowercased()
      if row.isHeading {
        heading = row
      } else if words.allSatisfy({ content.contains($0) }) {
        result += [heading, row].compactMap(\.self)
        heading = nil
      }
    }
    return result
  }
}
