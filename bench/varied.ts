const subjects =
  'the ferry,a night train,the town council,her grandmother,our baker,the last lighthouse,a quiet engineer'.split(',');
const verbs = 'waited for,paid for,forgot about,drew a map of,asked after,kept a list of,laughed at,measured'.split(
  ',',
);
const objects =
  'the broken bridge,seven letters,a garden in winter,the price of salt,every second house,two maps,the tide'.split(
    ',',
  );
const endings =
  'before noon,without a word,as the rain set in,for the third time,and nobody minded,since the fair'.split(',');
const names = 'Ines Okafor,Pavel Brandt,Mei Castellan,Jonas Abiodun,Ruth Valdivia'.split(',');

/** Writes a seed of many Markdown constructs, the same at every run. `withHtml` is the share of seeds with raw HTML. */
export function variedArticle(index: number, withHtml: number): string {
  const next = numbers(index + 1);
  const pick = (list: readonly string[]): string => list[next() % list.length] ?? '';
  const sentence = (): string => {
    const text = `${pick(subjects)} ${pick(verbs)} ${pick(objects)} ${pick(endings)}`;
    return `${text[0]?.toUpperCase()}${text.slice(1)}.`;
  };
  const sentences = (count: number): string => Array.from({ length: count }, sentence).join(' ');
  const address = (): string => `https://bench.example/${next() % 9000}/${pick(objects).replaceAll(' ', '-')}`;
  const prose = (): string =>
    `${sentences(2)} ${pick(names)} said so in [${pick(objects)}](${address()}), and *${pick(endings)}* ${pick(verbs)} **${pick(objects)}**. “${sentence()}”`;
  const html = (): string =>
    `<figure><img src="/pictures/${next() % 99}.jpg" alt="${pick(objects)}" width="640" height="480"><figcaption>${sentence()}</figcaption></figure>\n\n<p class="note" style="color: red" onclick="x()">${sentence()} <a href="/more?a=1&amp;b=${next() % 9}">More</a></p>`;
  const blocks: readonly (() => string)[] = [
    prose,
    prose,
    () => sentences(5),
    () => sentences(4),
    () => `## ${sentence().slice(0, -1)}`,
    () => Array.from({ length: 3 }, () => `- ${sentence()} [${pick(names)}](${address()})`).join('\n'),
    () => Array.from({ length: 3 }, (_, i) => `${i + 1}. ${sentence()}`).join('\n'),
    () => `> ${sentences(2)}`,
    () => `![${pick(objects)}](pictures/${next() % 99}.jpg "${pick(names)}")`,
    () =>
      `\`\`\`js\nconst ${pick(['tide', 'salt', 'map'])} = [${next() % 100}, ${next() % 100}].filter((n) => n > ${next() % 50});\n\`\`\``,
    () => `| ${pick(names)} | ${pick(names)} |\n|---|--:|\n| ${pick(endings)} | ${next() % 500} |`,
    () => `Use \`${pick(verbs)}\` & see <${address()}>. ${sentence()}`,
  ];
  const body = Array.from({ length: 9 }, (_, i) => (blocks[i === 0 ? 0 : next() % blocks.length] ?? prose)());
  if ((index % 10) / 10 < withHtml) body.splice(4, 0, html());
  const day = new Date(Date.UTC(2020, 0, 1 + index, 9)).toISOString();
  return `# ${sentence().slice(0, -1)}\n\n${day}\n\n${body.join('\n\n')}\n`;
}

/** Returns a generator of pseudo-random numbers (xorshift). */
function numbers(seed: number): () => number {
  let state = (seed * 2654435761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
}
