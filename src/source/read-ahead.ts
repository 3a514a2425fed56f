/**
 * Chunks that lie in two buffers in turn: each is valid until the next is asked for, and meanwhile the next is read. Fresh
 * memory for every one costs as much as reading.
 *
 * @param read fills a buffer with what comes next, and says how much; 0 at the end.
 * @throws what `read` throws, behind all that came before.
 */
export async function* readAhead(read: (buffer: Buffer) => Promise<number>, size: number): AsyncGenerator<Buffer> {
  let buffer = Buffer.allocUnsafeSlow(size);
  let other = Buffer.allocUnsafeSlow(size);
  let reading = read(buffer);
  try {
    for (;;) {
      const bytesRead = await reading;
      if (bytesRead === 0) return;
      const chunk = buffer.subarray(0, bytesRead);
      [buffer, other] = [other, buffer];
      reading = read(buffer);
      // Whether it failed is asked when its turn has come.
      reading.catch(() => {});
      yield chunk;
    }
  } finally {
    // The file may be closed once nothing reads it.
    await reading.catch(() => {});
  }
}
