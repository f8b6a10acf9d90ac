/// What stands in front of the transcript, the nearest last.
///
/// Only the last is seen and takes the composer's line. What it covers stays as it was, with the line
/// that was typed into it, and comes back when the last one goes.
package struct OverlayStack: Equatable, Sendable {
  private struct Layer: Equatable, Sendable {
    var overlay: Overlay
    /// What was typed into it when another came before it.
    var line = ""
  }

  private var layers: [Layer] = []

  package init() {}

  package var isEmpty: Bool { layers.isEmpty }
  package var count: Int { layers.count }

  /// The one that is seen.
  ///
  /// Setting it changes that one; the first where there is none.
  package var front: Overlay? {
    get { layers.last?.overlay }
    set {
      guard let newValue else {
        layers = []
        return
      }
      if layers.isEmpty {
        layers = [Layer(overlay: newValue)]
        return
      }
      layers[layers.count - 1].overlay = newValue
    }
  }

  /// Puts another one in front; `line` is what was typed into the one that it covers.
  mutating func push(_ overlay: Overlay, covering line: String) {
    if !layers.isEmpty { layers[layers.count - 1].line = line }
    layers.append(Layer(overlay: overlay))
  }

  /// Takes the front one away; the line of the one that is seen then, nil where there is none.
  mutating func pop() -> String? {
    layers = layers.dropLast()
    return layers.last?.line
  }

  /// Keeps those that `isKept` says; tells whether the front one is another than before.
  mutating func keep(where isKept: (Overlay) -> Bool) -> Bool {
    let front = layers.last
    layers = layers.filter { isKept($0.overlay) }
    return layers.last != front
  }

  /// What was typed into the front one before it was covered.
  var line: String { layers.last?.line ?? "" }

  /// Changes the pages about a subject, wherever they stand.
  mutating func updatePages(of subject: Page.Subject, _ change: (inout Page) -> Void) {
    for index in layers.indices {
      guard case .page(var page) = layers[index].overlay, page.subject == subject else { continue }
      change(&page)
      layers[index].overlay = .page(page)
    }
  }

  /// Changes the list of a subject, wherever it stands; nothing where there is none.
  mutating func updatePicker(of subject: Picker.Subject, _ change: (inout Picker) -> Void) {
    for index in layers.indices {
      guard case .picker(var picker) = layers[index].overlay, picker.subject == subject else {
        continue
      }
      change(&picker)
      layers[index].overlay = .picker(picker)
    }
  }

  /// The list of a subject, wherever it stands.
  func picker(of subject: Picker.Subject) -> Picker? {
    layers.lazy.compactMap { layer in
      if case .picker(let picker) = layer.overlay, picker.subject == subject { picker } else { nil }
    }.last
  }
}
