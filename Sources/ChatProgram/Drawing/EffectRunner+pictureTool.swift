import ChatAPI
import ChatEngine
import Conversation
import Language
import ModelCatalog

// Pictures that a model makes in its reply, with a tool of its server's.
extension EffectRunner {
  /// How a request offers the tool; nil where it does not.
  ///
  /// `rules` are those of the request's pictures. The settings are those of `/draw`: its model, unless one is named, and the model's usual quality.
  func pictureTool(
    for request: ReplyRequest, at provider: Provider, _ rules: PictureRules
  ) async throws(ImagePipeline.Failure) -> PictureTool? {
    guard request.parameters.makesPictures == true else { return nil }
    var tool = PictureTool.offered(request.parameters, at: provider, installation.catalog)
    if request.isStreamed, request.showsPartialPictures { tool.partialCount = 2 }
    guard var mask = request.mask else { return tool }
    // It is fitted as the picture is, which has its size.
    mask.detail = request.messages.flatMap(\.pictures).last?.detail ?? mask.detail
    let (pipeline, model, fitted) = (pipeline, request.model, mask)
    let part = await pictureQueue.run {
      () -> Result<RequestMessage.Part, ImagePipeline.Failure> in
      Result { () throws(ImagePipeline.Failure) in
        try pipeline.part(for: fitted, model: model, rules: rules)
      }
    }
    if case .picture(let file, _)? = try part?.get() { tool.mask = file }
    return tool
  }

  /// The picture kept, as a part of the reply; a sentence where it cannot be kept.
  ///
  /// One that is not finished and cannot be shown is no loss.
  func keeping(
    _ bytes: PictureBytes, prompt: String?, isFinished: Bool, of call: Int
  ) async -> [ReplyEvent] {
    let name = prompt.map(Drawing.name(ofPrompt:)) ?? "picture"
    do throws(ImagePipeline.Failure) {
      guard isFinished else {
        let file = try? PictureMaker(services).file(of: bytes.pieces)
        let reference = file.flatMap { try? pipeline.keep($0, name: name) }
        return reference.map { [.media(.draft(.picture($0), call: call))] } ?? []
      }
      let arrived = try await PictureMaker(services).arrived(bytes)
      return try pipeline.events(of: arrived, named: name, call: call)
    } catch {
      return [error.event(telling: say("A picture of the reply is not kept: \(error.phrase)"))]
    }
  }
}

extension PictureTool {
  /// The tool with what `/set` says of pictures; the model is left to servers of which none is known to draw.
  static func offered(
    _ parameters: Parameters, at provider: Provider, _ catalog: ModelCatalog
  ) -> PictureTool {
    let set = parameters.pictures ?? PictureSettings()
    let makers =
      provider.dialect.imageCalls == .openAI ? ModelCatalog.makersDrawingModel : nil
    let model =
      set[.model] ?? catalog.drawingModel(host: provider.base.host, offered: []) ?? makers ?? ""
    var drawing = catalog.model(named: model).adapting(set.applied(to: Drawing(model: model)))
    drawing.style = nil
    return PictureTool(drawing)
  }
}

extension HostedToolCall {
  /// The call with the settings that were asked for, where its server did not tell them.
  func asked(with tool: PictureTool?) -> HostedToolCall {
    guard let asked = tool?.drawing, var made = drawing else { return self }
    if made.model.isEmpty { made.model = asked.model }
    if made.size == .auto { made.size = asked.size }
    made.quality = made.quality ?? asked.quality
    var call = self
    call.drawing = made
    return call
  }
}
