import type { Element, ElementContent } from 'hast';
import { taskBox } from '../../../article/body/markdown-extensions.ts';
import { asIs } from './kept-html.ts';

/** Gives an element whose children are settled the form in which Markdown has words for it. */
export function inForm(element: Element, language: string | undefined): Element {
  switch (element.tagName) {
    case 'figure':
      return figure(element);
    case 'td':
    case 'th':
      return cell(element);
    case 'pre':
      return language === undefined ? element : code(element, language);
    default:
      return element;
  }
}

/** A figure that has no caption says no more than what stands in it. */
function figure(element: Element): Element {
  const isSaid = element.children.some(
    (child) => child.type === 'element' && child.tagName === 'figcaption' && child.children.some(isSeen),
  );
  return isSaid ? element : { ...element, tagName: 'div' };
}

/** A cell is one line, which an element may break; alignment is said in one way. */
function cell(element: Element): Element {
  const { style, ...properties } = element.properties;
  const align = /(?:^|;)\s*text-align\s*:\s*(left|right|center)\s*(?:;|$)/i.exec(String(style ?? ''))?.[1];
  const seen = element.children.filter(isSeen);
  const [only] = seen;
  const isParagraph = seen.length === 1 && only?.type === 'element' && only.tagName === 'p';
  const children = breaksAsIs(isParagraph ? only.children : element.children);
  return { ...element, properties: align === undefined ? properties : { ...properties, align }, children };
}

function breaksAsIs(children: readonly ElementContent[]): ElementContent[] {
  const isBreak = (node: ElementContent): boolean => node.type === 'element' && node.tagName === 'br';
  const isWord = (node: ElementContent): boolean => isSeen(node) && !isBreak(node);
  const [start, end] = [children.findIndex(isWord), children.findLastIndex(isWord) + 1];
  return children.slice(Math.max(0, start), end).map((node) => {
    if (isBreak(node)) return asIs('<br>');
    return node.type === 'element' ? { ...node, children: breaksAsIs(node.children) } : node;
  });
}

function code(pre: Element, language: string): Element {
  const className = [`language-${language}`];
  const inner = pre.children.find(
    (child): child is Element => child.type === 'element' && child.tagName === 'code',
  );
  if (inner !== undefined) inner.properties = { className };
  const wrapped: Element = {
    type: 'element',
    tagName: 'code',
    properties: { className },
    children: pre.children,
  };
  return inner === undefined ? { ...pre, children: [wrapped] } : pre;
}

/** Finds what code is written in, as the programs that colour it say in classes and attributes. */
export function languageOf({ tagName, properties, children }: Element): string | undefined {
  const inner = tagName === 'pre' ? children.find((child) => child.type === 'element') : undefined;
  const within = inner?.tagName === 'code' ? languageOf(inner) : undefined;
  if (within !== undefined) return within;
  const { className, lang, dataLang, dataLanguage, dataEnlighterLanguage } = properties;
  const classes = Array.isArray(className) ? className.join(' ') : '';
  const isCode = tagName === 'pre' || tagName === 'code';
  const [, said] =
    /(?:^|\s)(?:lang(?:uage)?-|highlight-source-|brush:\s*|sourceCode\s)([\w+#.-]+)/i.exec(classes) ?? [];
  const named = said ?? dataLang ?? dataLanguage ?? dataEnlighterLanguage ?? (isCode ? lang : undefined);
  return typeof named === 'string' && /^[\w+#.-]{1,30}$/.test(named) && !plain.test(named)
    ? named
    : undefined;
}

/** No language, or one that people speak. */
const plain =
  /^(?:none|no-?highlight|plain(?:text)?|te?xt|generic|raw|auto|default|(?:en|de|fr|es|it|pt|nl|pl|ja|zh)(?:-\w+)?)$/i;

/** Takes the box off the beginning of an item of a list of tasks. */
export function takeTick(item: Element): Element[] {
  for (let holder = item; ; ) {
    const index = holder.children.findIndex(isSeen);
    const first = holder.children[index];
    if (first?.type !== 'element') return [];
    if (first.tagName === 'label' || first.tagName === 'p') holder = first;
    else {
      if (!isBox(first)) return [];
      holder.children.splice(0, index + 1);
      return [first];
    }
  }
}

/** Shows a box elsewhere as a word; other fields say nothing to readers. */
export function boxOf(input: Element): ElementContent[] {
  return isBox(input) ? [{ type: 'text', value: `${taskBox(isTicked(input))} ` }] : [];
}

function isBox({ tagName, properties }: Element): boolean {
  return tagName === 'input' && String(properties.type).toLowerCase() === 'checkbox';
}

function isTicked({ properties }: Element): boolean {
  return properties.checked !== undefined && properties.checked !== false;
}

function isSeen(node: ElementContent): boolean {
  return node.type === 'text' ? /\S/.test(node.value) : node.type === 'element';
}
