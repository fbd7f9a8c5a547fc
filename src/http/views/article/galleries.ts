/** Wraps each run of two or more pictures without text between them in a gallery. The content is safe HTML. */
export function galleries(content: string): string {
  let shown = '';
  let copied = 0;
  pictureStart.lastIndex = 0;
  for (let start = pictureStart.exec(content); start !== null; start = pictureStart.exec(content)) {
    const end = endOfRun(content, start.index);
    if (end === start.index) continue;
    const run = content.slice(start.index, end);
    pictureStart.lastIndex = end;
    if (run.split('<img ').length < 3) continue;
    shown += `${content.slice(copied, start.index)}<div class="gallery">${run.replaceAll('<br />', '')}</div>`;
    copied = end;
  }
  return shown + content.slice(copied);
}

const pictureStart = /<(?:p|figure)>\s*<(?:a|img) /g;

/** A paragraph or a figure of pictures, each of which may be a link. */
const alone =
  /(?:<p>\s*(?:(?:<a [^<>]*>)?<img [^<>]*\/>(?:<\/a>)?(?:\s|<br \/>)*)+<\/p>|<figure>\s*(?:(?:<a [^<>]*>)?<img [^<>]*\/>(?:<\/a>)?\s*)+(?:<figcaption>(?:(?!<\/?fig)[\s\S])*<\/figcaption>\s*)?<\/figure>)\s*/y;

function endOfRun(content: string, start: number): number {
  let end = start;
  for (;;) {
    alone.lastIndex = end;
    if (!alone.test(content)) return end;
    end = alone.lastIndex;
  }
}
