import ChatEngine
import ChatScreen
import Conversation
import Screen

extension ScreenEffectRunner {
  /// Draws a picture of the transcript in cells, or in the pixels of a terminal that places them.
  func preview(
    _ key: PreviewKey, _ reference: PictureReference, for audience: PictureAudience,
    means: CellMeans
  ) async {
    let workshop = runner.workshop
    let rules = directory.pictureRules(of: audience.provider)
    let event = await runner.pictureQueue.run {
      workshop.preview(key, reference, model: audience.model, rules: rules, means: means)
    }
    post(.preview((event ?? nil) ?? .failed(key)))
  }

  /// Draws a picture over the whole screen, as the model will see it.
  func view(_ order: ViewOrder, means: CellMeans) async {
    let workshop = runner.workshop
    let rules = directory.pictureRules(of: order.audience.provider)
    let result = await runner.pictureQueue.run {
      () -> Result<(drawing: PictureDrawing, sent: FittedFacts), PictureWorkshop.Failure> in
      Result { () throws(PictureWorkshop.Failure) in
        try workshop.view(order, rules: rules, means: means)
      }
    }
    guard !Task.isCancelled else { return }
    switch result {
    case .success(let view):
      post(.preview(.view(.drawn(order, view.drawing, sent: view.sent))))
    case nil: break
    case .failure(let failure): post(.preview(.view(.failed(order, failure.phrase))))
    }
  }
}
