import FoundationEssentials
import GRDB

/// What a damaged file holds in the place of what was stored: said in few words, behind which stands what to do.
struct IndexDamage: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }

  /// A value that cannot have been stored there, like `vector.numbers`.
  static func wrongValue(of column: String) -> IndexDamage {
    IndexDamage("wrong value of \(column)")
  }
}

// A damaged file may hold anything in any column: SQLite does not look at what it reads, and what GRDB cannot
// convert ends the program.
extension Row {
  func number(_ column: String) throws -> Int64 {
    guard case .int64(let number) = storage(column) else {
      throw IndexDamage.wrongValue(of: column)
    }
    return number
  }

  /// The same where there may be none; one outside of `range` is damage.
  func number(_ column: String, ifIn range: ClosedRange<Int>) throws -> Int? {
    if case .null = storage(column) { return nil }
    let number = Int(try number(column))
    guard range.contains(number) else { throw IndexDamage.wrongValue(of: column) }
    return number
  }

  func text(_ column: String) throws -> String {
    guard case .string(let text) = storage(column) else {
      throw IndexDamage.wrongValue(of: column)
    }
    return text
  }

  func blob(_ column: String) throws -> [UInt8] {
    switch storage(column) {
    case .blob(let data): return [UInt8](data)
    default: throw IndexDamage.wrongValue(of: column)
    }
  }

  private func storage(_ column: String) -> DatabaseValue.Storage {
    (self[column] as DatabaseValue).storage
  }
}
