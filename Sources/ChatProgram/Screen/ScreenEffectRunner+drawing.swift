import ChatEngine
import ChatScreen
import Conversation
import Screen

extension ScreenEffectRunner {
  /// Draws a picture of the transcript in cells, or in the pixels of a terminal that places them.
  func preview(
    _ key: PreviewKey, _ reference: PictureReference, for targetModel: TargetModel,
    means: CellMeans
  ) async {
    let pipeline = runner.pipeline
    let rules = directory.pictureRules(of: targetModel.provider)
    let event = await runner.pictureQueue.run {
      pipeline.preview(key, reference, model: targetModel.model, rules: rules, means: means)
    }
    post(.preview((event ?? nil) ?? .failed(key)))
  }

  /// Writes a mask in the size of its picture, and keeps it.
  func keepMask(_ order: MaskOrder) async {
    let pipeline = runner.pipeline
    let result = await runner.pictureQueue.run {
      () -> Result<PictureReference, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in try pipeline.keepMask(order) }
    }
    switch result {
    case .success(let reference): post(.preview(.mask(order, .kept(reference))))
    case .failure(let failure): post(.preview(.mask(order, .failed(failure.phrase))))
    case nil: break
    }
  }

  /// Draws a picture over the whole screen, as the model will see it.
  func view(_ request: PictureViewRequest, means: CellMeans) async {
    let pipeline = runner.pipeline
    let rules = directory.pictureRules(of: request.targetModel.provider)
    let result = await runner.pictureQueue.run {
      () -> Result<(drawing: PictureDrawing, sent: FittedFacts), ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try pipeline.view(request, rules: rules, means: means)
      }
    }
    guard !Task.isCancelled else { return }
    switch result {
    case .success(let view):
      post(.preview(.view(.drawn(request, view.drawing, sent: view.sent))))
    case nil: break
    case .failure(let failure): post(.preview(.view(.failed(request, failure.phrase))))
    }
  }
}
