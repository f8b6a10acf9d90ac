import Audio
import Testing

/// What players say when they end, as the programs of Debian 12 say it, with and without a device.
@Suite struct PlayerTests {
  struct Ending: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let status: Int32
    let errors: String
    /// What is told as the reason; nil where the sound was heard.
    let reason: String?
  }

  private static let alsa = """
    ALSA lib confmisc.c:855:(parse_card) cannot find card '0'
    ALSA lib conf.c:5180:(_snd_config_evaluate) function snd_func_card_inum returned error: No such file or directory
    ALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM default

    """

  private static let endings = [
    Ending(
      testDescription: "ffplay without a device ends with 0", status: 0,
      errors: alsa
        + "No more combinations to try, audio open failed\nFailed to open file 'pipe:' or configure filtergraph\n",
      reason: "No more combinations to try, audio open failed"),
    Ending(
      testDescription: "SoX without a device", status: 1,
      errors: alsa + "play FAIL sox: Sorry, there is no default audio device configured\n",
      reason: "play FAIL sox: Sorry, there is no default audio device configured"),
    Ending(
      testDescription: "aplay without a device", status: 1,
      errors: alsa + "aplay: main:831: audio open error: No such file or directory\n",
      reason: "aplay: main:831: audio open error: No such file or directory"),
    Ending(
      testDescription: "mpv without a device", status: 2,
      errors: "jack server is not running or cannot be started\n" + alsa,
      reason: "ALSA lib pcm.c:2666:(snd_pcm_open_noupdate) Unknown PCM default"),
    Ending(
      testDescription: "pacat without a server", status: 1,
      errors:
        "Connection failure: Connection refused\npa_context_connect() failed: Connection refused\n",
      reason: "pa_context_connect() failed: Connection refused"),
    Ending(testDescription: "killed without a word", status: 137, errors: "", reason: nil),
    Ending(testDescription: "a null sink", status: 0, errors: "", reason: nil),
    Ending(
      testDescription: "a player that tried other devices first", status: 0,
      errors: "jack server is not running or cannot be started\n" + alsa, reason: nil),
    Ending(
      testDescription: "a player that complains and plays", status: 0,
      errors: "ALSA lib pcm.c:8568:(snd_pcm_recover) underrun occurred\n", reason: nil),
  ]

  @Test(arguments: endings) func `What a player says tells whether it was heard`(ending: Ending) {
    let end = PlayerEnding(status: ending.status, errors: Array(ending.errors.utf8))
    #expect(end.isFailure == (ending.status != 0 || ending.reason != nil))
    if end.isFailure { #expect(end.words == ending.reason) }
  }
}
