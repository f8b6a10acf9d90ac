import Audio
import Conversation

/// Sound in memory with its form.
struct Sound: Sendable {
  var bytes: [UInt8]
  var format: SoundFormat
  /// Why it is not whole; nil where it is.
  var failure: AudioError?
}

/// Has pieces of a text spoken one after the other: the next is asked for while one is heard.
struct SpokenText: Sendable {
  let speaker: Speaker
  let cache: SpeechCache
  let server: SideServer
  /// All but the text.
  let request: SpeechRequest
  let ledger: ServiceLedger
  /// Joins pieces that come in different forms; nil where that cannot be.
  let encoder: SoundEncoder?

  /// Whether the sound of a piece is there already.
  func isKept(_ piece: String) -> Bool { kept(piece) != nil }

  /// Where the sound of pieces is kept: the file of a single one, else the folder of them all; nil where none
  /// of them is.
  func place(of pieces: [String]) -> String? {
    guard pieces.count == 1 else { return pieces.contains(where: isKept) ? cache.folder : nil }
    return cache.sound(of: asking(pieces[0]), at: server.address)?.path
  }

  /// Gives the sound of all pieces to `output`, in order, each as it comes; false where it ended before all
  /// was given, since the output takes no more or the task is cancelled.
  func speak(_ pieces: [String], to output: inout SpeechOutput) async throws(AudioError) -> Bool {
    var ready: Result<Sound, AudioError>?
    for (index, piece) in pieces.enumerated() {
      var isGiven = true
      async let upcoming = result(pieces.dropFirst(index + 1).first)
      do throws(AudioError) {
        if let sound = try ready?.get() ?? kept(piece) {
          try await output.take(sound.bytes, sound.format)
          if let failure = sound.failure { throw failure }
        } else {
          isGiven = try await give(piece, to: &output)
        }
        // What came of the piece stays with the output, to be kept as a part.
        if !isGiven, Task.isCancelled { return false }
        try await output.endPiece()
      } catch {
        _ = await upcoming
        throw error
      }
      ready = await upcoming
      let isLast = index == pieces.count - 1
      if output.isClosed || Task.isCancelled {
        await give(rest: ready, to: &output)
        return isLast && isGiven
      }
    }
    return true
  }

  /// Gives on what came of a piece that was asked for ahead, where the task is cancelled, so that it is kept
  /// with what came before.
  private func give(
    rest: Result<Sound, AudioError>?, to output: inout SpeechOutput
  ) async {
    guard Task.isCancelled, case .success(let sound)? = rest else { return }
    do throws(AudioError) {
      try await output.take(sound.bytes, sound.format)
      if sound.failure == nil { try await output.endPiece() }
    } catch {
      // What cannot stand behind the others is not kept with them.
    }
  }

  /// The sound of a piece, kept or asked for, as far as it came; nil for no piece.
  private func result(_ piece: String?) async -> Result<Sound, AudioError>? {
    guard let piece else { return nil }
    do throws(AudioError) { return .success(try await sound(of: piece)) } catch {
      return .failure(error)
    }
  }

  /// The sound of a text of any length, as far as it came.
  func sound(ofText text: String) async throws(AudioError) -> Sound {
    let pieces = SpokenPieces.pieces(of: text)
    guard pieces.count > 1 else { return try await sound(of: pieces.first ?? text) }
    var sound = Sound(bytes: [], format: request.format)
    var joint: SoundJoint?
    for piece in pieces {
      let next = try await self.sound(of: piece)
      if joint == nil { joint = try SoundJoint(next.format, pieceCount: pieces.count) }
      sound.format = joint?.format ?? next.format
      sound.bytes += try await joint?.add(next.bytes, next.format, by: encoder) ?? []
      sound.failure = next.failure
      if next.failure != nil { break }
      joint?.endPiece()
    }
    return sound
  }

  /// The sound of a piece, kept or asked for, as far as it came.
  private func sound(of piece: String) async throws(AudioError) -> Sound {
    if let kept = kept(piece) { return kept }
    var speech = try await speaker.begin(asking(piece))
    var bytes: [UInt8] = []
    do throws(AudioError) {
      while let more = try await speech.next() {
        if bytes.isEmpty { note(piece) }
        bytes += more
      }
    } catch {
      guard !bytes.isEmpty else { throw error }
      return Sound(bytes: bytes, format: speech.format ?? request.format, failure: error)
    }
    return keep(bytes, speech, of: piece)
  }

  /// Gives a piece's sound on as it comes, and keeps it once it is whole, also where the output failed
  /// before or takes no more: it is paid for.
  ///
  /// False where not all of it was given.
  private func give(
    _ piece: String, to output: inout SpeechOutput
  ) async throws(AudioError) -> Bool {
    var speech = try await speaker.begin(asking(piece))
    var bytes: [UInt8] = []
    var failure: AudioError?
    while let more = try await speech.next() {
      if bytes.isEmpty { note(piece) }
      bytes += more
      guard failure == nil, !output.isClosed else { continue }
      do throws(AudioError) {
        try await output.take(more, speech.format ?? request.format)
        if Task.isCancelled { return false }
      } catch {
        failure = error
      }
    }
    _ = keep(bytes, speech, of: piece)
    if let failure { throw failure }
    return !output.isClosed
  }

  private func asking(_ piece: String) -> SpeechRequest {
    var request = request
    request.text = piece
    return request
  }

  /// Counts what is charged from the first sound on, however the answer ends.
  private func note(_ piece: String) {
    ledger.note(.characters(SpokenPieces.length(of: piece)), by: server)
  }

  private func keep(_ bytes: [UInt8], _ speech: Speech, of piece: String) -> Sound {
    let sound = Sound(bytes: bytes, format: speech.format ?? request.format)
    cache.keep(sound.bytes, as: sound.format, of: asking(piece), at: server.address)
    return sound
  }

  /// The sound that was kept: samples are given as such, though they lie behind the header of a WAV.
  private func kept(_ piece: String) -> Sound? {
    guard let bytes = cache.sound(of: asking(piece), at: server.address)?.bytes,
      let format = SoundFormat(signature: bytes)
    else { return nil }
    guard request.format == .pcm, let header = WaveHeader(bytes),
      header.hasSamples(like: WaveHeader())
    else { return Sound(bytes: bytes, format: format) }
    return Sound(bytes: header.samples(of: bytes), format: .pcm)
  }
}
