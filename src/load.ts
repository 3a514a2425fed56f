/** Packages that most runs do without are loaded where they are used. */
import { createRequire } from 'node:module';

/** What `import * as package from 'package'` gives; the caller says its type. */
export const load: (name: string) => unknown = createRequire(import.meta.url);
