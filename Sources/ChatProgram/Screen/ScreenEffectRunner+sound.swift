import Audio
import ChatAPI
import ChatScreen
import Configuration
import Conversation
import Language
import ModelCatalog
import Synchronization

/// The sentences of speeches that are being said, by the speech's number.
final class SpeechQueues: Sendable {
  private struct State {
    var queues: [Int: AsyncStream<String>.Continuation] = [:]
    /// The highest number of a speech that has ended: numbers grow, and a late sentence begins none anew.
    var ended = 0
  }

  private let state = Mutex(State())

  /// Adds a sentence; the stream of all of them where it is the speech's first.
  func add(_ sentence: String, to id: Int) -> AsyncStream<String>? {
    state.withLock { state in
      if let queue = state.queues[id] {
        queue.yield(sentence)
        return nil
      }
      guard id > state.ended else { return nil }
      // Unbounded: a message has as many sentences as it has.
      let (sentences, queue) = AsyncStream.makeStream(of: String.self)
      queue.yield(sentence)
      state.queues[id] = queue
      return sentences
    }
  }

  /// Ends a speech's stream; false where there was none.
  func end(_ id: Int) -> Bool {
    let queue = state.withLock { state in
      state.ended = max(state.ended, id)
      return state.queues.removeValue(forKey: id)
    }
    queue?.finish()
    return queue != nil
  }
}

/// A sentence's sound.
private struct SentenceSound: Sendable {
  let sound: Sound
  /// How many characters were spoken.
  let length: Int

  /// How long it is heard; of encoded sound an estimate by the letters.
  var duration: Duration {
    let seconds =
      sound.format == .pcm
      ? Double(sound.bytes.count) / Double(WaveHeader().bytesPerSecond) : Double(length) / 15
    return .seconds(seconds)
  }
}

extension ScreenEffectRunner {
  func run(_ effect: SoundEffect) {
    switch effect {
    case .speak(let id, let sentence, let voice, let server):
      guard let sentences = speeches.add(sentence, to: id) else { return }
      runner.start(.speech(id)) {
        await self.speak(sentences, as: id, voice: voice, beside: server)
      }
    case .endSpeech(let id): if !speeches.end(id) { post(.sound(.spoken(id))) }
    case .stopSpeech(let id):
      _ = speeches.end(id)
      runner.cancel(.speech(id))
    case .record(let id, let keywords, let server):
      let control = recordings.begin(id)
      runner.start(.recording(id)) { await self.record(id, keywords, control, beside: server) }
    case .endRecording(let id): recordings.end(id)
    case .dropRecording(let id):
      recordings.drop(id)
      runner.cancel(.recording(id))
    case .listVoices(let server): runner.start(.voices) { await self.listVoices(beside: server) }
    }
  }

  private func speak(
    _ sentences: AsyncStream<String>, as id: Int, voice: String?, beside conversation: String
  ) async {
    let end: SoundEvent
    do throws(AskFailure) {
      let players = PlayerChoice(
        command: installation.configuration.speech.player, environment: installation.environment)
      guard players.isAny else { throw AskFailure(AudioError.noPlayer) }
      let spoken = try await spokenText(voice, beside: conversation)
      if let error = await play(sentences, spoken, players, as: id) {
        end = await event(for: error, of: spoken, as: id)
      } else {
        end = .spoken(id)
      }
    } catch {
      end = .speechFailed(id, error.phrase)
    }
    _ = speeches.end(id)
    if !Task.isCancelled { post(.sound(end)) }
  }

  private func event(for error: AudioError, of spoken: SpokenText, as id: Int) async -> SoundEvent {
    // What is kept are files of a sentence each.
    let phrase = AskFailure(error.keeping(soundAt: spoken.cache.folder)).phrase
    guard error.refuses(voice: spoken.request.voice) else { return .speechFailed(id, phrase) }
    let voices = SpeechVoices(server: spoken.server, client: runner.client)
    return .voiceRefused(id, await voices.refusal(phrase))
  }

  private func listVoices(beside conversation: String) async {
    let end: SoundEvent
    do throws(AskFailure) {
      let server = try await sideServers.serverBeside(for: .speech, conversation: conversation)
      let name = server.provider.name
      do throws(AudioError) {
        let names = try await SpeechVoices(server: server, client: runner.client).names()
        end =
          names.map { .voices($0, server: name) }
          ?? .voicesUnknown(
            say("\(name) does not tell which voices it has. /voice NAME takes any of them."))
      } catch {
        throw AskFailure(error)
      }
    } catch {
      end = .voicesUnknown(error.phrase)
    }
    if !Task.isCancelled { post(.sound(end)) }
  }

  var sideServers: SideServers { SideServers(installation: installation, directory: directory) }

  /// Where the amounts are noted; what cannot be noted is told.
  var ledger: ServiceLedger {
    ServiceLedger(installation) { [post] in post(.program(.remarked($0, .warning))) }
  }

  /// Who speaks, and how.
  private func spokenText(
    _ voice: String?, beside conversation: String
  ) async throws(AskFailure) -> SpokenText {
    let server = try await sideServers.serverBeside(for: .speech, conversation: conversation)
    let speech = installation.configuration.speech
    let request = SpeechRequest(
      model: server.model, text: "",
      voice: voice ?? speech.voice ?? SpeechRequest.usualVoice(of: server.model), format: .pcm,
      speed: speech.speed)
    return SpokenText(
      speaker: Speaker(runner.client, at: server.provider),
      cache: SpeechCache(installation.folders), server: server, request: request, ledger: ledger,
      encoder: SoundEncoder(environment: installation.environment))
  }

  /// Plays the sentences as they come, and has up to two spoken ahead; why it failed.
  private func play(
    _ sentences: AsyncStream<String>, _ spoken: SpokenText, _ players: PlayerChoice, as id: Int
  ) async -> AudioError? {
    // Unbounded, but never longer than the permits that are given back.
    let (ready, sink) = AsyncStream.makeStream(of: Result<SentenceSound, AudioError>.self)
    let (permits, permit) = AsyncStream.makeStream(of: Void.self)
    for _ in 0..<2 { permit.yield() }
    return await withTaskGroup(of: Void.self) { group in
      group.addTask {
        var places = permits.makeAsyncIterator()
        for await text in sentences {
          guard await places.next() != nil else { break }
          sink.yield(await Self.sound(of: text, spoken))
        }
        sink.finish()
      }
      defer { group.cancelAll() }
      return await play(ready, spoken, players, as: id) { permit.yield() }
    }
  }

  /// Tells once for each voice that it is made by AI, later that its model ends.
  private func remark(on spoken: SpokenText) {
    guard let phrase = spoken.disclosure(in: installation.folders) ?? spoken.server.endNotice
    else { return }
    post(.sound(.remarked(phrase)))
  }

  private static func sound(
    of text: String, _ spoken: SpokenText
  ) async -> Result<SentenceSound, AudioError> {
    do throws(AudioError) {
      return .success(
        SentenceSound(sound: try await spoken.sound(ofText: text), length: text.count))
    } catch {
      return .failure(error)
    }
  }

  private func play(
    _ ready: AsyncStream<Result<SentenceSound, AudioError>>, _ spoken: SpokenText,
    _ players: PlayerChoice, as id: Int, then takeNext: () -> Void
  ) async -> AudioError? {
    var output = SpeechOutput(.player, players, pieceCount: 2) { self.remark(on: spoken) }
    let clock = ContinuousClock()
    // When what was given to the player so far is heard to its end.
    var end: ContinuousClock.Instant?
    var place = 0
    do throws(AudioError) {
      for await result in ready {
        let sentence = try result.get()
        // The player gets each sentence a moment before it is due, so that there is no gap, and not
        // earlier, so that the mark is where the voice is.
        if let end {
          try? await QuietPause.wait(for: max(.zero, end - clock.now - .milliseconds(300)))
        }
        if Task.isCancelled { break }
        post(.sound(.saying(id, sentence: place)))
        place += 1
        end = max(end ?? clock.now, clock.now) + sentence.duration
        try await output.take(sentence.sound.bytes, sentence.sound.format)
        if let failure = sentence.sound.failure { throw failure }
        try await output.endPiece()
        takeNext()
      }
      guard !Task.isCancelled else {
        output.stop()
        return nil
      }
      try await output.finish()
      return nil
    } catch {
      // What came is heard to its end, and Esc ends that too.
      if error.isOfAnswer, !Task.isCancelled { await output.hearRest() } else { output.stop() }
      return error
    }
  }
}
