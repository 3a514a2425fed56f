/** Rings when something happens in a file's folder, when it is time to look, or when a signal is aborted. */
import { type FSWatcher, watch } from 'node:fs';
import { dirname } from 'node:path';

/** File systems that tell nothing (NFS, some containers' mounts) are looked at so often, in milliseconds. */
const POLL = 500;

export class FolderBell {
  #watcher: FSWatcher | undefined;
  #hasRung = false;
  #wake: (() => void) | undefined;
  readonly #signal: AbortSignal;
  readonly #ring = () => {
    this.#hasRung = true;
    this.#wake?.();
  };

  constructor(path: string, signal: AbortSignal) {
    this.#signal = signal;
    signal.addEventListener('abort', this.#ring);
    try {
      // The folder, since a file's own watcher follows it when it is renamed.
      this.#watcher = watch(dirname(path), { persistent: false }, this.#ring);
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No watchers left, or none here: polling is enough.
    }
  }

  /** @param longest milliseconds. */
  async rings(longest: number = POLL): Promise<void> {
    if (!this.#hasRung && !this.#signal.aborted) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, longest);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#hasRung = false;
    this.#wake = undefined;
  }

  close(): void {
    this.#signal.removeEventListener('abort', this.#ring);
    this.#watcher?.close();
  }
}
