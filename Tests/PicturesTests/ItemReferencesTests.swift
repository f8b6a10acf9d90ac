import Pictures
import Testing

@Suite struct ItemReferencesTests {
  private func isCircular(_ references: ItemReference...) -> Bool {
    ItemReferences(references).isCircular
  }

  @Test func `A grid of tiles with a tiled alpha plane is no circle`() {
    #expect(
      !isCircular(
        ItemReference(.derivation, from: 1, to: 2), ItemReference(.derivation, from: 1, to: 3),
        ItemReference(.auxiliary, from: 4, to: 1), ItemReference(.derivation, from: 4, to: 5)))
  }

  @Test func `An item that is made of itself is a circle`() {
    #expect(isCircular(ItemReference(.derivation, from: 7, to: 7)))
  }

  @Test func `An alpha plane that is made of its own picture is a circle`() {
    #expect(
      isCircular(
        ItemReference(.auxiliary, from: 2, to: 1), ItemReference(.derivation, from: 2, to: 1)))
  }

  @Test func `A circle is found beside what is none`() {
    #expect(
      isCircular(
        ItemReference(.derivation, from: 1, to: 2), ItemReference(.derivation, from: 3, to: 4),
        ItemReference(.derivation, from: 4, to: 5), ItemReference(.derivation, from: 5, to: 3)))
  }

  @Test func `A tower of items is refused from one level too many on`() {
    let tower = (1...ItemReferences.maximumDepth).map {
      ItemReference(.derivation, from: $0, to: $0 + 1)
    }
    #expect(!ItemReferences(tower).isCircular)
    let higher = tower + [ItemReference(.derivation, from: 0, to: 1)]
    #expect(ItemReferences(higher).isCircular)
  }
}
