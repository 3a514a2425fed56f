/** uWSGI's xml files: options are elements in <uwsgi>, whose text is the value (core/xmlconf.c). */
import type { XmlElement } from '@rgrove/parse-xml';
import { UserError } from '../../errors.ts';
import { load } from '../../load.ts';
import type { Setting } from './server-config.ts';

/** @param id of the element to read where there are several; '' for the first. */
export function readXml(text: string, id: string, name: string): Setting[] {
  const { parseXml, XmlElement: Element, XmlError } = load('@rgrove/parse-xml') as typeof import('@rgrove/parse-xml');
  const elementsOf = (parent: { children: readonly unknown[] }) =>
    parent.children.filter((child): child is XmlElement => child instanceof Element);
  let root: XmlElement | null;
  try {
    ({ root } = parseXml(text));
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    throw new UserError(`--config-from ${name} is no XML: ${error.message.split('\n')[0]}`);
  }
  if (!root) return [];
  const candidates = root.name === 'uwsgi' ? [root] : elementsOf(root).filter((element) => element.name === 'uwsgi');
  const chosen = candidates.find((element) => id === '' || (element.attributes.id ?? id) === id);
  return chosen ? elementsOf(chosen).map((element) => [element.name, element.text] as const) : [];
}
