/** How text for people looks in these surroundings: width, colour, characters. */
import type { TableStyle } from '../report/table.ts';
import { type ColourChoice, wantsColour } from '../term/colour.ts';
import type { Surroundings } from './surroundings.ts';

/** The flags of {@link addStyleOptions}, as typed. */
export interface StyleFlags {
  output?: string | undefined;
  top: number;
  color: ColourChoice | boolean;
  ascii?: true | undefined;
  si?: true | undefined;
}

export function tableStyle(flags: StyleFlags, { stdout, env }: Surroundings): TableStyle {
  const toTerminal = flags.output === undefined && stdout.isTTY === true;
  const columns = Number(env.COLUMNS);
  const width =
    // A pseudo-terminal may say 0: it does not know.
    (toTerminal ? stdout.columns || undefined : undefined) ??
    (Number.isInteger(columns) && columns > 0 ? columns : Number.POSITIVE_INFINITY);
  return {
    width,
    top: flags.top,
    colour: wantsColour({ choice: colourChoice(flags), isTerminal: toTerminal, env }),
    ascii: flags.ascii ?? isAsciiLocale(env),
    units: flags.si ? 'si' : 'iec',
  };
}

/** `--no-color` makes `color` false. */
export function colourChoice({ color }: Pick<StyleFlags, 'color'>): ColourChoice {
  return typeof color === 'boolean' ? (color ? 'auto' : 'never') : color;
}

/** As POSIX ranks them; a locale that is set and does not name UTF-8 has no room for other characters. */
export function isAsciiLocale(env: Surroundings['env']): boolean {
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG;
  return locale !== undefined && locale !== '' && !/utf-?8/i.test(locale);
}
