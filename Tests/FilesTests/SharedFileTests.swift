import Dispatch
import Files
import Foundation
import Testing

@Suite struct SharedFileTests {
  @Test func `Changes of several at once are all there`() throws {
    try withFolder { folder in
      let path = folder + "/state/numbers"
      DispatchQueue.concurrentPerform(iterations: 40) { number in
        do throws(FileError) {
          try SharedFile.update(path, atMost: 1_000) { $0 + [UInt8(number)] }
        } catch {
          Issue.record("\(error)")
        }
      }
      let bytes = try SmallFile.bytes(of: path, atMost: 1_000)
      #expect(bytes.sorted() == (0..<40).map { UInt8($0) })
      #expect(try FileSystem.names(in: folder + "/state") == ["numbers"])
    }
  }

  @Test func `A change that changes nothing, or a file that is too large, leaves it`() throws {
    try withFolder { folder in
      let path = folder + "/a"
      try SharedFile.update(path, atMost: 3) { _ in [1, 2, 3, 4] }
      let inode = try FileSystem.status(of: path)?.inode
      #expect(throws: FileError.tooLarge(path)) {
        try SharedFile.update(path, atMost: 3) { _ in [] }
      }
      try SharedFile.update(path, atMost: 4) { _ in nil }
      #expect(try FileSystem.status(of: path)?.inode == inode)
      #expect(try SmallFile.bytes(of: path, atMost: 4) == [1, 2, 3, 4])
    }
  }
}
