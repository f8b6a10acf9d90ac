import Language

/// The name among `names` that `word` was most likely meant to be; nil if none is near.
///
/// Near is a distance of at most a third of the word's length, and at least one.
func nearest(to word: String, among names: [String]) -> String? {
  let reach = max(1, word.count / 3)
  let distances = names.map { (name: $0, distance: EditDistance.between($0, word)) }
  return distances.filter { $0.distance <= reach }.min { $0.distance < $1.distance }?.name
}
