import ChatAPI
import ChatEngine
import ChatScreen
import Configuration
import Conversation
import Files
import Language

/// Reads what `response_format` is set to outside of the screen's own words.
enum SchemaFile {
  struct Failure: Error, Equatable {
    var phrase: Phrase
  }

  /// The format of a JSON Schema in a file, whose path may begin with `~`.
  static func format(
    at path: String, in folders: Folders
  ) throws(Failure) -> ResponseFormat {
    let text = String(decoding: try bytes(of: folders.expand(path)), as: UTF8.self)
    do {
      return try ResponseFormat(schema: text, path: path)
    } catch {
      throw Failure(phrase: error.phrase(path: path))
    }
  }

  private static func bytes(of path: String) throws(Failure) -> [UInt8] {
    do throws(FileError) {
      return try SmallFile.bytes(of: path, atMost: 16_000_000)
    } catch {
      guard error.isMissing else {
        throw Failure(phrase: ConfigurationError.unreadable(path: path, code: error.code).phrase)
      }
      throw Failure(
        phrase: say("response_format is text, json or a file; there is no file \(path) to read."))
    }
  }
}

extension ScreenEffectRunner {
  /// Reads a schema and posts what it asks for.
  func readSchema(at path: String) {
    do throws(SchemaFile.Failure) {
      post(.program(.schema(try SchemaFile.format(at: path, in: installation.folders))))
    } catch {
      post(.program(.schemaFailed(error.phrase)))
    }
  }
}

extension Installation {
  /// Takes over the file that `response_format` names, of the command line or of the configuration.
  ///
  /// One of the configuration that cannot be used is a mistake like others of it; one that was just
  /// typed is an error.
  mutating func readSchemas() throws(ConfigurationError) {
    if let path = configuration.schemaFile {
      do throws(SchemaFile.Failure) {
        configuration.parameters.responseFormat = try SchemaFile.format(at: path, in: folders)
      } catch {
        mistakes.append(error.phrase)
      }
    }
    guard let path = invocation.schemaFile else { return }
    do throws(SchemaFile.Failure) {
      invocation.options.parameters.responseFormat = try SchemaFile.format(at: path, in: folders)
    } catch {
      throw .unusable(error.phrase)
    }
  }
}
