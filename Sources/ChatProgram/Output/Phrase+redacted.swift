import Language
import Secrets

extension Phrase {
  /// The sentence without the secrets that the process knows: what the screen shows passes here last.
  var redacted: Phrase {
    let redaction = KnownSecrets.ofProcess.redaction
    return redaction.isEmpty ? self : redacted(by: redaction)
  }

  private func redacted(by redaction: Redaction) -> Phrase {
    Phrase(
      key: key,
      arguments: arguments.map { argument in
        switch argument {
        case .text(let text): .text(redaction.redacting(text))
        case .phrase(let phrase): .phrase(phrase.redacted(by: redaction))
        }
      })
  }
}
