/** `kubectl logs --prefix`: `[pod/NAME/CONTAINER] line`. Source: kubectl, pkg/cmd/logs/logs.go, addPrefixIfNeeded(). */
import { innerLine, type Wrapper } from './wrapper.ts';

const PREFIX = /^\[pod\/([a-z\d][a-z\d.-]{0,252}\/[a-z\d][a-z\d-]{0,252})\] /;

export const kubectlPrefix: Wrapper = {
  name: 'kubectl-prefix',
  begins: (code) => code === 0x5b,
  unwrap(text) {
    if (!text.startsWith('[pod/')) return undefined;
    const prefix = PREFIX.exec(text);
    return prefix ? innerLine(text.slice(prefix[0].length), { origin: prefix[1]! }) : undefined;
  },
};
