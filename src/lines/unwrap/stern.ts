/**
 * stern and its like: `POD CONTAINER line`, or `NAMESPACE POD CONTAINER line` with several namespaces, coloured on a
 * terminal. Any text begins with words: a pod is known by what Kubernetes ends its name with, five letters and digits without
 * vowels, 0, 1 and 3 (apimachinery, util/rand), or the number of a StatefulSet. Source: stern, cmd/cmd.go, templates.
 */
import { innerLine, isDigit, isLetter, type Wrapper } from './wrapper.ts';

const COLOUR = '(?:\\x1b\\[[\\d;]{0,12}m){0,4}';
const NAME = '[a-z\\d][a-z\\d.-]{0,252}';
const WORD = new RegExp(`${COLOUR}(${NAME})${COLOUR} `, 'y');
const CONTAINER = new RegExp(`${COLOUR}(${NAME})${COLOUR}(?: [›│>|])? `, 'y');
const POD = /-(?:[bcdfghjklmnpqrstvwxz2456789]{5}|\d{1,4})$/;
const ESCAPE = 0x1b;

export const stern: Wrapper = {
  name: 'stern',
  begins: (code) => code === ESCAPE || isLetter(code) || isDigit(code),
  unwrap(text) {
    const first = wordAt(text, 0);
    if (!first) return undefined;
    const pod = POD.test(first.word) ? first : wordAt(text, first.end);
    if (!pod || !POD.test(pod.word)) return undefined;
    CONTAINER.lastIndex = pod.end;
    const container = CONTAINER.exec(text);
    if (!container) return undefined;
    const namespace = pod === first ? '' : `${first.word}/`;
    return innerLine(text.slice(CONTAINER.lastIndex), { origin: `${namespace}${pod.word}/${container[1]}` });
  },
};

function wordAt(text: string, at: number): { word: string; end: number } | undefined {
  WORD.lastIndex = at;
  const found = WORD.exec(text);
  return found ? { word: found[1]!, end: WORD.lastIndex } : undefined;
}
