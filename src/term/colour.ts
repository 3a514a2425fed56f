/** Whether to colour, decided in one place. Colour only repeats what words say. */
import { createRequire } from 'node:module';
import type { styleText as StyleText } from 'node:util';

// Importing the module makes Node 22 look at the environment and warn where NO_COLOR and FORCE_COLOR are both set; requiring
// it does not.
const { styleText } = createRequire(import.meta.url)('node:util') as { styleText: typeof StyleText };

export type ColourChoice = 'auto' | 'always' | 'never';

export interface ColourFacts {
  choice: ColourChoice;
  isTerminal: boolean;
  env: Readonly<Record<string, string | undefined>>;
}

/** The flag, then NO_COLOR (https://no-color.org: set and not empty), FORCE_COLOR, TERM=dumb, and whether it is a terminal. */
export function wantsColour({ choice, isTerminal, env }: ColourFacts): boolean {
  if (choice !== 'auto') return choice === 'always';
  if (env.NO_COLOR) return false;
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '')
    return env.FORCE_COLOR !== '0' && env.FORCE_COLOR !== 'false';
  return isTerminal && env.TERM !== 'dumb';
}

export type Style = 'bold' | 'dim' | 'red' | 'yellow' | 'green' | 'cyan';
export type Paint = (style: Style, text: string) => string;

export function painter(colour: boolean): Paint {
  // Node's own look at the stream and the environment is the other way round (FORCE_COLOR wins): it is switched off.
  return colour ? (style, text) => styleText(style, text, { validateStream: false }) : (_style, text) => text;
}
