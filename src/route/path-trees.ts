/** The positions of paths by place: which of them are full on one host does not depend on another host's requests. */
import type { Archive, Archived } from '../state/archive.ts';
import { PathTree } from './path-tree.ts';

export class PathTrees implements Archived {
  readonly #maxRoutes: number;
  #trees = new Map<string, PathTree>();
  #place = '';
  #tree: PathTree;

  constructor(maxRoutes: number) {
    this.#maxRoutes = maxRoutes;
    this.#tree = this.#treeOf('');
  }

  get place(): string {
    return this.#place;
  }

  /** Of the present place. */
  get tree(): PathTree {
    return this.#tree;
  }

  get crowdedPaths(): number {
    return [...this.#trees.values()].reduce((sum, tree) => sum + tree.crowdedPaths, 0);
  }

  enter(place: string): void {
    this.#place = place;
    this.#tree = this.#treeOf(place);
  }

  #treeOf(place: string): PathTree {
    const tree = this.#trees.get(place) ?? new PathTree(this.#maxRoutes);
    this.#trees.set(place, tree);
    return tree;
  }

  transfer(archive: Archive): void {
    const places = archive.value([...this.#trees.keys()]);
    const trees = archive.list([...this.#trees.values()], () => new PathTree(this.#maxRoutes));
    this.#trees = new Map(places.map((place, i) => [place, trees[i]!]));
    this.enter(archive.value(this.#place));
  }
}
