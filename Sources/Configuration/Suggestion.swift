/// The name among `names` that `word` was most likely meant to be; nil if none is near.
///
/// Near is a distance of at most a third of the word's length, and at least one.
func nearest(to word: String, among names: [String]) -> String? {
  let reach = max(1, word.count / 3)
  let distances = names.map { (name: $0, distance: editDistance(from: word, to: $0)) }
  return distances.filter { $0.distance <= reach }.min { $0.distance < $1.distance }?.name
}

/// How many characters must be added, taken out or replaced to turn one text into another
/// (Levenshtein's distance).
///
/// - Complexity: the product of both lengths.
func editDistance(from source: String, to target: String) -> Int {
  let target = Array(target)
  var row = Array(0...target.count)
  for (number, character) in source.enumerated() {
    var diagonal = row[0]
    row[0] = number + 1
    for (index, other) in target.enumerated() {
      let replaced = diagonal + (character == other ? 0 : 1)
      diagonal = row[index + 1]
      row[index + 1] = min(replaced, row[index] + 1, row[index + 1] + 1)
    }
  }
  return row[target.count]
}
