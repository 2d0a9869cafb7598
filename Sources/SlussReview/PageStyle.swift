/// How the pages look: on a screen of any width, on paper, and without colours.
enum PageStyle {
    /// Contrast of text to background is 7:1 or more everywhere, of bars 7:1.
    static let css = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 60rem; padding: 1.5rem 1rem 3rem; background: #fff;
          color: #1b1b1b; font: 1rem/1.5 system-ui, "Segoe UI", "Noto Sans", sans-serif; }
        h1, h2, h3 { line-height: 1.25; color: #123c5a; }
        h1 { font-size: 1.75rem; margin: 0; }
        h2 { font-size: 1.25rem; margin: 2rem 0 .5rem; padding-top: .75rem;
          border-top: 2px solid #123c5a; }
        h3 { font-size: 1.05rem; margin: 0 0 .25rem; }
        p { margin: .5rem 0; max-width: 70ch; overflow-wrap: anywhere; }
        .subtitle { font-weight: 600; }
        .note, .about { color: #444; }
        dl { margin: .5rem 0; }
        dl div { display: grid; grid-template-columns: minmax(10rem, 2fr) 3fr; gap: 0 1rem;
          padding: .3rem 0; border-bottom: 1px solid #c9c9c9; }
        dt { font-weight: 600; }
        dd { margin: 0; overflow-wrap: anywhere; }
        .scroll { overflow-x: auto; margin: .75rem 0 1.25rem; }
        .scroll:focus-visible { outline: 3px solid #123c5a; outline-offset: 2px; }
        table { border-collapse: collapse; width: 100%; }
        caption { text-align: left; font-weight: 600; padding: .25rem 0; }
        th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0;
          border-bottom: 1px solid #c9c9c9; }
        td { overflow-wrap: break-word; }
        .short { white-space: nowrap; }
        td:not(.short, .number) { min-width: 9rem; }
        .few { width: auto; min-width: 22rem; }
        thead th { border-bottom: 2px solid #1b1b1b; vertical-align: bottom; }
        tbody th { font-weight: 400; }
        .number { text-align: right; font-variant-numeric: tabular-nums; }
        article { border-left: 4px solid #123c5a; padding: .1rem 0 .1rem .9rem;
          margin: 1rem 0; break-inside: avoid; }
        figure { margin: .75rem 0 0; break-inside: avoid; }
        figcaption { font-weight: 600; }
        svg { width: 100%; max-width: 44rem; height: auto; }
        svg text { font: 14px system-ui, "Segoe UI", "Noto Sans", sans-serif; fill: #1b1b1b; }
        svg rect { fill: #184f76; }
        svg .axis { stroke: #1b1b1b; }
        @media (max-width: 34rem) { dl div { grid-template-columns: 1fr; } }
        @media (forced-colors: active) { svg rect { fill: CanvasText; }
          svg text { fill: CanvasText; } svg .axis { stroke: CanvasText; } }
        @page { size: A4; margin: 12mm 15mm; }
        @media print {
          body { max-width: none; padding: 0; font-size: 10pt; line-height: 1.35; }
          h1 { font-size: 18pt; }
          h2 { margin-top: 1rem; padding-top: .4rem; }
          th, td { padding-top: .2rem; padding-bottom: .2rem; }
          td:not(.short, .number) { min-width: 0; }
          article { margin: .6rem 0; }
          .scroll { margin: .4rem 0 .6rem; }
          svg { max-width: 30rem; }
          h2, h3, caption, figcaption { break-after: avoid; }
          tr { break-inside: avoid; }
          caption, thead, thead tr { break-after: avoid; }
          tbody tr:first-child { break-before: avoid; }
          thead { display: table-header-group; }
          .scroll { overflow: visible; }
          h1, h2, h3 { color: #000; }
          svg rect { print-color-adjust: exact; }
        }
        """
}
