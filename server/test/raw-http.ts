import { connect } from 'node:net';

/** Sends these very bytes and gives the status of what comes back; 0: the connection was closed without a word. */
export function statusOfRaw(port: number, request: string, withinMs = 5000): Promise<number> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request, 'latin1'));
    const timer = setTimeout(() => settle(new Error('no answer came')), withinMs);
    let text = '';
    const settle = (outcome: number | Error) => {
      clearTimeout(timer);
      socket.destroy();
      if (outcome instanceof Error) reject(outcome);
      else resolve(outcome);
    };
    socket.setEncoding('latin1').on('data', (part: string) => {
      text += part;
      const status = /^HTTP\/1\.[01] (\d{3}) /.exec(text)?.[1];
      if (status) settle(Number(status));
    });
    socket.on('close', () => settle(0));
    socket.on('error', (error: NodeJS.ErrnoException) => settle(error.code === 'ECONNRESET' ? 0 : error));
  });
}
