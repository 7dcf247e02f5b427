<?php
// Calls the controller of the snippet with Laravel's request, cache and configuration.

require_once 'Illuminate/Http/autoload.php';
require_once 'Illuminate/Cache/autoload.php';
require_once 'Illuminate/Config/autoload.php';
require_once getenv('SNIPPETS') . '/LaravelController.php';

use Illuminate\Cache\FileStore;
use Illuminate\Cache\Repository as Cache;
use Illuminate\Config\Repository as Config;
use Illuminate\Filesystem\Filesystem;
use Illuminate\Http\Request;
use Illuminate\Support\Facades\Facade;

$secrets = ['poolbrain' => ['webhook_secret' => getenv('WEBHOOK_SECRET')]];
$log = new class {
    public function info(string $text): void
    {
        error_log($text);
    }
};
$services = new ArrayObject([
    'config' => new Config(['services' => $secrets]),
    'cache' => new Cache(new FileStore(new Filesystem(), sys_get_temp_dir())),
    'log' => $log,
]);
Facade::setFacadeApplication($services);
(new App\Http\Controllers\WebhookController())(Request::capture())->send();
