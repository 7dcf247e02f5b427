# config/routes.rb: post "/webhooks", to: "webhooks#create"
class WebhooksController < ActionController::API
  wrap_parameters false # no parser before the signature is checked

  def create
    body = request.raw_post
    return head :unauthorized unless signed?(body, request.headers["X-Webhook-Signature"].to_s)

    webhook = parse(body)
    return head :bad_request unless webhook.is_a?(Hash) && webhook["id"]

    unless Rails.cache.exist?(webhook["id"]) # better in your database: a unique key
      data = webhook["data"]
      (data.is_a?(Array) ? data : [data]).each do |item|
        Rails.logger.info("#{webhook["event"]} #{item.to_json}") # your work: perform_later
      end
      Rails.cache.write(webhook["id"], true, expires_in: 7.days)
    end
    head :no_content
  end

  private

  # Whether Pool Brain signed these bytes.
  def signed?(body, signature)
    expected = OpenSSL::HMAC.hexdigest("SHA256", ENV.fetch("WEBHOOK_SECRET"), body)
    ActiveSupport::SecurityUtils.secure_compare(expected, signature)
  end

  def parse(body)
    JSON.parse(body)
  rescue JSON::ParserError
    nil
  end
end
