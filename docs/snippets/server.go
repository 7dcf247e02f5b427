package main

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"sync"
)

var handled sync.Map // in your database: a unique key, written in the transaction of the work

// isValid says whether Pool Brain signed these bytes.
func isValid(body []byte, signature string) bool {
	mac := hmac.New(sha256.New, []byte(os.Getenv("WEBHOOK_SECRET")))
	mac.Write(body)
	return hmac.Equal([]byte(hex.EncodeToString(mac.Sum(nil))), []byte(signature))
}

func receive(body []byte, signature string) int {
	if !isValid(body, signature) {
		return 401
	}
	var webhook struct {
		ID, Event string
		Data      json.RawMessage
	}
	if json.Unmarshal(body, &webhook) != nil || webhook.ID == "" {
		return 400
	}
	if _, again := handled.Load(webhook.ID); !again { // it may arrive again
		var items []json.RawMessage
		if json.Unmarshal(webhook.Data, &items) != nil { // one object, not an array
			items = []json.RawMessage{webhook.Data}
		}
		for _, item := range items {
			fmt.Println(webhook.Event, string(item)) // your work; what takes long belongs in a queue
		}
		handled.Store(webhook.ID, true)
	}
	return 204
}

func main() {
	http.HandleFunc("/webhooks", func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(http.MaxBytesReader(w, r.Body, 1_000_000)) // the raw bytes
		w.WriteHeader(receive(body, r.Header.Get("X-Webhook-Signature")))
	})
	panic(http.ListenAndServe("localhost:"+os.Getenv("PORT"), nil))
}
