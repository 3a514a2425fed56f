/**
 * Reads a flat JSON object in which a client's text is not escaped: a quote in a URI breaks it, or adds fields of the
 * client's choice. So fields are read from the left up to the first text that clients write, and from the right back to it;
 * what is between is that text. A key counts once, and the side that is read first decides.
 */
export type Member = readonly [key: string, value: unknown, isBehindClientText: boolean];

const KEY = /\s*"([^"\\]{1,128})"\s*:\s*/y;
const SCALAR = /(?:"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|-)(?=\s*[,}])/y;
const SEPARATOR = /\s*,/y;
/** Between the client's text and the next field that could not be read from the right. */
const NEXT_FIELD = /"\s*,\s*"/;

/** What of the members can be read; nothing of what is nested. Linear in the text's length. */
export function lenientMembers(text: string, isClientText: (key: string) => boolean): Member[] {
  const members: Member[] = [];
  const seen = new Set<string>();
  let at = 1;
  let client: { key: string; from: number } | undefined;
  while (client === undefined) {
    const key = match(KEY, text, at);
    if (!key) break;
    at += key[0].length;
    if (text[at] === '"' && isClientText(key[1]!)) {
      client = { key: key[1]!, from: at + 1 };
      break;
    }
    const value = match(SCALAR, text, at);
    if (!value) break;
    add(key[1]!, value[0], false);
    at += value[0].length;
    const separator = match(SEPARATOR, text, at);
    if (!separator) break;
    at += separator[0].length;
  }
  if (client === undefined || !text.endsWith('}')) return members;
  seen.add(client.key);
  let end = text.length - 1;
  for (let comma = text.lastIndexOf(',', end); comma > client.from; comma = text.lastIndexOf(',', comma - 1)) {
    const key = match(KEY, text, comma + 1);
    if (!key) continue;
    const from = comma + 1 + key[0].length;
    const value = match(SCALAR, text, from);
    if (!value || text.slice(from + value[0].length, end).trim() !== '') continue;
    if (seen.has(key[1]!)) break;
    add(key[1]!, value[0], true);
    end = comma;
  }
  const inside = text.slice(client.from, end).trimEnd().replace(/"$/, '');
  const cut = inside.search(NEXT_FIELD);
  members.push([client.key, cut < 0 ? inside : inside.slice(0, cut), false]);
  return members;

  function add(key: string, value: string, isBehind: boolean): void {
    if (seen.has(key)) return;
    seen.add(key);
    members.push([key, scalar(value), isBehind]);
  }
}

function match(expression: RegExp, text: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at;
  return expression.exec(text);
}

function scalar(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Control bytes and unknown escapes stand raw in such logs; a lone dash is a value that is not there.
    return text.startsWith('"') ? text.slice(1, -1) : undefined;
  }
}
