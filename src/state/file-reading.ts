/** A file on its way into the analysis, and what is to be remembered of it. */
import { resolve } from 'node:path';
import type { InputReader } from '../input-reader.ts';
import type { LogFile } from '../source/log-file.ts';
import { Archive } from './archive.ts';
import { LONGEST_HEAD, type Position } from './positions.ts';
import { sha256 } from './sealed-file.ts';

export class FileReading {
  readonly file: LogFile;
  readonly reader: InputReader;
  readonly #path: string;
  /** The first bytes of the file, as far as it was read. */
  #head: Buffer;
  #isOver = false;

  private constructor(file: LogFile, reader: InputReader, path: string, head: Buffer) {
    this.file = file;
    this.reader = reader;
    this.#path = path;
    this.#head = head;
  }

  /** @param reader begins where the file is to be read on. @throws UserError */
  static async begin(file: LogFile, reader: InputReader): Promise<FileReading> {
    const head = await file.head(Math.min(reader.place.offset, LONGEST_HEAD));
    return new FileReading(file, reader, resolve(file.path), head);
  }

  /** Takes the next bytes. */
  write(chunk: Buffer): void {
    this.reader.write(chunk);
    const room = LONGEST_HEAD - this.#head.length;
    if (room > 0) this.#head = Buffer.concat([this.#head, chunk.subarray(0, room)]);
  }

  /** The file is over. */
  end(): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.reader.end();
  }

  position(): Position {
    const { device, inode } = this.file;
    const { offset, lineNumber } = this.reader.place;
    const head = this.#head.subarray(0, offset);
    return {
      path: this.#path,
      device,
      inode,
      headHash: sha256(head),
      headLength: head.length,
      offset,
      lineNumber,
      input: this.reader.input,
      reader: this.#isOver ? null : Archive.bytesOf(this.reader),
    };
  }
}
