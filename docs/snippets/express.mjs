import { createHmac, timingSafeEqual } from 'node:crypto';
import express from 'express';

const handled = new Set(); // in your database: a unique key, written in the transaction of the work
const app = express();

/** Whether Pool Brain signed these bytes. */
function isValid(body, signature) {
  const hmac = createHmac('sha256', process.env.WEBHOOK_SECRET).update(body);
  const expected = Buffer.from(hmac.digest('hex'));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}

function parse(body) {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}

// Raw bytes, because express.json() loses them. A group has more than the 100 kB that Express accepts.
app.post('/webhooks', express.raw({ type: '*/*', limit: '1mb' }), (request, response) => {
  const body = request.body ?? Buffer.alloc(0); // Express leaves it undefined if it is empty
  if (!isValid(body, request.get('X-Webhook-Signature') ?? '')) return response.sendStatus(401);
  const webhook = parse(body);
  if (!webhook?.id) return response.sendStatus(400);
  if (!handled.has(webhook.id)) { // it may arrive again
    for (const item of [webhook.data].flat()) {
      console.log(webhook.event, JSON.stringify(item)); // your work; what takes long belongs in a queue
    }
    handled.add(webhook.id);
  }
  response.sendStatus(204);
});

app.listen(process.env.PORT ?? 3000);
