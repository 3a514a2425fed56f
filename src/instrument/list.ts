/** Which servers there are, as text. */
import { SERVERS } from './servers.ts';

export function listOfServers(): string {
  const width = Math.max(...SERVERS.map(({ name }) => name.length));
  const rows = SERVERS.map(({ name, title, aliases }) => {
    const others = aliases.length > 0 ? ` (also: ${aliases.join(', ')})` : '';
    return `  ${name.padEnd(width)}  ${title}${others}\n`;
  });
  return `What makes a server log its memory, to copy:\n\n${rows.join('')}\nleakrank instrument <server> prints it, and where it goes.\n`;
}
