/**
 * Bounds the routes while the log is read: a position that took too many different segments takes no further ones, they
 * become the learned placeholder there. What was seen before keeps its name until all is read; learn.ts folds it then.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { isPlaceholder } from './placeholders.ts';
import { LEARNED_PLACEHOLDER } from './value-positions.ts';
import { isPlace } from './vocabulary.ts';

/** Different segments at one position; at the root more, where an application has all its parts. */
const MOST_SEGMENTS = 300;
const MOST_SEGMENTS_AT_ROOT = 600;
/** The same once half of all routes are taken. */
const MOST_SEGMENTS_WHEN_CROWDED = 30;

interface PathNode {
  /** Segments that are no placeholders, which are few. */
  width: number;
  children: Map<string, PathNode>;
}

export class PathTree implements Archived {
  /** Paths that were not seen before and came to a full position directly below the root. */
  crowdedPaths = 0;
  #root: PathNode = { width: 0, children: new Map() };

  /**
   * The name itself, or one with placeholders where positions are full.
   * @param name a path in normal form.
   * @param isCrowded whether routes are running out.
   */
  place(name: string, isCrowded: boolean): string {
    let node = this.#root;
    let placed = '';
    let from = 1;
    for (;;) {
      const slash = name.indexOf('/', from);
      const segment = slash < 0 ? name.slice(from) : name.slice(from, slash);
      let child = node.children.get(segment);
      let kept = segment;
      if (child === undefined) {
        if (this.#isFull(node, segment, isCrowded)) {
          kept = LEARNED_PLACEHOLDER;
          if (node === this.#root) this.crowdedPaths++;
          child = node.children.get(kept);
        }
        if (child === undefined) {
          child = { width: 0, children: new Map() };
          // A slice would keep the whole path alive.
          node.children.set(kept === segment ? copyOf(segment) : kept, child);
          if (!isPlaceholder(kept)) node.width++;
        }
      }
      placed += `/${kept}`;
      if (slash < 0) return placed;
      node = child;
      from = slash + 1;
    }
  }

  #isFull(node: PathNode, segment: string, isCrowded: boolean): boolean {
    const most = isCrowded ? MOST_SEGMENTS_WHEN_CROWDED : node === this.#root ? MOST_SEGMENTS_AT_ROOT : MOST_SEGMENTS;
    return node.width >= most && !isPlaceholder(segment) && !isPlace(segment);
  }

  transfer(archive: Archive): void {
    this.crowdedPaths = archive.value(this.crowdedPaths);
    this.#root = archive.value(this.#root);
  }
}

function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
