"""
Hold the style sheet and the script of the HTML report: constants, so their hashes never change.

The page's security policy allows exactly these two and nothing else: no request leaves the page,
whatever the names in it say. The script sorts and filters; without it everything is still there.
"""

STYLE = """\
:root { color-scheme: light dark; --ink: #1b1f24; --faint: #59636e; --line: #d1d9e0;
  --paper: #fff; --panel: #f6f8fa; --link: #0550ae; --good: #116329; --bad: #a40e26;
  --doubt: #7d4e00; --critical: #82071e; --high: #a40e26; --medium: #7d4e00; --low: #0a5c78;
  --negligible: #59636e; --unknown: #6639ba; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6edf3; --faint: #9198a1; --line: #3d444d;
  --paper: #0d1117; --panel: #151b23; --link: #79c0ff; --good: #56d364; --bad: #ff7b72;
  --doubt: #e3b341; --critical: #ffa198; --high: #ff7b72; --medium: #e3b341; --low: #76e3ea;
  --negligible: #9198a1; --unknown: #d2a8ff; } }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 4rem; color: var(--ink);
  background: var(--paper); font: 15px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.15rem; margin: 0 0 1rem; font-weight: 600; color: var(--faint); }
h2 { font-size: 1.45rem; line-height: 1.25; margin: 2rem 0 .25rem; }
h3 { font-size: 1.05rem; margin: 2rem 0 .5rem; }
h3 small, summary small { font-weight: 400; color: var(--faint); }
a { color: var(--link); }
code, .mono { font: .92em/1.5 ui-monospace, "SF Mono", Menlo, Consolas, monospace; }
p { margin: .25rem 0; }
.faint { color: var(--faint); }
.verdict { display: flex; gap: .75rem; align-items: baseline; flex-wrap: wrap; padding: .75rem 1rem;
  border: 1px solid var(--line); border-left: .4rem solid currentColor; border-radius: .4rem;
  background: var(--panel); margin: .75rem 0; }
.verdict b { text-transform: uppercase; letter-spacing: .04em; }
.verdict span { color: var(--ink); }
.pass { color: var(--good); } .fail { color: var(--bad); } .undecided { color: var(--doubt); }
.facts, .chips { display: flex; flex-wrap: wrap; gap: .4rem 1rem; list-style: none; padding: 0;
  margin: .5rem 0; }
.facts { color: var(--faint); }
.chips { gap: .5rem; }
.chip { border: 1px solid var(--line); border-radius: 1rem; padding: .1rem .7rem;
  background: var(--panel); }
.chip b { font-variant-numeric: tabular-nums; }
.critical { color: var(--critical); } .high { color: var(--high); } .medium { color: var(--medium); }
.low { color: var(--low); } .negligible { color: var(--negligible); }
.unknown { color: var(--unknown); }
.grade { font-weight: 600; white-space: nowrap; }
.mark { display: inline-block; border: 1px solid currentColor; border-radius: .3rem;
  padding: 0 .35rem; font-size: .8rem; font-weight: 600; white-space: nowrap; }
table { border-collapse: collapse; width: 100%; margin: .5rem 0; }
th, td { text-align: left; vertical-align: top; padding: .45rem .6rem; border-bottom: 1px solid
  var(--line); }
th { position: sticky; top: 0; background: var(--paper); font-size: .85rem; color: var(--faint);
  white-space: nowrap; z-index: 1; }
th button { all: unset; cursor: pointer; }
th button:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
th button::after { content: " \\2195"; opacity: .5; }
th[aria-sort=ascending] button::after { content: " \\2191"; opacity: 1; }
th[aria-sort=descending] button::after { content: " \\2193"; opacity: 1; }
tbody tr:hover { background: var(--panel); }
td .title { display: block; color: var(--faint); font-size: .9rem; }
td[data-label=Installed] { min-width: 7.5rem; }
details { border-top: 1px solid var(--line); margin-top: 1rem; padding-top: .75rem; }
summary { cursor: pointer; font-weight: 600; font-size: 1.05rem; }
.filter { display: block; margin: .5rem 0; }
.filter input { font: inherit; color: inherit; background: var(--paper); width: min(100%, 24rem);
  border: 1px solid var(--line); border-radius: .4rem; padding: .35rem .6rem; }
.gaps { border: 1px solid var(--doubt); border-radius: .4rem; padding: .6rem 1rem; margin: .75rem 0; }
.gaps ul { margin: .25rem 0; padding-left: 1.25rem; }
footer { margin-top: 3rem; padding-top: 1rem; border-top: 1px solid var(--line);
  color: var(--faint); font-size: .9rem; }
[hidden] { display: none !important; }
@media (max-width: 44rem) {
  thead { display: none; }
  table, tbody, tr, td { display: block; width: 100%; }
  tr { padding: .5rem 0; border-bottom: 1px solid var(--line); }
  td { border: 0; padding: .1rem 0; }
  td[data-label]::before { content: attr(data-label) " "; color: var(--faint); font-size: .85rem; }
  td:empty { display: none; }
}
@media print { body { max-width: none; } details > * { display: block; } .filter { display: none; } }
"""

SCRIPT = """\
for (const table of document.querySelectorAll('table[data-sort]')) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  heads.forEach((head, at) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.onclick = () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      const key = row => row.cells[at].dataset.key ?? row.cells[at].textContent;
      const rows = [...body.rows].sort((one, other) =>
        key(one).localeCompare(key(other), undefined, {numeric: true}));
      body.append(...(down ? rows.reverse() : rows));
    };
  });
  if (body.rows.length > 10) {
    const label = document.createElement('label'), input = document.createElement('input');
    label.className = 'filter';
    input.type = 'search';
    input.placeholder = 'Filter';
    input.setAttribute('aria-label', 'Filter rows');
    input.oninput = () => {
      const words = input.value.toLowerCase().split(' ').filter(Boolean);
      for (const row of body.rows) {
        const text = row.textContent.toLowerCase();
        row.hidden = !words.every(word => text.includes(word));
      }
    };
    label.append(input);
    table.before(label);
  }
}
"""
