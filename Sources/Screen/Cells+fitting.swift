/// Where text that does not fit gives way to “…”.
package enum Truncation: Hashable, Sendable {
  case start
  /// For paths: the end, which names the file, keeps the larger half.
  case middle
  case end
}

/// Where text stands in a space wider than itself.
package enum Alignment: Hashable, Sendable {
  case leading
  case center
  case trailing
}

extension [Cell] {
  /// The first cells that fit whole: a wide cell that would be cut in half is left out.
  package func clipped(to columns: Int) -> Self {
    let columns = Swift.max(0, columns)
    guard count > columns else { return self }
    return Array(prefix(self[columns].width == 0 ? columns - 1 : columns))
  }

  /// The cells if they fit, else what fits of them around an ellipsis; never wider than `columns`.
  package func truncated(
    to columns: Int, at place: Truncation = .end, rules: WidthRules = .standard
  ) -> Self {
    let columns = Swift.max(0, columns)
    guard count > columns else { return self }
    let ellipsis = Cell.cells(of: "…", style: self[0].style, rules: rules)
    let room = columns - ellipsis.count
    guard room > 0 else { return ellipsis.clipped(to: columns) }
    return switch place {
    case .start: ellipsis + end(fitting: room)
    case .middle: clipped(to: room / 2) + ellipsis + end(fitting: room - room / 2)
    case .end: clipped(to: room) + ellipsis
    }
  }

  /// The cells with blanks around them up to `columns`; wider ones come back as they are.
  package func padded(
    to columns: Int, alignment: Alignment = .leading, style: Style = .plain
  ) -> Self {
    guard count < columns else { return self }
    let blanks = Array(repeating: Cell(" ", style: style), count: columns - count)
    let before =
      switch alignment {
      case .leading: 0
      case .center: blanks.count / 2
      case .trailing: blanks.count
      }
    return blanks[..<before] + self + blanks[before...]
  }

  /// The cells cut or filled to exactly `columns`; an ellipsis marks a cut.
  package func fitted(
    to columns: Int, at place: Truncation = .end, alignment: Alignment = .leading,
    style: Style = .plain, rules: WidthRules = .standard
  ) -> Self {
    truncated(to: columns, at: place, rules: rules)
      .padded(to: columns, alignment: alignment, style: style)
  }

  private func end(fitting columns: Int) -> ArraySlice<Cell> {
    let start = count - columns
    return self[(self[start].width == 0 ? start + 1 : start)...]
  }
}
