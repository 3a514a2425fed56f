/** One request to a FastCGI server (FastCGI specification 1.0, sections 3 and 5), as much as a test of PHP-FPM needs. */
import { connect } from 'node:net';

const BEGIN = 1;
const PARAMS = 4;
const STDIN = 5;
const RESPONDER = 1;

/** @returns all that the server sent back, headers of its records included. */
export function fastcgi(port: number, script: string, uri: string): Promise<string> {
  const params = {
    GATEWAY_INTERFACE: 'CGI/1.1',
    SERVER_PROTOCOL: 'HTTP/1.1',
    REQUEST_METHOD: 'GET',
    SCRIPT_FILENAME: script,
    SCRIPT_NAME: '/index.php',
    REQUEST_URI: uri,
    QUERY_STRING: '',
    REMOTE_ADDR: '127.0.0.1',
  };
  const pairs = Buffer.concat(
    Object.entries(params).map(([name, value]) =>
      Buffer.concat([Buffer.from([name.length, value.length]), Buffer.from(name + value)]),
    ),
  );
  const sent = Buffer.concat([
    record(BEGIN, Buffer.from([0, RESPONDER, 0, 0, 0, 0, 0, 0])),
    record(PARAMS, pairs),
    record(PARAMS, Buffer.alloc(0)),
    record(STDIN, Buffer.alloc(0)),
  ]);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect(port, '127.0.0.1', () => socket.write(sent));
    socket.setTimeout(30_000, () => socket.destroy(new Error('no answer')));
    socket.on('data', (chunk: Buffer) => chunks.push(chunk));
    socket.on('error', reject).on('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
  });
}

function record(type: number, content: Buffer): Buffer {
  const head = Buffer.from([1, type, 0, 1, 0, 0, 0, 0]);
  head.writeUInt16BE(content.length, 4);
  return Buffer.concat([head, content]);
}
