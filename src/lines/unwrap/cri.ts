/**
 * The log files of Kubernetes' container runtimes (containerd, CRI-O): `2026-11-23T20:50:35.123456789Z stderr F line`. The
 * tags are a list with colons between, of which the first is F (full) or P (partial): a line over 16 KiB, cut, goes on in the
 * next one of its stream. Source: containerd, internal/cri/io/logger.go; kubernetes, pkg/kubelet/kuberuntime/logs.
 */
import { leadingStamp } from './stamp.ts';
import { innerLine, isDigit, type Wrapper } from './wrapper.ts';

const REST = / (stdout|stderr) ([FP])(?::[\w:.-]{1,64})?(?: |$)/y;

export const cri: Wrapper = {
  name: 'cri',
  begins: isDigit,
  marks: [' stdout P', ' stderr P'],
  unwrap(text) {
    const stamp = leadingStamp(text);
    if (!stamp) return undefined;
    REST.lastIndex = stamp.end;
    const rest = REST.exec(text);
    if (!rest) return undefined;
    return innerLine(text.slice(REST.lastIndex), {
      stream: rest[1]!,
      time: stamp.time,
      zoned: stamp.zoned,
      part: rest[2] === 'P' ? 'piece' : 'whole',
    });
  },
};
