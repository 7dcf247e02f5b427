using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Runtime.Serialization.Json;
using System.Security.Cryptography;
using System.Text;
using System.Xml;
using System.Xml.Linq;

static class WebhookServer {
  // In your database: a unique key, written in the transaction of the work.
  static readonly ConcurrentDictionary<string, bool> Handled = new ConcurrentDictionary<string, bool>();

  /// Whether Pool Brain signed these bytes.
  static bool IsValid(byte[] body, string signature) {
    byte[] secret = Encoding.UTF8.GetBytes(Environment.GetEnvironmentVariable("WEBHOOK_SECRET"));
    byte[] hash = new HMACSHA256(secret).ComputeHash(body);
    string expected = BitConverter.ToString(hash).Replace("-", "").ToLowerInvariant();
    return CryptographicOperations.FixedTimeEquals(
      Encoding.UTF8.GetBytes(expected), Encoding.UTF8.GetBytes(signature));
  }

  static int Receive(byte[] body, string signature) {
    if (!IsValid(body, signature ?? "")) return 401; // before any parser
    if (body.Length == 0) return 400;
    XElement webhook = XElement.Load(JsonReaderWriterFactory.CreateJsonReader(body, XmlDictionaryReaderQuotas.Max));
    string id = (string) webhook.Element("id");
    if (id == null) return 400;
    if (Handled.ContainsKey(id)) return 204; // it arrived again
    XElement data = webhook.Element("data");
    bool isGroup = (string) data.Attribute("type") == "array";
    foreach (XElement item in isGroup ? data.Elements() : new[] { data })
      Console.WriteLine((string) webhook.Element("event") + " " + item); // your work, or your queue
    Handled[id] = true;
    return 204;
  }

  static void Main() {
    var listener = new HttpListener();
    listener.Prefixes.Add("http://localhost:" + Environment.GetEnvironmentVariable("PORT") + "/webhooks/");
    for (listener.Start();;) {
      HttpListenerContext call = listener.GetContext();
      var body = new MemoryStream();
      call.Request.InputStream.CopyTo(body);
      call.Response.StatusCode = Receive(body.ToArray(), call.Request.Headers["X-Webhook-Signature"]);
      call.Response.Close();
    }
  }
}
