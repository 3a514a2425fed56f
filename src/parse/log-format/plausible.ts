/** Whether text looks like what a field mostly holds. Clients may send anything: this only decides between readings. */
import type { FreeShape } from './piece.ts';

export function isPlausible(shape: FreeShape, text: string, isQuoted: boolean, escapes: boolean): boolean {
  if (text === '' || text === '-') return true;
  if (isQuoted && hasBareQuote(text, escapes)) return false;
  switch (shape) {
    case 'uri':
      return (/^(?:[/*]|[a-z][a-z\d+.-]*:)/i.test(text) || text === 'None') && !hasBlank(text);
    case 'method':
      return /^[A-Za-z_-]{1,32}$/.test(text);
    case 'protocol':
      return /^HTTP\/\d(?:\.\d)?$/.test(text);
    case 'request-line':
      return isPlausibleRequestLine(text);
    case 'word':
      return !hasBlank(text);
    case 'text':
      return true;
  }
}

function isPlausibleRequestLine(text: string): boolean {
  const first = text.indexOf(' ');
  const last = text.lastIndexOf(' ');
  return (
    first < last &&
    isPlausible('method', text.slice(0, first), false, false) &&
    isPlausible('protocol', text.slice(last + 1), false, false) &&
    !hasBlank(text.slice(first + 1, last))
  );
}

/** A space or a control character: no client that keeps to HTTP sends them. */
function hasBlank(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) <= 0x20) return true;
  return false;
}

function hasBareQuote(text: string, escapes: boolean): boolean {
  for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) {
    if (!escapes || at === 0 || text.charCodeAt(at - 1) !== 0x5c) return true;
  }
  return false;
}
