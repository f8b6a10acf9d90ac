import ChatEngine
package import Conversation
package import Language
import Screen

/// `/mask N`: a picture over the whole screen, of which cells are marked to be changed.
extension ChatState {
  mutating func maskPicture(_ rest: String) -> [ChatEffect] {
    let all = sentPictures
    guard let number = rest.isEmpty ? all.count : Int(typed: rest) else { return misused(.mask) }
    guard all.indices.contains(number - 1) else {
      return failWithoutPicture(number, of: all.count)
    }
    let reference = all[number - 1].reference
    guard !reference.isUnfinished else { return fail(isUnfinished(number)) }
    guard reference.stored != nil else {
      return fail(say("Picture \(number) stands at an address: attach its file to mark it."))
    }
    // Cells are marked, whatever pixels the terminal can draw.
    var request = request(toView: reference)
    request.graphics = .none
    var view = PictureView(request: request)
    view.masked = MaskedPicture(number: number)
    pictureView = view
    return [.preview(.view(request))]
  }

  /// The picture covers so many cells: what is marked of it is fitted to them.
  mutating func showMask(_ size: Size) {
    guard pictureView?.masked != nil else { return }
    if pictureView?.masked?.mask == nil { pictureView?.masked?.mask = PictureMask(size: size) }
    pictureView?.masked?.mask?.resize(to: size)
  }

  /// Takes a key in while a picture is marked.
  mutating func takeMaskKey(_ key: MaskKey) -> [ChatEffect] {
    guard var masked = pictureView?.masked else { return [] }
    switch key {
    case .input(let input):
      masked.mask?.take(input)
      masked.problem = nil
      pictureView?.masked = masked
      return []
    case .leave:
      pictureView = nil
      return []
    case .accept:
      // A box that is still open is what is meant.
      if masked.mask?.corner != nil { masked.mask?.take(.box) }
      guard let mask = masked.mask else { return [] }
      guard !mask.isEmpty, let picture = pictureView?.request.reference else {
        pictureView?.masked?.problem = say("Nothing is marked yet: Space marks.")
        return []
      }
      pictureView = nil
      let order = MaskOrder(
        picture: picture, number: masked.number, columns: mask.size.columns, cells: mask.cells,
        percent: mask.percent)
      return [.preview(.keepMask(order))]
    }
  }

  /// The mask is kept, or could not be.
  mutating func receive(_ order: MaskOrder, _ result: MaskResult) -> [ChatEffect] {
    switch result {
    case .failed(let phrase): return fail(phrase)
    case .kept(let reference):
      let kept = setMask(PendingMask(picture: order.picture, mask: reference))
      let told = say(
        "\("\(order.percent) %") of picture \(order.number) is marked: /redraw WORDS changes it.")
      guard engine.requestParameters.makesPictures == true else { return kept + tell(told) }
      return kept + tell(say("\(told) The next message takes the marks along, too."))
    }
  }

  /// Puts marks in the place of those that wait, also in the draft, which outlives the program.
  mutating func setMask(_ mask: PendingMask?) -> [ChatEffect] {
    guard session.mask != mask else { return [] }
    session.mask = mask
    return send(.draft(.masked(mask?.drawing)))
  }

  /// Has the marks of a message that is taken back wait for its next try.
  mutating func takeBackMask(of message: Message) -> [ChatEffect] {
    guard let mask = message.drawing?.mask, let picture = message.pictures.first else { return [] }
    return setMask(PendingMask(picture: picture, mask: mask))
  }

  /// Takes the marks of an opened conversation's draft up again; says so.
  mutating func restoreMask() {
    session.mask = conversation.draft.mask.flatMap(PendingMask.init)
    guard let picture = session.mask?.picture.stored,
      let place = sentPictures.lastIndex(where: { $0.reference.stored == picture })
    else { return }
    _ = tell(say("Picture \(place + 1) is still marked: /redraw WORDS changes it."))
  }

  /// Tells of pictures that an opened conversation asked for, and that never came whole.
  mutating func tellUnmadePictures() {
    guard !engine.isBusy, let message = leaf.flatMap({ conversation.messages[$0] }) else { return }
    let question =
      message.drawing == nil ? message.parent.flatMap { conversation.messages[$0] } : message
    guard let drawing = question?.drawing, message.id == question?.id || message.status == .cutOff
    else { return }
    let told =
      drawing.mask == nil
      ? say("The drawing did not come to its end: /send asks for it again.")
      : say("The drawing did not come to its end: /send asks for it again, with the same marks.")
    notice = Notice(.warning, told, offers: [.send])
  }
}

/// The marking of a picture that is open.
package struct MaskedPicture: Equatable, Sendable {
  /// The picture's number in the conversation.
  package var number: Int
  /// Nil until the picture is drawn.
  package var mask: PictureMask?
  /// What is wrong with the last key.
  package var problem: Phrase?

  init(number: Int) {
    self.number = number
  }
}

/// A mask that is to be written and kept, for a picture of the conversation.
package struct MaskOrder: Equatable, Sendable {
  package var picture: PictureReference
  package var number: Int
  /// The columns of the cells, which stand row by row.
  package var columns: Int
  package var cells: [Bool]
  package var percent: Int

  package init(
    picture: PictureReference, number: Int, columns: Int, cells: [Bool], percent: Int
  ) {
    self.picture = picture
    self.number = number
    self.columns = columns
    self.cells = cells
    self.percent = percent
  }
}

/// What became of a mask.
package enum MaskResult: Equatable, Sendable {
  case kept(PictureReference)
  case failed(Phrase)
}

/// A mask that waits for the next `/redraw`, or for the next message to a model that makes pictures.
struct PendingMask: Equatable, Sendable {
  var picture: PictureReference
  var mask: PictureReference

  init(picture: PictureReference, mask: PictureReference) {
    self.picture = picture
    self.mask = mask
  }

  /// The mask of a draft; nil where it does not say which picture it is of.
  init?(_ drawing: Drawing) {
    guard let picture = drawing.varied, let mask = drawing.mask else { return nil }
    self.init(picture: picture, mask: mask)
  }

  /// The mask as a part of a draft: the picture is the one that it varies.
  var drawing: Drawing {
    var drawing = Drawing(model: "")
    (drawing.isOfReply, drawing.mask, drawing.varied) = (true, mask, picture)
    return drawing
  }
}
