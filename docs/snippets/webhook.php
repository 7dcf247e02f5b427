<?php
// Receives webhooks. To try it: php -S localhost:8000 webhook.php

/** Whether Pool Brain signed these bytes. */
function is_valid(string $body, string $signature): bool
{
    return hash_equals(hash_hmac('sha256', $body, getenv('WEBHOOK_SECRET')), $signature);
}

/** The status of the answer. */
function receive(string $body, string $signature): int
{
    if (!is_valid($body, $signature)) {
        return 401;
    }
    $webhook = json_decode($body, true);
    if (!isset($webhook['id'], $webhook['event'], $webhook['data'])) {
        return 400;
    }
    // In your database: a unique key, written in the transaction of the work.
    $mark = sys_get_temp_dir() . '/webhook-' . hash('sha256', $webhook['id']);
    if (!file_exists($mark)) { // it may arrive again
        $data = $webhook['data'];
        foreach (array_is_list($data) ? $data : [$data] as $item) {
            error_log($webhook['event'] . ' ' . json_encode($item)); // your work, or your queue
        }
        touch($mark);
    }
    return 204;
}

$body = file_get_contents('php://input'); // the raw bytes, before any parser
http_response_code(receive($body, $_SERVER['HTTP_X_WEBHOOK_SIGNATURE'] ?? ''));
