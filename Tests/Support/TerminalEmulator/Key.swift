import CVTerm

/// A key that a person presses, with what is held down.
package struct Key: Hashable, Sendable {
  enum Code: Hashable, Sendable {
    case special(UInt32)
    case control(UInt8)
    case alt([UInt8])
  }

  let code: Code
  var modifiers: Int32 = 0

  private init(_ key: cv_key) { code = .special(key.rawValue) }
  private init(_ code: Code) { self.code = code }

  package static let enter = Self(CV_ENTER)
  package static let tab = Self(CV_TAB)
  package static let backspace = Self(CV_BACKSPACE)
  package static let escape = Self(CV_ESCAPE)
  package static let up = Self(CV_UP)
  package static let down = Self(CV_DOWN)
  package static let left = Self(CV_LEFT)
  package static let right = Self(CV_RIGHT)
  package static let insert = Self(CV_INSERT)
  package static let delete = Self(CV_DELETE)
  package static let home = Self(CV_HOME)
  package static let end = Self(CV_END)
  package static let pageUp = Self(CV_PAGE_UP)
  package static let pageDown = Self(CV_PAGE_DOWN)
  package static let f1 = Self(CV_F1)
  package static let altEnter = Self(.alt([0x0D]))

  /// Ctrl and a letter, as in `.control("c")`.
  package static func control(_ letter: Unicode.Scalar) -> Self {
    Self(.control(UInt8(truncatingIfNeeded: letter.value) & 0x1F))
  }

  /// Alt and a character.
  package static func alt(_ character: Character) -> Self { Self(.alt(Array(character.utf8))) }

  package var withShift: Self { adding(CV_SHIFT) }
  package var withControl: Self { adding(CV_CONTROL) }
  package var withAlt: Self { adding(CV_ALT) }

  private func adding(_ modifier: Int) -> Self {
    var result = self
    result.modifiers |= Int32(modifier)
    return result
  }
}

extension TerminalEmulator {
  /// The bytes that the terminal sends for a key in its present modes.
  package func bytes(for key: Key) -> [UInt8] {
    switch key.code {
    case .control(let byte): return [byte]
    case .alt(let bytes): return [0x1B] + bytes
    case .special(let number):
      cv_press(screen, cv_key(rawValue: number), key.modifiers)
      return takeOutput()
    }
  }

  /// The bytes for a press and a release of the left button, or a turn of the wheel (4 up, 5 down).
  package func bytes(forButton button: Int, row: Int, column: Int) -> [UInt8] {
    cv_mouse(screen, Int32(row), Int32(column), Int32(button), true)
    if button < 4 { cv_mouse(screen, Int32(row), Int32(column), Int32(button), false) }
    return takeOutput()
  }
}
