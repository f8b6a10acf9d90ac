import Conversation
import ConversationStore
import Language
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct StoreErrorTests {
  struct Case: CustomTestStringConvertible, Sendable {
    var error: StoreError
    var sentence: String
    var testDescription: String { sentence }
  }

  static let cause = StoreError.Cause(path: "/d/iris.sqlite", code: 5, message: "it broke")

  @Test(arguments: [
    Case(
      error: .full(cause),
      sentence: "The disk is full: /d/iris.sqlite cannot grow. Free some space, then try again."),
    Case(
      error: .full(.init(path: "/d/iris.sqlite", code: EDQUOT, message: "")),
      sentence:
        "Your disk quota is used up: /d/iris.sqlite cannot grow. Remove some files, then try again."
    ),
    Case(
      error: .full(.init(path: "/d/iris.sqlite", code: EFBIG, message: "")),
      sentence:
        "/d/iris.sqlite is as large as files may be here (ulimit -f). Raise that limit, then try again."
    ),
    Case(
      error: .readOnly(cause),
      sentence:
        "/d/iris.sqlite cannot be written (it broke). Change its permissions, or set XDG_DATA_HOME to another folder."
    ),
    Case(
      error: .gone(path: "/d/iris.sqlite"),
      sentence:
        "The store was moved or removed while Iris used it: /d/iris.sqlite is a new one, with what is in memory. Put the old one back when no Iris runs."
    ),
    Case(
      error: .locked(cause),
      sentence:
        "Another program has locked /d/iris.sqlite. Close that program, then try again."),
    Case(
      error: .damaged(cause),
      sentence:
        "/d/iris.sqlite is damaged (it broke). Close every Iris and start one: it sets the file aside and keeps what can be read."
    ),
    Case(
      error: .failed(cause),
      sentence: "/d/iris.sqlite failed: it broke (5). Check the disk, then try again."),
    Case(
      error: .newer(path: "/d/iris.sqlite"),
      sentence:
        "/d/iris.sqlite was written by a newer Iris. Update this one, or set XDG_DATA_HOME to another folder."
    ),
    Case(
      error: .olderInUse(path: "/d/iris.sqlite"),
      sentence:
        "/d/iris.sqlite is to be brought to this version's form, and another Iris has it open. Close that one, then start this one again."
    ),
    Case(
      error: .notFound("trip"),
      sentence: "There is no conversation named “trip”. /list shows those there are."),
    Case(
      error: .empty,
      sentence: "No conversation is stored yet. Write a message to begin one."),
    Case(
      error: .nameTaken("trip"),
      sentence:
        "Another conversation is named “trip”. Choose another name, or rename that one."),
    Case(
      error: .unknownMessage(MessageID(rawValue: 1)),
      sentence: "The message is no longer in the store. Open the conversation again."),
    Case(
      error: .duplicate(1),
      sentence: "Something else was stored under the same number. Try again."),
    Case(
      error: .foreign(path: "/p"),
      sentence: "/p is a database of another kind. Iris reads its own, and logs.db of llm."),
    Case(
      error: .pictureDamaged(path: "/p", isMissing: true),
      sentence:
        "The picture /p is missing. Attach it again, or leave it out with /forget."),
    Case(
      error: .pictureDamaged(path: "/p", isMissing: false),
      sentence:
        "The picture /p is damaged. Attach it again, or leave it out with /forget."),
  ])
  func `Every error says what happened and what to do`(_ row: Case) {
    #expect(row.error.phrase.text() == row.sentence)
  }
}
