import ChatEngine
import ChatScreen
import Conversation
import Language
import Screen
import Testing

/// What stands out, by colour and without.
@Suite struct LookTests {
  /// The style of the cell where a text begins on the screen.
  private func style(of text: String, in frame: Frame) -> Style? {
    let wanted = Cell.cells(of: text).map(\.base)
    for row in frame.rows {
      for column in row.indices where row[column...].starts(with: wanted, by: { $0.base == $1 }) {
        return row[column].style
      }
    }
    return nil
  }

  private func stage(_ theme: ThemeChoice, _ colors: ColorDepth = .indexed) -> Stage {
    var stage = Stage(80, 40)
    stage.capabilities.theme = theme
    stage.capabilities.colors = colors
    stage.conversation.name = "Talk"
    stage.conversation.instructions = "Instructions."
    stage.add(.user, "Question", pictures: [Stage.picture("a.png", 64, 64)])
    stage.add(
      .assistant,
      "# Heading\n\nSome **bold** and *italic* and `code` and [link](https://a.org).\n\n> Quote")
    return stage
  }

  @Test(arguments: [ThemeChoice.plain, .dark, .light])
  func `Without colours everything is still told apart`(_ theme: ThemeChoice) {
    var stage = stage(theme, .none)
    let frame = stage.draw()
    let colors = frame.rows.joined().flatMap { [$0.style.foreground, $0.style.background] }
    #expect(colors.allSatisfy { $0 == .standard })
    #expect(style(of: "bold", in: frame)?.attributes == .bold)
    #expect(style(of: "italic", in: frame)?.attributes == .italic)
    #expect(style(of: "link", in: frame)?.attributes == .underline)
    #expect(style(of: "Heading", in: frame)?.attributes == [.bold, .underline])
    for text in ["system", "you", "iris", "Heading", "`code`", "│ Quote", "▦ 1 a.png"] {
      #expect(frame.snapshot.contains(text))
    }
  }

  @Test(arguments: [ThemeChoice.plain, .dark, .light])
  func `Levels of headings are told apart without their signs`(
    _ theme: ThemeChoice
  ) {
    var stage = stage(theme, .none)
    stage.add(.assistant, "# One\n\n## Two\n\n### Three\n\n**strong**")
    let frame = stage.draw()
    #expect(!frame.snapshot.contains("#"))
    #expect(style(of: "One", in: frame)?.attributes == [.bold, .underline])
    #expect(style(of: "Two", in: frame)?.attributes == .bold)
    #expect(style(of: "Three", in: frame)?.attributes == [.bold, .italic])
  }

  @Test(arguments: [(ThemeChoice.dark, true), (.light, false)])
  func `The automatic theme follows the terminal's background`(_ theme: ThemeChoice, isDark: Bool) {
    var automatic = stage(.automatic)
    automatic.handle(.terminal(.background(isDark: isDark)))
    var chosen = stage(theme)
    #expect(automatic.draw() == chosen.draw())
  }

  @Test func `Each theme has its own colours`() {
    let choices: [(ThemeChoice, ColorDepth)] = [
      (.dark, .indexed), (.light, .indexed), (.plain, .indexed), (.dark, .basic), (.light, .basic),
    ]
    let styles = choices.map { choice -> Style? in
      var stage = stage(choice.0, choice.1)
      return style(of: "you", in: stage.draw())
    }
    #expect(Set(styles.map { $0?.foreground }).count == choices.count)
  }

  @Test func `Eight colours are enough for eight colours`() {
    for theme in [ThemeChoice.dark, .light] {
      var stage = stage(theme, .basic)
      for cell in stage.draw().rows.joined() {
        switch cell.style.foreground {
        case .standard, .named(0...7): continue
        default: Issue.record("\(cell.style) in \(theme)")
        }
      }
    }
  }

  @Test func `A message that is left out is dim as a whole`() {
    var stage = stage(.dark)
    let dim = style(of: "1", in: stage.draw())
    let ids = stage.state.conversation.messages.pathIDs
    for id in ids { stage.change(id) { $0.omission = .all } }
    let frame = stage.draw()
    for text in ["you", "iris", "▦ 1 a.png", "Question", "Heading", "bold", "link", "│ Quote"] {
      var style = style(of: text, in: frame)
      style?.link = .none
      #expect(style == dim, "\(text)")
    }
    #expect(style(of: "Instructions.", in: frame) == .plain)
  }

  @Test func `A notice has the look of its kind`() {
    var stage = stage(.dark)
    let styles = [Notice.Kind.information, .warning, .error].map { kind -> Style? in
      stage.notice = Notice(kind, "Look here.")
      return style(of: "Look", in: stage.draw())
    }
    #expect(Set(styles).count == 3)
  }

  @Test func `The chosen line of a list stands out without colour`() {
    var stage = stage(.plain)
    stage.enter("/models")
    stage.handle(.server(.models(["one-model", "two-model"])))
    stage.press(.down)
    let frame = stage.draw()
    #expect(style(of: "one-model", in: frame)?.attributes == [])
    #expect(style(of: "two-model", in: frame)?.attributes == .reverse)
  }

  @Test func `Code has colours, also where a comment goes on from piece to piece`() {
    var stage = Stage(80, 1000)
    let comment = (1...300).map { "remark \($0)\n" }.joined()
    stage.add(.assistant, "```swift\nlet first = 1\n/*\n\(comment)*/\nlet last = 2\n```")
    let frame = stage.draw()
    let remark = style(of: "remark 1", in: frame)
    #expect(remark != .plain)
    for number in [127, 128, 300] { #expect(style(of: "remark \(number)", in: frame) == remark) }
    #expect(style(of: "let last", in: frame) == style(of: "let first", in: frame))
    #expect(style(of: "let last", in: frame) != .plain)
  }

  @Test func `Code without a known language is plain`() {
    var stage = Stage(80, 24)
    stage.add(.assistant, "```nobodyspeaks\nlet first = 1 // remark\n```")
    let frame = stage.draw()
    #expect(style(of: "let first", in: frame) == .plain)
    #expect(style(of: "// remark", in: frame) == .plain)
  }
}
