import Markdown
import Screen

/// Turns a block's inline runs into styled lines: one for each line break that was asked for.
struct InlineLayout {
  private let context: ViewContext
  private let base: Style

  init(_ context: ViewContext, base: Style = .plain) {
    self.context = context
    self.base = base
  }

  func lines(_ runs: [InlineRun]) -> [StyledLine] {
    var lines = [StyledLine()]
    for (index, run) in runs.enumerated() {
      if run.traits.contains(.hardBreak) {
        lines.append(StyledLine())
      } else if run.traits.contains(.softBreak) {
        lines[lines.count - 1].runs.append(softBreak(runs, at: index))
      } else {
        let next = index + 1 < runs.count ? runs[index + 1] : nil
        lines[lines.count - 1].runs += styled(run, next: next)
      }
    }
    return lines
  }

  /// A line end of the source is a space, but nothing between two Chinese or Japanese characters.
  private func softBreak(_ runs: [InlineRun], at index: Int) -> StyledRun {
    let before = index > 0 ? runs[index - 1].text.unicodeScalars.last : nil
    let after = index + 1 < runs.count ? runs[index + 1].text.unicodeScalars.first : nil
    let joins = before?.isIdeographic == true && after?.isIdeographic == true
    return StyledRun(joins ? "" : " ", base)
  }

  private func styled(_ run: InlineRun, next: InlineRun?) -> [StyledRun] {
    let style = style(of: run)
    guard let link = run.link else { return [StyledRun(text(of: run), style)] }
    if run.traits.contains(.image) {
      let name = run.text.isEmpty ? link.address : run.text
      let text = "\(context.glyphs.picture) \(name)"
      return [StyledRun(text, context.theme.picture.leading(to: link))] + address(link, of: run)
    }
    let linked = style.linked(as: context.theme.link).leading(to: link)
    // `[1]` alone stands as it was written.
    guard run.text != link.label else { return [StyledRun("[\(run.text)]", linked)] }
    // The address follows once, after the last run of its link.
    return [StyledRun(text(of: run), linked)] + (next?.link == link ? [] : address(link, of: run))
  }

  private func text(of run: InlineRun) -> String {
    if run.traits.contains(.mathematics), context.glyphs != .ascii {
      return FormulaSigns.shown(run.text)
    }
    return run.traits.contains(.code) && context.theme.quotesCode ? "`\(run.text)`" : run.text
  }

  /// The address behind a link's text, or the label of the definition that shows it; nothing where
  /// the text is the address already.
  private func address(_ link: Link, of run: InlineRun) -> [StyledRun] {
    let isShown = ["", "mailto:", "http://", "https://"].contains { link.address == $0 + run.text }
    guard !isShown else { return [] }
    let dim = context.theme.dim
    if let label = link.label { return [StyledRun(" [\(label)]", dim.leading(to: link))] }
    return [
      StyledRun(" (", dim), StyledRun(link.address, dim.leading(to: link)), StyledRun(")", dim),
    ]
  }

  private func style(of run: InlineRun) -> Style {
    if run.traits.contains(.html) { return context.theme.dim }
    var style = base
    if !run.traits.isDisjoint(with: [.code, .mathematics]) {
      style.foreground = context.theme.code.foreground
    }
    if run.traits.contains(.strong) { style.attributes.insert(.bold) }
    if run.traits.contains(.emphasis) { style.attributes.insert(.italic) }
    if run.traits.contains(.strikethrough) { style.attributes.insert(.strikethrough) }
    return style
  }
}

extension Style {
  fileprivate func leading(to link: Link) -> Style {
    var style = self
    style.link = LinkID(of: link.address)
    return style
  }

  /// The style with a link's attributes, and with its colour unless it has one.
  fileprivate func linked(as link: Style) -> Style {
    var style = self
    style.attributes.formUnion(link.attributes)
    if style.foreground == .standard { style.foreground = link.foreground }
    return style
  }
}

extension Unicode.Scalar {
  /// Whether the scalar is written without spaces around it: Han, kana, and their punctuation.
  fileprivate var isIdeographic: Bool {
    switch value {
    case 0x2E80...0x303E, 0x3041...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xF900...0xFAFF,
      0xFF01...0xFF60, 0x20000...0x3FFFF:
      true
    default: false
    }
  }
}
