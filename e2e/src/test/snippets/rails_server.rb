# Smallest Rails application with the controller of the snippet.
require "action_controller/railtie"
require "rack/handler/webrick"

class Webhooks < Rails::Application
  config.eager_load = false
  config.cache_store = :memory_store
  config.secret_key_base = "not used"
  config.logger = Logger.new($stdout)
  config.hosts.clear
  routes.append { post "/webhooks", to: "webhooks#create" }
end

Webhooks.initialize!
require ENV.fetch("SNIPPETS") + "/webhooks_controller"
$stdout.sync = true
Rack::Handler::WEBrick.run(Webhooks, Host: "127.0.0.1", Port: Integer(ENV.fetch("PORT")))
