/**
 * The routes of paths that scan.wasm finds by their bytes: of those seen lately, and of those never seen whose positions are
 * known. It is told of positions as paths come that it does not find, so it holds what such paths have to do with.
 */
import type { Reading } from '../parse/reading.ts';
import type { ScanFunctions, ScanMemory } from '../wasm/scan-memory.ts';
import { plainLetters, REST_OF_PATH } from './path.ts';
import type { PathNode, PathTree } from './path-tree.ts';
import { ANY_ENDING, PLACEHOLDERS, WORDS_WITH_NUMBERS } from './placeholders.ts';
import { LEARNED_PLACEHOLDER } from './value-positions.ts';
import { PLACES } from './vocabulary.ts';

/** Longer URIs are looked for as they are. */
const FOLDED_LENGTH = 8192;

/** Numbers of nodes in src/wasm/assembly/path-nodes.ts. */
const [NO_NODE, ROOT_NODE, PLACES_NODE, WORDS_NODE] = [0, 1, 2, 3];
/** Where src/wasm/assembly/path-walk.ts has them. */
const [ENDING_NAME, LEARNED_NAME, REST_NAME, MOST_NAMES] = [13, 14, 15, 16];
/** What a position may be closed to, as bits. */
const [TO_SEGMENTS, TO_ENDINGS] = [1, 2];
/** Paths that were not found before all of a full tree is told. */
const PATIENCE = 1000;

export class KnownPaths {
  readonly #memory: ScanMemory;
  readonly #functions: ScanFunctions;
  readonly #folds: boolean;
  readonly #asTheyAre: boolean;
  /** Whether paths were told from here: of what shares the memory, only that one asks for what was counted. */
  #tells = false;
  #told = 0;
  #knowsLetters = false;
  #isWhole = false;

  /**
   * @param folds whether numbers in a path can be looked up as one.
   * @param asTheyAre whether the query matters.
   */
  constructor(memory: ScanMemory, folds: boolean, asTheyAre: boolean) {
    this.#memory = memory;
    this.#functions = memory.functions;
    this.#folds = folds;
    this.#asTheyAre = asTheyAre;
  }

  /** The route of the reading's URI, or -1. */
  find({ address, uriStart, uriEnd }: Reading): number {
    const start = address + uriStart;
    const end = address + uriEnd;
    return this.#asTheyAre || end - start >= FOLDED_LENGTH
      ? this.#functions.find(start, end)
      : this.#functions.findPath(start, end, this.#folds ? 1 : 0);
  }

  /** Keeps the route of the URI that was looked for last. */
  keep(route: number): void {
    this.#functions.keep(route);
  }

  /** Forgets all: the next paths are of another place. */
  clear(): void {
    this.#functions.clear();
    this.#functions.clearNodes();
    this.#told = 0;
    this.#isWhole = false;
  }

  /**
   * Tells of the positions of the path of a URI.
   * @param name as the tree placed it; undefined where it found no room.
   * @param fullRoute the route of new names, or -1 as long as they get their own.
   */
  tell(
    uri: string,
    tree: PathTree,
    name: string | undefined,
    route: number,
    isCrowded: boolean,
    fullRoute: number,
  ): void {
    this.#tells = true;
    if (!this.#knowsLetters && /%[89a-f]/i.test(uri)) {
      this.#memory.writeLetters(plainLetters());
      this.#knowsLetters = true;
    }
    if (this.#functions.nodeCount() === 0) this.#tellWords();
    if (name !== undefined) this.#tellPath(tree, name, route, isCrowded);
    if (fullRoute < 0) return;
    if (tree.isFull && !this.#isWhole && ++this.#told === PATIENCE) this.#isWhole = this.#tellAll(ROOT_NODE, tree.root);
    this.#functions.setFull(fullRoute, this.#isWhole ? 1 : 0);
  }

  /** How many paths since the last call were among too many first segments. */
  takeCrowded(): number {
    return this.#tells ? this.#functions.takeCrowded() : 0;
  }

  #tellPath(tree: PathTree, name: string, route: number, isCrowded: boolean): void {
    let known: PathNode | undefined = tree.root;
    let node = ROOT_NODE;
    for (const segment of name.slice(1).split('/')) {
      if (known === undefined) return;
      const closed = (tree.isFullAt(known, isCrowded) ? TO_SEGMENTS : 0) | (tree.takesNoEnding(known) ? TO_ENDINGS : 0);
      if (closed !== 0) this.#close(node, known, closed);
      node = this.#add(node, segment);
      if (node === NO_NODE) return;
      known = known.children.get(segment);
    }
    this.#functions.setRoute(node, route);
  }

  #close(node: number, { children }: PathNode, closed: number): void {
    if (this.#functions.closedTo(node) === closed) return;
    for (const segment of children.keys()) if (this.#add(node, segment) === NO_NODE) return;
    this.#functions.close(node, closed);
  }

  /** False where there is no room. */
  #tellAll(node: number, { children }: PathNode): boolean {
    for (const [segment, child] of children) {
      const next = this.#add(node, segment);
      if (next === NO_NODE || !this.#tellAll(next, child)) return false;
    }
    return true;
  }

  #add(parent: number, segment: string): number {
    return this.#functions.addNode(parent, this.#memory.writeSegment(segment));
  }

  #tellWords(): void {
    for (const word of PLACES) this.#add(PLACES_NODE, word);
    for (const word of WORDS_WITH_NUMBERS) this.#add(WORDS_NODE, word);
    const names = new Array<string>(MOST_NAMES).fill('');
    for (const [i, placeholder] of PLACEHOLDERS.entries()) names[i + 1] = placeholder;
    names[ENDING_NAME] = ANY_ENDING;
    names[LEARNED_NAME] = LEARNED_PLACEHOLDER;
    names[REST_NAME] = REST_OF_PATH;
    this.#memory.writeFormNames(names);
  }
}
