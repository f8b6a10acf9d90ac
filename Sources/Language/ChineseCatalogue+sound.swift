extension ChineseCatalogue {
  /// Sentences about sound, what is said and heard, and vectors.
  static let sound: [String: String] = [
    "%@ %@ tokens, %@.": "%@%@  个 token，%@。",
    "%@ %@ tokens.": "%@%@  个 token。",
    "%@ answered with something else than vectors: check the server and the model.":
      "%@ 的回答不是向量：请检查服务器和模型。",
    "%@ answered with something that is no sound: check the server and the model.":
      "%@ 的回答不是声音：请检查服务器和模型。",
    "%@ cannot be read: %@. Check the path and the rights of the file.":
      "无法读取 %@：%@。请检查路径和文件权限。",
    "%@ cannot be written: %@. Name another file, or make room.":
      "无法写入 %@：%@。请指定另一个文件，或腾出空间。",
    "%@ does not speak: name a server that does as speech_server in config.yaml.":
      "%@ 不会朗读：请在 config.yaml 的 speech_server 中指定会朗读的服务器。",
    "%@ ends on %@. Choose another before that day, such as %@.":
      "%@ 将于 %@ 停用。请在此之前改用其他模型，例如 %@。",
    "%@ ends on %@. Choose another model before that day.":
      "%@ 将于 %@ 停用。请在此之前改用其他模型。",
    "%@ gave a vector that is all zeros or has a number that is none. It is not used; try another model.":
      "%@ 给出的向量全为零，或含有非数字。未使用它；请换一个模型。",
    "%@ is %@, which servers do not take. Install ffmpeg, by which Iris converts it.":
      "%@ 是 %@，服务器不接受。请安装 ffmpeg，Iris 用它来转换。",
    "%@ is named like sound and holds none. The file may be damaged: record or convert it anew.":
      "%@ 的名字像声音文件，里面却没有声音。文件可能已损坏：请重新录制或转换。",
    "Nothing tells how long %@ is: the times behind it are guessed from its last words (≈). Convert it first, for example to wav.":
      "无从得知 %@ 的长度：其后的时间按它最后的话推测（≈）。请先转换它，例如转为 wav。",
    "%@ gave vectors of %@ numbers where %@ were asked for. Leave out --dimensions, or try another model.":
      "%@ 给出的向量有 %@ 个数，而要求的是 %@ 个。请去掉 --dimensions，或换一个模型。",
    "%@ gave vectors of %@ numbers where %@ were asked for. None is put into the index; leave out --dimensions, or try another model.":
      "%@ 给出的向量有 %@ 个数，而要求的是 %@ 个。未放入索引；请去掉 --dimensions，或换一个模型。",
    "%@ The translation is not whole. Name another model as model in config.yaml.":
      "%@译文不完整。请在 config.yaml 的 model 中指定另一个模型。",
    "What came of the translation is in %@, which is not whole.": "收到的译文在 %@，它不完整。",
    "%@ has %@, more than the %@ that a server takes. Install ffmpeg, by which Iris cuts it.":
      "%@ 有 %@，超过服务器接受的 %@。请安装 ffmpeg，Iris 用它来切分。",
    "%@ has no %@: name a server that hears as transcription_server in config.yaml.":
      "%@ 没有 %@：请在 config.yaml 的 transcription_server 中指定会听写的服务器。",
    "%@ hears %@ s with %@, %@.": "%@ 用 %3 听写 %2 秒，%4。",
    "%@ holds no sound. Record it again.": "%@ 中没有声音。请重新录音。",
    "%@ is cut at silences, and heard in pieces: %@.": "%@ 在静音处切分，分段听写：%@ 段。",
    "%@ is no form of sound that is spoken: take mp3, opus, aac, flac, wav or pcm.":
      "%@ 不是可朗读的声音格式：请用 mp3、opus、aac、flac、wav 或 pcm。",
    "%@ is no sound that servers take. Give them wav, mp3, flac, ogg, m4a or webm, as ffmpeg makes it.":
      "%@ 不是服务器接受的声音。请给出 wav、mp3、flac、ogg、m4a 或 webm，可用 ffmpeg 转换。",
    "%@ is not UTF-8 text. Convert it first, for example with iconv or pdftotext.":
      "%@ 不是 UTF-8 文本。请先转换，例如用 iconv 或 pdftotext。",
    "%@ makes no vectors: name a server that does as embedding_server in config.yaml.":
      "%@ 不生成向量：请在 config.yaml 的 embedding_server 中指定能生成的服务器。",
    "%@ makes vectors with %@: ≈%@ tokens, ≈%@.": "%@ 用 %@ 生成向量：≈%@  个 token，≈%@。",
    "%@ sent no sound at all: try again.": "%@ 没有发来任何声音：请重试。",
    "%@ sent what is no transcript: check the server and the model.":
      "%@ 发来的不是听写文本：请检查服务器和模型。",
    "%@ speaks %@ with %@, ≈%@.": "%@ 用 %3 朗读%2，≈%4。",
    "%@ tells no times: those of %@ are estimated (≈).": "%@ 不给出时间：%@ 的时间是估算的（≈）。",
    "%@ tells no times, and ffmpeg not how long %@ is: its times are guessed from the words (≈). The file may be damaged; convert it first.":
      "%@ 不给出时间，ffmpeg 也无从得知 %@ 的长度：时间按文字推测（≈）。文件可能已损坏，请先转换。",
    "%@ tells no times, and nothing how long %@ is: its times are guessed from the words (≈). Install ffmpeg, which tells the length.":
      "%@ 不给出时间，也无从得知 %@ 的长度：时间按文字推测（≈）。请安装 ffmpeg 以得知长度。",
    "%@ was sent texts: %@, and gave vectors: %@. None of them is used; try again.":
      "向 %@ 发送了 %@ 段文本，得到 %@ 个向量。全部未使用；请重试。",
    "%@: texts added: %@, there before: %@, taken away: %@.":
      "%@：新增文本 %@，原有 %@，移除 %@。",
    "The recording is kept in %@. Write it down: iris transcribe %@":
      "录音保存在 %@。转写它：iris transcribe %@",
    "%@ The recording is kept in %@.": "%@录音保存在 %@。",
    "--format takes text, json, srt or vtt, not %@.": "--format 应为 text、json、srt 或 vtt，而非 %@。",
    "No model for vectors is known of %@. Name one: --model, or embedding_model.":
      "不知道 %@ 有什么向量模型。请用 --model 或 embedding_model 指定。",
    "No model that hears is known of %@. Name one: --model, or transcription_model.":
      "不知道 %@ 有什么听写模型。请用 --model 或 transcription_model 指定。",
    "No model that speaks is known of %@. Name one: --model, or speech_model.":
      "不知道 %@ 有什么朗读模型。请用 --model 或 speech_model 指定。",
    "No player of sound is installed. Install mpv, or name one as player in config.yaml; iris speak -o FILE writes a file.":
      "没有安装声音播放器。请安装 mpv，或在 config.yaml 的 player 中指定；iris speak -o FILE 可写入文件。",
    "No model for vectors is known of %@. Name one as embedding_model in config.yaml.":
      "不知道 %@ 有什么向量模型。请在 config.yaml 的 embedding_model 中指定。",
    "No model that hears is known of %@. Name one as transcription_model in config.yaml.":
      "不知道 %@ 有什么听写模型。请在 config.yaml 的 transcription_model 中指定。",
    "No model that speaks is known of %@. Name one as speech_model in config.yaml.":
      "不知道 %@ 有什么朗读模型。请在 config.yaml 的 speech_model 中指定。",
    "%@ The voices of %@: %@.": "%@%@ 的声音：%@。",
    "%@ does not tell which voices it has. /voice NAME takes any of them.":
      "%@ 不告诉有哪些声音。/voice NAME 可选用其中任何一个。",
    "%@ The voice is %@ again.": "%@声音改回 %@。",
    "--speed takes a number from 0.25 to 4, not %@.": "--speed 应为 0.25 到 4 之间的数，而非 %@。",
    "--dimensions takes a whole number from 1 to 16384, not %@.":
      "--dimensions 应为 1 到 16384 之间的整数，而非 %@。",
    "--json goes with --list.": "--json 要与 --list 一起使用。",
    "-n takes a whole number from 1 to 1000, not %@.": "-n 应为 1 到 1000 之间的整数，而非 %@。",
    "No recorder is installed. Install alsa-utils, sox or ffmpeg, or name one as recorder.":
      "没有安装录音程序。请安装 alsa-utils、sox 或 ffmpeg，或在 recorder 中指定。",
    "Sound is no text. Send it to a file or a pipe: -o FILE": "声音不是文本。请发往文件或管道：-o FILE",
    "The answer of %@ broke off before its end. Try again.": "%@ 的回答没有到头就中断了。请重试。",
    "The index %@ was made by %@ at %@. Leave out --model and --dimensions, or name another index.":
      "索引 %@ 由 %3 的 %2 生成。请去掉 --model 和 --dimensions，或指定另一个索引。",
    "The index %@ was made by %@, which no server of config.yaml is. Name it there.":
      "索引 %@ 由 %@ 生成，config.yaml 中没有此服务器。请在其中写明。",
    "The indexes in %@ cannot be used: %@. Free the disk or move the file away.":
      "%@ 中的索引无法使用：%@。请腾出磁盘空间，或移走该文件。",
    "The indexing was stopped.": "建立索引已停止。",
    "The player %@ failed (%@): %@.": "播放器 %@ 失败（%@）：%@。",
    "The player %@ failed (%@).": "播放器 %@ 失败（%@）。",
    "The player %@ played nothing: %@.": "播放器 %@ 没有播放出声音：%@。",
    "The player %@ ended before the sound did.": "播放器 %@ 在声音结束之前就退出了。",
    "%@ Over ssh there is mostly no sound: iris speak -o FILE writes it to a file.":
      "%@通过 ssh 通常没有声音：iris speak -o FILE 可写入文件。",
    "%@ The sound is in %@. Over ssh there is mostly none: iris speak -o FILE writes it to a file.":
      "%@声音保存在 %@。通过 ssh 通常没有声音：iris speak -o FILE 可写入文件。",
    "The recorder %@ gave no sound: %@. Check that a microphone is connected.":
      "录音程序 %@ 没有录到声音：%@。请检查麦克风是否已连接。",
    "The sound was stopped.": "声音已停止。",
    "The text needs more than one request, and pieces of %@ cannot be joined. Install ffmpeg, or ask for wav, mp3, opus, aac or pcm.":
      "文本需要多次请求，而 %@ 的片段无法拼接。请安装 ffmpeg，或用 wav、mp3、opus、aac 或 pcm。",
    "The text came in pieces of %@ and of %@, which cannot be joined. Install ffmpeg, by which Iris joins them.":
      "文本的片段有的是 %@，有的是 %@，无法拼接。请安装 ffmpeg，Iris 用它来拼接。",
    "The text came in pieces of %@ and of %@, which cannot be joined, and are in %@. Install ffmpeg, by which Iris joins them.":
      "文本的片段有的是 %@，有的是 %@，无法拼接，保存在 %@。请安装 ffmpeg，Iris 用它来拼接。",
    "The text came in pieces of a %@ that cannot be joined. Install ffmpeg, by which Iris joins them.":
      "文本的片段是无法拼接的 %@。请安装 ffmpeg，Iris 用它来拼接。",
    "There is no room in %@ for the pieces of %@. Make room there.":
      "%@ 中没有空间存放 %@ 的片段。请在那里腾出空间。",
    "No installed player plays %@. Install mpv or ffmpeg.":
      "已安装的播放器都不能播放 %@。请安装 mpv 或 ffmpeg。",
    "%@ The sound is in %@.": "%@声音保存在 %@。",
    "No words were heard in %@, so nothing was sent. Ask a model that hears sound, or leave the recording out (/forget).":
      "在 %@ 中没有听到话语，因此什么也没有发送。请改用能听声音的模型，或略去该录音（/forget）。",
    "No words were heard in %@. Check that it holds speech, and name its language: --language":
      "在 %@ 中没有听到话语。请确认其中有人说话，并用 --language 指定语言。",
    "%@ cannot be converted: there is no room in %@. Make room there.":
      "无法转换 %@：%@ 中没有空间。请在那里腾出空间。",
    "ffmpeg cannot make %@: %@. Ask for wav.": "ffmpeg 无法生成 %@：%@。请用 wav。",
    "%@ sent %@, and %@ holds that. Install ffmpeg, by which Iris makes %@ of it.":
      "%1 发来的是 %2，%3 中就是它。请安装 ffmpeg，Iris 用它转成 %4。",
    "The vectors of %@ have %@ numbers, and the server now gives %@. Take the index away, and make it anew: iris embed --remove '%@'":
      "%@ 的向量有 %@ 个数，而服务器现在给出 %@ 个。请移除该索引再重新建立：iris embed --remove '%@'",
    "The voice %@ is made by AI: whoever listens is to be told.":
      "声音 %@ 由人工智能生成：应告知听者。",
    "There is no file. Name some: iris embed --index NAME FILE…":
      "没有文件。请指定：iris embed --index NAME FILE…",
    "There is no index named %@. iris embed --list shows those there are.":
      "没有名为 %@ 的索引。iris embed --list 会列出已有的。",
    "There is no text to be spoken. Give one, or pipe it in.": "没有要朗读的文本。请给出文本，或从管道输入。",
    "There is no text. Give one, or pipe it in.": "没有文本。请给出文本，或从管道输入。",
    "Times are not kept by a translation into %@. Take --format text or json.":
      "译成 %@ 时不保留时间。请用 --format text 或 json。",
    "a number from 0.25 to 4": "0.25 到 4 之间的数",
    "a text spoken: played as it comes, or written as mp3, opus, aac, flac, wav or pcm":
      "朗读文本：随到随播，或写成 mp3、opus、aac、flac、wav 或 pcm",
    "f32 is no text. Send it to a file or a pipe: > FILE": "f32 不是文本。请发往文件或管道：> FILE",
    "ffmpeg cannot cut %@: %@. The file may be damaged; convert it first.":
      "ffmpeg 无法切分 %@：%@。文件可能已损坏；请先转换。",
    "files put into an index: pieces, or lines, that are new get vectors, those gone go":
      "把文件放入索引：新的段落或行得到向量，消失的被移除",
    "recordings written down as text, json, srt or vtt; `--to` translates":
      "把录音写成 text、json、srt 或 vtt；`--to` 翻译",
    "the indexes; one taken away": "索引列表；移除其中一个",
    "the texts of an index nearest to a text; without one, to each line of the pipe":
      "索引中与文本最接近的文本；不给文本时，与管道的每一行比较",
    "vectors of texts, a JSON object a line, or bare floats":
      "文本的向量，每行一个 JSON 对象，或裸浮点数",
    "What came is in %@, which is not whole.": "已到达的内容在 %@ 中，该文件不完整。",
    "What was heard is in %@, and is not translated.": "听到的内容在 %@ 中，未经翻译。",
    "No model that translates is chosen. Name one as model in config.yaml.":
      "没有选定用于翻译的模型。请在 config.yaml 的 model 中指定。",
    "%@ gave no translation. Name another model as model in config.yaml.":
      "%@ 没有给出译文。请在 config.yaml 的 model 中换一个模型。",
    "The text is too long for %@: have a shorter one spoken.": "文本对 %@ 来说太长：请朗读较短的文本。",
    "The recording is too large for %@: make it smaller, for example an mp3 of it with ffmpeg, or cut it.":
      "录音对 %@ 来说太大：请将其缩小，例如用 ffmpeg 转成 mp3，或切分它。",
    "A text is too large for %@: cut it, or add --lines.":
      "有一段文本对 %@ 来说太大：请切分它，或加上 --lines。",
    "%@ gave vectors whose numbers are not those of the texts. None of them is used; try again.":
      "%@ 给出的向量编号与文本不符，均未使用；请重试。",
    "%@ gave vectors of %@ numbers and of %@. They are not used; try another model.":
      "%@ 给出的向量有的是 %@ 个数，有的是 %@ 个，均未使用；请换一个模型。",
    "Another program took the index %@ away meanwhile. Start again, and it is made anew.":
      "其间另一个程序移除了索引 %@。请重新开始，它会重新建立。",
    "The indexes in %@ are damaged: %@. Move the file away; iris embed --index makes them anew.":
      "%@ 中的索引已损坏：%@。请移走该文件；iris embed --index 会重新建立。",
    "The index %@ holds no texts. iris embed --index NAME FILE puts some in.":
      "索引 %@ 中没有文本。iris embed --index NAME FILE 可放入文本。",
    "An index needs a name. Give one: iris embed --index NAME FILE…":
      "索引需要名称。请给出：iris embed --index NAME FILE…",
    "-o names no file. Give a name, or - for standard output.":
      "-o 没有指明文件。请给出文件名，或用 - 表示标准输出。",
    "A table, rows: %@.": "表格，行数：%@。",
    "Code, lines: %@.": "代码，行数：%@。",
    "a link": "链接",
    "Another program puts texts into the indexes: waiting for it.": "另一个程序正在向索引添加文本：等待中。",
    "1 vector": "1 个向量",
    "%@ vectors": "%@ 个向量",
    "%@ min of sound": "%@ 分钟声音",
    "What it cost is not noted: %@": "费用未能记下：%@",
    "%@ Make them?": "%@要生成吗？",
    "Stopped. /search ~TEXT goes on where it was.": "已停止。/search ~TEXT 会从此处继续。",
    "Vectors: %@ of %@. Esc stops.": "向量：%@ / %@。Esc 停止。",
    "No conversation has anything to search yet.": "还没有可搜索的对话。",
    "Messages about “%@”, nearest first": "与“%@”有关的消息，最相近的在前",
    "%@ get vectors by %@ at %@: ≈%@ tokens": "%1 将由 %3 的 %2 生成向量：≈%4 个 token",
    "%@, ≈%@.": "%1，≈%2。",
    "%@.": "%@。",
    "as sound": "作为声音发送",
    "as its transcript": "作为文字记录发送",
    "The model at %@ takes no sound: its transcript goes from now on.":
      "%@ 的模型不接受声音：以后发送文字记录。",
    "%@ has %@, more than a request takes. Attach its text: iris transcribe FILE -o FILE.txt":
      "%1 有 %2，超过一个请求的上限。请附上其文字：iris transcribe FILE -o FILE.txt",
    "Models hear wav and mp3, and %@ is neither. Install ffmpeg, by which Iris converts it.":
      "模型能听 wav 和 mp3，而 %@ 都不是。请安装 ffmpeg，Iris 用它来转换。",
    "%@ at %@ transcribes it when it is sent.": "发送时由 %2 的 %1 转成文字。",
    "%@ at %@ transcribes it when it is sent: ≈%@.": "发送时由 %2 的 %1 转成文字：≈%3。",
    "ffmpeg cannot convert %@: %@. Convert it to mp3.": "ffmpeg 无法转换 %1：%2。请自行转成 mp3。",
    "%@ cannot be converted: %@ cannot be written (%@). Make room there.":
      "无法转换 %@：无法写入 %@（%@）。请在那里腾出空间。",
    "Each reply is read aloud as it comes. /speak off ends it.": "每个回复随到随读。/speak off 关闭。",
    "Replies are not read aloud any more.": "不再朗读回复。",
    "There is no reply to speak yet.": "还没有可以朗读的回复。",
    "Voices of %@": "%@ 的声音",
    "The voice is %@.": "声音是 %@。",
    "This is the voice %@.": "这是声音 %@。",
    "The recording was thrown away. /listen begins anew.": "录音已丢弃。/listen 重新开始。",
    "Nothing was heard. /listen records again.": "什么也没听到。/listen 重新录音。",
    "Sound": "声音",
    "reads a message aloud: the last reply, the Nth message, or each reply as it comes":
      "朗读消息：最近的回复、第 N 条消息，或随到的每个回复",
    "chooses who speaks, and lets the voice be heard; without a name, from a list":
      "选择由谁朗读并试听；不给名称时从列表中选",
    "records what you say until Enter, and puts the words where the cursor is":
      "录下你说的话直到按 Enter，并把文字放在光标处",
    "speaking, Esc stops": "正在朗读，Esc 停止",
    "recording %@ s %@ Enter ends, Esc drops": "录音 %@ 秒 %@ Enter 结束，Esc 丢弃",
    "starting the recorder, Esc drops it": "正在启动录音程序，Esc 丢弃",
    "Nothing was recorded. /listen records again.": "什么也没录到。/listen 重新录音。",
    "writing down what was said, Esc drops it": "正在写下所说的话，Esc 丢弃",
    "That message has no words to be spoken.": "该消息没有可朗读的文字。",
  ]
}
