<?php
// routes/api.php: Route::post('/webhooks', WebhookController::class);

namespace App\Http\Controllers;

use Illuminate\Http\Request;
use Illuminate\Http\Response;
use Illuminate\Support\Facades\Cache;
use Illuminate\Support\Facades\Config;
use Illuminate\Support\Facades\Log;

class WebhookController
{
    /** Whether Pool Brain signed these bytes. */
    private function isValid(string $body, string $signature): bool
    {
        $secret = Config::get('services.poolbrain.webhook_secret');
        return hash_equals(hash_hmac('sha256', $body, $secret), $signature);
    }

    public function __invoke(Request $request): Response
    {
        $body = $request->getContent(); // the raw bytes, before any parser
        if (!$this->isValid($body, $request->header('X-Webhook-Signature') ?? '')) {
            return new Response('', 401);
        }
        $webhook = json_decode($body, true);
        if (!isset($webhook['id'], $webhook['event'], $webhook['data'])) {
            return new Response('', 400);
        }
        if (!Cache::has($webhook['id'])) { // better in your database: a unique key
            $data = $webhook['data'];
            foreach (array_is_list($data) ? $data : [$data] as $item) {
                Log::info($webhook['event'] . ' ' . json_encode($item)); // your work: dispatch a job
            }
            Cache::put($webhook['id'], true, 7 * 24 * 3600);
        }
        return new Response('', 204);
    }
}
