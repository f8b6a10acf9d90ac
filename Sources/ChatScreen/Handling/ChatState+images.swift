import ChatEngine
package import Conversation
import Language

extension ChatState {
  mutating func listAttachments() -> [ChatEffect] {
    guard !pictures.isEmpty else {
      return tell(
        say("Nothing waits to be sent. /attach PATH adds a picture, a document or a recording."))
    }
    let first = sentPictureCount + 1
    let rows = pictures.waiting.enumerated().map { index, attachment in
      switch attachment.progress {
      case .ready(let picture): Page.Row("", describe(picture, number: first + index))
      case .preparing: Page.Row("", say("\(first + index) \(attachment.name) is being prepared"))
      case .failed(let phrase): Page.Row("", say("\(first + index) \(attachment.name): \(phrase)"))
      }
    }
    let documents = pictures.documents.map { Page.Row("", describe($0)) }
    return show(Page(title: say("Waiting to be sent"), rows: rows + documents))
  }

  /// Every picture of the path, with its message, in order.
  package var sentPictures: [(message: Message, reference: PictureReference)] {
    conversation.messages.path.flatMap { message in
      message.pictures.map { (message, $0) }
    }
  }

  /// `/images`: each picture, its cost in a request, and in how many requests it was.
  mutating func listImages() -> [ChatEffect] {
    let all = sentPictures
    guard !all.isEmpty else {
      return tell(say("There are no pictures in this conversation. /attach PATH adds one."))
    }
    let ids = conversation.messages.pathIDs
    var rows = all.enumerated().map { index, item in
      let place = (ids.firstIndex(of: item.message.id) ?? 0) + 1
      let turns = conversation.messages.path.dropFirst(place).count { $0.role == .assistant }
      let isOut = item.message.omission != .none
      let cost = cost(of: item.reference)
      let lead = "\(index + 1) \(item.reference.name)"
      let phrase =
        isOut
        ? say("message \(place), left out")
        : say(
          "message \(place), \(item.reference.detail.rawValue), \(cost) a turn, \(sent(turns))")
      return Page.Row(lead, phrase, isDim: isOut)
    }
    rows.append(
      Page.Row("", say("/forget N pictures leaves a message's out, /detail low N sends one small."))
    )
    return show(Page(title: say("Pictures of this conversation"), rows: rows))
  }

  private func sent(_ times: Int) -> Phrase {
    switch times {
    case 0: say("not sent yet")
    case 1: say("sent once")
    default: say("sent \(times) times")
    }
  }

  mutating func setPreviews(_ rest: String) -> [ChatEffect] {
    switch rest {
    case "on": setPreviews(true)
    case "off": setPreviews(false)
    case "": setPreviews(!capabilities.previewsAreOn)
    default: misused(.preview)
    }
  }

  mutating func setPreviews(_ areOn: Bool) -> [ChatEffect] {
    capabilities.previewsAreOn = areOn
    return tell(areOn ? say("Pictures are drawn.") : say("Pictures are named only."))
  }
}
