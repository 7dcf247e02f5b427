// Calls the route handler of the snippet with the Request of the web platform, as Next.js does.
import { createServer } from 'node:http';
import { POST } from './next.mjs';

createServer(async (incoming, outgoing) => {
  const chunks = [];
  for await (const chunk of incoming) chunks.push(chunk);
  const url = `http://localhost${incoming.url}`;
  const request = new Request(url, {
    method: 'POST',
    headers: Object.entries(incoming.headers),
    body: Buffer.concat(chunks),
  });
  outgoing.writeHead((await POST(request)).status).end();
}).listen(process.env.PORT, '127.0.0.1');
