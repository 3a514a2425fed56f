/** Elements of a page from plain data. Only text nodes and attributes are made: nothing is ever parsed as HTML. */
import { type Content, shownAttributes } from '../element.ts';

const SVG = 'http://www.w3.org/2000/svg';

export function toDom(content: Content, isSvg = false): Node {
  if (typeof content === 'string') return document.createTextNode(content);
  const svg = isSvg || content.tag === 'svg';
  const node = svg ? document.createElementNS(SVG, content.tag) : document.createElement(content.tag);
  for (const [name, value] of shownAttributes(content)) node.setAttribute(name, value);
  for (const child of content.children) node.append(toDom(child, svg));
  return node;
}

/** The element that must be there. @throws Error */
export function byId<T extends HTMLElement>(id: string, type: new () => T): T {
  const found = document.getElementById(id);
  if (!(found instanceof type)) throw new Error(`no ${type.name} #${id}`);
  return found;
}
