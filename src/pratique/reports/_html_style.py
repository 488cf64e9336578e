"""
Hold the style sheet of the HTML report: a constant, so that its hash never changes.

The page's security policy allows exactly this one and the script of ``_html_script``; no request
leaves the page, whatever the names in it say. Colours keep a contrast of 4.5 to 1 for text and 3 to
1 for shapes, light and dark (WCAG 2.2, 1.4.3 and 1.4.11); nothing is said by colour only.
"""

STYLE = """\
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #59636e; --line: #d1d9e0;
  --paper: #fff; --panel: #f6f8fa; --raised: #fff; --link: #0550ae; --good: #116329; --bad: #a40e26;
  --doubt: #7d4e00; --critical: #82071e; --high: #bc4c00; --medium: #7d4e00; --low: #0a5c78;
  --negligible: #59636e; --unknown: #6639ba; --base: #6e7781; --app: #0969da; --whole: #9a6700; --none: #8c959f; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9198a1; --line: #3d444d;
  --paper: #0d1117; --panel: #151b23; --raised: #1c232c; --link: #79c0ff; --good: #56d364;
  --bad: #ff7b72; --doubt: #e3b341; --critical: #ff9492; --high: #f0883e; --medium: #e3b341;
  --low: #76e3ea; --negligible: #9198a1; --unknown: #d2a8ff; --base: #8b949e; --app: #58a6ff; --whole: #d29922;
  --none: #6e7681; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 3.5rem; }
body { margin: 0 auto; max-width: 84rem; padding: 1.25rem 1.5rem 4rem; color: var(--ink);
  background: var(--paper); font: 15px/1.5 system-ui, "Segoe UI", sans-serif; }
.skip { position: absolute; left: -99rem; }
.skip:focus { left: 1rem; top: .5rem; background: var(--paper); padding: .5rem 1rem; z-index: 9; }
header { display: flex; justify-content: space-between; gap: 1rem; flex-wrap: wrap;
  border-bottom: 1px solid var(--line); padding-bottom: .75rem; }
h1 { font-size: 1rem; margin: 0; font-weight: 600; color: var(--faint); }
header nav ul, .facts, .tiles, .reasons, .places { list-style: none; margin: 0; padding: 0; }
header nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .92rem; }
h2 { font-size: 1.6rem; line-height: 1.25; margin: 1.75rem 0 .25rem; overflow-wrap: anywhere; }
h3 { font-size: 1.1rem; margin: 2.25rem 0 .6rem; }
h4 { font-size: .95rem; margin: 0 0 .5rem; }
h3 small, h4 small, summary small { font-weight: 400; color: var(--faint); }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
code, .mono { font: .92em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace;
  overflow-wrap: anywhere; }
p { margin: .25rem 0; }
.faint { color: var(--faint); }
.facts { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .4rem 0; color: var(--faint); }
.card { border: 1px solid var(--line); border-radius: .5rem; background: var(--panel);
  padding: .85rem 1.1rem; margin: .9rem 0; }
.verdict { border-left: .45rem solid currentColor; }
.verdict > * { color: var(--ink); }
.verdict .answer { display: flex; gap: .4rem .9rem; align-items: baseline; flex-wrap: wrap; }
.verdict .answer b { font-size: 1.3rem; letter-spacing: .04em; }
.pass, .allow { color: var(--good); } .fail, .deny { color: var(--bad); }
.undecided, .warn { color: var(--doubt); } .verdict .answer b { color: inherit; }
.verdict.allow .answer b { color: var(--good); } .verdict.deny .answer b { color: var(--bad); }
.verdict.fail .answer b { color: var(--bad); } .verdict.pass .answer b { color: var(--good); }
.verdict.undecided .answer b, .verdict.warn .answer b { color: var(--doubt); }
.reasons { margin-top: .6rem; }
.reasons li { display: grid; grid-template-columns: 6.5rem 1fr; gap: .1rem .75rem;
  padding: .35rem 0; border-top: 1px solid var(--line); }
.reasons li > b { text-transform: uppercase; font-size: .8rem; padding-top: .15rem; }
.reasons small { display: block; color: var(--faint); }
.tiles { display: flex; flex-wrap: wrap; gap: .6rem; margin: 1rem 0; }
.tiles li { border: 1px solid var(--line); border-radius: .5rem; background: var(--panel);
  padding: .35rem .75rem .4rem; min-width: 4.5rem; }
.tiles b { display: block; font-size: 1.35rem; line-height: 1.2; font-variant-numeric: tabular-nums; }
.tiles span { font-size: .88rem; color: var(--faint); }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .negligible { color: var(--negligible); }
.unknown { color: var(--unknown); }
.grade { font-weight: 600; white-space: nowrap; }
.mark { display: inline-block; border: 1px solid currentColor; border-radius: .3rem;
  padding: 0 .35rem; font-size: .78rem; font-weight: 600; white-space: nowrap; }
.charts { display: grid; grid-template-columns: repeat(auto-fill, minmax(19rem, 1fr)); gap: .9rem; }
figure { margin: 0; border: 1px solid var(--line); border-radius: .5rem; background: var(--panel);
  padding: .85rem 1.1rem; }
figcaption { font-weight: 600; font-size: .95rem; margin-bottom: .4rem; }
figure p { font-size: .85rem; color: var(--faint); display: flex; flex-wrap: wrap; gap: .1rem 1rem; }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, sans-serif; fill: var(--ink); }
svg .number { font-weight: 600; } svg .end { text-anchor: end; } svg .mid { text-anchor: middle; }
.fill-base { fill: var(--base); } .fill-app { fill: var(--app); } .fill-whole { fill: var(--whole); }
.fill-none { fill: var(--none); }
.fill-good { fill: var(--good); } .fill-doubt { fill: var(--doubt); } .fill-line { fill: var(--line); }
.fill-critical { fill: var(--critical); } .fill-high { fill: var(--high); }
.fill-medium { fill: var(--medium); } .fill-low { fill: var(--low); }
.fill-negligible { fill: var(--negligible); } .fill-unknown { fill: var(--unknown); }
svg.key { display: inline-block; width: .7rem; height: .7rem; margin-right: .35rem;
  vertical-align: -.05rem; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid
  var(--line); overflow-wrap: anywhere; }
thead th { position: sticky; top: 0; background: var(--paper); font-size: .85rem; color: var(--faint);
  white-space: nowrap; overflow-wrap: normal; z-index: 1; }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: " \\2195"; opacity: .5; }
th[aria-sort=ascending] button::after { content: " \\2191"; opacity: 1; }
th[aria-sort=descending] button::after { content: " \\2193"; opacity: 1; }
tbody th { font-weight: 400; }
tbody tr:hover { background: var(--panel); }
td .title, th .title { display: block; color: var(--faint); font-size: .9rem; }
td[data-label=Installed] { min-width: 8.5rem; }
table[data-sort=findings] th:nth-child(2) { width: 30%; }
table[data-sort=findings] th:nth-child(3) { width: 17%; }
td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { width: 9rem; } .bar svg { height: .9rem; margin-top: .25rem; }
section > section { margin: .9rem 0; }
.verdict details { border: 0; margin: .4rem 0 0; padding: 0; font-size: .92rem; }
.verdict thead th { background: var(--panel); }
details { border-top: 1px solid var(--line); margin-top: 1.25rem; padding-top: .75rem; }
summary { cursor: pointer; font-weight: 600; font-size: 1.1rem; }
.toolbar { display: flex; flex-wrap: wrap; gap: .5rem .75rem; align-items: center; margin: .5rem 0; }
.toolbar input, .toolbar select, .toolbar button, .more { font: inherit; color: inherit;
  background: var(--raised); border: 1px solid var(--line); border-radius: .4rem;
  padding: .3rem .65rem; min-height: 2.1rem; }
.toolbar input { width: min(100%, 18rem); }
.toolbar button, .more { cursor: pointer; }
.toolbar button[aria-pressed=false] { opacity: .55; text-decoration: line-through; }
.toolbar .critical { color: var(--critical); } .toolbar .high { color: var(--high); }
.toolbar .medium { color: var(--medium); } .toolbar .low { color: var(--low); }
.toolbar .unknown { color: var(--unknown); }
.toolbar output { color: var(--faint); font-size: .9rem; }
.gaps { border-color: var(--doubt); }
.gaps ul { margin: .25rem 0; padding-left: 1.25rem; overflow-wrap: anywhere; }
.wanted { border-left: .3rem solid var(--bad); }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line);
  color: var(--faint); font-size: .9rem; }
[hidden], .past { display: none !important; }
@media screen and (max-width: 52rem) {
  body { padding: 1rem 1rem 3rem; }
  .reasons li { grid-template-columns: 1fr; }
  table.rows thead { position: absolute; left: -99rem; }
  table.rows, table.rows tbody, table.rows tr, table.rows td, table.rows tbody th {
    display: block; width: 100%; }
  table.rows tr { padding: .6rem 0; border-bottom: 1px solid var(--line); }
  table.rows td, table.rows tbody th { border: 0; padding: .1rem 0; text-align: left; }
  table.rows td[data-label]::before { content: attr(data-label) ": "; color: var(--faint);
    font-size: .88rem; }
  table.rows td:empty { display: none; }
  .bar { display: none !important; }
  .toolbar input { width: 100%; }
}
@media print {
  :root { color-scheme: light; --ink: #000; --paper: #fff; --panel: #fff; --raised: #fff;
    --faint: #444; --line: #bbb; --link: #000; --good: #116329; --bad: #a40e26; --doubt: #7d4e00;
    --critical: #82071e; --high: #bc4c00; --medium: #7d4e00; --low: #0a5c78; --negligible: #59636e;
    --unknown: #6639ba; --base: #6e7781; --app: #0969da; --whole: #9a6700; --none: #8c959f; }
  @page { margin: 14mm 12mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  header nav, .skip, .toolbar, .more { display: none !important; }
  .past { display: table-row !important; }
  a { text-decoration: none; }
  thead { display: table-header-group; } thead th { position: static; }
  th button::after { content: ""; }
  tr, figure, .card, .tiles li { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  svg, .verdict { print-color-adjust: exact; }
  details::details-content { display: block; content-visibility: visible; height: auto; }
}
"""
