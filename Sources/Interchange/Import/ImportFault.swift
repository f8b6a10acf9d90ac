import JSON

/// Where an imported value is not what its format says: the way to it from outside, like `messages 3
/// role`.
struct ImportFault: Error, Equatable {
  private var place: [String]

  init(_ place: String...) {
    self.place = place
  }

  /// The way from further outside.
  func within(_ outer: String...) -> ImportFault {
    var fault = self
    fault.place = outer + place
    return fault
  }

  /// Whether the whole value is no value of its kind.
  var isWhole: Bool { place.isEmpty }

  /// The way in words; `JSON` for the whole value.
  var words: String { place.isEmpty ? "JSON" : place.joined(separator: " ") }
}

extension ImportFault {
  /// The place that an error of decoding names.
  init(decoding error: any Error) {
    let path: [any CodingKey] =
      switch error as? DecodingError {
      case .typeMismatch(_, let context), .valueNotFound(_, let context),
        .dataCorrupted(let context):
        context.codingPath
      case .keyNotFound(let key, let context): context.codingPath + [key]
      default: []
      }
    place = path.map { key in key.intValue.map { String($0 + 1) } ?? key.stringValue }
  }
}

extension JSONValue {
  /// The member called `name`, which its format promises.
  func required(_ name: String) throws(ImportFault) -> JSONValue {
    guard let member = self[name] else { throw ImportFault(name) }
    return member
  }

  /// The text of the member called `name`, which its format promises.
  func requiredString(_ name: String) throws(ImportFault) -> String {
    guard let text = self[name]?.string else { throw ImportFault(name) }
    return text
  }

  /// What each element of an array is read as; a fault tells its number, from 1.
  func mapElements<Value>(
    _ read: (JSONValue) throws(ImportFault) -> Value
  ) throws(ImportFault) -> [Value] {
    guard let elements else { throw ImportFault() }
    var values: [Value] = []
    for (index, element) in elements.enumerated() {
      do throws(ImportFault) {
        values.append(try read(element))
      } catch {
        throw error.within(String(index + 1))
      }
    }
    return values
  }
}
