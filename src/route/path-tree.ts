/**
 * Bounds the routes while the log is read: a position that took too many different segments takes no further ones, they
 * become the learned placeholder there. What was seen before keeps its name until all is read; learn.ts folds it then.
 */
import type { Archive, Archived } from '../state/archive.ts';
import { ANY_ENDING, fileStem, isPlaceholder } from './placeholders.ts';
import { LEARNED_PLACEHOLDER } from './value-positions.ts';
import { isPlace } from './vocabulary.ts';

/** Different segments at one position; at the root more, where an application has all its parts. */
const MOST_SEGMENTS = 300;
const MOST_SEGMENTS_AT_ROOT = 600;
/** The same once half of all routes are taken. */
const MOST_SEGMENTS_WHEN_CROWDED = 30;
/** Different endings of files whose names are values (`{id}.pdf`) at one position; learn.ts joins where there are more. */
export const MOST_ENDINGS = 30;
/** Positions for each route there may be. Words in ever new sequences would make them without end. */
const NODES_PER_ROUTE = 8;
const FEWEST_NODES = 1000;

export interface PathNode {
  /** Segments that are no placeholders, which are few. */
  width: number;
  /** Segments that are files whose names are values. */
  endings: number;
  children: Map<string, PathNode>;
}

export class PathTree implements Archived {
  /** Paths that were not seen before and came to a full position directly below the root. */
  crowdedPaths = 0;
  root: PathNode = newNode();
  readonly #mostNodes: number;
  #nodes = 1;

  constructor(maxRoutes: number) {
    this.#mostNodes = Math.max(FEWEST_NODES, NODES_PER_ROUTE * maxRoutes);
  }

  /** Whether there are as many nodes as there may be. */
  get isFull(): boolean {
    return this.#nodes >= this.#mostNodes;
  }

  /**
   * The name itself, or one with placeholders where positions are full; undefined where it would need one node too many.
   * @param name a path in normal form.
   * @param isCrowded whether routes are running out.
   */
  place(name: string, isCrowded: boolean): string | undefined {
    let node = this.root;
    let placed = '';
    let from = 1;
    for (;;) {
      const slash = name.indexOf('/', from);
      const segment = slash < 0 ? name.slice(from) : name.slice(from, slash);
      let child = node.children.get(segment);
      let kept = segment;
      if (child === undefined) {
        if (this.isFullAt(node, isCrowded) && takesRoom(segment) && !isPlace(segment)) {
          kept = LEARNED_PLACEHOLDER;
          if (node === this.root) this.crowdedPaths++;
          child = node.children.get(kept);
        } else if (this.takesNoEnding(node) && fileStem(segment) !== undefined) {
          kept = `${fileStem(segment)}${ANY_ENDING}`;
          child = node.children.get(kept);
        }
        if (child === undefined) {
          if (this.isFull) return undefined;
          child = newNode();
          this.#nodes++;
          // A slice would keep the whole path alive.
          node.children.set(kept === segment ? copyOf(segment) : kept, child);
          if (takesRoom(kept)) node.width++;
          else if (fileStem(kept) !== undefined) node.endings++;
        }
      }
      placed += `/${kept}`;
      if (slash < 0) return placed;
      node = child;
      from = slash + 1;
    }
  }

  /** Whether the position takes no new segments but placeholders and actions. */
  isFullAt(node: PathNode, isCrowded: boolean): boolean {
    const most = isCrowded ? MOST_SEGMENTS_WHEN_CROWDED : node === this.root ? MOST_SEGMENTS_AT_ROOT : MOST_SEGMENTS;
    return node.width >= most;
  }

  /** Whether a file with a new ending is one with any ending. */
  takesNoEnding(node: PathNode): boolean {
    return node.endings >= MOST_ENDINGS;
  }

  transfer(archive: Archive): void {
    this.crowdedPaths = archive.value(this.crowdedPaths);
    this.root = archive.value(this.root);
    this.#nodes = archive.value(this.#nodes);
  }
}

/** What is no placeholder, nor the page of the root itself, which is no value. */
function takesRoom(segment: string): boolean {
  return segment !== '' && !isPlaceholder(segment);
}

function newNode(): PathNode {
  return { width: 0, endings: 0, children: new Map() };
}

function copyOf(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
