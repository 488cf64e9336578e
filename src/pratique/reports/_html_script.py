"""
Hold the script of the HTML report: a constant, so that its hash never changes.

It sorts and filters the tables, with the keyboard as with a mouse, and shows long tables in
steps, so that thousands of rows stay quick. Without it everything is there, in the order of the
report. It writes text only, never markup, and stores nothing. ``/`` leads to the first search box.
"""

SCRIPT = """\
'use strict';
const STEP = 200;
const collator = new Intl.Collator('en', {numeric: true});
const made = (name, attributes, text) => {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) node.setAttribute(key, value);
  if (text) node.textContent = text;
  return node;
};
for (const table of document.querySelectorAll('table[data-sort]')) {
  const body = table.tBodies[0], heads = [...table.tHead.rows[0].cells];
  const wide = table.dataset.sort === 'findings';
  const items = [...body.rows].map(row => ({row, text: null, keys: []}));
  const off = new Set(), chosen = {};
  let words = [], shown = STEP, order = items;
  const more = made('button', {type: 'button', class: 'more'});
  const count = made('output', {'aria-live': 'polite'});
  const wanted = item => {
    const data = item.row.dataset;
    if (off.has(data.severity)) return false;
    for (const [key, value] of Object.entries(chosen))
      if (value && !(data[key] || '').split(' ').includes(value)) return false;
    if (words.length) item.text ??= item.row.textContent.toLowerCase();
    return words.every(word => item.text.includes(word));
  };
  const draw = () => {
    let found = 0;
    for (const item of order) {
      const yes = wanted(item);
      if (item.row.hidden === yes) item.row.hidden = !yes;
      item.row.classList.toggle('past', yes && found >= shown);
      if (yes) found += 1;
    }
    count.textContent = found === items.length ? `${found} rows` : `${found} of ${items.length} rows`;
    more.hidden = found <= shown;
    more.textContent = `Show ${Math.min(STEP, found - shown)} more of ${found - shown}`;
  };
  const redraw = () => { shown = STEP; draw(); };
  more.onclick = () => { shown += STEP; draw(); };
  heads.forEach((head, at) => {
    const button = made('button', {type: 'button', title: 'Sort by this column'}, head.textContent);
    head.replaceChildren(button);
    const key = item => item.keys[at] ??= item.row.cells[at].dataset.key ?? item.row.cells[at].textContent;
    button.onclick = () => {
      const down = head.getAttribute('aria-sort') === 'ascending';
      heads.forEach(other => other.removeAttribute('aria-sort'));
      head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
      order = [...items].sort((one, other) => collator.compare(key(one), key(other)));
      if (down) order.reverse();
      const all = document.createDocumentFragment();
      for (const item of order) all.append(item.row);
      body.append(all);
      redraw();
    };
  });
  table.after(more);
  if (items.length <= 10) { draw(); continue; }
  const bar = made('div', {class: 'toolbar', role: 'search', 'aria-label': 'Filter the rows'});
  const input = made('input', {type: 'search', placeholder: 'Search', 'aria-label': 'Search the rows'});
  let waiting = 0;
  input.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      words = input.value.toLowerCase().split(/\\s+/).filter(Boolean);
      redraw();
    }, items.length > 1000 ? 120 : 0);
  };
  bar.append(input);
  const values = key => [...new Set(items.flatMap(item => (item.row.dataset[key] || '').split(' ')))]
    .filter(Boolean);
  if (wide) {
    for (const grade of values('severity')) {
      const button = made('button', {type: 'button', 'aria-pressed': 'true', class: grade}, grade);
      button.onclick = () => {
        const on = off.has(grade);
        on ? off.delete(grade) : off.add(grade);
        button.setAttribute('aria-pressed', String(on));
        redraw();
      };
      bar.append(button);
    }
    for (const [key, label] of [['kind', 'All kinds'], ['part', 'Base and own layers'], ['state', 'Any state']]) {
      const options = values(key);
      if (options.length < 2 && key !== 'state' || !options.length) continue;
      const select = made('select', {'aria-label': label});
      select.append(made('option', {value: ''}, label));
      for (const value of options) select.append(made('option', {value}, value.replaceAll('-', ' ')));
      select.onchange = () => { chosen[key] = select.value; redraw(); };
      bar.append(select);
    }
  }
  bar.append(count);
  table.before(bar);
  draw();
}
document.addEventListener('keydown', event => {
  if (event.key !== '/' || /^(INPUT|SELECT|TEXTAREA)$/.test(event.target.tagName)) return;
  const box = document.querySelector('input[type=search]');
  if (box) { event.preventDefault(); box.focus(); }
});
let closed = [];
addEventListener('beforeprint', () => {
  closed = [...document.querySelectorAll('details:not([open])')];
  closed.forEach(one => { one.open = true; });
});
addEventListener('afterprint', () => closed.forEach(one => { one.open = false; }));
"""
