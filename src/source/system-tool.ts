/** Compressions that the system's tool takes off, since no small package does. */
import { spawn } from 'node:child_process';
import { pipeline, Readable } from 'node:stream';
import { UserError } from '../errors.ts';
import type { Decompressor } from './decompress.ts';
import { copies, damaged } from './transform.ts';

const LONGEST_COMPLAINT = 300;

/** @param packageName what a Debian user installs to get the tool. */
export function throughTool(tool: string, packageName: string): Decompressor {
  return async function* (name, chunks) {
    const child = spawn(tool, ['-dc'], { stdio: ['pipe', 'pipe', 'pipe'] });
    const ended = new Promise<number | NodeJS.ErrnoException>((resolve) => {
      child.once('error', resolve);
      child.once('close', (code) => resolve(code ?? -1));
    });
    let complaint = '';
    child.stderr.on('data', (text: Buffer) => {
      if (complaint.length < LONGEST_COMPLAINT) complaint += text.toString('utf8');
    });
    // A tool that stops early closes the pipe; its exit status says why.
    pipeline(Readable.from(copies(chunks), { objectMode: false }), child.stdin, () => {});
    try {
      for await (const chunk of child.stdout) yield chunk as Buffer;
      const end = await ended;
      if (end instanceof Error) {
        throw new UserError(
          end.code === 'ENOENT'
            ? `${name} is compressed with ${tool}, and the command ${tool} is not there: install it (package ${packageName}), or decompress the file elsewhere`
            : `${name}: ${tool} cannot be run (${end.code ?? end.message})`,
        );
      }
      if (end !== 0)
        throw damaged(name, complaint.trim().split('\n')[0]?.slice(0, LONGEST_COMPLAINT) || `${tool}: ${end}`);
    } finally {
      child.kill();
    }
  };
}
