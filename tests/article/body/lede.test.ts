import { describe, expect, test } from 'vitest';
import { articleOf, seedOf } from '../seeds.ts';

const LEDE = 'The council voted on Tuesday to keep the library open.';

function summaryOf(body: string): string {
  return articleOf(seedOf(body)).summary;
}

describe('a caption under the dateline is not the summary', () => {
  test.each([
    'Ministry of Foreign Affairs. **Ana Ruiz / Harbor News Agency**',
    'The reading room at noon. **Ana Ruiz**',
    'The reading room at noon. __Ana Ruiz__',
    'The reading room at noon. *Ana Ruiz*',
    'The reading room at noon. _Ana Ruiz / Harbor_',
    'The reading room at noon **AFP**',
    'The reading room, built in 1911. **[Ana Ruiz](https://harbor.example)**',
    'The reading room. **Ana Ruiz** / **Harbor**',
    'The reading room. **Ana Ruiz**, *Harbor*',
    'The reading room. **Ana Ruiz / A.P.**',
    'The reading room. <b>Ana Ruiz</b>',
    'Читальный зал в полдень. **Анна Руис / Гавань**',
    '*The reading room at noon.*',
    '_The reading room at noon. Ana Ruiz_',
    '*The reading room. **Ana Ruiz***',
    'The reading room at noon. Ana Ruiz / Harbor',
    'The reading room at noon. Ana Ruiz/AP',
    'The reading room at noon. Ana Ruiz',
    'The reading room at noon. Getty Images',
    'The reading room. Ana Ruiz via Getty Images',
    'The reading room. Courtesy of Ana Ruiz',
    'The reading room. Ana Ruiz / A.F.P.',
    'The reading room (Ana Ruiz/AP)',
    'The reading room. (AP Photo/Ana Ruiz)',
    'The reading room. [Ana Ruiz/Harbor]',
    'The reading room (Photo by Ana Ruiz).',
    'The reading room (Photo: Ana Ruiz/Harbor).',
    '[The reading room. Ana Ruiz](#)',
    'The reading room. © Ana Ruiz',
    'The reading room | Ana Ruiz',
    'The reading room — Ana Ruiz',
    'The reading room. Photo: Ana Ruiz',
    'The reading room. Photo by Ana Ruiz',
    'The reading room. Photograph: Ana Ruiz/The Harbor',
    'The reading room. Credit: Ana Ruiz',
    'Photo: Ana Ruiz',
    'Photo by: Ana Ruiz',
    'Image credit: Ana Ruiz',
    'Picture: the reading room at noon.',
    'Caption: the reading room.',
    'File photo: the reading room.',
    '(Photo: Ana Ruiz)',
    'Ana Ruiz / Harbor',
    '![The room](room.jpg)\nThe reading room. **Ana Ruiz**',
    '![The room](room.jpg)\n*The reading room.*',
    '![The room](room.jpg)\n\nThe reading room. **Ana Ruiz**',
    '[![The room](room.jpg)](#)\n\n*The reading room at noon.*',
    '<img src="room.jpg">\n\n*The reading room at noon.*',
    '![The room](a.jpg) ![The door](b.jpg)\n\nThe reading room. **Ana Ruiz**',
    '[ ![The room](a.jpg) ](#)\n\nThe reading room. **Ana Ruiz**',
    'The reading room. Ana de la Cruz',
    'The reading room. Ludwig van Beek and Li Wei',
    'The reading room. Doctors for the Harbor/Bank of Ruiz',
    'Photo credit: Ana Ruiz',
    'Photos courtesy of: Ana Ruiz',
    'Graphic: the vote in numbers.',
    'The reading room. **A. R. / Harbor**.',
    'The reading room. **A. R. / Harbor.**',
    'The reading room. *Ana Ruiz.*',
    'The reading room **Ana Ruiz / Harbor**\\',
    '**The reading room. Ana Ruiz / Harbor**',
    'The reading room. **Ana Ruiz / Harbor**\n\nThe door. **Li Wei / Harbor**',
    'The reading room. Courtesy of **Ana Ruiz**',
    'A photo by **Ana Ruiz**',
    '![The room](room.jpg)\n\nThe reading room at noon',
    '<img src="room.jpg">\n\nThe reading room at noon',
  ])('%s', (caption) => {
    expect(summaryOf(`${caption}\n\n${LEDE}\n\nMore.`)).toBe(LEDE);
  });
});

describe('a lede that resembles a caption is the summary', () => {
  test.each([
    'A boat in the bay. ![Crane](a.png)',
    '![Crane](a.png) A boat in the bay.',
    '[![Crane](a.png)](b.html) A boat in the bay.',
    'A boat ![Crane](a.png) in the bay.',
    '<img src="a.png"> A boat in the bay.',
  ])('among pictures: %s', (body) => {
    expect(summaryOf(`${body}\n\nIt sails tomorrow.`)).toBe('A boat in the bay.');
  });

  test.each([
    { input: 'The prize went to **Ana Ruiz**.', out: 'The prize went to Ana Ruiz.' },
    { input: 'The prize went to **Ana Ruiz.**', out: 'The prize went to Ana Ruiz.' },
    { input: 'The prize went to *The Harbor*.', out: 'The prize went to The Harbor.' },
    { input: 'He asked: **why?**', out: 'He asked: why?' },
    { input: 'Will it rain? **Yes!**', out: 'Will it rain? Yes!' },
    { input: 'He said: “**never again**.”', out: 'He said: “never again.”' },
    { input: 'She wrote **“No comment.”**', out: 'She wrote “No comment.”' },
    { input: 'Here is what to know **right now:**', out: 'Here is what to know right now:' },
    { input: 'She moved to **Washington D.C.**', out: 'She moved to Washington D.C.' },
    { input: 'It ends in *italics* and goes on.', out: 'It ends in italics and goes on.' },
    { input: '**The council voted to keep it open.**', out: 'The council voted to keep it open.' },
    { input: '**Library to stay open**', out: 'Library to stay open' },
    {
      input: 'It was led by the Harbor Health Board (HHB).',
      out: 'It was led by the Harbor Health Board (HHB).',
    },
    { input: 'The machines speak TCP/IP.', out: 'The machines speak TCP/IP.' },
    { input: 'The band was AC/DC.', out: 'The band was AC/DC.' },
    { input: 'The firm, Harbor Ltd. (HBR), closed.', out: 'The firm, Harbor Ltd. (HBR), closed.' },
    { input: 'The council met. Ana Ruiz said so.', out: 'The council met. Ana Ruiz said so.' },
    { input: 'The council — Ana Ruiz, Li Wei.', out: 'The council — Ana Ruiz, Li Wei.' },
    { input: 'He flew to the U.S.', out: 'He flew to the U.S.' },
    { input: 'MOSCOW (AP) — The council met.', out: 'MOSCOW (AP) — The council met.' },
    { input: 'By Monday the council had met.', out: 'By Monday the council had met.' },
    { input: 'By the time it met, it was late', out: 'By the time it met, it was late' },
    { input: 'A photo by Ana Ruiz won.', out: 'A photo by Ana Ruiz won.' },
    { input: 'In a photo: three men.', out: 'In a photo: three men.' },
    { input: 'Photos of the storm spread.', out: 'Photos of the storm spread.' },
    { input: 'Reporting by three papers shows it.', out: 'Reporting by three papers shows it.' },
    { input: 'Related parties must file, it said.', out: 'Related parties must file, it said.' },
    { input: 'The prize went to **Ana Ruiz**', out: 'The prize went to Ana Ruiz' },
    { input: 'The boat was named *The Harbor*', out: 'The boat was named The Harbor' },
    { input: 'It is run by **Ana Ruiz**', out: 'It is run by Ana Ruiz' },
    { input: 'Watch out for ice, the town said.', out: 'Watch out for ice, the town said.' },
  ])('$input', ({ input, out }) => {
    expect(summaryOf(`${input}\n\nThe second paragraph.\n\nThe third.`)).toBe(out);
  });

  test('a caption-like paragraph that is long', () => {
    const long = `${'The council met again. '.repeat(20)}**Ana Ruiz**`;
    expect(summaryOf(`${long}\n\nThe second paragraph.`)).toMatch(/^The council met again\./);
  });

  test('a caption-like paragraph after a heading', () => {
    expect(summaryOf(`## Part one\n\nThe council met **again**\n\nThe second paragraph.`)).toBe(
      'The council met again',
    );
  });

  test.each([
    { it: 'ends in bold', body: 'The council met. **Ana Ruiz**', out: 'The council met. Ana Ruiz' },
    { it: 'is in italics', body: '*The council met.*', out: 'The council met.' },
    {
      it: 'ends in bold before a credit',
      body: 'It met **again**\n\n*AFP contributed reporting.*',
      out: 'It met again',
    },
    { it: 'ends in bold before a link', body: 'It met **again**\n\nRelated: [more](#)', out: 'It met again' },
    { it: 'follows a picture', body: '![A](a.jpg)\n\nIt met **again**', out: 'It met again' },
    { it: 'is a label under a picture', body: '![A](a.jpg)\n\nIt met', out: 'It met' },
    { it: 'is followed by another label', body: '![A](a.jpg)\n\nIt met\n\nIt ended', out: 'It met' },
    { it: 'is below a picture', body: '![A](a.jpg)\nIt met.', out: 'It met.' },
  ])('the only paragraph, which $it', ({ body, out }) => {
    expect(summaryOf(body)).toBe(out);
  });
});

describe('the lede is the first paragraph that speaks', () => {
  test.each([
    { it: 'a picture', before: '![A library](room.jpg)' },
    { it: 'two pictures', before: '![A library](room.jpg) ![Another](b.jpg)' },
    { it: 'a picture in a link', before: '[![A library](room.jpg)](https://a.example)' },
    { it: 'a figure', before: '<figure><img src="a.jpg"><figcaption>The room.</figcaption></figure>' },
    { it: 'a pointer', before: '**Related article:** [x](#)' },
    { it: 'another pointer', before: 'Read more: [x](#)' },
    { it: 'a pointer to stories', before: 'Related stories: [x](#), [y](#)' },
    { it: 'a pointer to what was written', before: 'Read also: [x](#)' },
    { it: 'a pointer the other way round', before: 'Also read: [x](#)' },
    { it: 'a short pointer', before: 'More: [x](#)' },
    { it: 'a pointer to sound', before: 'Listen: [x](#)' },
    { it: 'a byline', before: 'By Ana Ruiz' },
    { it: 'a byline in bold', before: '**By Ana Ruiz and Li Wei, Harbor Wire**' },
    { it: 'a credit', before: '*Harbor Wire contributed reporting.*' },
    { it: 'another credit', before: 'Reporting by Ana Ruiz; editing by Li Wei' },
    { it: 'a heading', before: '## The vote' },
    { it: 'a rule', before: '---' },
    { it: 'a comment', before: '<!-- draft -->' },
    { it: 'a quotation', before: '> Open it is.' },
    { it: 'a list', before: '- open\n- closed' },
    { it: 'code', before: '```\nopen\n```' },
    { it: 'a table', before: '| open |\n|---|\n| closed |' },
    { it: 'nothing but a line break', before: '<br>' },
  ])('after $it', ({ before }) => {
    expect(summaryOf(`${before}\n\n${LEDE}\n\nMore.`)).toBe(LEDE);
  });

  test.each([
    { it: 'a list', body: '- open\n- closed', out: 'open' },
    { it: 'a quotation', body: '> Open it is.\n>\n> Yes.', out: 'Open it is.' },
    { it: 'a heading', body: '## The vote', out: 'The vote' },
    { it: 'a table', body: '| open |\n|---|\n| closed |', out: 'open' },
    { it: 'a picture', body: '![The reading room](room.jpg)', out: 'The reading room' },
    { it: 'a pointer', body: 'Related: [x](#)', out: 'Related: x' },
    {
      it: 'HTML paragraphs',
      body: '<p> </p>\n<p class="x">A &amp; <b>B</b><br>C</p>\n<p>D</p>',
      out: 'A & B C',
    },
    { it: 'an HTML list', body: '<ul><li>open</li><li>closed</li></ul>', out: 'open closed' },
    {
      it: 'HTML blocks',
      body: '<div>a</div><section>b</section><h2>c</h2><pre>d</pre><dl><dt>e</dt><dd>f</dd></dl><blockquote>g</blockquote><ul><li>h</li></ul>i',
      out: 'a b c d e f g h i',
    },
    {
      it: 'an HTML table',
      body: '<table><tr><th>a</th><td>b</td></tr><tr><td>c</td></tr></table>',
      out: 'a b c',
    },
    { it: 'code', body: '```\na < b\n```', out: 'a < b' },
    { it: 'a comment', body: '<!-- a -->', out: '' },
    { it: 'a script', body: '<script>alert(1)</script>', out: '' },
    { it: 'nothing', body: '', out: '' },
  ])('falls back to $it', ({ body, out }) => {
    expect(summaryOf(body)).toBe(out);
  });
});

describe('the summary is plain text on one line', () => {
  test.each([
    { input: 'a **b** *c* `d` ~~e~~', out: 'a b c d e' },
    { input: '[a](https://a.example) [b](#) <https://c.example/>', out: 'a b https://c.example/' },
    { input: 'a ![b **c**](d.png) e', out: 'a e' },
    { input: 'a &amp; b &lt;c&gt; &nbsp; &#8212; &eacute;', out: 'a & b <c> — é' },
    { input: '1 < 2 & 3 > 2', out: '1 < 2 & 3 > 2' },
    { input: '\\*a\\* \\# b', out: '*a* # b' },
    { input: 'a\nb  \nc\\\nd', out: 'a b c d' },
    { input: 'a <b>b</b> <span class="x">c</span>d<br>e', out: 'a b cd e' },
    { input: 'a<center>b</center>c<button>d</button>e', out: 'a b c d e' },
    { input: 'a <script>alert(1)</script> b', out: 'a b' },
    { input: 'Vec<T> and Map<K, V>', out: 'Vec<T> and Map<K, V>' },
    { input: 'a\u0000b &#1;c &#xFFFE;d \u000Be', out: 'ab c d e' },
    { input: 'a[^1] b', out: 'a[^1] b' },
  ])('$input', ({ input, out }) => {
    expect(summaryOf(`${input}\n\nMore.`)).toBe(out);
  });

  test('is shortened to the sentences that fit', () => {
    const first = `The council voted on Tuesday, after a debate of **eleven hours**, to keep the library open on each day of the week, Sundays among them.`;
    const second = 'Nobody voted against.';
    const third = `The reading room ${'and the archive '.repeat(12)} stay open too.`;
    expect(summaryOf(`${first} ${second} ${third}`)).toBe(`${first.replaceAll('**', '')} ${second}`);
  });

  test.each([
    { it: 'words', body: 'word '.repeat(100) },
    { it: 'a long word', body: 'w'.repeat(500) },
    { it: 'Chinese', body: '图书馆'.repeat(150) },
    { it: 'emoji', body: '👩‍👩‍👧‍👦'.repeat(60) },
  ])('is shortened at about 280 characters of $it', ({ body }) => {
    const summary = summaryOf(body);
    const rest = body.slice(summary.length - 1);
    expect([summary.length > 265 && summary.length <= 281, summary.at(-1), rest.startsWith('\u200d')]).toEqual([
      true,
      '…',
      false,
    ]);
  });
});
