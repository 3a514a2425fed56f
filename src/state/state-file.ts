/** The file of --state: an analysis, how far which files were read for it, and what it was made with. */
import { access, constants, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Analysis } from '../analysis.ts';
import { UserError } from '../errors.ts';
import { VERSION } from '../version.ts';
import { Archive } from './archive.ts';
import type { Position } from './positions.ts';
import { readSealed, type Seal, writeSealed } from './sealed-file.ts';

/** Options that an analysis depends on, as JSON, by the names of their flags. */
export type Shape = Readonly<Record<string, string>>;

const SEAL: Seal = {
  kind: 'state',
  version: 2,
  remedy: 'name another file for --state, or remove this one and read the logs from their beginning',
};

export class StateFile {
  readonly #path: string;
  readonly #shape: Shape;

  constructor(path: string, shape: Shape) {
    this.#path = path;
    this.#shape = shape;
  }

  /**
   * Gives the analysis what the file holds.
   *
   * @param analysis fresh; with the options that the shape tells.
   * @returns how far files were read; nothing where there is no state yet.
   * @throws UserError when the file is none of ours, damaged, of another version or other options, or cannot be written.
   */
  async readInto(analysis: Analysis): Promise<Position[]> {
    if (!(await stat(this.#path).catch(() => undefined))) {
      // To know it now and not after all was read.
      await access(dirname(this.#path), constants.W_OK).catch(() => {
        throw new UserError(`${this.#path} cannot be written; check that its folder is there, and its permissions`);
      });
      return [];
    }
    let positions: Position[] = [];
    Archive.read(await readSealed(this.#path, SEAL), {
      transfer: (archive) => {
        this.#check(archive.value(''), archive.value({}));
        positions = archive.value(positions);
        analysis.transfer(archive);
      },
    });
    return positions;
  }

  /** Takes down what there is now, at once, and writes it; the old state stays whole until then. @throws UserError */
  async write(analysis: Analysis, positions: Position[]): Promise<void> {
    const bytes = Archive.bytesOf({
      transfer: (archive) => {
        archive.value(VERSION);
        archive.value(this.#shape);
        archive.value(positions);
        analysis.transfer(archive);
      },
    });
    await writeSealed(this.#path, SEAL, bytes);
  }

  #check(madeBy: string, shape: Shape): void {
    if (madeBy !== VERSION)
      throw new UserError(
        `${this.#path} is a state of leakrank ${madeBy}, and this is leakrank ${VERSION}; ${SEAL.remedy}`,
      );
    const names = [...new Set([...Object.keys(shape), ...Object.keys(this.#shape)])];
    const others = names.filter((name) => shape[name] !== this.#shape[name]).map((name) => `--${name}`);
    if (others.length > 0)
      throw new UserError(
        `${this.#path} is a state of a run with other options (${others.join(', ')}); use the same ones, or name another file for --state`,
      );
  }
}
