import Files
import GRDB

/// Something that rows of a damaged store can be read from.
protocol SalvageSource {
  /// Gives `body` each row of a table that can be read, in any order, one of them perhaps twice.
  ///
  /// - Throws: What `body` throws, and nothing else: what cannot be read is left out.
  func rows(of table: SalvagedTable, _ body: (SalvagedRow) throws -> Void) throws
}

/// The rows on the pages themselves, whatever is left of what leads to them: of a damaged schema,
/// of roots and of inner pages nothing is needed.
///
/// This is what SQLite's own recovery does; a free page is passed over where the list of them is
/// whole, so that what was deleted stays away.
struct PageScan: SalvageSource {
  private let path: String
  private let places: [SalvagedTable: [UInt32]]

  /// Reads every page once; of the pages that `behindDamage` names first none else.
  init(path: String, behindDamageAlone: Bool = false) throws(FileError) {
    self.path = path
    let pages = try DatabasePages(path: path)
    let free = pages.freePages()
    var places: [SalvagedTable: [UInt32]] = [:]
    let chosen =
      behindDamageAlone
      ? pages.log.pagesBehindDamage.sorted() : pages.count == 0 ? [] : Array(1...pages.count)
    for number in chosen where !free.contains(number) {
      guard let page = pages.page(number), let leaf = TableLeaf(page, number: number) else {
        continue
      }
      // A damaged page may hold some rows that can be told and others that cannot.
      for table in Set(leaf.records(in: pages).compactMap(SalvagedTable.init(of:))) {
        places[table, default: []].append(number)
      }
    }
    self.places = places
  }

  func rows(of table: SalvagedTable, _ body: (SalvagedRow) throws -> Void) throws {
    guard let numbers = places[table], let pages = try? DatabasePages(path: path) else { return }
    for number in numbers {
      guard let page = pages.page(number), let leaf = TableLeaf(page, number: number) else {
        continue
      }
      for record in leaf.records(in: pages) where SalvagedTable(of: record) == table {
        try body(SalvagedRow(id: record.id, values: record.values))
      }
    }
  }
}
