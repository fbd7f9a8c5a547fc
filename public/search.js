// Searches in the files that a build or server makes of the articles: a list, the words in 64 parts for each segment of
// articles, and what is shown of the articles. Only the parts that can have a word are loaded.
const form = document.querySelector('form[data-index]');
const field = form.querySelector('input');
const status = document.querySelector('.status');
const results = document.querySelector('.results');
const base = new URL(form.dataset.index, document.baseURI);
const pageSize = 20;

// As in words.ts of the index.
const letters = '\\p{L}\\p{N}\\p{M}';
const unspacedScripts =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}ー\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
const runs = new RegExp(`[${unspacedScripts}]+|(?:(?![${unspacedScripts}])[${letters}])+`, 'gu');
const unspaced = new RegExp(`^[${unspacedScripts}]`, 'u');
const latin = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ı: 'i' };

function wordsIn(text) {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]/g, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[ßæœøłđı]/g, (letter) => latin[letter]);
  return [...plain.matchAll(runs)].flatMap(([run]) => {
    if (!unspaced.test(run)) return run.length < 2 && !/\p{N}/u.test(run) ? [] : [run.slice(0, 40)];
    const characters = [...run];
    const pairs = characters.map((character, i) => character + (characters[i + 1] ?? ''));
    // The last character alone would only ask for the end of a text.
    return pairs.length > 1 ? pairs.slice(0, -1) : pairs;
  });
}

function partOf(word) {
  const [first = '', second = ''] = word;
  const text = unspaced.test(first) ? first : first + second;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash >>>= 0;
  return (hash ^ (hash >>> 15)) & 63;
}

const loaded = new Map();
const list = 'index.json';
let listed = 0;

// Only the list changes: asking for it each minute, past the browser's cache, forgets a withdrawn article at once. Other
// files never do, but a failed request may succeed later.
function load(name) {
  if (name === list && Date.now() - listed > 60_000) loaded.delete(list);
  let file = loaded.get(name);
  if (file === undefined) {
    if (name === list) listed = Date.now();
    file = fetch(new URL(name, base), { cache: name === list ? 'no-cache' : 'default' }).then((answer) => {
      if (!answer.ok) throw new Error(`${name}: ${answer.status}`);
      return answer.json();
    });
    file.catch(() => loaded.delete(name));
    loaded.set(name, file);
  }
  return file;
}

// Finds the articles of a segment with a word, or with one that begins like it, and how well they match.
async function articlesWith(word, { words }) {
  const part = await load(words[partOf(word)]);
  const scores = new Map();
  for (const [found, numbers] of Object.entries(part)) {
    if (!found.startsWith(word)) continue;
    let article = 0;
    for (const number of numbers) {
      article += number >> 2;
      const score = 2 ** (number & 3) * (found === word ? 2 : 1);
      scores.set(article, Math.max(score, scores.get(article) ?? 0));
    }
  }
  return scores;
}

async function find(words) {
  const { segments } = await load(list);
  const total = segments.reduce((sum, { articles }) => sum + articles, 0);
  const found = await Promise.all(
    segments.map((segment) => Promise.all(words.map((word) => articlesWith(word, segment)))),
  );
  // A word that few articles have says more.
  const rarity = words.map((_, i) => Math.log(1 + total / (1 + found.reduce((sum, one) => sum + one[i].size, 0))));
  const hits = segments.flatMap((segment, age) => {
    const scores = new Map();
    for (const [i, one] of found[age].entries())
      for (const [article, score] of one) {
        const { count, sum } = scores.get(article) ?? { count: 0, sum: 0 };
        scores.set(article, { count: count + 1, sum: sum + score * rarity[i] });
      }
    return Array.from(scores, ([article, score]) => ({ segment, age, article, ...score }));
  });
  const most = Math.max(0, ...hits.map(({ count }) => count));
  return hits
    .filter(({ count }) => count === most)
    .sort((a, b) => b.sum - a.sum || a.age - b.age || b.article - a.article);
}

async function show({ segment, article }) {
  const articles = await load(segment.shown[article >> 6]);
  const [path, title, date, summary, expires] = articles[article & 63];
  if (expires !== undefined && Date.parse(expires) <= Date.now()) return [];
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = new URL(`../${path}`, base).href;
  link.textContent = title;
  const heading = document.createElement('h2');
  heading.append(link);
  const day = document.createElement('p');
  day.className = 'about';
  day.textContent = date;
  const text = document.createElement('p');
  text.textContent = summary;
  for (const part of [heading, text]) part.dir = 'auto';
  item.append(heading, day, ...(summary === '' ? [] : [text]));
  return [item];
}

let latest = 0;

async function search() {
  const mine = ++latest;
  const query = field.value.trim();
  const words = [...new Set(wordsIn(query))].slice(0, 12);
  const address = new URL(location.href);
  if (query === '') address.searchParams.delete('q');
  else address.searchParams.set('q', query);
  history.replaceState(null, '', address);
  if (words.length === 0) {
    results.replaceChildren();
    status.textContent = '';
    return;
  }
  try {
    const hits = await find(words);
    if (mine !== latest) return;
    await add(hits, 0, mine);
    if (mine !== latest) return;
    status.textContent =
      hits.length === 0 ? form.dataset.nothing : form.dataset.found.replace('{}', String(hits.length));
  } catch {
    // The list is of an older state of the site, or the network is down.
    loaded.delete(list);
    if (mine === latest) status.textContent = form.dataset.failed;
  }
}

async function add(hits, from, mine) {
  const items = (await Promise.all(hits.slice(from, from + pageSize).map(show))).flat();
  if (mine !== latest) return;
  results.parentElement.querySelector('.results ~ button')?.remove();
  if (from === 0) results.replaceChildren(...items);
  else results.append(...items);
  if (from > 0) items[0]?.querySelector('a').focus();
  if (hits.length <= from + pageSize) return;
  const more = document.createElement('button');
  more.type = 'button';
  more.textContent = form.dataset.more;
  more.addEventListener('click', () => void add(hits, from + pageSize, mine));
  results.after(more);
}

let pause;
field.addEventListener('input', () => {
  clearTimeout(pause);
  pause = setTimeout(search, 200);
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  clearTimeout(pause);
  void search();
});
form.hidden = false;
document.querySelector('.without').hidden = true;
field.value = new URL(location.href).searchParams.get('q') ?? '';
field.focus();
if (field.value !== '') void search();
