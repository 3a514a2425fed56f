/**
 * A page as plain data: the server writes it as HTML, the page's own script makes the same elements of it. Text is text in both,
 * whatever it holds; nothing here takes HTML.
 */

export interface Element {
  tag: string;
  attributes: Attributes;
  children: Content[];
}

/** True is an attribute without a value; undefined and false are left out. */
export type Attributes = Record<string, string | number | boolean | undefined>;
export type Content = Element | string;

/** An element; of its children empty ones are left out. */
export function h(tag: string, attributes: Attributes, ...children: (Content | Content[] | undefined)[]): Element {
  return {
    tag,
    attributes,
    children: children.flat().filter((child) => child !== undefined && child !== '') as Content[],
  };
}

const VOID = new Set(['meta', 'input', 'wbr']);

export function toHtml(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  const attributes = shownAttributes(content)
    .map(([name, value]) => (value === '' ? ` ${name}` : ` ${name}="${escapeHtml(value)}"`))
    .join('');
  const start = `<${content.tag}${attributes}>`;
  return VOID.has(content.tag) ? start : `${start}${content.children.map(toHtml).join('')}</${content.tag}>`;
}

export function shownAttributes({ attributes }: Element): [name: string, value: string][] {
  return Object.entries(attributes).flatMap(([name, value]): [string, string][] =>
    value === undefined || value === false ? [] : [[name, value === true ? '' : String(value)]],
  );
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
