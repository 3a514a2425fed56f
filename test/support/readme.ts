/** The README's blocks that a test can run, and the README with their outputs written anew. */

export interface Block {
  language: string;
  body: string;
}

export interface Command {
  command: string;
  /** What the README says the command prints, with its last newline. */
  output: string;
}

const BLOCK = /^```(\w+)\n(.*?)^```$/gms;
const PRINTS = '// Prints: ';

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(BLOCK)].map(([, language, body]) => ({ language: language!, body: body! }));
}

/** Lines that begin with `$ ` are commands; what follows is their output. */
export function commandsOf({ body }: Block): Command[] {
  return body
    .split(/^\$ /m)
    .slice(1)
    .map((part) => {
      const end = part.indexOf('\n');
      return { command: part.slice(0, end), output: part.slice(end + 1) };
    });
}

export function consoleBlock(commands: readonly Command[]): string {
  return commands.map(({ command, output }) => `$ ${command}\n${output}`).join('');
}

/** A program, and below it what it prints in comments. */
export function programOf({ body }: Block): { source: string; output: string } {
  const lines = body.trimEnd().split('\n');
  const printed = lines.filter((line) => line.startsWith(PRINTS));
  const source = lines.filter((line) => !line.startsWith(PRINTS));
  return { source: `${source.join('\n')}\n`, output: printed.map((line) => `${line.slice(PRINTS.length)}\n`).join('') };
}

export function programBlock({ source, output }: { source: string; output: string }): string {
  return source + output.replace(/^(?=.)/gm, PRINTS);
}

/** The README with the bodies of its blocks, in order. */
export function withBodies(markdown: string, bodies: readonly string[]): string {
  let next = 0;
  return markdown.replace(BLOCK, (_, language: string) => `\`\`\`${language}\n${bodies[next++]!}\`\`\``);
}
