import type { Mark } from '../../lines/mark.ts';
import type { Archive } from '../../state/archive.ts';
import { FieldReader } from '../fields/field-reader.ts';
import type { Format, FormatContext, FormatParser } from '../format.ts';

/** Labeled tab-separated values, `label:value<TAB>label:value`: http://ltsv.org. */
export const ltsv: Format = {
  name: 'ltsv',
  recognisedBy: 'tab-separated label:value fields with a memory figure ("rss:…") and a URL or a route',
  isAvailable: () => true,
  create: (context) => new LtsvParser(context),
};

const LABEL = /^[\w.@-]{1,128}:/;

class LtsvParser implements FormatParser {
  readonly marks: readonly Mark[] = ['\t'];
  readonly #reader: FieldReader;

  constructor(context: FormatContext) {
    this.#reader = new FieldReader(context);
  }

  line(text: string, lineNumber: number): boolean {
    if (!text.includes('\t') || !LABEL.test(text)) return false;
    const { record, names } = this.#reader;
    record.start();
    for (const part of text.split('\t')) {
      const colon = part.indexOf(':');
      if (colon < 1 || colon > 128) continue;
      const { field } = names.child(names.root, part.slice(0, colon));
      if (!field) continue;
      record.put(field, part.slice(colon + 1).trimEnd());
      if (field.role === 'uri' || field.role === 'request') record.settle();
    }
    return this.#reader.finish(lineNumber);
  }

  transfer(archive: Archive): void {
    this.#reader.transfer(archive);
  }
}
