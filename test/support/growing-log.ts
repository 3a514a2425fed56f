/** A log that a server writes while others read it: lines come in pieces, and the file is rotated and compressed. */
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Random } from './random.ts';

export class GrowingLog {
  readonly path: string;
  /** Those of its set, oldest first. */
  files: string[];
  readonly #lines: readonly string[];
  readonly #random: Random;
  #next = 0;
  /** What is still to be written of a line that was begun. */
  #rest = '';

  constructor(folder: string, lines: readonly string[], random: Random) {
    this.path = join(folder, 'u.log');
    this.files = [this.path];
    this.#lines = lines;
    this.#random = random;
    writeFileSync(this.path, '');
  }

  get isWhole(): boolean {
    return this.#next === this.#lines.length && this.#rest === '';
  }

  /** Writes some lines, and at times the beginning of another. */
  grow(most: number): void {
    const end = Math.min(this.#lines.length, this.#next + this.#random.integer(most + 1));
    let text = this.#rest + this.#lines.slice(this.#next, end).join('');
    this.#next = end;
    this.#rest = '';
    const line = this.#lines[this.#next];
    if (line !== undefined && this.#random.integer(3) === 0) {
      const cut = 1 + this.#random.integer(line.length - 1);
      text += line.slice(0, cut);
      this.#rest = line.slice(cut);
      this.#next++;
    }
    appendFileSync(this.path, text);
  }

  /** As logrotate does, without the delay; the server finishes its line in the old file. */
  rotate(): void {
    const older = this.files.slice(0, -1);
    this.files = [...older.map((file, i) => this.#shift(file, older.length - i)), `${this.path}.1`, this.path];
    renameSync(this.path, `${this.path}.1`);
    appendFileSync(`${this.path}.1`, this.#rest);
    this.#rest = '';
    writeFileSync(this.path, '');
  }

  /** Packs the second newest file, which nobody writes any more. */
  compress(): void {
    const place = this.files.indexOf(`${this.path}.2`);
    if (place < 0) return;
    const plain = this.files[place]!;
    writeFileSync(`${plain}.gz`, gzipSync(readFileSync(plain)));
    rmSync(plain);
    this.files[place] = `${plain}.gz`;
  }

  finish(): void {
    appendFileSync(this.path, this.#rest + this.#lines.slice(this.#next).join(''));
    this.#rest = '';
    this.#next = this.#lines.length;
  }

  /** From the name `.n` to `.n+1`. */
  #shift(file: string, number: number): string {
    const target = `${this.path}.${number + 1}${file.endsWith('.gz') ? '.gz' : ''}`;
    if (existsSync(file)) renameSync(file, target);
    return target;
  }
}
