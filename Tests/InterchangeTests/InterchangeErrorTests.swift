import Files
import Foundation
import Interchange
import Language
import Testing

@Suite struct InterchangeErrorTests {
  @Test(arguments: [
    (
      InterchangeError.unwritable(FileError(code: ENOSPC, path: "a.md")),
      "The disk is full: a.md was not written. Free some space, then try again."
    ),
    (
      .unwritable(FileError(code: EDQUOT, path: "a.md")),
      "Your disk quota is used up: a.md was not written. Remove some files, then try again."
    ),
    (
      .unwritable(FileError(code: EFBIG, path: "a.md")),
      "a.md was not written: files may not be so large here (ulimit -f). Raise that limit, then try again."
    ),
    (
      .unwritable(FileError(code: EACCES, path: "a.md")),
      "a.md cannot be written: Permission denied. Choose another place."
    ),
    (
      .unreadable(FileError(code: ENOENT, path: "a.md")),
      "a.md cannot be read: No such file or directory. Check the path."
    ),
    (
      .unknownEnding(path: "a.txt"),
      "a.txt tells no format. End the name in .json, .iris.json, .md, .html or .sh."
    ),
    (
      .unknownFormat(path: "a"),
      "a is no conversation that Iris can read. It reads exports of Iris, OpenAI, ChatGPT, Claude, Open WebUI, LibreChat, aichat, llm, gptme and oterm."
    ),
    (
      .malformed(path: "a", place: "line 2"),
      "a is damaged (line 2). Export it again."
    ),
    (
      .newer(path: "a"), "a was written by a newer Iris. Update this one, then try again."
    ),
    (
      .nothingInside(path: "a"), "a holds no messages. Check that it is the right file."
    ),
    (
      .exists(path: "a.md"),
      "a.md exists, and nothing was written. Choose another name, or add --force."
    ),
    (
      .unreadable(FileError(code: FileError.notOrdinary, path: "/dev/zero")),
      "/dev/zero is a pipe or a device. Write what it gives to a file, and read that."
    ),
    (
      .tooLarge(path: "a"),
      "a holds one value of more than 512 MiB, which is not read. Split it into several files."
    ),
    (
      InterchangeError(.locked(name: "b"), at: "a.zip"),
      "b in a.zip needs a password. Unpack the archive, and import its folder."
    ),
    (
      InterchangeError(.bomb(name: "b"), at: "a.zip"),
      "b in a.zip grows more than two hundred times when it is unpacked, as no export does. Unpack it yourself if you trust it, and import its folder."
    ),
    (
      InterchangeError(.noLibrary, at: "a.zip"),
      "a.zip cannot be opened without libzip. Install libzip (apt install libzip4), or unpack it and import its folder."
    ),
    (
      InterchangeError(.unsupported(name: "b"), at: "a.zip"),
      "b in a.zip is compressed in a way that libzip does not know. Unpack the archive, and import its folder."
    ),
    (.stopped, "The import was stopped. Read the file again to go on: nothing comes in twice."),
  ])
  func `Every error says what happened and what to do`(
    _ row: (error: InterchangeError, sentence: String)
  ) {
    #expect(row.error.phrase.text() == row.sentence)
  }
}
