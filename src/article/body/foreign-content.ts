/** An open element inside a formula or drawing. */
interface OpenElement {
  readonly name: string;
  readonly isForeign: boolean;
}

/**
 * Follows tags through formulas and drawings, whose content browsers read by other rules than HTML (HTML §13.2.6.5):
 * `<![CDATA[` opens text there, and some elements of HTML end them.
 */
export class ForeignContent {
  #open: OpenElement[] = [];

  /** Whether the last tag left the text inside an element of MathML or SVG. */
  get isInside(): boolean {
    return this.#open.at(-1)?.isForeign ?? false;
  }

  /** Whether a formula or drawing is open. */
  get isOpen(): boolean {
    return this.#open.length > 0;
  }

  /** Reads a tag; `name` is in lower case. Reports whether it is HTML that ends an open formula or drawing. */
  read(tag: string, name: string): boolean {
    if (!this.isOpen && !/^(?:math|svg)$/.test(name)) return false;
    return tag[1] === '/' ? this.#close(name) : this.#start(tag, name);
  }

  #start(tag: string, name: string): boolean {
    const last = this.#open.at(-1);
    const isHtml = last === undefined || !last.isForeign || takesHtml.has(last.name);
    const isForeign = isHtml ? /^(?:math|svg|mglyph|malignmark)$/.test(name) : !endsForeign(tag, name);
    if (!isHtml && !isForeign) this.#leave();
    const isEmpty = isForeign ? tag.endsWith('/>') : voidElements.has(name);
    if (!isEmpty && (isForeign || this.#open.length > 0)) this.#open.push({ name, isForeign });
    return !isHtml && !isForeign;
  }

  #close(name: string): boolean {
    if (this.isInside && /^(?:p|br)$/.test(name)) {
      this.#leave();
      return true;
    }
    // The end tag of an element outside the open element of HTML is ignored.
    const outer = this.isInside ? -1 : this.#open.findLastIndex(({ isForeign }) => isForeign);
    const at = this.#open.findLastIndex((one) => one.name === name);
    if (at > outer) this.#open.length = at;
    return false;
  }

  /** Ends the elements of MathML and SVG, up to one that accepts HTML. */
  #leave(): void {
    this.#open.length = this.#open.findLastIndex(({ name, isForeign }) => !isForeign || takesHtml.has(name)) + 1;
  }
}

/** Elements in which browsers accept HTML (HTML §13.2.4.2, integration points). */
const takesHtml = new Set(['mi', 'mo', 'mn', 'ms', 'mtext', 'annotation-xml', 'foreignobject', 'desc', 'title']);

const voidElements = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

const endingNames = new Set(
  (
    'b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta ' +
    'nobr ol p pre ruby s small span strong strike sub sup table tt u ul var'
  ).split(' '),
);

/** Reports whether a start tag of HTML ends formulas and drawings (HTML §13.2.6.5). */
export function endsForeign(tag: string, name: string): boolean {
  return endingNames.has(name) || (name === 'font' && /\s(?:color|face|size)(?=[\s=/>])/i.test(tag));
}
