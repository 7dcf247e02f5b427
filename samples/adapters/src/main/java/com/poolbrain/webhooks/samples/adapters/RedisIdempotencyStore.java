package com.poolbrain.webhooks.samples.adapters;

import com.poolbrain.webhooks.consumer.Claim;
import com.poolbrain.webhooks.consumer.ClaimResult;
import com.poolbrain.webhooks.consumer.IdempotencyStore;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import redis.clients.jedis.UnifiedJedis;
import redis.clients.jedis.params.SetParams;

/// Handled deliveries in Redis 7 or newer: a key for each, whose value is the token of the claim,
/// with `done:` in front once it is completed. It expires after the lease, then after the
/// retention. Redis may forget the latest writes in a crash, so an effect may be repeated then.
final class RedisIdempotencyStore implements IdempotencyStore {

  private static final String DONE = "done:";

  /// Completes a claim that is still there, completed already, or gone without a successor.
  private static final String COMPLETE =
      """
      local value = redis.call('get', KEYS[1])
      local done = 'done:' .. ARGV[1]
      if value and value ~= ARGV[1] and value ~= done then return 0 end
      redis.call('set', KEYS[1], done, 'px', ARGV[2])
      return 1
      """;

  private static final String RELEASE =
      "if redis.call('get', KEYS[1]) == ARGV[1] then redis.call('del', KEYS[1]) end";

  private final UnifiedJedis redis;
  private final Duration retention;

  RedisIdempotencyStore(UnifiedJedis redis, Duration retention) {
    this.redis = redis;
    this.retention = retention;
  }

  @Override
  public ClaimResult claim(UUID id, Duration lease) {
    var claim = new Claim(id, UUID.randomUUID());
    SetParams ifAbsent = SetParams.setParams().nx().px(lease.toMillis());
    String found = redis.setGet(key(claim), claim.token().toString(), ifAbsent);
    if (found == null) {
      return claim;
    }
    return found.startsWith(DONE) ? new ClaimResult.Completed() : new ClaimResult.InProgress();
  }

  @Override
  public boolean complete(Claim claim) {
    String millis = Long.toString(retention.toMillis());
    return redis
        .eval(COMPLETE, List.of(key(claim)), List.of(claim.token().toString(), millis))
        .equals(1L);
  }

  @Override
  public void release(Claim claim) {
    redis.eval(RELEASE, List.of(key(claim)), List.of(claim.token().toString()));
  }

  private static String key(Claim claim) {
    return "webhook:" + claim.id();
  }
}
