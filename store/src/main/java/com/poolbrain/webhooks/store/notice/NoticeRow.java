package com.poolbrain.webhooks.store.notice;

import com.poolbrain.webhooks.domain.ErrorClass;
import com.poolbrain.webhooks.domain.notice.Notice;
import com.poolbrain.webhooks.domain.notice.NoticeDetail;
import com.poolbrain.webhooks.domain.notice.NoticeKind;
import com.poolbrain.webhooks.domain.statistics.FailedAttempt;
import com.poolbrain.webhooks.store.jdbc.ColumnValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

/// The columns of the table `notice`.
final class NoticeRow {

  /// The columns of an alias `n`.
  static final String COLUMNS =
      """
      n.company_id, n.endpoint_id, n.kind, n.at, n.delivery_id, n.error, n.status_code, n.actor,
      n.expires_at, n.sentences
      """;

  private NoticeRow() {}

  static Notice read(ResultSet row) throws SQLException {
    return new Notice(
        row.getLong("company_id"),
        ColumnValues.uuid(row, "endpoint_id"),
        NoticeKind.fromWireName(row.getString("kind")),
        ColumnValues.instant(row, "at"),
        readDetail(row));
  }

  private static NoticeDetail readDetail(ResultSet row) throws SQLException {
    NoticeDetail failure = readFailure(row);
    String actor = row.getString("actor");
    Instant expiresAt = ColumnValues.instantOrNull(row, "expires_at");
    List<String> sentences = ColumnValues.textArray(row, "sentences");
    if (actor != null) {
      return new NoticeDetail.DoneBy(actor);
    }
    if (expiresAt != null) {
      return new NoticeDetail.Certificate(expiresAt);
    }
    return sentences.isEmpty() ? failure : new NoticeDetail.TypeChanges(sentences);
  }

  /// The sample in the columns of a failure.
  static NoticeDetail readFailure(ResultSet row) throws SQLException {
    UUID deliveryId = ColumnValues.uuidOrNull(row, "delivery_id");
    return deliveryId == null
        ? new NoticeDetail.None()
        : new NoticeDetail.Failure(
            new FailedAttempt(
                deliveryId,
                ErrorClass.fromWireName(row.getString("error")),
                ColumnValues.integerOrNull(row, "status_code")));
  }

  /// Binds `:deliveryId`, `:error`, `:statusCode`, `:actor`, `:expiresAt` and `:sentences`.
  static Update bindDetail(Update update, NoticeDetail detail) {
    FailedAttempt failure =
        detail instanceof NoticeDetail.Failure(FailedAttempt attempt) ? attempt : null;
    return update
        .bind("deliveryId", failure == null ? null : failure.deliveryId())
        .bind("error", failure == null ? null : failure.error().wireName())
        .bind("statusCode", failure == null ? null : failure.statusCode())
        .bind("actor", actor(detail))
        .bind("expiresAt", expiresAt(detail))
        .bind(
            "sentences",
            ColumnValues.textArray(
                detail instanceof NoticeDetail.TypeChanges(List<String> sentences)
                    ? sentences
                    : List.of()));
  }

  private static @Nullable String actor(NoticeDetail detail) {
    return detail instanceof NoticeDetail.DoneBy(String actor) ? actor : null;
  }

  private static @Nullable Instant expiresAt(NoticeDetail detail) {
    return detail instanceof NoticeDetail.Certificate(Instant expiresAt) ? expiresAt : null;
  }
}
