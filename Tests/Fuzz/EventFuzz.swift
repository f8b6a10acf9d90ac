import ChatAPI

/// Cuts whatever bytes come into events, whole and split: both must find the same.
///
/// The first byte says how long the pieces are. libFuzzer calls it (LLVM documentation, "libFuzzer",
/// "Fuzz Target").
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let input = Array(UnsafeBufferPointer(start: start, count: count))
  guard let first = input.first else { return 0 }
  let bytes = Array(input.dropFirst())
  let whole = events(of: bytes, pieces: max(1, bytes.count))
  let split = events(of: bytes, pieces: Int(first % 16) + 1)
  precondition(whole.events == split.events, "the events depend on how the bytes came")
  precondition(whole.hasOverflowed == split.hasOverflowed, "the limit depends on it")
  return 0
}

/// The events of a stream that comes in pieces of so many bytes, with a limit that is soon passed.
private func events(
  of bytes: [UInt8], pieces: Int
) -> (events: [ServerSentEvent], hasOverflowed: Bool) {
  var parser = ServerSentEventParser(limit: 512)
  var events: [ServerSentEvent] = []
  for start in stride(from: 0, to: bytes.count, by: pieces) {
    events += parser.feed(Array(bytes[start..<min(start + pieces, bytes.count)]))
  }
  return (events + parser.finish(), parser.hasOverflowed)
}
