/** An open element inside a formula or drawing, or its outermost one. */
interface OpenElement {
  readonly name: string;
  readonly isForeign: boolean;
  /** The depth of the innermost element of MathML or SVG, itself included. */
  readonly foreignDepth: number;
}

/**
 * Follows tags through formulas and drawings, whose content browsers read by other rules than HTML (HTML §13.2.6.5):
 * `<![CDATA[` opens text there, and some elements of HTML end them. Takes constant time for a tag.
 */
export class ForeignContent {
  readonly #open: OpenElement[] = [];
  /** The depths of the open elements of each name. */
  readonly #depths = new Map<string, number[]>();

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
    const isHtml = last === undefined || acceptsHtml(last);
    const isForeign = isHtml ? /^(?:math|svg|mglyph|malignmark)$/.test(name) : !endsForeign(tag, name);
    if (!isHtml && !isForeign) this.#leave();
    const isEmpty = isForeign ? tag.endsWith('/>') : voidElements.has(name);
    if (!isEmpty && (isForeign || this.isOpen)) this.#push(name, isForeign);
    return !isHtml && !isForeign;
  }

  #close(name: string): boolean {
    if (this.isInside && /^(?:p|br)$/.test(name)) {
      this.#leave();
      return true;
    }
    // The end tag of an element outside the open element of HTML is ignored.
    const outer = this.isInside ? 0 : (this.#open.at(-1)?.foreignDepth ?? 0);
    const depth = this.#depths.get(name)?.at(-1) ?? 0;
    while (depth > outer && this.#open.length >= depth) this.#pop();
    return false;
  }

  /** Ends the elements of MathML and SVG, up to one that accepts HTML. */
  #leave(): void {
    for (let last = this.#open.at(-1); last !== undefined && !acceptsHtml(last); last = this.#open.at(-1)) this.#pop();
  }

  #push(name: string, isForeign: boolean): void {
    const depth = this.#open.length + 1;
    const foreignDepth = isForeign ? depth : (this.#open.at(-1)?.foreignDepth ?? 0);
    this.#open.push({ name, isForeign, foreignDepth });
    const depths = this.#depths.get(name) ?? [];
    this.#depths.set(name, depths);
    depths.push(depth);
  }

  #pop(): void {
    this.#depths.get(this.#open.pop()?.name ?? '')?.pop();
  }
}

function acceptsHtml({ name, isForeign }: OpenElement): boolean {
  return !isForeign || takesHtml.has(name);
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
