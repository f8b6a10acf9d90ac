package import Conversation
package import Language

extension DrawingRule {
  /// Why a drawing cannot be asked for by a model of this rule, called `name`; nil where it can.
  package func problem(of drawing: Drawing, prompt: String, name: String) -> Phrase? {
    if let quality = drawing.quality, !qualities.isEmpty, !qualities.contains(quality) {
      let list = qualities.joined(separator: ", ")
      return say("\(name) knows no quality \(quality). It knows: \(list).")
    }
    if let style = drawing.style, let problem = problem(ofStyle: style, name) { return problem }
    if drawing.count > countLimit {
      return say("\(name) makes at most \(countLimit) at once: lower -n.")
    }
    if let limit = promptLimit, prompt.count > limit {
      return say(
        "The prompt has \(prompt.count, .characters), and \(name) takes \(limit): shorten it.")
    }
    return nil
  }

  private func problem(ofStyle style: String, _ name: String) -> Phrase? {
    guard !takesResponseFormat || !styles.isEmpty, !styles.contains(style) else { return nil }
    return styles.isEmpty
      ? say("\(name) takes no style: say it in the prompt, or with --each.")
      : say("\(name) knows no style \(style). It knows: \(styles.joined(separator: ", ")).")
  }
}

extension Model {
  /// What is told before a drawing is asked for: `gpt-image-2 1536x1024 low: ≈$0.005`.
  package func priceLine(of drawing: Drawing) -> Phrase {
    guard let cost = cost(of: drawing) else {
      return say("\(drawing.line): the price is not known.")
    }
    return say("\(drawing.line): \(cost.text(isEstimated: true))")
  }

  /// What is told of a model that its maker took out of service; nil at other hosts, which may have it
  /// still.
  package func goneLine(at host: String, now: Timestamp) -> Phrase? {
    guard host == DrawingModels.makerHost, isShutDown(at: now), let shutdown, let replacement else {
      return nil
    }
    return say("\(id) ended on \("\(shutdown)"): \(replacement) takes its place.")
  }

  /// What is told of a size that the model does not draw; nil where it draws the wanted one.
  package func rounding(of wanted: Drawing, to adapted: Drawing) -> Phrase? {
    guard case .pixels(let size) = wanted.size, adapted.size != wanted.size else { return nil }
    let new = adapted.size.description
    return say("\(adapted.model) does not draw \("\(size)"): \(new) is asked for.")
  }
}
