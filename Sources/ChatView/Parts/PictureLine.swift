import ChatEngine
import ChatScreen
import Conversation
import ModelCatalog

/// How a picture is named in one line, behind its own name.
enum PictureLine {
  /// `1536×1024 high 765 tok`, or the detail alone for a URL.
  static func figures(_ reference: PictureReference, _ state: ChatState) -> String {
    guard let stored = reference.stored else { return reference.detail.rawValue }
    let estimate = state.tokens(of: reference)
    let tokens = estimate == .unknown ? "" : " " + estimate.text
    return "\(stored.size) \(reference.detail.rawValue)\(tokens)"
  }
}
