/// The look of an exported page: readable, in light and in dark, on paper too.
enum PageStyle {
  static let sheet = """
    :root { color-scheme: light dark; --ink: #1f2328; --page: #fdfdfb; --soft: #62656a;
      --line: #dddcd6; --well: #f3f2ed; --user: #1a5fb4; }
    @media (prefers-color-scheme: dark) {
      :root { --ink: #e6e6e3; --page: #191a1c; --soft: #a3a5a9; --line: #36383c;
        --well: #242629; --user: #8ab6f0; }
    }
    body { margin: 0; background: var(--page); color: var(--ink);
      font: 1rem/1.6 system-ui, "Noto Sans", "Noto Sans CJK SC", sans-serif; }
    main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.2rem 4rem; }
    h1 { font-size: 1.5rem; line-height: 1.3; margin: 0 0 .3rem; }
    article { border-top: 1px solid var(--line); padding: .9rem 0 .6rem; }
    article > h2 { font-size: .85rem; margin: 0 0 .4rem; color: var(--soft); }
    article.user > h2 { color: var(--user); }
    time { color: var(--soft); font-weight: normal; float: right; font-variant-numeric: tabular-nums; }
    .plain { white-space: pre-wrap; overflow-wrap: anywhere; margin: .3rem 0; }
    .note, figcaption { color: var(--soft); font-size: .85rem; margin: .3rem 0; }
    figure { margin: .6rem 0; }
    img { max-width: 100%; max-height: 40rem; border-radius: .3rem; }
    pre { background: var(--well); padding: .7rem .9rem; border-radius: .3rem; overflow-x: auto; }
    code { font: .9em ui-monospace, "Noto Sans Mono", monospace; }
    :not(pre) > code { background: var(--well); padding: .1em .3em; border-radius: .2rem; }
    blockquote { margin: .6rem 0; padding-left: .9rem; border-left: 3px solid var(--line);
      color: var(--soft); }
    table { border-collapse: collapse; display: block; overflow-x: auto; }
    th, td { border: 1px solid var(--line); padding: .25rem .6rem; }
    a { color: var(--user); overflow-wrap: anywhere; }
    @media print { time { float: none; } article { break-inside: avoid-page; } }
    """
}
